"""Every page that needs no object, as each role: no serious finding of axe, no sideways scroll, no error."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.urls import get_resolver, reverse

from pandok.common.models import Account
from tests.browser.conftest import PASSWORD
from tests.browser.test_first_page import no_sideways_scroll
from tests.fields.designs.fakes import FakeDesk
from tests.roles import Role
from tests.web.access_table import TABLE
from tests.web.test_access import url_names

pytestmark = pytest.mark.browser
NO_PAGES = frozenset(
    {
        "service_worker",
        "capture_session",
        "api_description",
        "square_code",
        "set_language",
        "sign_out",
        "proof_site_key",
    }
)


def pages_of(role: Role) -> list[str]:
    """Addresses without arguments that answer this role with a page."""
    found = []
    for name in url_names(get_resolver()):
        rows = [row for row in TABLE.get(name or "", []) if row.method == "get" and not row.sample and not row.api]
        if name in NO_PAGES or not rows or name is None or name.startswith("api:"):
            continue
        if any(row.allowed is not None and role in row.allowed and 200 in row.statuses for row in rows):
            found.append(reverse(name))
    return sorted(set(found))


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.IMPORTER, Role.APPRAISER)])
def test_pages_are_accessible(
    desk: FakeDesk,  # noqa: ARG001
    page: Any,
    role: Role,
    accessible: Callable[[Any], None],
) -> None:
    name = f"sweep-{role.value}"
    account = Account.objects.create_user(name, password=PASSWORD)
    account.groups.add(Group.objects.get(name=role.value))
    page.goto("/sign-in/")
    page.fill("#id_username", name)
    page.fill("#id_password", PASSWORD)
    page.press("#id_password", "Enter")
    page.wait_for_selector(".top-links")
    addresses = pages_of(role)
    assert len(addresses) >= 3
    for address in addresses:
        answer = page.goto(address)
        assert answer.status == 200, address
        if "text/html" not in answer.headers.get("content-type", ""):
            continue
        page.wait_for_selector("main")
        try:
            accessible(page)
            no_sideways_scroll(page)
        except AssertionError as error:
            raise AssertionError(f"{address}: {error}") from error
