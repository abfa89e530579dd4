"""Commands of designs and their readers."""

from __future__ import annotations

import typer

from pandok.fields.designs.cli import designs, models


def mount(app: typer.Typer) -> None:
    app.add_typer(designs.app, name="designs")
    app.add_typer(models.app, name="models")
