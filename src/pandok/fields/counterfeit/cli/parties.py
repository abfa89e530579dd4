"""`pandok parties …`: take a party out of use, and into use again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from pandok.cli.terminal import console, say, start_django
from pandok.core.errors import RequestError
from pandok.core.text import Text

if TYPE_CHECKING:
    from pandok.common.models import Party

app = typer.Typer(help="당사자 · Right holders, importers, associations and companies.", no_args_is_help=True)
Number = Annotated[int, typer.Argument(help="당사자 번호 · Number of the party.")]
Reason = Annotated[str, typer.Option("--reason", help="사유 · Why.")]


@app.callback()
def before() -> None:
    """당사자 · Right holders, importers, associations and companies."""


@app.command("list")
def show(text: Annotated[str, typer.Argument(help="이름의 일부 · A part of the name.")] = "") -> None:
    """당사자와 번호를 보입니다 · Show parties with their numbers."""
    start_django()
    from pandok.common.declared import party_kinds
    from pandok.common.parties.parties_admin import find_parties

    for party in find_parties(text=text)[:1000]:
        state = Text(ko="", en="") if party.active else Text(ko=" (사용 중지)", en=" (out of use)")
        console().print(f"{party.pk} {say(party_kinds()[party.kind].words)} {party.name}{say(state)}", markup=False)


@app.command("out-of-use")
def take_out(party: Number, reason: Reason) -> None:
    """당사자의 사용을 중지합니다 · Take a party out of use; refused while a case or a run of it is open."""
    _set(party, False, reason)


@app.command("in-use")
def take_in(party: Number, reason: Reason) -> None:
    """당사자를 다시 사용합니다 · Take a party into use again."""
    _set(party, True, reason)


@app.command("electronic")
def electronic(
    party: Number,
    proof: Annotated[str, typer.Option("--proof", help="증명 · What proves it: number of the paper, who signed.")],
    day: Annotated[str, typer.Option("--day", help="서면의 날짜 · Day on the paper, like 2026-03-02.")],
    back: Annotated[bool, typer.Option("--back", help="동의 철회 · The consent was taken back.")] = False,
) -> None:
    """서면으로 받은 전자송달 동의(또는 철회)를 기록합니다 · Record a consent to electronic service given on paper."""
    start_django()
    from datetime import UTC, datetime

    from pandok.common.parties.electronic import how_served
    from pandok.core.days import day_from
    from pandok.fields.counterfeit.acts.notices.consenting import record_on_paper

    found = _found(party)
    record_on_paper(party=found, given=not back, said_on=day_from(day), proof=proof, actor=None, now=datetime.now(UTC))
    console().print(f"{found.name}: {say(how_served(found))}", markup=False)


def _set(number: int, active: bool, reason: str) -> None:
    start_django()
    from datetime import UTC, datetime

    from pandok.common.parties.parties_admin import set_active

    party = _found(number)
    set_active(party=party, active=active, actor=None, reason=reason, now=datetime.now(UTC))
    done = Text(ko="다시 사용합니다.", en="is in use again.") if active else Text(ko="사용 중지", en="is out of use.")
    console().print(f"{party.name}: {say(done)}", markup=False)


def _found(number: int) -> Party:
    from pandok.common.models import Party

    party = Party.objects.filter(pk=number).first()
    if party is None:
        raise RequestError(
            Text(ko=f"당사자 {number}이(가) 없습니다.", en=f"There is no party {number}."),
            Text(ko="'pandok parties list'로 확인하십시오.", en="See `pandok parties list`."),
            code="party.unknown",
        )
    return party
