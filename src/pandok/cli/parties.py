"""`pandok parties …`: take a party out of use, and into use again."""

from __future__ import annotations

from typing import Annotated

import typer

from pandok.cli.terminal import console, say, start_django
from pandok.core.errors import RequestError
from pandok.core.text import Text

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
    from pandok.desk.parties.parties_admin import KIND_WORDS, find_parties

    for party in find_parties(text=text)[:1000]:
        state = Text(ko="", en="") if party.active else Text(ko=" (사용 중지)", en=" (out of use)")
        console().print(f"{party.pk} {say(KIND_WORDS[party.kind])} {party.name}{say(state)}", markup=False)


@app.command("out-of-use")
def take_out(party: Number, reason: Reason) -> None:
    """당사자의 사용을 중지합니다 · Take a party out of use; refused while a case or a run of it is open."""
    _set(party, False, reason)


@app.command("in-use")
def take_in(party: Number, reason: Reason) -> None:
    """당사자를 다시 사용합니다 · Take a party into use again."""
    _set(party, True, reason)


def _set(number: int, active: bool, reason: str) -> None:
    start_django()
    from datetime import UTC, datetime

    from pandok.desk.models import Party
    from pandok.desk.parties.parties_admin import set_active

    party = Party.objects.filter(pk=number).first()
    if party is None:
        raise RequestError(
            Text(ko=f"당사자 {number}이(가) 없습니다.", en=f"There is no party {number}."),
            Text(ko="'pandok parties list'로 확인하십시오.", en="See `pandok parties list`."),
            code="party.unknown",
        )
    set_active(party=party, active=active, actor=None, reason=reason, now=datetime.now(UTC))
    done = Text(ko="다시 사용합니다.", en="is in use again.") if active else Text(ko="사용 중지", en="is out of use.")
    console().print(f"{party.name}: {say(done)}", markup=False)
