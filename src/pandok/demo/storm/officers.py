"""What officers do that night, minute by minute, as the alert of the underpass asks for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.contrib.auth.models import Group

from pandok.common.models import Account
from pandok.common.people.accounts import DEMO_PREFIX
from pandok.demo.storm.street import BED
from pandok.demo.storm.weather import UNDERPASS
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.street.acts import deciding
from pandok.fields.street.acts.commanding import ask_device
from pandok.fields.street.acts.warning import WarningSaid, cancel_warning, issue_warning, write_warning
from pandok.fields.street.models import Alert, ResidentWarning
from pandok.fields.street.resident_text import SHORT, suggested
from pandok.fields.street.roles import Role
from pandok.fields.street.states import OPEN, AlertState

_MIN = timedelta(minutes=1)


def account_of(role: Role) -> Account:
    return Account.objects.get(username=DEMO_PREFIX + role.value)


def second_officer(now: datetime) -> Account:
    """Another officer of the room, who reads what the first one wrote; nobody signs in as this account."""
    name = DEMO_PREFIX + Role.CONTROL_ROOM.value + "-2"
    account, created = Account.objects.get_or_create(username=name, defaults={"date_joined": now})
    if created:
        account.display_name = Role.CONTROL_ROOM.title.ko + " 2 (시연)"
        account.set_unusable_password()
        account.save(update_fields=["display_name", "password"])
    account.groups.set(Group.objects.filter(name=Role.CONTROL_ROOM.value))
    return account


@dataclass
class Officers:
    """Each does the next thing at its minute after the alert came in: nobody can do two things at once."""

    room: Account
    second: Account
    crew: Account
    blobs: FolderBlobs
    _next: int = field(default=0, init=False)

    def go_on(self, now: datetime) -> None:
        found = Alert.objects.filter(pole__key=UNDERPASS).order_by("raised_at", "onset_at", "pk").first()
        if found is None:
            return
        alert = found.merged_into or found
        duties: tuple[tuple[int, Callable[[Alert, datetime], object]], ...] = (
            (1, self._look),
            (2, self._confirm),
            (3, self._stop_traffic),
            (4, self._tell_119),
            (5, self._send_crew),
            (6, self._warn_residents),
            (9, self._crew_is_there),
        )
        while self._next < len(duties) and now - alert.raised_at >= _MIN * duties[self._next][0]:
            duties[self._next][1](alert, now)
            self._next += 1
            alert.refresh_from_db()
        if alert.stands is AlertState.RESPONDING and not alert.case_level:
            self._close(alert, now)

    def _look(self, alert: Alert, now: datetime) -> None:
        deciding.tick_step(alert.pk, "look", actor=self.room, now=now)

    def _confirm(self, alert: Alert, now: datetime) -> None:
        deciding.confirm(alert.pk, actor=self.room, reason="CCTV로 침수 확인 (모의)", now=now)

    def _stop_traffic(self, alert: Alert, now: datetime) -> None:
        said = {"device": "sign", "text": "침수 우회하십시오"}
        why = "물이 빠르게 차올라 통제 기준 전에 통제"
        ask_device(UNDERPASS, said, alert_id=alert.pk, hold_s=3600, actor=self.room, reason=why, now=now)
        deciding.tick_step(alert.pk, "close-road", actor=self.room, now=now)

    def _tell_119(self, alert: Alert, now: datetime) -> None:
        deciding.tick_step(alert.pk, "tell-119", actor=self.room, now=now)

    def _send_crew(self, alert: Alert, now: datetime) -> None:
        deciding.tick_step(alert.pk, "crew", actor=self.room, now=now)

    def _warn_residents(self, alert: Alert, now: datetime) -> None:
        place = alert.pole.place_ko if alert.pole else BED
        text = suggested("시연", place, "flood", now, SHORT)
        exercise = WarningSaid("emergency", SHORT, text, "Exercise: underpass flooded.", place, 1, 3, True)
        warning = write_warning(alert.pk, exercise, actor=self.room, now=now)
        issue_warning(warning.pk, actor=self.second, blobs=self.blobs, now=now)

    def _crew_is_there(self, alert: Alert, now: datetime) -> None:
        deciding.respond(alert.pk, actor=self.crew, reason="현장조 도착, 통행 차단", now=now)

    def _close(self, alert: Alert, now: datetime) -> None:
        for one in ResidentWarning.objects.filter(alert=alert, state="issued"):
            cancel_warning(one.pk, actor=self.room, reason="배수 완료, 통행 재개", blobs=self.blobs, now=now)
        for other in Alert.objects.filter(pole__key=UNDERPASS, state__in=[one.value for one in OPEN]).exclude(
            pk=alert.pk
        ):
            deciding.merge(other.pk, alert.pk, actor=self.room, reason="같은 침수", now=now)
        deciding.close(alert.pk, actor=self.room, reason="배수 완료, 통행 재개 (모의)", cause="hazard", now=now)
