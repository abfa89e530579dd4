"""What is refused of measurements, certificates and what comes after the end, and what to do instead."""

from __future__ import annotations

from pandok.common.refusals import refusals
from pandok.core.text import Text

refusal = refusals(
    "evidence",
    {
        "not_there": (
            Text(ko="없거나 볼 수 없는 측정입니다.", en="There is no such measurement, or it is not shown to you."),
            Text(ko="협약의 증거 화면에서 다시 고르십시오.", en="Choose it on the page of evidence again."),
        ),
        "measured_already": (
            Text(ko="이 판의 최종 측정은 이미 있습니다.", en="There is a final measurement of this version already."),
            Text(ko="그 측정을 열어 다시 계산하십시오.", en="Open that one, and compute it again."),
        ),
        "not_as_signed": (
            Text(
                ko="협약이 서명한 것과 다릅니다. 그대로는 측정하지 않습니다.",
                en="The agreement is not as it was signed: nothing is measured on it.",
            ),
            Text(
                ko="협약 화면에서 다른 점을 확인하고, 바꾸려면 변경안을 의결하십시오.",
                en="Look at the differences on its page; what is to change is amended by vote.",
            ),
        ),
        "not_due": (
            Text(ko="다시 잴 날이 아직 지나지 않았습니다.", en="The day to measure again is not over yet."),
            Text(ko="그 날이 지난 뒤 다시 하십시오.", en="Come back when it is."),
        ),
        "unreadable": (
            Text(ko="잠긴 성과지표로 계산할 수 없습니다.", en="The locked KPIs cannot be computed."),
            Text(
                ko="`pandok programme locks`로 협약을 확인하고 운영자에게 알리십시오.",
                en="Look at the agreement with `pandok programme locks`, and tell the operator.",
            ),
        ),
        "not_measured": (
            Text(ko="지금 잠긴 판의 최종 측정이 없습니다.", en="There is no final measurement of the locked version."),
            Text(
                ko="측정일이 끝난 뒤 측정하고 종료하십시오. 그만두려면 협약을 중단합니다.",
                en="Measure when the measuring days are over, then end it. To give it up, cancel the agreement.",
            ),
        ),
        "bad_use": (
            Text(ko="쓰는 상태를 고르지 않았습니다.", en="It was not chosen whether it is used."),
            Text(ko="목록에서 고르십시오.", en="Choose from the list."),
        ),
        "no_term": (
            Text(ko="그런 재측정이 없습니다.", en="There is no such term."),
            Text(ko="화면을 새로 고치십시오.", en="Reload the page."),
        ),
        "not_yours": (
            Text(
                ko="이 협약의 현업 책임자나 사업단이 답합니다.",
                en="The field owner of this agreement answers, or the programme office.",
            ),
            Text(ko="그 직위에 요청하십시오.", en="Ask that post."),
        ),
        "no_certificate": (
            Text(ko="없거나 볼 수 없는 확인서입니다.", en="There is no such certificate, or it is not shown to you."),
            Text(ko="협약의 증거 화면에서 다시 고르십시오.", en="Choose it on the page of evidence again."),
        ),
        "not_final": (
            Text(
                ko="지금 잠긴 판의 최종 측정이 아닙니다.",
                en="This is no final measurement of the version that is locked now.",
            ),
            Text(
                ko="측정일이 끝난 뒤 최종 측정을 하고 그것으로 발급하십시오.",
                en="Measure when the measuring days are over, and certify that.",
            ),
        ),
        "bad_kind": (
            Text(ko="확인서의 종류를 고르지 않았습니다.", en="No kind of certificate was chosen."),
            Text(ko="목록에서 고르십시오.", en="Choose from the list."),
        ),
        "kind_and_verdict": (
            Text(
                ko="이 판정에는 이 종류의 확인서를 발급하지 않습니다.",
                en="A certificate of this kind is not issued for this verdict.",
            ),
            Text(
                ko="모두 입증이면 성능확인서, 아니면 성실 실증 확인서나 실증확인서를 고르십시오.",
                en="All proven: of performance; else of an honest trial. That of a trial fits either.",
            ),
        ),
        "not_the_same": (
            Text(
                ko="측정을 다시 계산하니 보관한 것과 다릅니다. 확인하지 않습니다.",
                en="Computed again, the measurement comes out otherwise than it was kept: nothing is certified.",
            ),
            Text(ko="측정 화면에서 다른 점을 확인하십시오.", en="Look at the differences on its page."),
        ),
        "certified_already": (
            Text(ko="이 측정의 같은 종류 확인서가 이미 있습니다.", en="There is one of this kind already."),
            Text(ko="그 확인서를 여십시오.", en="Open that one."),
        ),
        "own_draft": (
            Text(ko="초안을 쓴 사람은 발급할 수 없습니다.", en="Whoever drafted a certificate does not issue it."),
            Text(ko="다른 사업 책임자가 발급합니다.", en="Another programme manager does."),
        ),
        "own_withdrawal": (
            Text(
                ko="취소를 제안한 사람은 확인할 수 없습니다.",
                en="Whoever proposed to withdraw it does not confirm that.",
            ),
            Text(ko="다른 사업 책임자가 확인합니다.", en="Another programme manager does."),
        ),
    },
)
"""`area.reason`: evidence.not_there and so on."""
