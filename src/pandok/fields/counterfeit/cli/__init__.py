"""Commands of the counterfeit desk."""

from __future__ import annotations

import typer

from pandok.fields.counterfeit.cli import confirmed_views, holidays, parties, retention
from pandok.fields.counterfeit.cli.labels import labels
from pandok.fields.designs.cli import designs


def mount(app: typer.Typer) -> None:
    app.add_typer(retention.app, name="retention")
    app.add_typer(holidays.app, name="holidays")
    app.add_typer(parties.app, name="parties")
    app.add_typer(confirmed_views.app, name="cases")
    designs.app.command("labels")(labels)
