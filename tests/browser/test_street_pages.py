"""The control room's pages in a real browser: a storm's alerts on a phone in Korean and on a desk in English."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from pandok.common.models import Account
from pandok.common.people.accounts import ensure_role_groups
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.fields.street.acts.importing_boundaries import import_boundaries
from pandok.fields.street.models import Alert
from tests.browser.conftest import PASSWORD
from tests.browser.test_first_page import no_sideways_scroll
from tests.browser.waited import expect, until
from tests.chosen import Choose
from tests.fields.street.storm import storm_now
from tests.roles import Role

pytestmark = pytest.mark.browser


@pytest.fixture
def room(transactional_db: None, tmp_path: Path, choose: Choose) -> Account:  # noqa: ARG001
    """An officer of a room in which water rises in an underpass now."""
    choose(home=tmp_path)
    ensure_role_groups()
    account = Account.objects.create_user("room", password=PASSWORD)
    account.groups.add(Group.objects.get(name=Role.CONTROL_ROOM.value))
    storm_now(timezone.now())
    return account


def sign_in(page: Any, name: str) -> None:
    page.goto("/sign-in/?next=/street/")
    page.fill("#id_username", name)
    page.fill("#id_password", PASSWORD)
    page.press("#id_password", "Enter")
    page.wait_for_url("**/street/")


PAGES = (
    "",
    "map/",
    "silences/",
    "poles/",
    "poles/buk-01/",
    "warnings/",
    "figures/",
    "records/",
    "replays/",
    "bookings/",
    "map/then/",
    "works/",
    "works/new/",
    "energy/",
)


def test_every_page_of_the_room(
    room: Account,
    page: Any,
    accessible: Callable[[Any], None],
    keep_picture: Callable[[Any, str], None],
) -> None:
    sign_in(page, room.username)
    level = Alert.objects.get(reader="flood-level")
    for address in (*PAGES, f"alerts/{level.pk}/"):
        answer = page.goto(f"/street/{address}")
        assert answer.status == 200, address
        if address.startswith("map/"):
            expect(page.locator("#map")).to_have_attribute("data-drawn", "1")
        name = "alert" if address.startswith("alerts") else address.strip("/").replace("/", "-") or "now"
        keep_picture(page, f"street-{name}")
        try:
            accessible(page)
            no_sideways_scroll(page)
        except AssertionError as error:
            raise AssertionError(f"{address}: {error}") from error


def test_the_map_is_drawn_moved_by_keyboard_and_leads_to_a_pole(
    room: Account,
    page: Any,
    accessible: Callable[[Any], None],
    keep_picture: Callable[[Any, str], None],
) -> None:
    """The fixture of the page fails on any request to another house and on any breach of the policy for scripts."""
    boundaries = shared_boundaries()
    import_boundaries(boundaries, credit="국토지리정보원", actor=None, reason="지도 경계 준비", now=timezone.now())
    sign_in(page, room.username)
    page.goto("/street/map/")
    expect(page.locator("#map")).to_have_attribute("data-drawn", "1")
    keep_picture(page, "street-map-boundaries")
    accessible(page)
    before = page.evaluate("document.querySelector('#map').pandokMap.getCenter().lng")
    page.locator("#map canvas").focus()
    page.keyboard.press("ArrowRight")
    until(page, f"document.querySelector('#map').pandokMap.getCenter().lng > {before}")
    page.locator("[data-fly]").first.click()
    until(page, "document.querySelector('#map').pandokMap.getZoom() > 16.9")
    until(page, "document.querySelector('#map').pandokMap.loaded()")
    box = page.locator("#map").bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_url("**/street/poles/buk-01/")


def test_the_slider_moves_the_map_and_the_list_to_an_earlier_moment(room: Account, page: Any) -> None:
    raised_at = Alert.objects.get(reader="flood-level").raised_at.astimezone(OFFICE_ZONE)
    sign_in(page, room.username)
    page.goto(f"/street/map/then/?day={raised_at:%Y-%m-%d}&minute=0")
    expect(page.locator("#map")).to_have_attribute("data-drawn", "1")
    page.locator("#id_minute").focus()
    page.keyboard.press("End")
    expect(page.locator("[data-part=then] li")).not_to_have_count(0)
    until(page, "location.search.includes('minute=1435')")
    until(page, "document.querySelector('#map').pandokMap.getSource('poles').tiles[0].includes('/then/')")


def test_the_map_without_scripts_is_a_list_by_place(room: Account, browser: Any, live_server: Any, page: Any) -> None:
    sign_in(page, room.username)
    context = browser.new_context(
        java_script_enabled=False, base_url=live_server.url, storage_state=page.context.storage_state()
    )
    plain = context.new_page()
    plain.goto("/street/map/")
    expect(plain.locator("#map")).to_be_hidden()
    expect(plain.get_by_role("row", name="feeder-7")).to_be_visible()
    context.close()


def shared_boundaries() -> bytes:
    """Of the district, where the site has them; a square otherwise."""
    file = Path(os.environ.get("PANDOK_SHARED", "../shared")) / "data" / "gwangju_bukgu" / "bukgu_emd.geojson"
    if file.is_file():
        return file.read_bytes()
    ring = [[126.90, 35.16], [126.93, 35.16], [126.93, 35.19], [126.90, 35.16]]
    shape = {"type": "Polygon", "coordinates": [ring]}
    feature = {"type": "Feature", "properties": {"name": "구역"}, "geometry": shape}
    return json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()
