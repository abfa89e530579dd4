"""Why a submission or a run does not go on: a closed list of codes, each with what it means and what to do.

`upload.`, `sheet.`, `card.`, `samples.` and `run.` are for the submitter to correct; `lab.` are faults of the lab, and
the attempt is given back. What the gate finds in a model has codes of its own (pandok.engines.onnx_gate.refusals).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pandok.core.text import Text


@dataclass(frozen=True)
class Reason:
    what: Text
    next_step: Text


@dataclass(frozen=True)
class SubmissionRefusal:
    """`where` names a file, a field or a public case; at most 160 characters, and never anything of a sealed case.
    `said`: what exactly is wrong there, where the reason alone does not tell.
    """

    code: str
    where: str = ""
    said: Text | None = None

    def as_dict(self) -> dict[str, Any]:
        return {"code": self.code, "where": self.where[:160], "said": self.said.model_dump() if self.said else None}


_ZIP = Text(
    ko="model.onnx, submission.json, card.md, sample_outputs.csv 네 파일을 고른 뒤 폴더 없이 보통 zip으로 묶으십시오.",
    en="Select model.onnx, submission.json, card.md and sample_outputs.csv themselves, not their folder, and zip them.",
)
_SHEET = Text(
    ko="적힌 항목을 고쳐 다시 올리십시오. 허용하는 항목은 제출 안내에 모두 있습니다.",
    en="Correct the fields named and upload again; the submission guide lists every field there is.",
)
_SAMPLES = Text(
    ko="공개 사례로 모델을 한 건씩 돌린 결과를 case_id와 출력값 열로 적으십시오. `pandok lab check`가 만들어 줍니다.",
    en="Run the model on the public cases one by one and write case_id and the outputs; `pandok lab check` does it.",
)
_SAME = Text(
    ko="제출한 전·후처리대로 CPU에서 한 건씩 실행해 같은 값이 나오는지 `pandok lab check`로 확인하십시오.",
    en="Run it one case at a time on a CPU with the declared steps; `pandok lab check` shows whether the values agree.",
)
_LIGHTER = Text(
    ko="모델이나 입력 크기를 줄여 내보내십시오. 한도는 과제 화면에 있습니다.",
    en="Export a smaller model or a smaller input; the limits stand on the page of the problem.",
)
_LAB = Text(
    ko="제출기관이 할 일은 없습니다. 시도 횟수는 돌려드리고, 운영기관이 고친 뒤 다시 실행합니다.",
    en="Nothing for you to do: the attempt is given back, and the lab runs it again after fixing the fault.",
)


def _reason(ko: str, en: str, next_step: Text) -> Reason:
    return Reason(Text(ko=ko, en=en), next_step)


REASONS: dict[str, Reason] = {
    "upload.empty": _reason("올린 파일이 비어 있습니다.", "The upload is empty.", _ZIP),
    "upload.too_large": _reason("올린 파일이 한도를 넘습니다.", "The upload is larger than allowed.", _LIGHTER),
    "upload.not_zip": _reason("zip 파일이 아닙니다.", "This is no zip file.", _ZIP),
    "upload.damaged": _reason("zip 파일이 손상되었습니다.", "The zip file is damaged.", _ZIP),
    "upload.encrypted": _reason("비밀번호가 걸린 zip 파일입니다.", "The zip file is encrypted.", _ZIP),
    "upload.path": _reason(
        "zip 안의 파일 이름이 폴더를 벗어나거나 쓸 수 없는 글자를 담고 있습니다.",
        "A file name in the zip leaves its folder or has characters that cannot be used.",
        _ZIP,
    ),
    "upload.link": _reason(
        "zip 안에 링크나 특수 파일이 있습니다.", "There is a link or a special file in the zip.", _ZIP
    ),
    "upload.nested": _reason("zip 안에 또 다른 압축 파일이 있습니다.", "There is an archive inside the zip.", _ZIP),
    "upload.bomb": _reason("압축을 풀면 한도보다 커집니다.", "The zip unpacks to more than is allowed.", _LIGHTER),
    "upload.too_costly": _reason(
        "올린 파일을 여는 데 너무 많은 시간이나 메모리가 듭니다.",
        "Opening the upload takes too much time or memory.",
        _LIGHTER,
    ),
    "upload.code": _reason(
        "코드나 피클은 받지 않습니다.",
        "Code and pickles are not accepted.",
        Text(
            ko="모델은 ONNX로 내보내고, 전처리는 submission.json의 정해진 단계로만 적으십시오.",
            en="Export the model as ONNX and state its preprocessing with the closed steps of submission.json.",
        ),
    ),
    "upload.unknown_file": _reason(
        "제출물에 속하지 않는 파일이나 폴더가 zip에 있습니다.",
        "The zip holds a file or folder that does not belong to a submission.",
        _ZIP,
    ),
    "upload.twice": _reason("zip에 같은 파일이 두 번 있습니다.", "The zip holds the same file twice.", _ZIP),
    "upload.missing_file": _reason("zip에 빠진 파일이 있습니다.", "A file is missing in the zip.", _ZIP),
    "sheet.not_json": _reason(
        "submission.json이 UTF-8 JSON이 아닙니다.",
        "submission.json is no JSON in UTF-8.",
        Text(
            ko="따옴표와 쉼표를 확인하고 UTF-8로 저장하십시오. NaN과 Infinity는 쓸 수 없습니다.",
            en="Check quotes and commas and save as UTF-8; NaN and Infinity are not JSON.",
        ),
    ),
    "sheet.repeated": _reason(
        "submission.json에 같은 항목이 두 번 있습니다.", "A field stands twice in submission.json.", _SHEET
    ),
    "sheet.missing": _reason("submission.json에 빠진 항목이 있습니다.", "submission.json lacks a field.", _SHEET),
    "sheet.unknown": _reason(
        "submission.json에 모르는 항목이 있습니다.", "submission.json has a field that nobody knows.", _SHEET
    ),
    "sheet.value": _reason("submission.json의 값이 맞지 않습니다.", "A value of submission.json does not fit.", _SHEET),
    "sheet.other_problem": _reason(
        "submission.json의 과제가 고른 과제와 다릅니다.",
        "submission.json names another problem than the one chosen.",
        Text(
            ko="과제를 바로 고르거나 submission.json을 고치십시오.", en="Choose the right problem, or correct the file."
        ),
    ),
    "sheet.model_input": _reason(
        "model_input이 모델의 입력 이름이 아닙니다.",
        "model_input is not the name of an input of the model.",
        Text(
            ko="모델의 입력은 하나여야 합니다. netron이나 onnx로 이름을 확인해 적으십시오.",
            en="The model must have one input; look up its name (netron, onnx) and write it down.",
        ),
    ),
    "sheet.model_output": _reason(
        "model_output이 모델의 출력 이름이 아닙니다.",
        "model_output is not the name of an output of the model.",
        Text(ko="출력 이름을 확인해 적으십시오.", en="Look up the name of the output and write it down."),
    ),
    "sheet.steps": _reason(
        "적힌 전·후처리 단계로는 이 과제의 입력을 모델에 넣거나 답을 만들 수 없습니다.",
        "With the declared steps the inputs of this problem cannot be fed, or no answer comes out.",
        _SAME,
    ),
    "card.empty": _reason(
        "card.md가 비어 있습니다.",
        "card.md is empty.",
        Text(
            ko="모델이 무엇이고 무엇으로 학습했으며 어디에 쓰면 안 되는지 적으십시오.",
            en="Say what the model is, what it was trained on, and what it must not be used for.",
        ),
    ),
    "card.not_text": _reason(
        "card.md가 UTF-8 글이 아닙니다.",
        "card.md is no text in UTF-8.",
        Text(ko="UTF-8로 저장하십시오.", en="Save it as UTF-8."),
    ),
    "samples.not_csv": _reason(
        "sample_outputs.csv가 UTF-8 CSV가 아닙니다.", "sample_outputs.csv is no CSV in UTF-8.", _SAMPLES
    ),
    "samples.columns": _reason(
        "sample_outputs.csv의 열이 맞지 않습니다.", "The columns of sample_outputs.csv do not fit.", _SAMPLES
    ),
    "samples.number": _reason(
        "sample_outputs.csv에 숫자가 아닌 값이 있습니다.", "A value of sample_outputs.csv is no number.", _SAMPLES
    ),
    "samples.unknown_case": _reason(
        "sample_outputs.csv에 공개 사례가 아닌 case_id가 있습니다.",
        "sample_outputs.csv names a case that is not public.",
        _SAMPLES,
    ),
    "samples.repeated": _reason(
        "sample_outputs.csv에 같은 사례가 두 번 있습니다.", "A case stands twice in sample_outputs.csv.", _SAMPLES
    ),
    "samples.too_few": _reason(
        "sample_outputs.csv의 사례가 모자랍니다.", "sample_outputs.csv has too few cases.", _SAMPLES
    ),
    "run.samples_differ": _reason(
        "공개 사례에서 제출한 출력과 실증랩의 출력이 다릅니다.",
        "On a public case the lab's output differs from the submitted one.",
        _SAME,
    ),
    "run.not_repeatable": _reason(
        "같은 입력에 두 번 다른 값을 냈습니다.",
        "The model answered the same input differently twice.",
        Text(
            ko="난수와 학습 모드를 없애고 추론용으로 내보내십시오.",
            en="Export for inference, without random numbers or training mode.",
        ),
    ),
    "run.total_time": _reason(
        "전체 실행 시간이 한도를 넘습니다.", "The whole run takes longer than allowed.", _LIGHTER
    ),
    "run.on_sealed": _reason(
        "봉인 자료에서 끝까지 실행하지 못했습니다.",
        "The model was not carried through on the sealed data.",
        Text(
            ko="어느 사례에서 왜 멈췄는지는 알려 드리지 않습니다. 어떤 입력에도 시간·메모리 한도 안에서 답하도록 "
            "고치고 `pandok lab check`로 확인하십시오.",
            en="At which case and why is not disclosed. Make it answer any input within the limits of time and memory, "
            "and check with `pandok lab check`.",
        ),
    ),
    "lab.sandbox_level": _reason(
        "이 실행기에서는 등록된 수준의 격리 실행 공간을 만들 수 없어 봉인 자료를 열지 않았습니다.",
        "This worker cannot build a sandbox of the registered level; the sealed data were not opened.",
        _LAB,
    ),
    "lab.sandbox": _reason("격리 실행 공간을 열 수 없습니다.", "The sandbox cannot be opened.", _LAB),
    "lab.environment": _reason(
        "실행 도중 실증랩의 실행 환경이 바뀌었습니다.", "The lab's environment changed during the run.", _LAB
    ),
    "lab.data": _reason("봉인 자료를 열 수 없습니다.", "The sealed data cannot be opened.", _LAB),
    "lab.model": _reason("보관한 모델 파일을 읽을 수 없습니다.", "The stored model cannot be read.", _LAB),
    "lab.worker": _reason(
        "실행기가 여러 번 멈추었습니다.", "The worker ended again and again before the run was over.", _LAB
    ),
    "lab.scoring": _reason("채점하지 못했습니다.", "The run could not be scored.", _LAB),
}
