"""One event in the street is one case in the room: what a second reader says of it joins the alert that stands, and a
case stands as high as the highest of what was merged into it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Max

from pandok.core.text import Text
from pandok.fields.street.acts.alert_moves import ALERTS
from pandok.fields.street.hazard_kinds import ONE_CASE
from pandok.fields.street.models import Alert, Pole
from pandok.fields.street.readers_in_words import LEVELS, reader_words
from pandok.fields.street.states import OPEN, AlertMover, AlertState

SOON = timedelta(minutes=10)
"""A condition that comes back within it, while its case is open, is the same case."""
_OPEN = [one.value for one in OPEN]
_DECIDED = frozenset({AlertState.REJECTED, AlertState.CLOSED})


def cases_at(pole: Pole, reader: str, onset: datetime) -> list[str]:
    """Alerts that a new one of this reader would join, the first first; to be locked before it is made."""
    open_here = Alert.objects.filter(pole=pole, state__in=_OPEN)
    group = next((one for one in ONE_CASE if reader in one), frozenset({reader}))
    others = open_here.filter(reader__in=group - {reader}, case_level__gt=0)
    again = open_here.filter(reader=reader, case_level=0, cleared_at__gte=onset - SOON)
    found = (others | again).order_by("raised_at", "onset_at", "pk")
    return list(found.values_list("pk", flat=True))


def join(alert: Alert, case: Alert, *, now: datetime) -> bool:
    """Both locked. False where it must stay by itself: a case that is quiet would hush what is not."""
    if case.pk == alert.pk or case.stands not in OPEN or (case.quiet and not alert.quiet):
        return False
    why = Text(ko="같은 장소의 같은 사건", en="The same event at the same place")
    ALERTS.move(
        alert,
        AlertState.MERGED,
        by=AlertMover.RULE,
        actor=None,
        reason=why.ko,
        now=now,
        changes={"merged_into": case},
        columns={"level": alert.level, "reason_en": why.en},
    )
    refresh_case(case, joined=alert, now=now)
    return True


def refresh_case(case: Alert, *, now: datetime, joined: Alert | None = None, step: Alert | None = None) -> None:
    """Put a locked alert where what was merged into it puts it; what is new of it is told. `joined`: the alert that
    became part of it; `step`: the one of its parts that changed."""
    before = case.case_level
    parts = case.merged.aggregate(highest=Max("case_level"))["highest"] or 0
    case.case_level = max(case.level, parts)
    part = joined or step
    if part is None and case.case_level == before:
        return
    case.save(update_fields=["case_level"])
    if part is not None and (joined is not None or case.case_level != before):
        change = "joined" if joined else "higher" if case.case_level > before else "lower"
        if not case.case_level:
            change = "cleared"
        words, level = reader_words(part.reader), LEVELS[part.case_level]
        why = Text(ko=f"{words.ko} {level.ko}: {part.reason_ko}", en=f"{words.en}, {level.en}: {part.reason_en}")
        columns = {"change": change, "level": case.case_level, "reason_en": why.en}
        ALERTS.happened(case, actor=None, reason=why.ko, now=now, action=f"alert.{change}", columns=columns)
    if case.case_level > before:
        _come_back(case, now)


def _come_back(case: Alert, now: datetime) -> None:
    """A decision holds for the level that was decided on."""
    if case.stands not in _DECIDED:
        return
    decision = case.events.filter(to_state=case.state).exclude(from_state=case.state).last()
    if decision is None or case.case_level <= decision.level:
        return
    why = Text(
        ko=f"결정한 뒤 더 높아졌습니다: {LEVELS[case.case_level].ko}",
        en=f"It rose after the decision: {LEVELS[case.case_level].en}",
    )
    ALERTS.move(
        case,
        AlertState.RAISED,
        by=AlertMover.RULE,
        actor=None,
        reason=why.ko,
        now=now,
        changes={"cause": ""},
        columns={"change": "again", "level": case.case_level, "reason_en": why.en},
    )
