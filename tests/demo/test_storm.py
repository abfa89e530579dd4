"""The storm of the demonstration: through the doors of the product, from the registered trial to its public page."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from time import perf_counter

import pytest
from django.test import Client
from django.utils import timezone

from pandok.common.audit import writing as audit
from pandok.common.models import AuditEntry
from pandok.common.people.accounts import ensure_demo_accounts
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.demo.storm.lamps import DARK
from pandok.demo.storm.night import ensure_demo_storm, evening_before
from pandok.demo.storm.street import BED
from pandok.demo.storm.weather import MINUTES, POLES, UNDERPASS
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.street.hazards_of_site import hazards_of_site
from pandok.fields.street.lists.energy import energy_of
from pandok.fields.street.lists.figures import figures_between
from pandok.fields.street.models import (
    Alert,
    Booking,
    DeviceCommand,
    DeviceState,
    MapBoundaries,
    Pole,
    Replay,
    ResidentWarning,
    TakenMessage,
    Trial,
    WorkOrder,
)
from pandok.fields.street.periods import Period, period_of
from pandok.fields.street.web.shown.alert_rows import steps_of
from tests.chosen import Choose, choose_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def choose(monkeypatch: pytest.MonkeyPatch) -> Choose:
    return choose_in(monkeypatch)


def test_a_storm_from_the_registered_trial_to_its_public_page(tmp_path: Path, choose: Choose, client: Client) -> None:
    choose(home=tmp_path)
    now, blobs = timezone.now(), FolderBlobs(tmp_path / "blobs")
    ensure_demo_accounts(now)

    def led() -> list[Alert]:
        return ensure_demo_storm(
            now=now, blobs=blobs, hazards=hazards_of_site, history=tmp_path / "history", clock=perf_counter
        )

    alerts = led()
    _the_case(next(one.merged_into or one for one in alerts if one.reader == "flood-level"))
    assert {one.state for one in alerts} <= {"closed", "merged"}
    warning = ResidentWarning.objects.get()
    assert (warning.state, warning.simulated) == ("cancelled", True)
    assert "<status>Exercise</status>" in warning.cap12
    assert warning.written_by_id != warning.issued_by_id
    assert DeviceCommand.objects.get().state == "done"
    # The lamp turned red by itself, and was white again once the water had gone.
    assert DeviceState.objects.get(device="lamp").order["colour"] == "white"
    period = period_of("", "", now=now)
    whole = figures_between(period.begins, period.ends, now=now)[0]
    assert (whole.real, whole.false, whole.outside, whole.missed) == (2, 0, 1, 0)
    storm = TakenMessage.objects.filter(received_at__gte=evening_before(now)).filter(
        received_at__lt=evening_before(now) + timedelta(minutes=MINUTES)
    )
    assert storm.count() == MINUTES * POLES
    _the_lamps(period)
    assert not Pole.objects.filter(test_bed__code=BED).exclude(place_ko__contains="모의").exists()
    assert [one["properties"]["name"] for one in MapBoundaries.objects.get().shapes["features"]]
    assert [one.pole and one.pole.key for one in Booking.objects.all()] == [UNDERPASS, None]
    _the_replay()
    _the_trials(client)
    assert audit.verify() is None
    assert [one.pk for one in led()] == [one.pk for one in alerts]
    assert (Alert.objects.count(), Trial.objects.count(), Replay.objects.count()) == (len(alerts), 2, 1)


def _the_case(case: Alert) -> None:
    assert case.pole is not None
    assert (case.pole.key, case.state, case.cause) == (UNDERPASS, "closed", "hazard")
    told = AuditEntry.objects.filter(object=f"alert:{case.pk}").order_by("sequence").values_list("action", flat=True)
    assert [one for one in told if one in ("alert.raised", "alert.confirmed", "alert.responding", "alert.closed")] == [
        "alert.raised", "alert.confirmed", "alert.responding", "alert.closed",
    ]  # fmt: skip
    steps = steps_of(case, timezone.now())
    assert len(steps) == 4
    assert all(one.done_at and not one.late for one in steps)


def _the_lamps(period: Period) -> None:
    outage = Alert.objects.get(reader="lamp-outage")
    assert (outage.state, outage.cause, outage.cleared_at is not None) == ("closed", "hazard", True)
    done, waits = WorkOrder.objects.order_by("number")
    assert (done.alert, done.state, waits.state) == (outage, "done", "assigned")
    assert list(done.events.values_list("to_state", flat=True)) == ["made", "assigned", "taken", "done"]
    found = energy_of(period)
    assert len(found.nights) >= 3
    assert found.whole.lamps == POLES
    assert found.whole.saved_share is not None
    # Dimmed to a half from eleven to five: a fifth to a half of a night, whatever the season.
    assert 0.2 < found.whole.saved_share < 0.3
    dark = {one.pole: one.energy.measured_kwh for one in found.lamps}
    assert min(dark, key=lambda pole: dark[pole]) == DARK


def _the_replay() -> None:
    as_it_ran, forecast, sooner, soonest = Replay.objects.get().result["candidates"]
    assert as_it_ran["equal_to_live"]
    assert forecast["equal_to_live"]
    # A better reader would have told earlier at no cost; a still lower threshold takes a puddle for a flood.
    assert soonest["median_minutes_ahead"] > sooner["median_minutes_ahead"] > as_it_ran["median_minutes_ahead"]
    assert [one["false"] for one in (as_it_ran, sooner, soonest)] == [0, 0, 1]
    assert [one["missed"] for one in (as_it_ran, sooner, soonest)] == [0, 0, 0]


def _the_trials(client: Client) -> None:
    storm = evening_before(timezone.now()).astimezone(OFFICE_ZONE).date()
    for trial in Trial.objects.all():
        assert trial.registered_at.astimezone(OFFICE_ZONE).date() < trial.first_on <= storm <= trial.last_on
    shown = client.get("/street/trials/", headers={"accept-language": "en"}).content.decode()
    assert shown.count(">Proven<") == 1
    assert shown.count(">Not proven<") == 1
    assert f"재생 실험 {Replay.objects.get().pk}번" in shown
