"""`pandok street energy`: nights that are computed again."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

import typer

from pandok.cli.terminal import console, say, start_django
from pandok.core.text import Text


def energy(
    first: Annotated[str, typer.Option("--first", help="시작일 · First day, as 2026-07-01.")],
    last: Annotated[str, typer.Option("--last", help="종료일 · Last day.")],
) -> None:
    """지난 밤들의 등 전력량을 다시 계산합니다 · Compute the energy of lamps again, night by night."""
    start_django()
    from datetime import UTC, datetime

    from pandok.fields.street.acts.computing_energy import compute_night
    from pandok.fields.street.acts.keeping_history import history_folder
    from pandok.fields.street.periods import period_of
    from pandok.settings import settings

    now = datetime.now(UTC)
    period = period_of(first, last, now=now)
    nights = (period.last - period.first).days + 1
    lamps = sum(
        compute_night(period.first + timedelta(days=back), history_folder(settings().home), now=now)
        for back in range(nights)
    )
    console().print(say(Text(ko=f"밤 {nights:,}, 등의 밤 {lamps:,}.", en=f"Nights: {nights:,}; of lamps: {lamps:,}.")))
