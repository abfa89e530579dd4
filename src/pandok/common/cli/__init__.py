"""Commands of people, audit and backup."""

from __future__ import annotations

import typer

from pandok.common.cli import accounts, audit, backup


def mount(app: typer.Typer) -> None:
    app.add_typer(audit.app, name="audit")
    app.add_typer(backup.app, name="backup")
    app.add_typer(accounts.app, name="accounts")
    app.command("restore")(backup.restore)
