"""The storm of the demonstration: through the doors of the product, from the first water to the closed case."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils import timezone

from pandok.common.models import AuditEntry
from pandok.common.people.accounts import ensure_demo_accounts
from pandok.demo.street_storm import BED, UNDERPASS, ensure_demo_storm
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.street.hazards_of_site import hazards_of_site
from pandok.fields.street.lists.figures import figures_between
from pandok.fields.street.models import Alert, DeviceCommand, DeviceState, Pole, ResidentWarning, TakenMessage
from pandok.fields.street.periods import period_of
from tests.chosen import Choose, choose_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def choose(monkeypatch: pytest.MonkeyPatch) -> Choose:
    return choose_in(monkeypatch)


def test_a_storm_from_the_first_water_to_the_closed_case(tmp_path: Path, choose: Choose) -> None:
    choose(home=tmp_path)
    now, blobs = timezone.now(), FolderBlobs(tmp_path / "blobs")
    ensure_demo_accounts(now)
    alerts = ensure_demo_storm(now=now, blobs=blobs, hazards=hazards_of_site)
    level = next(one.merged_into or one for one in alerts if one.reader == "flood-level")
    assert level.pole is not None
    assert (level.pole.key, level.state, level.cause) == (UNDERPASS, "closed", "hazard")
    assert {one.state for one in alerts} <= {"closed", "merged"}
    warning = ResidentWarning.objects.get()
    assert (warning.state, warning.simulated) == ("cancelled", True)
    assert "<status>Exercise</status>" in warning.cap12
    assert warning.written_by_id != warning.issued_by_id
    assert DeviceCommand.objects.get().state == "done"
    # The lamp turned red by itself, and was white again once the water had gone.
    assert DeviceState.objects.get(device="lamp").order["colour"] == "white"
    told = AuditEntry.objects.filter(object=f"alert:{level.pk}").order_by("sequence").values_list("action", flat=True)
    assert [one for one in told if one in ("alert.raised", "alert.confirmed", "alert.responding", "alert.closed")] == [
        "alert.raised", "alert.confirmed", "alert.responding", "alert.closed",
    ]  # fmt: skip
    period = period_of("", "", now=now)
    whole = figures_between(period.begins, period.ends, now=now)[0]
    assert (whole.real, whole.false, whole.outside, whole.missed) == (1, 0, 1, 0)
    assert TakenMessage.objects.count() == 1200
    assert not Pole.objects.filter(test_bed__code=BED).exclude(place_ko__contains="모의").exists()
    again = ensure_demo_storm(now=timezone.now(), blobs=blobs, hazards=hazards_of_site)
    assert [one.pk for one in again] == [one.pk for one in alerts]
    assert Alert.objects.count() == len(alerts)
