"""The one edge where expected errors become a message and an exit code; a traceback never reaches a person.

Exit codes: 0 done, 1 the work ended with something to look at (bad rows, a broken chain), 2 the input or the command
is wrong, 3 the operator has to act (model, store, missing part), 130 interrupted.
"""

from __future__ import annotations

import sys
from typing import Any, NoReturn

import typer
from typer.core import TyperGroup

from pandok.core.errors import InputError, PandokError, RequestError
from pandok.core.shown_letters import shown_letters
from pandok.core.text import Text
from pandok.core.wrong_setting import wrong_setting

EXIT_INPUT = 2
EXIT_OPERATOR = 3
EXIT_INTERRUPTED = 130


class ErrorEdgeGroup(TyperGroup):
    """The root group: runs a command and turns PandokError and wrong settings into words."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().main(*args, **kwargs)
        except PandokError as error:
            leave_with(error)
        except KeyboardInterrupt:
            print(file=sys.stderr)
            sys.exit(EXIT_INTERRUPTED)
        except Exception as error:
            leave_if_the_store_failed(error)
            raise

    def invoke(self, ctx: Any) -> Any:
        from pydantic import ValidationError

        try:
            return super().invoke(ctx)
        except ValidationError as error:
            if error.title != "Settings":
                raise
            raise _of_settings(error.errors()[0]["loc"], error.errors()[0]["msg"]) from error


def _of_settings(location: tuple[int | str, ...], message: str) -> RequestError:
    """The error for a setting whose value does not fit; named as the operator writes it."""
    name = "PANDOK_" + "_".join(str(part) for part in location).upper()
    return wrong_setting(
        Text(ko=f"설정 {name}의 값이 맞지 않습니다: {message}.", en=f"The setting {name} does not fit: {message}."),
        Text(
            ko="환경 변수나 pandok.env를 고치십시오. `pandok settings --help`를 보십시오.",
            en="Correct the environment variable or pandok.env; see `pandok settings --help`.",
        ),
        setting=name,
    )


def leave_if_the_store_failed(error: Exception) -> None:
    """A full or read-only disk, a database that is busy or away: words and exit code 3 instead of a traceback."""
    from pandok.common.store_faults import store_fault

    fault = store_fault(error)
    if fault is not None:
        leave_with(fault)


def leave_with(error: PandokError) -> NoReturn:
    """Print what happened and what to do, in the chosen language first, and leave with the code of the kind."""
    first, second = ("en", "ko") if _chosen_language() == "en" else ("ko", "en")
    for spoken in (first, second):
        typer.echo(shown_letters(error.message(spoken), keep="\n\t"), err=True)
    typer.echo(f"[{error.error_code}]", err=True)
    sys.exit(EXIT_INPUT if isinstance(error, InputError) else EXIT_OPERATOR)


def _chosen_language() -> str:
    from pydantic import ValidationError

    from pandok.cli.terminal import language

    try:
        return language()
    except ValidationError:  # the settings themselves are what is wrong
        return "ko"
