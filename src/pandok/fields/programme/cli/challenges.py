"""`pandok programme challenges`: open challenges with their state and their times."""

from __future__ import annotations

from typing import Annotated

import typer

from pandok.cli.terminal import console, language, print_json, start_django

Json = Annotated[bool, typer.Option("--json", help="JSON으로 출력합니다 · Print JSON.")]


def challenges(in_json: Json = False) -> None:
    """공개 경진 목록, 새것부터 · Open challenges, the newest first."""
    start_django()
    from pandok.core.dates import moment_short
    from pandok.core.terms.zone import OFFICE_ZONE
    from pandok.core.text import Text
    from pandok.fields.programme.challenge_states import ChallengeState
    from pandok.fields.programme.models import Challenge

    found = [(one, list(one.phases.all())) for one in Challenge.objects.select_related("pack")]
    if in_json:
        print_json(
            [
                {
                    "number": one.number,
                    "state": one.state,
                    "title_ko": one.title_ko,
                    "title_en": one.title_en,
                    "lab_problem": one.pack.problem_id,
                    "begins_at": phases[0].begins_at.isoformat(),
                    "ends_at": phases[-1].ends_at.isoformat(),
                    "sha256": one.sha256,
                }
                for one, phases in found
            ]
        )
        return
    for one, phases in found:
        told = ChallengeState(one.state).words.in_language(language())
        title = Text(ko=one.title_ko, en=one.title_en).in_language(language())
        ends = moment_short(phases[-1].ends_at, OFFICE_ZONE).in_language(language())
        console().print(f"{one.number}\t{told}\t{ends}\t{title}", soft_wrap=True, markup=False)
