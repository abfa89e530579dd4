"""Commands of the academy."""

from __future__ import annotations

import typer

from pandok.fields.academy.cli import courses, fill, ledger

app = typer.Typer(help="아카데미 · The academy.", no_args_is_help=True)
app.command("courses")(courses.courses)
app.command("course")(courses.course)
app.command("draw")(courses.draw)
app.command("fill")(fill.fill)
app.command("ledger")(ledger.ledger)


def mount(main: typer.Typer) -> None:
    main.add_typer(app, name="academy")
