"""What is refused of a call, and what to do instead."""

from __future__ import annotations

from pandok.common.refusals import refusals
from pandok.core.text import Text

refusal = refusals(
    "call",
    {
        "not_there": (
            Text(ko="없거나 볼 수 없는 공모입니다.", en="There is no such call, or it is not shown to you."),
            Text(ko="공모 목록에서 다시 고르십시오.", en="Choose it in the list again."),
        ),
        "no_problem": (
            Text(
                ko="채택된 문제가 아닌 번호가 있습니다. 수치 없는 문제로는 공모하지 않습니다.",
                en="A number is not of a problem that was taken up: there is no call without a baseline.",
            ),
            Text(ko="문제 등록부에서 번호를 확인하십시오.", en="Look the number up in the register of problems."),
        ),
        "own": (
            Text(ko="작성한 사람은 공고할 수 없습니다.", en="Whoever drafted a call does not publish it."),
            Text(ko="다른 사업 책임자에게 맡기십시오.", en="Leave it to another programme manager."),
        ),
        "over": (
            Text(ko="접수 마감이 이미 지난 공모입니다.", en="Its deadline is past already."),
            Text(ko="마감을 고친 뒤 공고하십시오.", en="Change the deadline, then publish it."),
        ),
        "still_open": (
            Text(ko="접수가 아직 끝나지 않았습니다.", en="Applications can still come in."),
            Text(ko="마감이 지난 뒤에 시작하십시오.", en="Begin when the deadline is past."),
        ),
    },
)
"""`area.reason`: call.not_there and so on."""
