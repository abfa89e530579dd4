"""What somebody says of a problem: who suffers, where, how often, today's number, what would change.

Whoever has a problem need not know its number; a problem is taken up only with one: no baseline, no call.
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from pandok.common.reasons import MOST_REASON
from pandok.core.days import checked_day, day_from
from pandok.core.errors import RequestError
from pandok.core.text import Text
from pandok.fields.programme.topics import KoreanRegion, Topic

LEAST_TITLE, LEAST_WORDS = 5, 10
"""Characters of a title, and of what is told at length."""
ROOM = {"title": 120, "place": 200, "how_often": 200, "today_unit": 60, "operator": 200}
"""Characters that fit; elsewhere as many as in a reason."""

LABELS: dict[str, Text] = {
    "title": Text(ko="문제", en="The problem in one line"),
    "topic": Text(ko="분야", en="Field"),
    "region": Text(ko="권역", en="Region"),
    "place": Text(ko="장소", en="Place"),
    "who_suffers": Text(ko="누가 겪는가", en="Who suffers from it"),
    "how_often": Text(ko="얼마나 자주", en="How often"),
    "today_value": Text(ko="지금의 수치", en="Today's number"),
    "today_unit": Text(ko="수치의 단위", en="Unit of the number"),
    "counted_on": Text(ko="센 날", en="Counted on"),
    "counted_how": Text(ko="어떻게 셌는가", en="How it was counted"),
    "decision": Text(ko="달라질 결정", en="The decision that would change"),
    "data_there": Text(ko="있는 자료", en="Data that exist"),
    "operator": Text(ko="운영할 곳", en="Who would run it and pay for it"),
    "legal_limits": Text(ko="법적 제한", en="Legal limits"),
}
REQUIRED = ("title", "topic", "region", "who_suffers", "how_often", "decision")
FOR_ACCEPTANCE = ("today_value", "today_unit", "counted_on", "counted_how", "data_there", "operator")


@dataclass(frozen=True)
class ProblemSaid:
    title: str
    topic: str
    region: str
    who_suffers: str
    how_often: str
    decision: str
    place: str = ""
    today_value: float | None = None
    today_unit: str = ""
    counted_on: date | None = None
    counted_how: str = ""
    data_there: str = ""
    operator: str = ""
    legal_limits: str = ""

    @property
    def statement(self) -> str:
        """What tells one problem from another, for the search of others like it."""
        return " ".join((self.title, self.who_suffers, self.decision))

    def as_columns(self) -> dict[str, Any]:
        return asdict(self)

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"counted_on": self.counted_on.isoformat() if self.counted_on else None}


NAMES = tuple(one.name for one in fields(ProblemSaid))


def checked_problem(said: ProblemSaid, *, today: date) -> ProblemSaid:
    """Without blanks around it. Raises RequestError: request.day, field_problem.lacking, .too_short, .too_long,
    .number, .future."""
    written = {name: value.strip() for name, value in asdict(said).items() if isinstance(value, str)}
    said = ProblemSaid(**asdict(said) | written)
    if lacking := [name for name in REQUIRED if not written[name]]:
        raise _refused("lacking", lacking, Text(ko="비어 있습니다", en="nothing is written"))
    if said.topic not in set(Topic) or said.region not in set(KoreanRegion):
        wrong = "topic" if said.topic not in set(Topic) else "region"
        raise _refused("lacking", [wrong], Text(ko="고르지 않았습니다", en="was not chosen"))
    short = [name for name in ("who_suffers", "decision") if len(written[name]) < LEAST_WORDS]
    if short := (["title"] if len(said.title) < LEAST_TITLE else []) + short:
        raise _refused("too_short", short, Text(ko="너무 짧습니다", en="too short"))
    if long := [name for name, value in written.items() if len(value) > ROOM.get(name, MOST_REASON)]:
        raise _refused("too_long", long, Text(ko="너무 깁니다", en="too long"))
    if said.today_value is not None and not math.isfinite(said.today_value):
        raise _refused("number", ["today_value"], Text(ko="수가 아닙니다", en="is no number"))
    if said.counted_on is not None and checked_day(said.counted_on) > today:
        raise _refused("future", ["counted_on"], Text(ko="아직 오지 않은 날입니다", en="is still to come"))
    return said


def lacking_for_acceptance(said: ProblemSaid) -> list[str]:
    """What has to be known before a problem is taken up."""
    return [name for name in FOR_ACCEPTANCE if getattr(said, name) in ("", None)]


def not_ready(lacking: list[str]) -> RequestError:
    return _refused("not_ready", lacking, Text(ko="채택하기 전에 있어야 합니다", en="needed before it is taken up"))


def number_of(written: str) -> float | None:
    """None where nothing is written. Raises RequestError: field_problem.number."""
    if not written.strip():
        return None
    try:
        return float(written.strip().replace(",", ""))
    except ValueError as error:
        raise _refused("number", ["today_value"], Text(ko="수가 아닙니다", en="is no number")) from error


def day_of(written: str) -> date | None:
    """None where nothing is written. Raises RequestError: request.day."""
    return day_from(written) if written.strip() else None


def _refused(reason: str, names: list[str], why: Text) -> RequestError:
    ko = ", ".join(LABELS[name].ko for name in names)
    en = ", ".join(LABELS[name].en for name in names)
    return RequestError(
        Text(ko=f"{ko}: {why.ko}.", en=f"{en}: {why.en}."),
        Text(ko="그 칸을 고쳐 다시 보내십시오.", en="Correct it, and send it again."),
        code=f"field_problem.{reason}",
        lacking=names,
    )
