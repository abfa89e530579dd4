"""Commands of the demonstration, and of the packs that come with Pandok."""

from __future__ import annotations

import typer

from pandok.demo.cli import demo, field_packs, notebooks, problems
from pandok.fields.academy.cli import app as academy
from pandok.fields.lab.cli.problems import app as lab_problems


def mount(app: typer.Typer) -> None:
    app.command("demo")(demo.demo)
    lab_problems.command("list")(problems.list_problems)
    lab_problems.command("build")(problems.build)
    lab_problems.command("fields")(field_packs.fields)
    lab_problems.command("first-model")(field_packs.first_model)
    lab_problems.command("carry")(field_packs.carry)
    academy.command("notebook")(notebooks.notebook)
