"""The control room's pages in a real browser: a storm's alerts on a phone in Korean and on a desk in English."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from pandok.common.models import Account
from pandok.common.people.accounts import ensure_role_groups
from pandok.fields.street.models import Alert
from tests.browser.conftest import PASSWORD
from tests.browser.test_first_page import no_sideways_scroll
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


PAGES = ("", "poles/", "poles/buk-01/", "warnings/", "figures/", "records/", "replays/")


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
        name = "alert" if address.startswith("alerts") else address.strip("/").replace("/", "-") or "now"
        keep_picture(page, f"street-{name}")
        try:
            accessible(page)
            no_sideways_scroll(page)
        except AssertionError as error:
            raise AssertionError(f"{address}: {error}") from error
