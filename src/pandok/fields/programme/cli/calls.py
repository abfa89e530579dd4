"""`pandok programme calls`, `ranking`: calls with their deadlines, and the ranking of one computed again."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from pandok.cli.terminal import console, language, print_json, start_django

Json = Annotated[bool, typer.Option("--json", help="JSON으로 출력합니다 · Print JSON.")]


def calls(
    words: Annotated[str, typer.Argument(help="찾을 낱말이나 번호 · Words or a number.")] = "",
    phase: Annotated[str, typer.Option("--phase", help="단계 · Phase, such as open.")] = "",
    in_json: Json = False,
) -> None:
    """공모 목록, 새것부터 · Calls, the newest first."""
    start_django()
    from pandok.core.dates import moment_short
    from pandok.core.terms.zone import OFFICE_ZONE
    from pandok.fields.programme.lists.calls import CallsAsked, calls_among, phase_now
    from pandok.fields.programme.models import Call

    now = datetime.now(UTC)
    found = list(calls_among(Call.objects.all(), CallsAsked(words, phase), now))
    if in_json:
        print_json(
            [
                {
                    "number": one.number,
                    "phase": phase_now(one, now).value,
                    "kind": one.kind,
                    "title": one.title,
                    "opens_at": one.opens_at.isoformat(),
                    "closes_at": one.closes_at.isoformat(),
                    "sha256": one.sha256,
                }
                for one in found
            ]
        )
        return
    for one in found:
        told = phase_now(one, now).words.in_language(language())
        closes = moment_short(one.closes_at, OFFICE_ZONE).in_language(language())
        console().print(f"{one.number}\t{told}\t{closes}\t{one.title}", soft_wrap=True, markup=False)


def ranking(
    number: Annotated[str, typer.Argument(help="공모 번호 · Number of the call.")], in_json: Json = False
) -> None:
    """공모의 순위를 다시 계산합니다 · The ranking of a call, computed again from its locked scores."""
    start_django()
    from pandok.fields.programme.acts.reviews.assigning import totals_of_call_show
    from pandok.fields.programme.call_refusals import refusal
    from pandok.fields.programme.lists.rankings import as_kept, ranking_of
    from pandok.fields.programme.models import Call
    from pandok.fields.programme.review_refusals import selection_refusal

    found = Call.objects.filter(number=number.strip()).exclude(published_at=None).first()
    if found is None:
        raise refusal("not_there")
    if not totals_of_call_show(found, datetime.now(UTC)):
        raise selection_refusal("hidden")
    rows = as_kept(ranking_of(found))
    if in_json:
        print_json(rows)
        return
    for one in rows:
        between = "–" if one["between"] is None else f"{one['between'][0]}–{one['between'][1]}"
        console().print(f"{one['rank']}\t{one['key']}\t{one['mean']:.1f}\t{between}", soft_wrap=True, markup=False)
