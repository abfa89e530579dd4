"""What is refused of outcomes, and what to do instead."""

from __future__ import annotations

from pandok.common.refusals import refusals
from pandok.core.text import Text

refusal = refusals(
    "outcome",
    {
        "not_there": (
            Text(ko="없거나 볼 수 없는 성과입니다.", en="There is no such outcome, or it is not shown to you."),
            Text(ko="성과 원장에서 다시 고르십시오.", en="Choose it in the ledger again."),
        ),
        "words": (
            Text(
                ko="종류, 이름, 출처, 소유, 만든 곳이 있어야 합니다.",
                en="Kind, title, source, owner, maker: all are needed.",
            ),
            Text(ko="빈 칸을 채우고 너무 긴 글을 줄이십시오.", en="Fill what is empty, and shorten what is too long."),
        ),
        "day": (
            Text(ko="날짜를 쓸 수 없습니다.", en="A day cannot be used."),
            Text(
                ko="일어난 날은 오늘까지, 만료일은 그 뒤의 날로 적으십시오.",
                en="Say a day up to today on which it happened, and a later one on which it expires.",
            ),
        ),
        "figure": (
            Text(ko="수치나 기여율을 쓸 수 없습니다.", en="The figure or the share cannot be used."),
            Text(
                ko="매출·시범구매·고용·교육에만 0보다 큰 수치를 적고, 기여율은 0보다 크고 100 이하로 적으십시오.",
                en="Only sales, purchases, jobs and training take a figure, above 0; a share is above 0 and up to 100.",
            ),
        ),
        "registration": (
            Text(ko="등록번호가 없습니다.", en="Its number is missing."),
            Text(
                ko="출원·등록번호, DOI, 인증 번호를 적으십시오.",
                en="Give its number, or its DOI.",
            ),
        ),
        "known": (
            Text(ko="같은 번호의 성과가 이미 있습니다.", en="An outcome of that number stands in the ledger already."),
            Text(ko="원장에서 그 번호를 찾아 확인하십시오.", en="Look for that number in the ledger."),
        ),
        "not_signed": (
            Text(ko="서명한 협약에만 성과를 적습니다.", en="Outcomes are entered for signed agreements."),
            Text(ko="협약에 서명한 뒤 다시 하십시오.", en="Do it once the agreement is signed."),
        ),
        "own": (
            Text(ko="자기가 적은 성과는 확인할 수 없습니다.", en="Nobody checks what they entered themselves."),
            Text(ko="다른 담당자가 확인하십시오.", en="Let another person check it."),
        ),
        "checked": (
            Text(ko="이미 확인한 성과입니다.", en="It was checked already."),
            Text(ko="화면을 새로 고치십시오.", en="Reload the page."),
        ),
    },
)
"""`area.reason`: outcome.not_there and so on."""
