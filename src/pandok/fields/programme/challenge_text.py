"""What a challenge says, and when it is whole: title and text in both languages, a problem of the lab, phases."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from pandok.core.errors import RequestError
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.fields.programme.call_text import moment_of
from pandok.fields.programme.challenge_refusals import refusal
from pandok.fields.programme.challenge_rules import in_order

TITLE, BODY, PHASE, TEAM = 120, 10_000, 60, 60
MOST_PHASES = 6


@dataclass(frozen=True)
class ChallengeSaid:
    """As it was written. `problem`: the key of a pack of the lab; `phases`: one a line."""

    problem: str = ""
    title_ko: str = ""
    title_en: str = ""
    text_ko: str = ""
    text_en: str = ""
    phases: str = ""


@dataclass(frozen=True)
class PhaseWords:
    name_ko: str
    name_en: str
    begins_at: datetime
    ends_at: datetime


class PhaseLike(Protocol):
    @property
    def name_ko(self) -> str: ...
    @property
    def name_en(self) -> str: ...
    @property
    def begins_at(self) -> datetime: ...
    @property
    def ends_at(self) -> datetime: ...


@dataclass(frozen=True)
class ChallengeWords:
    """One that is whole."""

    pack: UUID
    columns: dict[str, str]
    phases: tuple[PhaseWords, ...]


def checked_challenge(said: ChallengeSaid) -> ChallengeWords:
    """Raises RequestError: challenge.words, .problem, .phases."""
    columns = {name: getattr(said, name).strip() for name in ("title_ko", "title_en", "text_ko", "text_en")}
    if not all(columns.values()):
        raise refusal("words")
    if any(len(value) > (TITLE if name.startswith("title") else BODY) for name, value in columns.items()):
        raise refusal("words")
    try:
        pack = UUID(said.problem.strip())
    except ValueError as error:
        raise refusal("problem") from error
    return ChallengeWords(pack, columns, phases_of(said.phases))


def phases_of(written: str) -> tuple[PhaseWords, ...]:
    """One a line, as `name in Korean | name in English | begins | ends`, by the clock of the office. Raises
    RequestError: challenge.phases.

    >>> [one.name_en for one in phases_of("연습 | Practice | 2026-03-02T09:00 | 2026-03-09T09:00")]
    ['Practice']
    """
    found = tuple(_phase(line) for line in written.splitlines() if line.strip())
    if not 1 <= len(found) <= MOST_PHASES or not in_order(found):
        raise refusal("phases")
    return found


def phases_written(phases: Iterable[PhaseLike]) -> str:
    """As `phases_of` reads them."""
    return "\n".join(
        f"{one.name_ko} | {one.name_en} | {_clock(one.begins_at)} | {_clock(one.ends_at)}" for one in phases
    )


def _clock(at: datetime) -> str:
    local = at.astimezone(OFFICE_ZONE).replace(tzinfo=None)
    return local.isoformat(timespec="auto" if local.second or local.microsecond else "minutes")


def _phase(line: str) -> PhaseWords:
    parts = [one.strip() for one in line.split("|")]
    if len(parts) != 4 or not all(0 < len(one) <= PHASE for one in parts):
        raise refusal("phases")
    try:
        return PhaseWords(parts[0], parts[1], moment_of("opens_at", parts[2]), moment_of("closes_at", parts[3]))
    except RequestError as error:
        raise refusal("phases") from error
