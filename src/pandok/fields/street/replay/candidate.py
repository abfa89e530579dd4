"""A reader as it runs, or with other settings or thresholds: what a replay is asked about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import ValidationError

from pandok.core.text import Text
from pandok.engines.streetlights.flood_model import FloodModel
from pandok.fields.street.hazards import Hazard, PoleToRead
from pandok.fields.street.hazards_of_site import made
from pandok.fields.street.reader_settings import ReaderSettings
from pandok.fields.street.reader_table import TABLE, Row, Site
from pandok.fields.street.refusals import refusal
from pandok.readers.streetlights.alerts.levels import Levels


@dataclass(frozen=True)
class Candidate:
    """`settings`: over those of the pole. `rises_at`: thresholds from low to high in the place of the reader's own; a
    level then ends at the same share of its threshold as before."""

    reader: str
    settings: Mapping[str, Any] = field(default_factory=dict)
    rises_at: tuple[float, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {"reader": self.reader, "settings": dict(self.settings), "rises_at": list(self.rises_at)}


def checked(candidate: Candidate) -> Candidate:
    """Raises RequestError for a reader, a setting or thresholds that cannot be."""
    _row(candidate.reader)
    try:
        ReaderSettings.model_validate(dict(candidate.settings))
    except ValidationError as error:
        raise refusal("bad_settings") from error
    return candidate


def changes_in_words(settings: Mapping[str, Any], rises_at: Sequence[float]) -> Text | None:
    """What is otherwise than as the reader runs; None: nothing.

    >>> changes_in_words({"lag_s": 60}, [4.5, 9.0]).en
    'levels from 4.5, 9; lag_s = 60'
    """
    steps = ", ".join(f"{one:g}" for one in rises_at)
    said = [f"{name} = {value}" for name, value in settings.items()]
    ko, en = ([f"단계 기준 {steps}"], [f"levels from {steps}"]) if steps else ([], [])
    return Text(ko="; ".join([*ko, *said]), en="; ".join([*en, *said])) if steps or said else None


def hazards_of(candidate: Candidate, pole: PoleToRead, flood: FloodModel, lateness_s: float) -> Sequence[Hazard]:
    """None where the pole does not measure what it reads."""
    row = _row(candidate.reader)
    if not row.is_for(pole):
        return []
    settings = ReaderSettings.model_validate({**pole.settings, **candidate.settings})
    site = Site(pole, settings, flood)
    if candidate.rises_at:
        levels = _levels(row.levels(site), candidate.rises_at)
        row = replace(row, levels=lambda _: levels)
    return [made(row, site, lateness_s)]


def _row(reader: str) -> Row:
    for row in TABLE:
        if row.reader == reader:
            return row
    raise refusal("no_reader", readers=[row.reader for row in TABLE])


def _levels(usual: Levels, rises_at: tuple[float, ...]) -> Levels:
    if len(rises_at) != len(usual.steps) or list(rises_at) != sorted(rises_at) or rises_at[0] <= 0:
        raise refusal("bad_thresholds", count=len(usual.steps))
    steps = tuple(
        replace(step, rises_at=at, falls_at=step.falls_at / step.rises_at * at)
        for step, at in zip(usual.steps, rises_at, strict=True)
    )
    return replace(usual, steps=steps)
