"""`pandok <noun> <verb>`: every command parses, calls one use case and prints. Errors end here, in one place."""

from __future__ import annotations

import sys

import typer

from pandok.cli import serve, settings_command, worker
from pandok.cli.error_edge import ErrorEdgeGroup
from pandok.cli.terminal import choose_language
from pandok.common.declared import PLACES, rooms
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
for room in rooms("cli", (*PLACES, "pandok.demo")):
    room.mount(app)
app.command("settings")(settings_command.show)
app.command("serve")(serve.serve)
app.command("worker")(worker.worker)


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
