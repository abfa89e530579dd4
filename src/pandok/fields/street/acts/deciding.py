"""What the control room and crews do with an alert: confirm, reject, merge, go there, tick a step, close."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from pandok.common.models import Account
from pandok.common.reasons import given_words
from pandok.fields.street.acts.alert_moves import ALERTS, locked
from pandok.fields.street.acts.one_case import refresh_case
from pandok.fields.street.models import Alert
from pandok.fields.street.procedures import procedure_of
from pandok.fields.street.refusals import refusal
from pandok.fields.street.roles import Action
from pandok.fields.street.states import OPEN, AlertMover, AlertState, Cause


def _mover(actor: Account) -> AlertMover:
    return AlertMover.ROOM if actor.may(Action.DECIDE_ALERTS) else AlertMover.CREW


def confirm(alert_id: str, *, actor: Account, reason: str, now: datetime) -> Alert:
    """Somebody looked: it is so. Nobody outside is told before this."""
    return _move(alert_id, AlertState.CONFIRMED, actor, reason or "확인", now)


def reject(alert_id: str, *, actor: Account, reason: str, cause: str, now: datetime) -> Alert:
    """A false alarm, with what it was."""
    return _move(alert_id, AlertState.REJECTED, actor, given_words(reason), now, cause=_cause(cause))


def respond(alert_id: str, *, actor: Account, reason: str, now: datetime) -> Alert:
    return _move(alert_id, AlertState.RESPONDING, actor, reason or "출동", now)


def close(alert_id: str, *, actor: Account, reason: str, cause: str, now: datetime) -> Alert:
    return _move(alert_id, AlertState.CLOSED, actor, given_words(reason), now, cause=_cause(cause))


def merge(alert_id: str, into: str, *, actor: Account, reason: str, now: datetime) -> Alert:
    """One incident, one alert to work on. Raises RequestError where `into` is not open, or is this one."""
    with transaction.atomic():
        # In the order of their keys, as everybody who locks alerts.
        found = {key: locked(key) for key in sorted({alert_id, into})} if into else {}
        target = found.get(into)
        if target is None or into == alert_id or target.stands not in OPEN:
            raise refusal("merge_into")
        alert = found[alert_id]
        changes = {"merged_into": target}
        ALERTS.move(
            alert,
            AlertState.MERGED,
            by=_mover(actor),
            actor=actor,
            reason=reason or "같은 사건",
            now=now,
            changes=changes,
            columns={"level": alert.case_level},
        )
        refresh_case(target, joined=alert, now=now)
    return alert


def tick_step(alert_id: str, step: str, *, actor: Account, now: datetime) -> Alert:
    """A step of the procedure is done; once. Raises RequestError for a step that this procedure does not have."""
    with transaction.atomic():
        alert = locked(alert_id)
        steps = {one.key: one for one in procedure_of(alert.reader)}
        if step not in steps or alert.stands not in OPEN:
            raise refusal("state")
        if alert.events.filter(change="step", reason=step).exists():
            return alert
        columns = {"change": "step", "level": alert.case_level}
        ALERTS.happened(alert, actor=actor, reason=step, now=now, action="alert.step", columns=columns)
    return alert


def _move(
    alert_id: str, to: AlertState, actor: Account, reason: str, now: datetime, cause: Cause | None = None
) -> Alert:
    with transaction.atomic():
        alert = locked(alert_id)
        changes = {"cause": cause.value} if cause else {"cause": ""}
        ALERTS.move(
            alert,
            to,
            by=_mover(actor),
            actor=actor,
            reason=reason,
            now=now,
            changes=changes,
            columns={"level": alert.case_level},
        )
    return alert


def _cause(word: str) -> Cause:
    try:
        return Cause(word)
    except ValueError:
        raise refusal("no_cause") from None
