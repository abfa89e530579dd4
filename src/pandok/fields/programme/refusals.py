"""What is refused at the programme desk, and what to do instead."""

from __future__ import annotations

from pandok.common.refusals import refusals
from pandok.core.text import Text

refusal = refusals(
    "field_problem",
    {
        "not_there": (
            Text(ko="없거나 볼 수 없는 문제입니다.", en="There is no such problem, or it is not shown to you."),
            Text(ko="문제 등록부에서 다시 고르십시오.", en="Choose it in the register again."),
        ),
        "not_yours": (
            Text(ko="제안한 사람만 할 수 있습니다.", en="Only its proposer may do that."),
            Text(ko="제안한 사람이나 사업단에 요청하십시오.", en="Ask its proposer, or the programme office."),
        ),
        "own": (
            Text(ko="자기가 제안한 문제의 채택은 결정할 수 없습니다.", en="Nobody takes up a problem of their own."),
            Text(ko="다른 위원에게 맡기십시오.", en="Leave it to another member of the committee."),
        ),
        "no_target": (
            Text(
                ko="합칠 문제가 없거나, 이미 합쳐졌거나, 취소된 문제입니다.",
                en="There is no such problem to merge with, or it was merged or withdrawn itself.",
            ),
            Text(ko="살아 있는 문제의 번호를 적으십시오.", en="Give the number of a problem that stands."),
        ),
        "shared_already": (
            Text(ko="이미 '우리도 있음'으로 알린 문제입니다.", en="It is known already that you have this too."),
            Text(ko="바꾸려면 먼저 취소하십시오.", en="To change what you said, take it back first."),
        ),
        "own_share": (
            Text(ko="스스로 제안한 문제입니다.", en="This problem was proposed from where you belong."),
            Text(ko="할 일이 없습니다.", en="There is nothing to do."),
        ),
        "no_region": (
            Text(ko="권역을 고르지 않았습니다.", en="No region was chosen."),
            Text(ko="권역을 고르십시오.", en="Choose one."),
        ),
        "not_shared": (
            Text(ko="'우리도 있음'으로 알린 적이 없습니다.", en="Nobody of yours said that you have this too."),
            Text(ko="화면을 새로 고치십시오.", en="Reload the page."),
        ),
        "over": (
            Text(ko="합쳐졌거나 취소된 문제입니다.", en="This problem was merged or withdrawn."),
            Text(ko="합쳐진 문제가 있으면 그 문제에 알리십시오.", en="Where it was merged, say so of the other."),
        ),
        "cannot_publish": (
            Text(ko="채택한 문제만 공개할 수 있습니다.", en="Only what was taken up is made public."),
            Text(ko="위원의 채택을 기다리십시오.", en="Wait until the committee has taken it up."),
        ),
    },
)
"""`area.reason`: field_problem.not_there and so on."""
