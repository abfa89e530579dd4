"""The map of resources in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pandok.common.people.accounts import ensure_role_groups
from tests.browser.test_first_page import no_sideways_scroll
from tests.browser.test_programme import enters
from tests.chosen import Choose
from tests.fields.programme.data_dam import published
from tests.fields.programme.office import person
from tests.fields.programme.on_map import booking, resource
from tests.fields.street.bed import pole
from tests.roles import Role

pytestmark = pytest.mark.browser


def test_resources_are_read_on_every_screen(
    transactional_db: None,  # noqa: ARG001
    choose: Choose,
    page: Any,
    accessible: Callable[[Any], None],
    keep_picture: Callable[[Any, str], None],
) -> None:
    choose(two_step="off")
    ensure_role_groups()
    found = resource()
    booking(found)
    resource(title="수위계 3대", kind="equipment", latitude="35.2", longitude="126.93")
    pole("buk-1")
    published()
    enters(page, person(Role.PROGRAMME_OFFICE, "office"), "/programme/resources/")
    for at, name in (
        ("/programme/resources/", "resources"),
        (f"/programme/resources/{found.pk}/?month=2026-07", "resource"),
        ("/programme/resources/new/", "resource-new"),
    ):
        page.goto(at)
        no_sideways_scroll(page)
        accessible(page)
        keep_picture(page, name)
