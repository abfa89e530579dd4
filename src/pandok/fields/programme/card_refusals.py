"""What is refused of a firm's card, and what to do instead."""

from __future__ import annotations

from pandok.common.refusals import refusals
from pandok.core.text import Text

refusal = refusals(
    "firm_card",
    {
        "not_there": (
            Text(ko="없거나 공개하지 않은 기업 카드입니다.", en="There is no such card, or it is not public."),
            Text(ko="기업 목록에서 다시 고르십시오.", en="Choose it in the list of firms again."),
        ),
        "no_firm": (
            Text(ko="이 계정은 기업에 속하지 않습니다.", en="This account belongs to no firm."),
            Text(
                ko="관리자에게 계정을 기업에 넣어 달라고 요청하십시오.",
                en="Ask an administrator to enter the account under its firm.",
            ),
        ),
        "nothing": (
            Text(ko="아직 카드가 없습니다.", en="There is no card yet."),
            Text(ko="먼저 소개를 저장하십시오. 비워 두어도 됩니다.", en="Save it first; its own words may stay empty."),
        ),
        "words": (
            Text(ko="소개가 너무 깁니다.", en="The words about the firm are too long."),
            Text(ko="언어마다 1,000자까지 적으십시오.", en="Write up to 1,000 characters in each language."),
        ),
        "consent": (
            Text(
                ko="카드에 무엇이 공개되는지 확인했다는 표시가 없습니다.",
                en="It was not confirmed what a card shows to everybody.",
            ),
            Text(ko="공개되는 것을 읽고 확인 칸에 표시하십시오.", en="Read what is shown, and tick the box."),
        ),
    },
)
"""`area.reason`: firm_card.not_there and so on."""
