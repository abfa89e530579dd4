"""What is refused of an agreement, and what to do instead."""

from __future__ import annotations

from pandok.common.refusals import refusals
from pandok.core.text import Text

_RELOAD = Text(ko="화면을 새로 고치십시오.", en="Reload the page.")

refusal = refusals(
    "agreement",
    {
        "not_there": (
            Text(ko="없거나 볼 수 없는 협약입니다.", en="There is no such agreement, or it is not shown to you."),
            Text(ko="협약 목록에서 다시 고르십시오.", en="Choose it in the list again."),
        ),
        "problem": (
            Text(ko="채택된 문제에서만 협약을 시작합니다.", en="An agreement begins with a problem that was taken up."),
            Text(ko="위원의 채택을 기다리십시오.", en="Wait until the committee has taken it up."),
        ),
        "words": (
            Text(ko="협약 이름이나 주관기관이 비었거나 너무 깁니다.", en="Title or lead is empty or too long."),
            Text(ko="고쳐서 다시 보내십시오.", en="Correct it, and send it again."),
        ),
        "no_owner": (
            Text(
                ko="그 계정이 없거나 현업 책임자 역할이 아닙니다.",
                en="There is no such account, or it is no field owner's.",
            ),
            Text(ko="현업 책임자의 계정 이름을 적으십시오.", en="Give the account of a field owner."),
        ),
        "bad_fate": (
            Text(
                ko="미입증일 때의 처리를 고르지 않았습니다.", en="It was not chosen what happens if it is not proven."
            ),
            Text(ko="목록에서 고르십시오.", en="Choose from the list."),
        ),
        "no_source": (
            Text(ko="그런 자료원이나 묶음 열이 없습니다.", en="There is no such source, or no such column in it."),
            Text(ko="자료원과 그 열을 목록에서 고르십시오.", en="Choose the source and its columns from the list."),
        ),
        "no_line": (
            Text(ko="그런 성과지표가 없습니다.", en="There is no such KPI."),
            _RELOAD,
        ),
        "signed_already": (
            Text(ko="이미 서명했습니다.", en="You have signed it already."),
            Text(ko="다른 쪽의 서명을 기다리십시오.", en="Wait for the signature of the other side."),
        ),
        "not_signer": (
            Text(ko="이 판에 서명하거나 의결할 사람이 아닙니다.", en="It is not yours to sign or to vote on."),
            Text(ko="사업 책임자와 지정된 현업 책임자가 서명합니다.", en="The manager and the named field owner sign."),
        ),
        "nothing_offered": (
            Text(ko="서명을 기다리는 판이 없습니다.", en="No version waits for signatures."),
            _RELOAD,
        ),
        "offered_already": (
            Text(ko="서명을 기다리는 판이 이미 있습니다.", en="Another version waits for signatures already."),
            Text(ko="먼저 서명·의결을 마치거나 철회하십시오.", en="Sign or take that back first."),
        ),
        "milestone": (
            Text(ko="마일스톤의 이름이나 날짜가 없습니다.", en="The milestone lacks its name or its day."),
            Text(ko="적어서 다시 보내십시오.", en="Write it, and send it again."),
        ),
        "no_milestone": (
            Text(ko="없거나 이미 마친 마일스톤입니다.", en="There is no such milestone, or it is done."),
            _RELOAD,
        ),
    },
)
"""`area.reason`: agreement.not_there and so on."""
