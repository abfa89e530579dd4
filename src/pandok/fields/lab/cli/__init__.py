"""Commands of the proving lab."""

from __future__ import annotations

import typer

from pandok.fields.lab.cli import lab, proof, scrub


def mount(app: typer.Typer) -> None:
    app.add_typer(proof.app, name="proof")
    app.add_typer(lab.app, name="lab")
    app.command("scrub")(scrub.scrub)
