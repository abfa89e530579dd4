"""Commands of the programme desk."""

from __future__ import annotations

import typer

from pandok.fields.programme.cli import (
    agreements,
    calls,
    challenges,
    data_quality,
    evidence,
    problems,
    questions,
    spread,
)

app = typer.Typer(help="실증사업 관리 · The programme desk.", no_args_is_help=True)
app.command("problems")(problems.problems)
app.command("problem")(problems.problem)
app.command("agreements")(agreements.agreements)
app.command("locks")(agreements.locks)
app.command("measure")(evidence.measure)
app.command("recompute")(evidence.recompute)
app.command("calls")(calls.calls)
app.command("challenges")(challenges.challenges)
app.command("certificates")(evidence.certificates)
app.command("data-quality")(data_quality.data_quality)
app.command("hand-over")(spread.hand_over)
app.command("check-hand-over")(spread.check_hand_over)
app.command("ranking")(calls.ranking)
app.command("questions")(questions.questions)
app.command("answer")(questions.answer)


def mount(main: typer.Typer) -> None:
    main.add_typer(app, name="programme")
