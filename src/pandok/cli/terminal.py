"""What the commands share: consoles, the language of this run, progress bars, Django made ready."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from pandok.core.errors import RequestError
from pandok.core.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import Console

_language = ""


def choose_language(language: str) -> None:
    """Keep the language of this run; "" leaves it to the setting. Raises RequestError for any other word."""
    global _language
    if language not in ("", "ko", "en"):
        raise RequestError(
            Text(ko=f"--language {language}: 모르는 언어입니다.", en=f"--language {language}: not a known language."),
            Text(ko="ko 또는 en을 쓰십시오.", en="Use ko or en."),
            code="request.language",
        )
    _language = language


def language() -> str:
    """ "ko" or "en": what `--language` said, else the setting."""
    if _language:
        return _language
    from pandok.settings import settings

    return settings().language


def say(text: Text) -> str:
    return text.in_language(language())


def console() -> Console:
    """Where results go (standard output)."""
    from pandok.cli.plain_console import PlainConsole

    return PlainConsole()


def error_console() -> Console:
    """Where progress and messages go (standard error), so that results can be piped."""
    from pandok.cli.plain_console import PlainConsole

    return PlainConsole(stderr=True)


def print_json(value: Any, *, indent: int | None = 1) -> None:
    """On standard output. Letters that a terminal would obey, or that show nothing, are written as JSON escapes."""
    import typer

    from pandok.core.shown_letters import is_shown

    plain = json.dumps(value, ensure_ascii=False, indent=indent)
    typer.echo("".join(one if one == "\n" or is_shown(one) else json.dumps(one)[1:-1] for one in plain))


@contextmanager
def progress(label: Text) -> Iterator[Callable[[int, int], None]]:
    """A progress bar; gives the function `(done, total)` that moves it. Total 0 means unknown."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=error_console()) as bar:
        task = bar.add_task(say(label), total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total or None)


@contextmanager
def stage_progress(labels: dict[str, Text]) -> Iterator[Callable[[str, int, int], None]]:
    """One bar a stage; gives the function `(stage, done, total)`."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=error_console()) as bar:
        tasks: dict[str, TaskID] = {}

        def moved(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(say(labels[stage]) if stage in labels else stage, total=total or None)
            bar.update(tasks[stage], completed=done, total=total or None)

        yield moved


def start_django() -> None:
    """Make the records ready: Django set up, migrations applied. May be called again."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pandok.web.django_settings")
    import django

    django.setup()
    from pandok.web.database_tables import bring_up_to_date

    bring_up_to_date()
