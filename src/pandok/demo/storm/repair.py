"""A lamp is dark, the room orders its repair, a crew does it, and the room closes the alert once the lamp burns; after
the storm the level sensor of the underpass is to be looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from pandok.common.models import Account
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.demo.storm.lamps import DARK
from pandok.demo.storm.weather import UNDERPASS
from pandok.fields.street.acts import deciding
from pandok.fields.street.acts.doing_works import finish_work, take_work
from pandok.fields.street.acts.ordering_works import WorkSaid, order_work
from pandok.fields.street.acts.repairing import order_repair
from pandok.fields.street.models import Alert, WorkOrder


@dataclass
class LampRepair:
    """The next step each time that it is asked, once its moment has come."""

    room: Account
    crew: Account
    _next: int = field(default=0, init=False)

    def go_on(self, now: datetime) -> None:
        alert = Alert.objects.filter(pole__key=DARK, reader="lamp-outage").order_by("raised_at", "pk").first()
        if alert is None:
            return
        morning = datetime.combine(alert.raised_at.astimezone(OFFICE_ZONE) + timedelta(hours=12), time(), OFFICE_ZONE)
        steps: tuple[tuple[datetime, Callable[[Alert, datetime], object]], ...] = (
            (alert.raised_at + timedelta(minutes=4), self._confirm),
            (alert.raised_at + timedelta(minutes=6), self._order),
            (morning + timedelta(hours=9, minutes=20), self._take),
            (morning + timedelta(hours=10, minutes=15), self._finish),
            (morning + timedelta(hours=19), self._close),
        )
        while self._next < len(steps) and steps[self._next][0] <= now:
            at, step = steps[self._next]
            step(alert, at)
            self._next += 1

    def _confirm(self, alert: Alert, at: datetime) -> None:
        deciding.confirm(alert.pk, actor=self.room, reason="CCTV로 꺼진 등 확인 (모의)", now=at)

    def _order(self, alert: Alert, at: datetime) -> None:
        what = "꺼진 등 점검, 필요하면 전원 장치 교체 (모의)"
        order_repair(alert.pk, what=what, crew=self.crew.username, actor=self.room, now=at)

    def _take(self, alert: Alert, at: datetime) -> None:
        take_work(_work_of(alert), actor=self.crew, now=at)

    def _finish(self, alert: Alert, at: datetime) -> None:
        found = "전원 장치(컨버터) 고장, 등기구는 정상 (모의)"
        finish_work(_work_of(alert), found=found, replaced="전원 장치 1개", actor=self.crew, now=at)

    def _close(self, alert: Alert, at: datetime) -> None:
        reason = "저녁 점등 확인, 실제 등 고장 (모의)"
        deciding.close(alert.pk, actor=self.room, reason=reason, cause="hazard", now=at)


def order_level_check(*, room: Account, crew: Account, now: datetime) -> None:
    """After the flood; nobody has done it yet."""
    what = "침수가 지나간 수위계 청소와 영점 확인 (모의)"
    order_work(WorkSaid("device", what, pole=UNDERPASS, crew=crew.username), actor=room, now=now)


def _work_of(alert: Alert) -> str:
    return WorkOrder.objects.get(alert=alert).number
