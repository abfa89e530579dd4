"""`pandok <noun> <verb>`: every command parses, calls one use case and prints. Errors end here, in one place."""

from __future__ import annotations

import sys

import typer

from pandok.cli import scrub, serve, settings_command, worker
from pandok.cli.error_edge import ErrorEdgeGroup
from pandok.cli.terminal import choose_language
from pandok.common.cli import accounts, audit, backup
from pandok.demo import cli as demo
from pandok.fields.counterfeit.cli import holidays, parties, retention
from pandok.fields.designs.cli import designs, models
from pandok.fields.lab.cli import lab, proof
from pandok.version import __version__

app = typer.Typer(
    name="pandok",
    cls=ErrorEdgeGroup,
    help="판독 Pandok: 사진에서 등록디자인 후보와 근거까지 · From a photograph to registered designs, with evidence.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(designs.app, name="designs")
app.add_typer(models.app, name="models")
app.add_typer(audit.app, name="audit")
app.add_typer(retention.app, name="retention")
app.add_typer(holidays.app, name="holidays")
app.add_typer(parties.app, name="parties")
app.add_typer(backup.app, name="backup")
app.add_typer(proof.app, name="proof")
app.add_typer(lab.app, name="lab")
app.add_typer(accounts.app, name="accounts")
app.command("settings")(settings_command.show)
app.command("serve")(serve.serve)
app.command("worker")(worker.worker)
app.command("demo")(demo.demo)
app.command("restore")(backup.restore)
app.command("scrub")(scrub.scrub)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"pandok {__version__}")
        raise typer.Exit


@app.callback()
def before(
    language: str = typer.Option("", "--language", help="ko 또는 en. Language of messages (default: the setting)."),
    version: bool = typer.Option(
        False, "--version", callback=_print_version, is_eager=True, help="버전을 표시합니다 · Print the version."
    ),
) -> None:
    del version
    choose_language(language)


def main() -> None:
    """The console script."""
    sys.exit(app())
