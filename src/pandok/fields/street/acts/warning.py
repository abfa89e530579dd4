"""Residents are warned: one officer writes, an officer sends it, and for what sounds on every phone another one.

Nothing leaves by itself. What leaves goes as CAP 1.2 and 1.1 by mail to the office that hands it to the emergency text
service, and to webhooks, through the deliveries that all fields share.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid5

from django.db import transaction

from pandok.common.messages.deliveries import Attachment, queue_mail
from pandok.common.messages.webhooks import body_of, send
from pandok.common.models import Account, WebhookDelivery, WebhookEndpoint
from pandok.common.people.two_persons import another_person_must, must_be_another
from pandok.common.people.votes import must_vote_freely
from pandok.common.reasons import checked_reason
from pandok.common.records.lifecycle import Lifecycle
from pandok.common.roles import Action as CommonAction
from pandok.core.audit import Detail
from pandok.core.errors import RequestError
from pandok.core.text import Text
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.street.acts.alert_moves import locked
from pandok.fields.street.cap import CapAlert, CapArea, CapInfo, cap_xml
from pandok.fields.street.hazard_kinds import HazardKind, kind_of
from pandok.fields.street.models import Alert, ResidentWarning
from pandok.fields.street.readers_in_words import reader_words
from pandok.fields.street.refusals import refusal
from pandok.fields.street.resident_text import LONG, SHORT, ResidentClass, length, plain
from pandok.fields.street.roles import Action
from pandok.fields.street.states import AlertState
from pandok.fields.street.warning_states import TABLE, WarningMover, WarningState
from pandok.settings import settings

EVENT = "street.warning"
LONGEST = timedelta(hours=24)
MOST_EN = 1000
_CATEGORY = {
    HazardKind.FLOOD: "Met",
    HazardKind.FIRE: "Fire",
    HazardKind.TILT: "Geo",
    HazardKind.CROWD: "Safety",
    HazardKind.AIR: "Env",
}
_SEVERITY = {
    ResidentClass.CRITICAL: "Extreme",
    ResidentClass.EMERGENCY: "Severe",
    ResidentClass.SAFETY: "Moderate",
}


@dataclass(frozen=True)
class WarningSaid:
    """As it was written; `hours`: how long it holds."""

    kind: str
    form: int
    text_ko: str
    text_en: str
    area: str
    radius_km: float
    hours: float
    simulated: bool


def write_warning(alert_id: str, said: WarningSaid, *, actor: Account, now: datetime) -> ResidentWarning:
    """Of an alert that was confirmed. Raises RequestError for what does not fit, and before anybody confirmed."""
    if said.kind not in set(ResidentClass) or said.form not in (SHORT, LONG):
        raise refusal("bad_class")
    text = plain(said.text_ko)
    if not 0 < length(text) <= said.form or len(said.text_en) > MOST_EN:
        raise refusal("bad_text", most=said.form, characters=length(text))
    if not 0 < len(said.area.strip()) <= 200 or not 0 < said.radius_km <= 100:
        raise refusal("bad_area")
    if not 0 < said.hours <= LONGEST / timedelta(hours=1):
        raise refusal("bad_hours")
    with transaction.atomic():
        alert = locked(alert_id)
        if alert.stands not in (AlertState.CONFIRMED, AlertState.RESPONDING):
            raise refusal("not_confirmed")
        warning = ResidentWarning.objects.create(
            alert=alert,
            kind=said.kind,
            form=said.form,
            text_ko=text,
            text_en=plain(said.text_en),
            area=said.area.strip(),
            radius_km=said.radius_km,
            simulated=said.simulated,
            written_by=actor,
            written_at=now,
            expires_at=now + timedelta(hours=said.hours),
            state=WarningState.DRAFTED.value,
            state_since=now,
        )
        WARNINGS.begin(warning, actor=actor, reason="", now=now)
    return warning


def issue_warning(warning_id: UUID, *, actor: Account, blobs: FolderBlobs, now: datetime) -> ResidentWarning:
    """It leaves. Raises RequestError where its class needs another officer than who wrote it, or its time is over."""
    must_vote_freely(actor, now)
    with transaction.atomic():
        warning = locked_warning(warning_id)
        if ResidentClass(warning.kind).needs_two:
            must_be_another(actor, warning.written_by_id, refused=_author())
        if warning.expires_at <= now or warning.alert.stands not in (AlertState.CONFIRMED, AlertState.RESPONDING):
            raise refusal("warning_over")
        document = _document(warning, "Alert", now)
        changes = {
            "issued_by": actor,
            "issued_at": now,
            "cap12": cap_xml(document, "1.2").decode(),
            "cap11": cap_xml(document, "1.1").decode(),
        }
        _move(warning, WarningState.ISSUED, actor, warning.text_ko, now, changes)
        _leave(warning, warning.text_ko, (warning.cap12, warning.cap11), actor, blobs, now)
    return warning


def cancel_warning(
    warning_id: UUID, *, actor: Account, reason: str, blobs: FolderBlobs, now: datetime
) -> ResidentWarning:
    """What was sent is over: the same addresses are told, as a cancellation of that message."""
    reason = checked_reason(reason)
    with transaction.atomic():
        warning = locked_warning(warning_id)
        document = _document(warning, "Cancel", now)
        changes = {"cancel12": cap_xml(document, "1.2").decode(), "cancel11": cap_xml(document, "1.1").decode()}
        _move(warning, WarningState.CANCELLED, actor, reason, now, changes)
        _leave(warning, f"[해제] {warning.text_ko}", (warning.cancel12, warning.cancel11), actor, blobs, now)
    return warning


def withdraw_warning(warning_id: UUID, *, actor: Account, reason: str, now: datetime) -> ResidentWarning:
    """Before it was sent."""
    reason = checked_reason(reason)
    with transaction.atomic():
        warning = locked_warning(warning_id)
        _move(warning, WarningState.WITHDRAWN, actor, reason, now, {})
    return warning


def locked_warning(warning_id: UUID) -> ResidentWarning:
    try:
        return WARNINGS.locked(warning_id, "alert__pole")
    except ResidentWarning.DoesNotExist:
        raise refusal("no_warning") from None


def _move(
    warning: ResidentWarning, to: WarningState, actor: Account, reason: str, now: datetime, changes: dict[str, Any]
) -> None:
    by = WarningMover.AUTHOR if warning.written_by_id == actor.pk else WarningMover.SECOND
    WARNINGS.move(warning, to, by=by, actor=actor, reason=reason, now=now, changes=changes)


def _document(warning: ResidentWarning, message_type: str, now: datetime) -> CapAlert:
    alert = warning.alert
    kind, pole, event = kind_of(alert.reader), alert.pole, reader_words(alert.reader)
    name = "" if message_type == "Alert" else "-cancel"
    infos = [CapInfo("ko-KR", event.ko, warning.text_ko, warning.text_ko)]
    if warning.text_en:
        infos.append(CapInfo("en-US", event.en, warning.text_en.splitlines()[0][:160], warning.text_en))
    circle = None
    if pole is not None and pole.latitude is not None and pole.longitude is not None:
        circle = (pole.latitude, pole.longitude, warning.radius_km)
    return CapAlert(
        identifier=f"pandok-{warning.pk}{name}",
        sender=sender(),
        sent=now,
        status="Exercise" if warning.simulated else "Actual",
        message_type=message_type,
        category=_CATEGORY.get(kind, "Safety") if kind else "Safety",
        urgency="Immediate" if message_type == "Alert" else "Past",
        severity=_SEVERITY[ResidentClass(warning.kind)],
        certainty="Observed",
        expires=max(warning.expires_at, now),
        infos=infos,
        area=CapArea(warning.area, circle),
        sender_name=settings().agency,
        references=(sender(), f"pandok-{warning.pk}", warning.issued_at) if name and warning.issued_at else None,
    )


def sender() -> str:
    """Who warns, as CAP wants it: a name without blanks that is this site's own."""
    return f"pandok@{urlsplit(settings().address).hostname or 'localhost'}"


def _leave(
    warning: ResidentWarning,
    text: str,
    documents: tuple[str, str],
    actor: Account,
    blobs: FolderBlobs,
    now: datetime,
) -> None:
    step = warning.state
    attachments = [
        Attachment(blobs.put(document.encode()), f"{warning.pk}-{step}-cap-{version}.xml", "application/cap+xml")
        for version, document in zip(("1.2", "1.1"), documents, strict=True)
    ]
    kind = ResidentClass(warning.kind).words.ko
    head = "[훈련] " if warning.simulated else ""
    for number, address in enumerate(settings().street_warning_mail.replace(",", " ").split()):
        queue_mail(
            recipient=address,
            subject=f"{head}{kind}: {warning.area}",
            body_text=f"{head}{text}\n",
            key=f"street-warning:{warning.pk}:{step}:{number}",
            actor=actor,
            now=now,
            attachments=attachments,
        )
    event_id = uuid5(warning.pk, step)
    data: dict[str, str | int] = {
        "warning": str(warning.pk),
        "alert": warning.alert_id,
        "state": step,
        "class": warning.kind,
        "simulated": int(warning.simulated),
        "text": text,
    }
    for endpoint in WebhookEndpoint.objects.filter(removed_at=None).select_related("account"):
        who = endpoint.account
        if EVENT in endpoint.events and who.may(CommonAction.USE_WEBHOOKS) and who.may(Action.SEE_STREET):
            row = WebhookDelivery(endpoint=endpoint, event=EVENT, event_id=event_id, sequence=1, at=now)
            send(row, body_of(event_id, EVENT, now, 1, None, data), actor)


def _facts(warning: ResidentWarning, _event: Any) -> dict[str, Detail]:
    return {"alert": warning.alert_id, "class": warning.kind, "characters": length(warning.text_ko)}


def _no_such_way(_warning: ResidentWarning, start: WarningState, to: WarningState) -> RequestError:
    return RequestError(
        Text(
            ko=f"이 알림은 지금 '{start.words.ko}' 상태라 '{to.words.ko}'(으)로 바꿀 수 없습니다.",
            en=f"This warning is '{start.words.en}' and cannot become '{to.words.en}' now.",
        ),
        Text(ko="화면을 새로 고쳐 지금 상태를 확인하십시오.", en="Reload the page to see where it stands."),
        code="street.no_such_way_of_warning",
    )


WARNINGS: Lifecycle[ResidentWarning, WarningState, WarningMover] = Lifecycle(
    model=ResidentWarning,
    table=TABLE,
    name="resident-warning",
    action="resident-warning",
    no_way=_no_such_way,
    facts=_facts,
    nobody="street",
)


def of_alert(alert: Alert) -> list[ResidentWarning]:
    return list(ResidentWarning.objects.filter(alert=alert).select_related("written_by", "issued_by"))


def _author() -> RequestError:
    return another_person_must(
        Text(ko="위급·긴급 문자는 쓴 사람이 보낼 수 없습니다.", en="Its author cannot send a warning of this class."),
        Text(ko="다른 관제실 근무자가 읽고 보내야 합니다.", en="Another control-room officer reads and sends it."),
    )
