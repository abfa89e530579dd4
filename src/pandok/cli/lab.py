"""`pandok lab …`: what a company runs before it submits, and the problems of this site."""

from __future__ import annotations

import typer

from pandok.cli import lab_check, lab_problems, lab_sandbox, lab_submission, lab_vault

app = typer.Typer(help="실증랩 · The proving lab.", no_args_is_help=True)
app.command("check")(lab_check.check)
app.command("sandbox")(lab_sandbox.sandbox)
app.add_typer(lab_problems.app, name="problems")
app.add_typer(lab_submission.app, name="submission")
app.add_typer(lab_vault.app, name="vault")
