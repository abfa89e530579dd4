"""Terms of the academy."""

from __future__ import annotations

from pandok.core.term import Term
from pandok.core.text import Text

TERMS = (
    Term(
        "reading-ability",
        Text(ko="판독 능력 θ", en="reading ability θ"),
        Text(
            ko="얼마나 어려운 위협까지 찾아내는지. 0이 보통이고, 헛경보로 올라가지 않습니다.",
            en="How difficult the threats are that somebody still finds; 0 is usual, and false alarms do not raise it.",
        ),
        "Bock and Mislevy 1982",
    ),
    Term(
        "reading-criterion",
        Text(ko="개장 성향 κ", en="readiness to stop κ"),
        Text(
            ko="무엇을 보든 얼마나 쉽게 개장이라고 답하는지. 정상 영상의 답에서만 잽니다.",
            en="How readily somebody says stop whatever they see; measured from harmless pictures alone.",
        ),
    ),
    Term(
        "d-a",
        Text(ko="민감도 d_a", en="sensitivity d_a"),
        Text(
            ko="위협과 정상을 가르는 정도. 두 분포의 퍼짐이 다르다고 보고, zROC 기울기와 함께 적습니다.",
            en="How well threats are told from harmless goods where both spread differently; told with the "
            "slope of the zROC.",
        ),
        "Simpson and Fitter 1973",
    ),
)
