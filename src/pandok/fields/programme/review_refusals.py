"""What is refused of reviews and selections, and what to do instead."""

from __future__ import annotations

from pandok.common.refusals import refusals
from pandok.core.text import Text

_RELOAD = Text(ko="화면을 새로 고치십시오.", en="Reload the page.")

refusal = refusals(
    "review",
    {
        "not_there": (
            Text(ko="없거나 볼 수 없는 평가입니다.", en="There is no such review, or it is not shown to you."),
            Text(ko="평가 목록에서 다시 고르십시오.", en="Choose it in the list again."),
        ),
        "no_reviewer": (
            Text(ko="그 계정이 없거나 자문위원이 아닙니다.", en="There is no such account, or it is no advisor's."),
            Text(ko="자문위원의 계정 이름을 적으십시오.", en="Give the account of an advisor."),
        ),
        "assigned_already": (
            Text(ko="이미 맡겼거나 무효가 된 평가입니다.", en="It was assigned already, or its score was voided."),
            Text(ko="다른 자문위원을 고르십시오.", en="Choose another advisor."),
        ),
        "totals_shown": (
            Text(
                ko="합계가 이미 공개되어 새로 맡길 수 없습니다.",
                en="The totals show already: nobody is assigned any more.",
            ),
            Text(ko="점수가 모자라면 평가 기한을 먼저 늘리십시오.", en="Where scores lack, give more time first."),
        ),
        "over": (
            Text(ko="평가 기한이 지났습니다.", en="The time for scores is over."),
            Text(ko="사업단에 문의하십시오.", en="Ask the programme office."),
        ),
        "due": (
            Text(ko="평가 기한이 지금보다 늦지 않습니다.", en="The time for scores does not end after now."),
            Text(ko="더 늦은 때를 적으십시오.", en="Give a later moment."),
        ),
        "no_ties_said": (
            Text(
                ko="이 신청의 기업들과 이해관계가 없음을 확인하지 않았습니다.",
                en="It was not confirmed that there is no tie to the firms of this application.",
            ),
            Text(
                ko="이해관계가 있으면 먼저 신고하고, 없으면 확인란에 표시하십시오.",
                en="Declare ties first; where there is none, tick the box.",
            ),
        ),
        "tie": (
            Text(
                ko="기업이나 시작일이 없거나 끝이 시작보다 앞섭니다.",
                en="Firm or day is missing, or it ends before.",
            ),
            Text(ko="고쳐서 다시 보내십시오.", en="Correct it, and send it again."),
        ),
        "no_tie": (
            Text(ko="없거나 이미 취소된 신고입니다.", en="There is no such tie, or it was taken back."),
            _RELOAD,
        ),
    },
)
"""`area.reason`: review.not_there and so on."""

selection_refusal = refusals(
    "selection",
    {
        "hidden": (
            Text(ko="아직 점수를 모두 잠그지 않았습니다.", en="Not every score is locked yet."),
            Text(ko="평가가 끝난 뒤에 선정안을 내십시오.", en="Offer the selection when the reviews have ended."),
        ),
        "too_few": (
            Text(ko="평가 수가 모자란 신청이 있습니다.", en="An application has fewer valid scores than it needs."),
            Text(ko="평가 기한을 늘려 다른 자문위원에게 맡기십시오.", en="Give more time, and assign another advisor."),
        ),
        "places": (
            Text(ko="선정할 수를 넘었습니다.", en="More are selected than the call has places."),
            Text(ko="표시를 줄여 다시 보내십시오.", en="Select fewer, and send it again."),
        ),
        "reasons": (
            Text(
                ko="선정과 미선정의 사유가 신청마다 있어야 합니다.",
                en="Every application needs its reason.",
            ),
            Text(ko="빈 사유를 적어 다시 보내십시오.", en="Write what is missing, and send it again."),
        ),
        "offered_already": (
            Text(ko="의결 중인 선정안이 이미 있습니다.", en="A selection is being voted on already."),
            Text(ko="의결을 마치거나 먼저 철회하십시오.", en="Let it be voted on, or take it back first."),
        ),
        "nothing_offered": (
            Text(ko="의결할 선정안이 없습니다.", en="There is no selection to vote on."),
            _RELOAD,
        ),
        "own": (
            Text(ko="선정안을 낸 사람은 의결하지 않습니다.", en="Whoever offered the selection does not vote on it."),
            Text(ko="다른 위원에게 맡기십시오.", en="Leave it to another member."),
        ),
        "voted_already": (
            Text(ko="이미 의결했습니다.", en="You have voted already."),
            Text(ko="다른 위원의 의결을 확인하십시오.", en="See how the other members vote."),
        ),
        "tied": (
            Text(
                ko="신청한 기업과 이해관계가 있어 의결하지 못합니다.",
                en="You are bound to a firm that applied, and do not vote.",
            ),
            Text(ko="다른 위원에게 맡기십시오.", en="Leave it to another member."),
        ),
        "changed": (
            Text(
                ko="선정안을 낸 뒤에 무효가 된 점수가 있습니다.",
                en="A score was voided after the selection was offered.",
            ),
            Text(ko="선정안을 철회하고 다시 내십시오.", en="Take it back, and offer it again."),
        ),
    },
)
"""`area.reason`: selection.hidden and so on."""
