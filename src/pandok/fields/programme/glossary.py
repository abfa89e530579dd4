"""Terms of the programme desk."""

from __future__ import annotations

from pandok.core.term import Term
from pandok.core.text import Text

TERMS = (
    Term(
        "field-problem",
        Text(ko="현장 문제", en="problem of the field"),
        Text(
            ko="누가 어디서 무엇 때문에 얼마나 자주 곤란한지, 지금의 수치와 함께 적은 것. 해결책은 적지 않습니다.",
            en="Who is hurt by what, where and how often, with today's number; it names no solution.",
        ),
    ),
    Term(
        "open-challenge",
        Text(ko="공개 경진", en="open challenge"),
        Text(
            ko="실증랩의 잠긴 과제 하나를 두고 여러 팀이 정해진 단계 동안 겨루는 것. 점수와 판정은 실증랩의 것입니다.",
            en="Teams compete on one locked problem of the lab in set phases; scores and verdicts are the lab's own.",
        ),
    ),
    Term(
        "six-regions",
        Text(ko="6대 권역", en="six regions"),
        Text(
            ko="수도권, 충청권, 호남권, 영남권, 강원권, 제주권.",
            en="Capital region, Chungcheong, Honam, Yeongnam, Gangwon, Jeju.",
        ),
    ),
)
