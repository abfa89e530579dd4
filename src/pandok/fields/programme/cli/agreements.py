"""`pandok programme agreements`, `locks`: agreements, and whether each is still as it was signed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from pandok.cli.terminal import console, language, print_json, say, start_django
from pandok.core.text import Text, counted

Json = Annotated[bool, typer.Option("--json", help="JSON으로 출력합니다 · Print JSON.")]


def agreements(
    words: Annotated[str, typer.Argument(help="찾을 낱말이나 번호 · Words or a number.")] = "",
    state: Annotated[str, typer.Option("--state", help="상태 · State, such as running.")] = "",
    in_json: Json = False,
) -> None:
    """협약 목록, 새것부터 · Agreements, the newest first."""
    start_django()
    from pandok.fields.programme.agreement_states import AgreementState
    from pandok.fields.programme.lists.agreements import agreements_among
    from pandok.fields.programme.models import Agreement

    rows = [
        {"number": one.number, "state": one.state, "title": one.title, "lead": one.lead, "version": one.version}
        for one in agreements_among(Agreement.objects.all(), words=words, state=state)
    ]
    if in_json:
        print_json(rows)
        return
    for row in rows:
        told = AgreementState(str(row["state"])).words.in_language(language())
        console().print(f"{row['number']}\t{told}\tv{row['version']}\t{row['title']}", soft_wrap=True, markup=False)


def locks(in_json: Json = False) -> None:
    """서명한 협약이 그대로인지 · Whether every signed agreement is still as it was signed; else exit code 1."""
    start_django()
    from pandok.fields.programme.lists.agreements import changes_since_lock
    from pandok.fields.programme.models import Agreement

    now = datetime.now(UTC)
    signed = list(Agreement.objects.filter(version__gt=0).order_by("number"))
    found = [(one.number, change) for one in signed for change in changes_since_lock(one, now)]
    if in_json:
        rows = [
            {"number": number, "part": one.part.value, "at": one.at, "was": one.was, "now": one.now}
            for number, one in found
        ]
        print_json({"signed": len(signed), "changes": rows})
    else:
        for number, one in found:
            console().print(
                f"{number}\t{say(one.part.words)}\t{one.at}\t{one.was} -> {one.now}", soft_wrap=True, markup=False
            )
        told = Text(
            ko=f"서명한 협약 {len(signed)}건, 달라진 곳 {len(found)}곳",
            en=f"{counted(len(signed), 'signed agreement')}, {counted(len(found), 'change')} since",
        )
        console().print(say(told), style="red" if found else "green")
    if found:
        raise typer.Exit(1)
