"""`pandok programme problems`, `problem`: the register at the command line of the server."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from pandok.cli.terminal import console, language, print_json, say, start_django
from pandok.core.text import Text, counted

Json = Annotated[bool, typer.Option("--json", help="JSON으로 출력합니다 · Print JSON.")]


def problems(
    words: Annotated[str, typer.Argument(help="찾을 낱말이나 번호 · Words or a number.")] = "",
    state: Annotated[str, typer.Option("--state", help="상태 · State, such as accepted.")] = "",
    topic: Annotated[str, typer.Option("--topic", help="분야 · Field, such as streets.")] = "",
    region: Annotated[str, typer.Option("--region", help="권역 · Region, such as honam.")] = "",
    most: Annotated[int, typer.Option("--most", min=1, max=10_000, help="최대 건수 · At most so many.")] = 50,
    in_json: Json = False,
) -> None:
    """현장 문제 목록, 새것부터 · Problems of the field, the newest first."""
    start_django()
    from pandok.fields.programme.lists.problems import Asked, found_among
    from pandok.fields.programme.models import FieldProblem
    from pandok.fields.programme.states import ProblemState

    found = found_among(FieldProblem.objects.all(), Asked(words, state, topic, region))
    total = found.count()
    rows = [_row(one) for one in found[:most]]
    if in_json:
        print_json(rows)
        return
    for row in rows:
        words_of_state = ProblemState(row["state"]).words.in_language(language())
        console().print(f"{row['number']}\t{words_of_state}\t{row['title']}", soft_wrap=True, markup=False)
    told = Text(ko=f"{total}건 가운데 {len(rows)}건", en=f"{len(rows)} of {counted(total, 'problem')}")
    console().print(say(told), style="dim")


def problem(
    number: Annotated[str, typer.Argument(help="문제 번호 · Number of the problem.")], in_json: Json = False
) -> None:
    """현장 문제 하나와 그 이력 · One problem, and what happened to it."""
    start_django()
    from pandok.fields.programme.lists.problem_facts import facts_of, history_of
    from pandok.fields.programme.models import FieldProblem
    from pandok.fields.programme.refusals import refusal

    found = FieldProblem.objects.filter(number=number.strip()).first()
    if found is None:
        raise refusal("not_there")
    history = history_of(found)
    if in_json:
        told = [
            {"at": one.at.isoformat(), "who": one.who, "state": one.words.en, "reason": one.reason} for one in history
        ]
        print_json(_row(found) | found.said.as_json() | {"history": told})
        return
    console().print(f"{found.number} {found.title}", style="bold", markup=False)
    for label, value in facts_of(found):
        console().print(f"{say(label)}: {say(value)}", soft_wrap=True, markup=False)
    for one in history:
        console().print(
            f"{one.at:%Y-%m-%d %H:%M} {say(one.words)} {one.who} {one.reason}", soft_wrap=True, markup=False
        )


def _row(found: Any) -> dict[str, Any]:
    return {
        "number": found.number,
        "state": found.state,
        "title": found.title,
        "topic": found.topic,
        "region": found.region,
        "shared_by": found.shared_by,
        "published": found.published,
    }
