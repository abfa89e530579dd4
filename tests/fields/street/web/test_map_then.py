"""The map at an earlier moment: what stood open then, as a list without scripts and as tiles."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from pandok.core.terms.zone import OFFICE_ZONE
from pandok.fields.street.acts.deciding import confirm
from pandok.fields.street.district_map.pole_states import PoleStanding
from pandok.fields.street.district_map.poles_now import forget
from pandok.fields.street.district_map.poles_then import poles_then
from pandok.fields.street.lists.then import alerts_then
from pandok.fields.street.models import Alert, Pole
from tests.fields.street.bed import later, pole, raised
from tests.roles import Role
from tests.world import Site


@pytest.fixture(autouse=True)
def read_anew() -> None:
    forget()


def test_what_stood_open_at_a_moment_of_the_past(site: Site) -> None:
    now = timezone.now()
    pole()
    Pole.objects.update(latitude=35.17, longitude=126.91)
    raised_at = now - timedelta(hours=3)
    alert = raised(raised_at)
    confirm(alert.pk, actor=site.account(Role.CONTROL_ROOM), reason="봄", now=raised_at + timedelta(minutes=2))
    before, after = raised_at - timedelta(minutes=1), raised_at + timedelta(minutes=1)
    assert not alerts_then(before).exists()
    (one,) = alerts_then(after)
    assert (one.pk, one.state_then) == (alert.pk, "raised")  # type: ignore[attr-defined]  # annotated
    assert alerts_then(later(0) - timedelta(days=40)).count() == 0
    assert poles_then(before, now).standings.tolist() == [PoleStanding.HEARD]
    assert poles_then(after, now).standings.tolist() == [PoleStanding.SERIOUS]
    # What happens to it later changes nothing of what was.
    Alert.objects.update(state="closed", case_level=0)
    assert alerts_then(after).exists()


def test_the_page_says_the_moment_without_scripts(site: Site) -> None:
    noon = (timezone.now() - timedelta(days=1)).astimezone(OFFICE_ZONE).replace(hour=12, minute=0, second=0)
    pole()
    Pole.objects.update(latitude=35.17, longitude=126.91)
    alert, client = raised(noon), site.client(Role.CREW)
    asked = {"day": f"{noon:%Y-%m-%d}", "minute": "725"}
    shown = client.get("/street/map/then/", asked).content.decode()
    assert f"/street/alerts/{alert.pk}/" in shown
    assert (
        f"/street/alerts/{alert.pk}/" not in client.get("/street/map/then/", asked | {"minute": "0"}).content.decode()
    )
    for wrong in (
        {"day": "2026-02-30"},
        {"day": "9999-01-01"},
        {"minute": "-1"},
        {"minute": "９"},
        {"minute": "99999"},
    ):
        assert client.get("/street/map/then/", asked | wrong).status_code == 200
    second = round(noon.timestamp()) + 60
    tile = client.get(f"/street/map/then/{second}/0/0/0.mvt")
    assert (tile.status_code, tile["Content-Type"]) == (200, "application/vnd.mapbox-vector-tile")
    assert client.get(f"/street/map/then/{second}/3/9/0.mvt").status_code == 404
    assert client.get(f"/street/map/then/{10**14}/0/0/0.mvt").status_code == 404
