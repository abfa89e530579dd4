"""`pandok worker`: do the work in the background: mail, webhooks, reminders."""

from __future__ import annotations

from typing import Annotated

import typer

from pandok.cli.terminal import console, say, start_django
from pandok.core.errors import RequestError
from pandok.core.text import Text


def worker(
    once: bool = typer.Option(False, "--once", help="지금 할 일만 하고 끝냅니다 · Do what is due now, then end."),
    kinds: Annotated[
        list[str] | None,
        typer.Option("--kinds", help="이 종류의 일만 합니다(반복 가능) · Only this kind of work; may be repeated."),
    ] = None,
) -> None:
    """백그라운드 작업을 합니다(메일, 웹훅, 알림) · Do the background work: mail, webhooks, reminders."""
    start_django()
    from pandok.common.jobs.process import run_worker
    from pandok.common.jobs.registry import kinds as known_kinds

    unknown = sorted(set(kinds or ()) - known_kinds())
    if unknown:
        raise _unknown_kinds(unknown, sorted(known_kinds()))
    taken = run_worker(once=once, kinds=kinds or ())
    if once:
        console().print(say(Text(ko=f"일 {taken}건을 처리했습니다.", en=f"{taken} job(s) taken.")))


def _unknown_kinds(unknown: list[str], known: list[str]) -> RequestError:
    return RequestError(
        Text(ko=f"모르는 종류의 일입니다: {', '.join(unknown)}.", en=f"Unknown kind of work: {', '.join(unknown)}."),
        Text(ko=f"아는 종류: {', '.join(known)}.", en=f"Known kinds: {', '.join(known)}."),
        code="request.job_kind",
    )
