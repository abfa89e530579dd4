"""Terms that every field uses."""

from __future__ import annotations

from pandok.core.term import Term
from pandok.core.text import Text

TERMS = (
    Term(
        "audit_log",
        Text(ko="감사 기록", en="audit log"),
        Text(
            ko="누가 언제 무엇을 왜 했는지의 기록. 각 기록이 앞 기록의 해시를 담아, 나중에 고치면 드러납니다.",
            en="Who did what, when and why. Each entry carries the hash of the one before it, so that a change shows.",
        ),
    ),
    Term(
        "anchor",
        Text(ko="앵커", en="anchor"),
        Text(
            ko="감사 기록의 최신 해시에 서명한 것. 다른 곳에 보관해 두면 기록의 끝이 잘렸는지 알 수 있습니다.",
            en="The newest hash of the audit log, signed. Kept elsewhere, it shows whether the end was cut off.",
        ),
    ),
    Term(
        "two_persons",
        Text(ko="두 사람 승인", en="two-person rule"),
        Text(
            ko="한 사람이 신청하고 다른 사람이 확인해야 진행되는 일. 한 계정으로 두 번 승인할 수 없습니다.",
            en="One person proposes and another confirms; nobody confirms what they had a part in.",
        ),
    ),
    Term(
        "party",
        Text(ko="당사자", en="party"),
        Text(
            ko="권리자, 수입자, 또는 감정을 맡는 협회.",
            en="A right holder, an importer, or an association that appraises.",
        ),
    ),
    Term(
        "interval",
        Text(ko="95% 신뢰구간", en="95 % interval"),
        Text(
            ko="실제 값이 있을 만한 범위. 사례가 적을수록 넓어집니다. 같은 방법으로 거듭하면 100번 가운데 95번은 "
            "실제 값을 담습니다.",
            en="The range in which the true value plausibly lies; the fewer cases, the wider. Made again and again in "
            "this way, 95 of 100 intervals hold the true value.",
        ),
        "Wilson 1927",
    ),
)
