"""`pandok lab …`: what a company runs before it submits, and the problems of this site."""

from __future__ import annotations

import typer

from pandok.fields.lab.cli import check as lab_check
from pandok.fields.lab.cli import problems as lab_problems
from pandok.fields.lab.cli import sandbox as lab_sandbox
from pandok.fields.lab.cli import strips as lab_strips
from pandok.fields.lab.cli import submission as lab_submission
from pandok.fields.lab.cli import vault as lab_vault
from pandok.fields.lab.cli import vault_models

app = typer.Typer(help="실증랩 · The proving lab.", no_args_is_help=True)
app.command("check")(lab_check.check)
app.command("sandbox")(lab_sandbox.sandbox)
app.add_typer(lab_strips.app, name="strips")
app.add_typer(lab_problems.app, name="problems")
app.add_typer(lab_submission.app, name="submission")
lab_vault.app.command("trained")(vault_models.trained)
app.add_typer(lab_vault.app, name="vault")
