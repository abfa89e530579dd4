"""Why a model is refused: a closed list of codes, each with what it means and how to export rightly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pandok.core.shown_letters import shown_letters
from pandok.core.text import Text

LONGEST_WHERE = 80


@dataclass(frozen=True)
class GateRefusal:
    """`code` is stable for programs; `where` names the node, tensor or file at fault, at most 80
    characters. It comes from the file: what a terminal would obey stands in it as it is written in Python."""

    code: str
    where: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "where", shown_letters(self.where)[:LONGEST_WHERE])

    @property
    def what(self) -> Text:
        return REASONS[self.code][0]

    @property
    def next_step(self) -> Text:
        return REASONS[self.code][1]


_PLAIN = Text(
    ko="가중치를 파일 안에 담아 내보내십시오: torch.onnx.export(…, external_data=False) 또는 onnx.save(model, path).",
    en="Export with the weights inside: torch.onnx.export(…, external_data=False) or onnx.save(model, path).",
)
_TENSORS = Text(
    ko="입출력을 숫자 텐서로만 두십시오. scikit-learn 모델은 zipmap=False로 내보내십시오.",
    en="Use number tensors only as inputs and outputs; export scikit-learn models with zipmap=False.",
)
_STANDARD = Text(
    ko="표준 연산(ai.onnx)만으로 다시 내보내십시오. 최적화 도구가 넣은 융합 연산은 끄십시오.",
    en="Export again with standard operators (ai.onnx) only; turn off the fused operators of optimisers.",
)
_INFERENCE = Text(ko="model.eval() 상태에서 추론용으로 내보내십시오.", en="Export for inference, after model.eval().")
_SMALLER = Text(
    ko="모델을 줄이거나, 필요한 사유를 운영기관에 알려 한도를 협의하십시오.",
    en="Make the model smaller, or tell the lab why it must be so.",
)
_ONNX = Text(
    ko="ONNX 파일을 제출하십시오. 코드, 압축 파일, 피클은 받지 않습니다.",
    en="Submit an ONNX file. Code, archives and pickles are not accepted.",
)


def _opset() -> tuple[Text, Text]:
    """The limits of the runtime that is installed, asked of it when they are shown."""
    from pandok.engines.onnx_gate.runtime import described

    limits = described()
    return (
        Text(
            ko="연산 집합(opset)이나 IR의 판이 없거나, 실증랩의 실행 환경이 열지 못하는 판입니다.",
            en="An operator set or IR version is missing, or is none that the lab's runtime opens.",
        ),
        Text(ko=f"다음 범위로 내보내십시오: {limits}.", en=f"Export within: {limits}."),
    )


class _Reasons(Mapping[str, tuple[Text, Text]]):
    def __getitem__(self, code: str) -> tuple[Text, Text]:
        return _opset() if code == "model.opset" else _FIXED[code]

    def __iter__(self) -> Iterator[str]:
        return iter((*_FIXED, "model.opset"))

    def __len__(self) -> int:
        return len(_FIXED) + 1


REASONS: Mapping[str, tuple[Text, Text]] = _Reasons()
_FIXED: dict[str, tuple[Text, Text]] = {
    "file.empty": (Text(ko="파일이 비어 있습니다.", en="The file is empty."), _ONNX),
    "file.too_large": (Text(ko="파일이 512 MB를 넘습니다.", en="The file is larger than 512 MB."), _SMALLER),
    "file.not_onnx": (Text(ko="ONNX 파일이 아닙니다.", en="This is no ONNX file."), _ONNX),
    "file.disguised": (
        Text(ko="다른 형식의 파일이 ONNX 이름을 달고 있습니다.", en="Another kind of file carries an ONNX name."),
        _ONNX,
    ),
    "model.no_graph": (Text(ko="모델에 계산 그래프가 없습니다.", en="The model has no graph."), _ONNX),
    "model.invalid": (
        Text(ko="ONNX 규격에 맞지 않는 모델입니다.", en="The model breaks the ONNX standard."),
        Text(
            ko="onnx.checker.check_model(path, full_check=True)로 확인한 뒤 다시 내보내십시오.",
            en="Check with onnx.checker.check_model(path, full_check=True) and export again.",
        ),
    ),
    "model.functions": (
        Text(ko="모델 안에 사용자 함수가 정의되어 있습니다.", en="The model defines functions of its own."),
        Text(
            ko="onnx.inliner.inline_local_functions(model)로 함수를 풀어 저장하십시오.",
            en="Save the model after onnx.inliner.inline_local_functions(model).",
        ),
    ),
    "model.training": (Text(ko="학습용 정보가 들어 있습니다.", en="The model holds training information."), _INFERENCE),
    "data.external": (
        Text(ko="가중치가 모델 밖의 파일을 가리킵니다.", en="A weight points to a file outside the model."),
        _PLAIN,
    ),
    "data.size": (
        Text(ko="텐서의 크기와 내용이 맞지 않습니다.", en="A tensor's size and content do not agree."),
        _PLAIN,
    ),
    "data.string": (Text(ko="문자열 텐서가 있습니다.", en="There is a tensor of strings."), _TENSORS),
    "data.too_large": (Text(ko="텐서가 너무 큽니다.", en="A tensor is too large."), _SMALLER),
    "graph.too_large": (
        Text(ko="연산이나 텐서의 수가 한도를 넘습니다.", en="There are more operators or tensors than allowed."),
        _SMALLER,
    ),
    "graph.subgraph": (
        Text(ko="조건문이나 반복문(하위 그래프)이 있습니다.", en="There is a branch or a loop (a subgraph)."),
        Text(
            ko="반복과 조건 없이 고정된 그래프로 내보내십시오.",
            en="Export a fixed graph without loops and branches.",
        ),
    ),
    "graph.inputs": (
        Text(
            ko="입력이나 출력이 없거나 숫자 텐서가 아닙니다.", en="Inputs or outputs are missing or no number tensors."
        ),
        _TENSORS,
    ),
    "graph.name": (
        Text(ko="이름이 너무 길거나 쓸 수 없는 글자가 있습니다.", en="A name is too long or has forbidden characters."),
        Text(ko="이름을 200자 안의 보통 글자로 바꾸십시오.", en="Use plain names of at most 200 characters."),
    ),
    "graph.twins": (
        Text(ko="같은 이름의 연산이 두 개 있습니다.", en="Two operators have the same name."),
        Text(
            ko="연산마다 다른 이름을 주거나 이름을 비우십시오. 실행기가 열지 않습니다.",
            en="Give each its own name, or none: the runtime does not open the model.",
        ),
    ),
    "operator.unknown_domain": (
        Text(ko="표준이 아닌 연산 영역을 씁니다.", en="The model uses a domain of operators that is not standard."),
        _STANDARD,
    ),
    "operator.not_allowed": (
        Text(ko="허용 목록에 없는 연산입니다.", en="The operator is not on the list of allowed ones."),
        _STANDARD,
    ),
    "operator.random": (
        Text(ko="실행마다 답이 달라질 수 있는 연산입니다.", en="The operator may answer differently each time."),
        _INFERENCE,
    ),
    "operator.training_mode": (
        Text(ko="학습 모드로 설정된 연산이 있습니다.", en="An operator is set to training mode."),
        _INFERENCE,
    ),
}
