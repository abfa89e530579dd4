"""An agreement in words: its terms, the lines of its sheet, its versions with who signed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pandok.core.dates import day_short
from pandok.core.programme.indicators import Indicator
from pandok.core.programme.lock import Change
from pandok.core.programme.opening import Fate
from pandok.core.text import Text
from pandok.fields.programme.agreement_states import AgreementState, Side, VersionState
from pandok.fields.programme.kpi_line import LABELS, sheet_of
from pandok.fields.programme.lists.agreements import voted
from pandok.fields.programme.models import Agreement, AgreementEvent, AgreementSignature, AgreementVersion
from pandok.fields.programme.roles import Role
from pandok.fields.programme.sources.known_sources import SOURCES

TERM_LABELS: dict[str, Text] = {
    "title": Text(ko="협약 이름", en="Title"),
    "lead": Text(ko="주관기관", en="Lead"),
    "members": Text(ko="참여기관", en="Further bodies"),
    "field_owner_post": Text(ko="현업 책임 직위", en="Field owner: the post"),
    "field_owner": Text(ko="서명할 현업 책임자", en="Field owner who signs"),
    "protocol": Text(ko="측정 절차", en="How it is measured"),
    "operation_payer": Text(ko="끝난 뒤 운영비를 낼 곳", en="Who pays for its operation afterwards"),
    "fate": Text(ko="미입증일 때", en="If it is not proven"),
    "remeasurement_post": Text(ko="12·24개월 뒤 다시 잴 직위", en="Post that measures again after 12 and 24 months"),
}
WHAT: dict[str, Text] = {
    "redrafted": Text(ko="초안 수정", en="Draft changed"),
    "line_put": Text(ko="성과지표 적음", en="KPI put on the sheet"),
    "line_dropped": Text(ko="성과지표 뺌", en="KPI taken out"),
    "locked": Text(ko="잠금", en="Locked"),
    "signed": Text(ko="서명·찬성", en="Signed, or voted for it"),
    "amended": Text(ko="변경안 제출", en="Amendment offered"),
    "refused": Text(ko="반대", en="Voted against it"),
    "milestone_set": Text(ko="마일스톤 정함", en="Milestone set"),
    "milestone_done": Text(ko="마일스톤 달성", en="Milestone reached"),
    "asked_again": Text(ko="끝난 뒤의 상태를 물음", en="Asked what became of it"),
    "use_answered": Text(ko="끝난 뒤의 상태를 답함", en="Said what became of it"),
    "measured": Text(ko="성과지표 측정", en="KPIs measured"),
}
"""What happened to an agreement where its state stayed."""
_POSTS = {Side.PROGRAMME: Role.PROGRAMME_MANAGER.facts.title, Side.COMMITTEE: Role.COMMITTEE_MEMBER.facts.title}
_NONE = Text(ko="아직 없음", en="not said yet")
_IN_FULL = Text(ko="전수", en="counted in full")


@dataclass(frozen=True)
class LineShown:
    key: str
    name: str
    facts: list[tuple[Text, Text]]


@dataclass(frozen=True)
class VersionShown:
    version: AgreementVersion
    state: Text
    signatures: list[tuple[AgreementSignature, Text, Text]]
    """With the side and the post in words."""
    votes: tuple[int, int]
    changed: list[tuple[str, Text, str, str]]
    """Of a KPI: its name, what, before, after; against the version before."""


def terms_shown(agreement: Agreement) -> list[tuple[Text, Text]]:
    found = []
    for name, label in TERM_LABELS.items():
        value = getattr(agreement, name)
        if name == "field_owner":
            words = _same(value.shown_name if value else "")
        else:
            words = Fate(value).words if name == "fate" and value in set(Fate) else _same(value)
        if words.ko or name != "members":
            found.append((label, words if words.ko else _NONE))
    return found


def lines_shown(lines: list[dict[str, Any]]) -> list[LineShown]:
    sheet = sheet_of(lines)
    return [] if sheet is None else [LineShown(one.key, one.name, _facts(one)) for one in sheet.indicators]


def _facts(line: Indicator) -> list[tuple[Text, Text]]:
    base = line.baseline
    counted, measured = day_short(base.counted_on), day_short(line.measured_on)
    interval = _IN_FULL if base.interval is None else _same(f"{base.interval[0]:.6g}–{base.interval[1]:.6g}")
    number = f"{base.value:.6g} {line.unit}"
    source = SOURCES[line.source].words if line.source in SOURCES else _same(line.source)
    return [
        (LABELS["purpose"], _same(line.purpose)),
        (LABELS["formula"], _same(line.formula)),
        (LABELS["source"], source),
        (LABELS["direction"], line.direction.words),
        (
            LABELS["baseline"],
            Text(
                ko=f"{number} ({interval.ko}), {counted.ko}: {base.how}",
                en=f"{number} ({interval.en}), {counted.en}: {base.how}",
            ),
        ),
        (LABELS["target"], _same(f"{line.target:.6g} {line.unit}")),
        (LABELS["margin"], _same(f"{line.margin:.6g} {line.unit}")),
        (LABELS["measured_by"], Text(ko=f"{line.measured_by}, {measured.ko}", en=f"{line.measured_by}, {measured.en}")),
        (LABELS["least_rows"], _same(str(line.least_rows))),
        (LABELS["weight"], _same(f"{line.weight:.0%}")),
    ]


def versions_shown(agreement: Agreement) -> list[VersionShown]:
    """The newest first."""
    versions = list(agreement.versions.prefetch_related("signatures__person").order_by("version", "pk"))
    found, before = [], list[dict[str, Any]]()
    for one in versions:
        found.append(
            VersionShown(
                one,
                VersionState(one.state).words,
                [(signed, Side(signed.side).words, _post(signed)) for signed in one.signatures.all()],
                voted(one),
                _differences(before, one.lines) if before else [],
            )
        )
        if one.state == VersionState.LOCKED.value:
            before = one.lines
    return found[::-1]


def changes_shown(changes: list[Change]) -> list[tuple[Text, str, str, str]]:
    """Part, what of it, as it was signed, as it is now."""
    return [(one.part.words, one.at, one.was, one.now) for one in changes]


def events_shown(agreement: Agreement) -> list[tuple[AgreementEvent, Text]]:
    """The newest first."""
    events = agreement.events.select_related("actor").order_by("-sequence")
    return [(one, WHAT.get(one.what, AgreementState(one.to_state).words)) for one in events]


def sources_shown() -> list[tuple[Text, list[tuple[str, Text]]]]:
    return [(one.words, [(name, kind.words) for name, kind in one.columns.items()]) for one in SOURCES.values()]


def _differences(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> list[tuple[str, Text, str, str]]:
    was = {one["key"]: one for one in before}
    return [
        (line["name"], LABELS.get(name, _same(name)), _said(was.get(line["key"], {}).get(name)), _said(value))
        for line in after
        for name, value in line.items()
        if was.get(line["key"], {}).get(name) != value
    ]


def _said(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(_said(one) for one in value.values() if one is not None)
    return "–" if value is None else str(value)


def _post(signed: AgreementSignature) -> Text:
    """The field's own post as it was written; the others by their side, whatever language they were stored in."""
    return _POSTS.get(Side(signed.side)) or _same(signed.post)


def _same(words: str) -> Text:
    return Text(ko=words, en=words)
