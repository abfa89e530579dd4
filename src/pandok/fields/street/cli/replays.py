"""`pandok street replay`: a stored period again, against a reader as it runs or with other settings."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pandok.cli.terminal import console, print_json, say, start_django
from pandok.core.text import Text


def replay(
    period: Annotated[str, typer.Option("--period", help="기간 · FIRST..LAST, as 2026-07-01..2026-07-31.")],
    readers: Annotated[list[str], typer.Option("--reader", help="판독기 · Reader; more than one may be named.")],
    poles: Annotated[list[str], typer.Option("--pole", help="등주 · Pole; none named: all.")] = [],  # noqa: B006
    chosen: Annotated[
        list[str], typer.Option("--set", help="이름=값(JSON) · NAME=VALUE: also with this setting.")
    ] = [],  # noqa: B006
    rises_at: Annotated[
        str, typer.Option("--rises-at", help="기준값 · Also with these thresholds, as 4,8,12,25.")
    ] = "",
    with_files: Annotated[
        bool, typer.Option("--with-files", help="가져온 파일 포함 · Read imported files too.")
    ] = False,
    out: Annotated[Path | None, typer.Option("--out", help="결과 JSON · Write the result here as well.")] = None,
) -> None:
    """저장된 기간을 다시 판독합니다 · Read a stored period again: what is found, when, what is missed."""
    start_django()
    import json
    from datetime import UTC, datetime
    from time import perf_counter

    from pandok.core.canonical import canonical
    from pandok.engines.files.durable import write_durably
    from pandok.fields.street.acts.keeping_history import history_folder
    from pandok.fields.street.hazards_of_site import shipped_flood_model
    from pandok.fields.street.periods import period_of
    from pandok.fields.street.refusals import refusal
    from pandok.fields.street.replay.candidate import Candidate
    from pandok.fields.street.replay.laboratory import replay as read_again
    from pandok.settings import settings

    now = datetime.now(UTC)
    first, _, last = period.partition("..")
    try:
        values = {name: json.loads(value) for name, _, value in (one.partition("=") for one in chosen)}
        levels = tuple(float(one) for one in rises_at.split(",") if one.strip())
    except ValueError as error:
        raise refusal("bad_settings") from error
    candidates = [Candidate(reader) for reader in readers]
    if values or levels:
        candidates += [Candidate(reader, values, levels) for reader in readers]
    kept = read_again(
        candidates,
        period_of(first, last or first, now=now),
        folder=history_folder(settings().home),
        flood=shipped_flood_model(),
        lateness_s=settings().street_lateness_s,
        with_files=with_files,
        actor=None,
        now=now,
        clock=perf_counter,
        poles=poles,
    )
    if out is not None:
        write_durably(out, canonical(kept.result), overwrite=True)
    print_json(kept.result)
    said = Text(ko=f"재생 실험 {kept.pk}번, sha256 {kept.sha256}", en=f"Replay {kept.pk}, sha256 {kept.sha256}")
    console().print(say(said), soft_wrap=True)
