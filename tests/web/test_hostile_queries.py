"""No list, filter or page number ends in a server error, whatever stands in its address.

The names that a page reads are found out by watching it read; each is then asked with values from another world.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from pandok.common.models import Account, PersonSession
from tests.roles import Role
from tests.web import access_samples
from tests.web.access_table import TABLE, Row
from tests.world import PASSWORD, Site

pytestmark = pytest.mark.usefixtures("menus_counted_once")
HOSTILE = [
    *("0001-01-01", "9999-12-31", "9999", "-1", "9" * 30, "9223372036854775808", "1e400"),
    *("a\x00b", "\ud800", "a" * 9000, "٣"),
]
MORE = [
    *("0000-00-00", "10000-01-01", "2026-02-30", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "0001-01"),
    *("9999-12", "0", "9223372036854775807", "-9223372036854775809", "NaN", "Infinity", "9" * 5000, "½", "1.5", " "),
    *("[]", "{}", "\udfff", "\u202e", "%", "_", "'", '"', "\\", "(", "*", "\n", "<script>", "../../etc/passwd"),
]
"""Asked of every name at once: a page may stop at the first that it refuses, so the worst are asked singly."""
ROWS = [
    (name, row) for name, rows in TABLE.items() for row in rows if row.method == "get" and row.allowed != frozenset()
]
SIGNS_OUT = {"sign_out"}


def everybody(site: Site) -> Account:
    """Somebody with every role: nothing is refused before it is read."""
    account = Account.objects.create_user("everybody", password=PASSWORD)
    account.groups.set(Group.objects.filter(name__in=[role.value for role in Role]))
    site.accounts["everybody"] = account
    return account


def quoted(value: str) -> str:
    return quote(value.encode("utf-8", "surrogatepass"), safe="")


def asked(address: str, names: set[str]) -> Iterator[str]:
    for name in sorted(names):
        for value in HOSTILE:
            yield f"{address}?{quoted(name)}={quoted(value)}"
    for value in MORE:
        yield f"{address}?" + "&".join(f"{quoted(name)}={quoted(value)}" for name in sorted(names))
    yield f"{address}?%ff%fe=%80&&&=&a=%"


@pytest.mark.parametrize(("name", "row"), ROWS, ids=[name for name, _ in ROWS])
def test_no_query_ends_in_a_server_error(site: Site, name: str, row: Row, read_names: set[str]) -> None:
    arguments = getattr(access_samples, row.sample)(site) if row.sample else {}
    address = reverse(name, kwargs=arguments)
    client = Client(raise_request_exception=False)
    client.force_login(everybody(site))
    first = client.get(address)
    assert first.status_code < 500 or first.status_code == 503
    read_names -= {"csrfmiddlewaretoken"}
    if not read_names:
        return
    wrong = []
    for place in asked(address, set(read_names)):
        status = client.get(place).status_code
        if status >= 500 and not (status == 503 == first.status_code):
            wrong.append((place[:150], status))
    assert wrong == []


def test_the_account_of_this_test_reads_the_lists(site: Site) -> None:
    """Otherwise nothing above would be asked."""
    client = Client()
    client.force_login(everybody(site))
    for path in ("/cases/", "/audit/", "/accounts/", "/readings/", "/statistics/"):
        assert client.get(path).status_code == 200, path
    assert PersonSession.objects.filter(account__username="everybody").exists()
