"""What may be said about a run that did not end well: a closed list, since any other word could carry a sealed byte."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from pandok.core.errors import PandokError, Turn
from pandok.core.text import Text


class SandboxCode(StrEnum):
    TIME_LIMIT = "sandbox.time_limit"
    MEMORY_LIMIT = "sandbox.memory_limit"
    CRASHED = "sandbox.crashed"
    BAD_INPUT = "sandbox.bad_input"
    BAD_OUTPUT = "sandbox.bad_output"
    LOAD_REFUSED = "sandbox.load_refused"
    NOT_AVAILABLE = "sandbox.not_available"

    @property
    def what(self) -> Text:
        return _WORDS[self][0]

    @property
    def next_step(self) -> Text:
        return _WORDS[self][1]


_SAMPLE = Text(
    ko="공개 표본으로 pandok lab check를 실행해 같은 결과가 나오는지 확인한 뒤 다시 제출하십시오.",
    en="Run pandok lab check on the public sample, see whether it shows the same, and submit again.",
)
_WORDS: dict[SandboxCode, tuple[Text, Text]] = {
    SandboxCode.TIME_LIMIT: (
        Text(ko="모델이 정해진 시간 안에 끝나지 않았습니다.", en="The model did not finish in the time allowed."),
        Text(
            ko="모델을 줄이거나 연산을 가볍게 하여 다시 제출하십시오. 제한 시간은 문제 안내에 있습니다.",
            en="Make the model lighter and submit again. The problem's page states the time allowed.",
        ),
    ),
    SandboxCode.MEMORY_LIMIT: (
        Text(ko="모델이 정해진 메모리보다 많이 썼습니다.", en="The model needed more memory than is allowed."),
        Text(
            ko="모델이나 중간 텐서를 줄여 다시 제출하십시오. 메모리 한도는 문제 안내에 있습니다.",
            en="Make the model or its inner tensors smaller and submit again. The problem's page states the limit.",
        ),
    ),
    SandboxCode.CRASHED: (
        Text(ko="모델이 계산 도중 멈췄습니다.", en="The model stopped while computing."),
        _SAMPLE,
    ),
    SandboxCode.BAD_INPUT: (
        Text(
            ko="모델이 이 문제의 입력을 받지 않습니다. 이름, 자료형 또는 크기가 다릅니다.",
            en="The model does not take this problem's inputs: a name, type or size differs.",
        ),
        Text(
            ko="문제 안내의 입력 규격에 맞게 내보내거나 제출서의 입력 설정을 고치십시오.",
            en="Export to the inputs that the problem states, or correct the inputs on the submission sheet.",
        ),
    ),
    SandboxCode.BAD_OUTPUT: (
        Text(
            ko="모델의 출력이 약속과 다릅니다. 이름, 자료형, 크기가 다르거나 숫자가 아닌 값이 있습니다.",
            en="The model's output is not what was agreed: a name, type or size differs, or a value is no number.",
        ),
        Text(
            ko="문제 안내의 출력 규격을 확인하고, 0으로 나누기나 넘침이 없는지 살펴 다시 제출하십시오.",
            en="Compare with the outputs that the problem states, look for overflow or divisions by zero, and fix it.",
        ),
    ),
    SandboxCode.LOAD_REFUSED: (
        Text(ko="실행 환경이 모델을 열지 못했습니다.", en="The runtime could not open the model."),
        Text(
            ko="onnx.checker.check_model(path, full_check=True)로 확인하고, opset을 낮춰 다시 내보내십시오.",
            en="Check with onnx.checker.check_model(path, full_check=True) and export again with a lower opset.",
        ),
    ),
    SandboxCode.NOT_AVAILABLE: (
        Text(
            ko="이 컴퓨터에서는 등록된 단계의 격리 환경을 만들 수 없어 실행하지 않았습니다.",
            en="This machine cannot build the isolation that was registered, so nothing was run.",
        ),
        Text(
            ko="Landlock과 네임스페이스를 쓸 수 있는 Linux(커널 6.7 이상 권장)에서 실행하십시오. 일반 계정이라면 "
            "사용자 네임스페이스를 허용하거나 작업자를 루트 서비스로 실행하고, 컨테이너 안이라면 unshare와 mount를 "
            "허용하십시오.",
            en="Use Linux with Landlock and namespaces (kernel 6.7 or later is best). As a normal user, allow user "
            "namespaces or run the worker as a root service; inside a container, allow unshare and mount.",
        ),
    ),
}


class SandboxError(PandokError):
    """A run that did not end well. `sandbox_code` is all that is known outside; `fields` never holds model output."""

    code: ClassVar[str] = "sandbox"
    turn: ClassVar[Turn] = "submitter"

    def __init__(self, sandbox_code: SandboxCode, **fields: int | float | str):
        super().__init__(sandbox_code.what, sandbox_code.next_step, code=sandbox_code.value, **fields)
        self.sandbox_code = sandbox_code


class SandboxNotAvailable(SandboxError):
    """The machine, not the model, stands in the way. `level` is what it reaches, `needed` what was registered."""

    turn: ClassVar[Turn] = "operator"

    def __init__(self, *, level: int, needed: int):
        super().__init__(SandboxCode.NOT_AVAILABLE, level=level, needed=needed)
