"""Why a case cannot be fed, or an output not be read: a closed list of codes, each with its way out."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from pandok.core.errors import InputError
from pandok.core.text import Text


class FeedingCode(StrEnum):
    SHEET = "feeding.sheet"
    INPUT_UNREADABLE = "feeding.input_unreadable"
    INPUT_SHAPE = "feeding.input_shape"
    INPUT_MISSING = "feeding.input_missing"
    INPUT_NOT_A_NUMBER = "feeding.input_not_a_number"
    INPUT_RANGE = "feeding.input_range"
    OUTPUT_MISSING = "feeding.output_missing"
    OUTPUT_TYPE = "feeding.output_type"
    OUTPUT_SHAPE = "feeding.output_shape"
    OUTPUT_NOT_FINITE = "feeding.output_not_finite"


_SHEET = Text(
    ko="submission.json의 단계를 과제의 입출력에 맞게 고치십시오.",
    en="Correct the steps of submission.json so that they fit the problem's input and output.",
)
_DATA = Text(ko="과제 담당자에게 이 사례를 알리십시오.", en="Tell the owner of the problem about this case.")
_OUTPUT = Text(
    ko="model_output 이름, 후처리 단계, 내보낸 모델의 출력 모양을 확인하십시오.",
    en="Check the name model_output, the postprocessing, and the shape that the exported model gives.",
)

REASONS: dict[FeedingCode, tuple[Text, Text]] = {
    FeedingCode.SHEET: (
        Text(
            ko="제출서의 전처리나 후처리가 이 과제에 맞지 않습니다.", en="A step of the sheet does not fit the problem."
        ),
        _SHEET,
    ),
    FeedingCode.INPUT_UNREADABLE: (Text(ko="입력을 읽을 수 없습니다.", en="The input cannot be read."), _DATA),
    FeedingCode.INPUT_SHAPE: (
        Text(ko="입력의 열이나 길이가 과제와 다릅니다.", en="The input's columns or length are not the problem's."),
        _DATA,
    ),
    FeedingCode.INPUT_MISSING: (
        Text(ko="빈 값이 있는데 채우는 단계가 없습니다.", en="A value is missing and no step fills it."),
        Text(ko='{"step": "fill", "value": …} 단계를 넣으십시오.', en='Add a step {"step": "fill", "value": …}.'),
    ),
    FeedingCode.INPUT_NOT_A_NUMBER: (
        Text(ko="글자인 값이 있는데 부호표 단계가 없습니다.", en="A value is a word and no step gives it a code."),
        Text(
            ko='그 열에 {"step": "codes", "column": …, "words": […]} 단계를 넣으십시오.',
            en='Add a step {"step": "codes", "column": …, "words": […]} for that column.',
        ),
    ),
    FeedingCode.INPUT_RANGE: (
        Text(ko="전처리한 값이 input_type에 담기지 않습니다.", en="A prepared value does not fit into input_type."),
        Text(ko="input_type이나 scale 단계를 고치십시오.", en="Change input_type or the scale step."),
    ),
    FeedingCode.OUTPUT_MISSING: (
        Text(ko="모델의 출력에 그 이름이 없습니다.", en="The model gives no output of that name."),
        _OUTPUT,
    ),
    FeedingCode.OUTPUT_TYPE: (Text(ko="출력이 숫자가 아닙니다.", en="The output holds no numbers."), _OUTPUT),
    FeedingCode.OUTPUT_SHAPE: (
        Text(ko="출력의 개수가 과제와 다릅니다.", en="The output has another count of numbers than the problem asks."),
        _OUTPUT,
    ),
    FeedingCode.OUTPUT_NOT_FINITE: (
        Text(ko="출력에 무한대나 숫자가 아닌 값이 있습니다.", en="The output holds infinities or no numbers."),
        _OUTPUT,
    ),
}


class FeedingRefused(InputError):
    """One case that could not be fed or read. Carries a code and nothing of the case."""

    code: ClassVar[str] = "feeding"

    def __init__(self, reason: FeedingCode):
        super().__init__(*REASONS[reason], code=reason.value)
        self.reason = reason
