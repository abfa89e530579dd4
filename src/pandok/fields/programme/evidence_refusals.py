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
    },
)
"""`area.reason`: evidence.not_there and so on."""
