"""What a call says, and when it is whole: text, deadline by the clock, money with its source, criteria with weights."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from pandok.common.reasons import MOST_REASON
from pandok.core.days import checked_day, day_from
from pandok.core.errors import RequestError
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.core.text import Text
from pandok.core.whole_number import whole_number
from pandok.fields.programme.call_kinds import TEMPLATES, CallKind

TITLE, LINE, BODY = 120, 200, 10_000
MOST_CRITERIA, MOST_PROBLEMS = 12, 10
WHOLE = 100
"""Weights of the criteria come to this."""
MOST_MONEY = 10**15
MOST_YEARS, MOST_REVIEWERS, MOST_PLACES = 30, 15, 500


class NamesShown(StrEnum):
    """Which firms a call names in public when it is decided."""

    NONE = "none"
    SELECTED = "selected"
    EVERY = "every"

    @property
    def words(self) -> Text:
        return _NAMES[self]


_NAMES = {
    NamesShown.NONE: Text(ko="접수번호만 공개", en="numbers alone"),
    NamesShown.SELECTED: Text(ko="선정된 기업의 이름만 공개", en="names of those that are selected"),
    NamesShown.EVERY: Text(ko="신청한 모든 기업의 이름 공개", en="names of all that applied"),
}
LABELS: dict[str, Text] = {
    "title": Text(ko="공모 이름", en="Title of the call"),
    "kind": Text(ko="공모 종류", en="Kind of call"),
    "body": Text(ko="공고 내용", en="Text of the call"),
    "problems": Text(ko="풀 문제", en="Problems it answers"),
    "eligible": Text(ko="신청 자격", en="Who may apply"),
    "opens_at": Text(ko="접수 시작", en="Opens"),
    "closes_at": Text(ko="접수 마감", en="Closes"),
    "money_krw": Text(ko="금액(원)", en="Amount (KRW)"),
    "money_on": Text(ko="금액의 기준일", en="Day of the amount"),
    "money_source": Text(ko="금액의 출처", en="Source of the amount"),
    "criteria": Text(ko="평가 항목", en="Criteria"),
    "tie_years": Text(ko="이해관계를 따지는 햇수", en="Years for which a tie counts"),
    "least_reviewers": Text(ko="신청마다 필요한 평가 수", en="Scores needed of each application"),
    "places": Text(ko="선정할 수", en="How many are selected"),
    "names_shown": Text(ko="이름 공개", en="Names in public"),
}
_MUST = ("title", "kind", "body", "eligible", "opens_at", "closes_at", "criteria", "tie_years", "least_reviewers",
         "places", "names_shown")  # fmt: skip


@dataclass(frozen=True)
class Criterion:
    key: str
    name: str
    weight: int
    how: str = ""

    def as_json(self) -> dict[str, Any]:
        return {"key": self.key, "name": self.name, "weight": self.weight, "how": self.how}


@dataclass(frozen=True)
class CallSaid:
    """As it was written; numbers, days and moments still as text."""

    title: str
    kind: str
    body: str = ""
    problems: str = ""
    eligible: str = ""
    opens_at: str = ""
    closes_at: str = ""
    money_krw: str = ""
    money_on: str = ""
    money_source: str = ""
    criteria: str = ""
    tie_years: str = ""
    least_reviewers: str = ""
    places: str = ""
    names_shown: str = ""


@dataclass(frozen=True)
class CallWords:
    """A call that is whole."""

    title: str
    kind: CallKind
    body: str
    problems: tuple[str, ...]
    eligible: str
    opens_at: datetime
    closes_at: datetime
    money_krw: int | None
    money_on: date | None
    money_source: str
    criteria: tuple[Criterion, ...]
    tie_years: int
    least_reviewers: int
    places: int
    names_shown: NamesShown

    def as_columns(self) -> dict[str, Any]:
        """Without the problems, which are records of their own."""
        found = {name: value for name, value in vars(self).items() if name not in ("problems", "criteria")}
        return found | {
            "kind": self.kind.value,
            "names_shown": self.names_shown.value,
            "criteria": [one.as_json() for one in self.criteria],
        }


def checked_call(said: CallSaid) -> CallWords:
    """Raises RequestError: call.lacking, call.too_long, call.number, call.moment, call.order, call.criteria,
    call.money, call.problems, request.day."""
    sent = {name: value.strip() for name, value in vars(said).items()}
    if lacking := [name for name in _MUST if not sent[name]]:
        raise refused("lacking", lacking, Text(ko="비어 있습니다", en="nothing is written"))
    for name, known in (("kind", set(CallKind)), ("names_shown", set(NamesShown))):
        if sent[name] not in known:
            raise refused("lacking", [name], Text(ko="고르지 않았습니다", en="was not chosen"))
    room = {"title": TITLE, "body": BODY, "eligible": MOST_REASON, "money_source": LINE}
    if long := [name for name, most in room.items() if len(sent[name]) > most]:
        raise refused("too_long", long, Text(ko="너무 깁니다", en="too long"))
    kind = CallKind(sent["kind"])
    opens_at, closes_at = moment_of("opens_at", sent["opens_at"]), moment_of("closes_at", sent["closes_at"])
    if opens_at >= closes_at:
        raise refused(
            "order", ["closes_at"], Text(ko="시작보다 늦지 않습니다", en="it does not come after the opening")
        )
    problems = _numbers(sent["problems"])
    if TEMPLATES[kind].answers_problems and not problems:
        raise refused("problems", ["problems"], Text(ko="채택된 문제의 번호가 있어야 합니다", en="a problem is needed"))
    money = _whole("money_krw", sent["money_krw"], 1, MOST_MONEY) if sent["money_krw"] else None
    if (money is None) != (not sent["money_on"]) or (money is None) != (not sent["money_source"]):
        raise refused(
            "money",
            ["money_krw", "money_on", "money_source"],
            Text(ko="금액에는 기준일과 출처가 함께 있어야 합니다", en="an amount needs its day and its source"),
        )
    return CallWords(
        title=sent["title"],
        kind=kind,
        body=sent["body"],
        problems=problems,
        eligible=sent["eligible"],
        opens_at=opens_at,
        closes_at=closes_at,
        money_krw=money,
        money_on=checked_day(day_from(sent["money_on"])) if sent["money_on"] else None,
        money_source=sent["money_source"],
        criteria=criteria_of(sent["criteria"]),
        tie_years=_whole("tie_years", sent["tie_years"], 0, MOST_YEARS),
        least_reviewers=_whole("least_reviewers", sent["least_reviewers"], 1, MOST_REVIEWERS),
        places=_whole("places", sent["places"], 1, MOST_PLACES),
        names_shown=NamesShown(sent["names_shown"]),
    )


def criteria_of(written: str) -> tuple[Criterion, ...]:
    """One a line, as `name | weight | what is looked at`. Raises RequestError: call.criteria.

    >>> [(one.name, one.weight) for one in criteria_of("기술성 | 60\\n확산 가능성 | 40 | 다른 권역에서 쓸 수 있는가")]
    [('기술성', 60), ('확산 가능성', 40)]
    """
    found: list[Criterion] = []
    for line in (one for one in written.splitlines() if one.strip()):
        name, weight, how = ([*(part.strip() for part in line.split("|", 2)), "", ""])[:3]
        if not name or len(name) > LINE or not weight.isascii() or not weight.isdecimal() or len(how) > MOST_REASON:
            raise _criteria(
                Text(ko=f"'{line.strip()[:40]}': 이름 | 가중치 | 보는 것", en="name | weight | what is looked at")
            )
        found.append(Criterion(f"c{len(found) + 1}", name, int(weight[:4]), how))
    if not 1 <= len(found) <= MOST_CRITERIA or len({one.name for one in found}) < len(found):
        raise _criteria(Text(ko=f"서로 다른 항목 {MOST_CRITERIA}개까지", en=f"up to {MOST_CRITERIA} different ones"))
    if sum(one.weight for one in found) != WHOLE or any(one.weight < 1 for one in found):
        raise _criteria(Text(ko=f"가중치의 합은 {WHOLE}", en=f"the weights come to {WHOLE}"))
    return tuple(found)


def criteria_written(criteria: list[dict[str, Any]]) -> str:
    """As `criteria_of` reads them."""
    return "\n".join(" | ".join(filter(None, (one["name"], str(one["weight"]), one["how"]))) for one in criteria)


def moment_of(name: str, written: str) -> datetime:
    """As 2026-03-31T18:00, by the clock of the office. Raises RequestError: call.moment."""
    try:
        found = datetime.fromisoformat(written.strip())
        checked_day(found.date())
    except (ValueError, RequestError) as error:
        raise refused("moment", [name], Text(ko="날짜와 시각이 아닙니다", en="is no day and time")) from error
    return found if found.tzinfo else found.replace(tzinfo=OFFICE_ZONE)


def _numbers(written: str) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(written.replace(",", " ").split()))
    if len(found) > MOST_PROBLEMS:
        raise refused(
            "problems", ["problems"], Text(ko=f"{MOST_PROBLEMS}건까지", en=f"at most {MOST_PROBLEMS} of them")
        )
    return found


def _whole(name: str, written: str, least: int, most: int) -> int:
    number = whole_number(written.replace(",", ""), most=most)
    if number is None or number < least:
        raise refused("number", [name], Text(ko=f"{least}부터 {most}까지의 수", en=f"a number from {least} to {most}"))
    return number


def _criteria(why: Text) -> RequestError:
    return refused("criteria", ["criteria"], why)


def refused(reason: str, names: list[str], why: Text) -> RequestError:
    ko = ", ".join(LABELS[name].ko for name in names)
    en = ", ".join(LABELS[name].en for name in names)
    return RequestError(
        Text(ko=f"{ko}: {why.ko}.", en=f"{en}: {why.en}."),
        Text(ko="그 칸을 고쳐 다시 보내십시오.", en="Correct it, and send it again."),
        code=f"call.{reason}",
        lacking=names,
    )
