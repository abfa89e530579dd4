"""Every page that needs no object, as each role: no serious finding of axe, no sideways scroll, no error.

Many roles are shown the same: what was looked through already is not looked through again, the frame of a page and what
stands in it each for itself; a page of which the server sends nothing new is not opened.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.urls import get_resolver, reverse

from pandok.common.models import Account
from tests.browser.conftest import OVERLAPPING, PASSWORD, serious_findings
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
        "street_calendar",
        "verify_certificate_paper",
        "verify_certificate_facts",
        "verify_certificate_keys",
    }
)


PARTS = """name => {
    const plain = node => {
        const copy = node.cloneNode(true);
        copy.querySelectorAll('script, link:not([rel=stylesheet])').forEach(one => one.remove());
        copy.querySelectorAll('input[type=hidden]').forEach(one => one.removeAttribute('value'));
        copy.querySelectorAll('[aria-current]').forEach(one => one.removeAttribute('aria-current'));
        for (const kind of ['href', 'action', 'datetime'])
            copy.querySelectorAll(`[${kind}]:not(link)`).forEach(
                one => one.setAttribute(kind, one.getAttribute(kind).replace(/[0-9]/g, '0'))
            );
        const words = document.createTreeWalker(copy, NodeFilter.SHOW_TEXT);
        while (words.nextNode()) words.currentNode.data = words.currentNode.data.replace(/[0-9]/g, '0').trim();
        return copy;
    };
    const frame = plain(document.documentElement);
    frame.querySelector('main').replaceChildren();
    frame.querySelector('title').textContent = '';
    return [frame, plain(document.querySelector('main'))].map(one => one.outerHTML.replaceAll(name, 'somebody'));
}"""
"""The frame of a page and what stands in it, without what differs from person to person, from time to time and from
address to address and is nothing to axe: scripts, hidden fields, and which digits stand there."""

looked_through: set[tuple[str, str, str]] = set()
opened: set[tuple[str, str, str]] = set()
"""Frames and contents of pages that the browser has opened, as the server sends them."""
NOTHING_TO_SEE = re.compile(
    r"<script\b.*?</script>|<title>.*?</title>|<input type=\"hidden\"[^>]*>|<link rel=\"(?!stylesheet)[^>]*>"
    r"|\saria-current=\"[^\"]*\"|\s(?:nonce|datetime)=\"[^\"]*\"",
    re.DOTALL,
)


def sent_parts(html: str, name: str) -> tuple[str, str]:
    """Frame and content as `PARTS` makes them, of the page before any browser: what differs is opened."""
    plain = re.sub(r"[0-9]", "0", NOTHING_TO_SEE.sub("", html)).replace(re.sub(r"[0-9]", "0", name), "somebody")
    before, _, rest = plain.partition("<main")
    main, _, after = rest.partition("</main>")
    return before + after, main


def new_parts(page: Any, name: str, setting: tuple[str, str]) -> dict[str, Any] | None:
    """What of this page has not been looked through in this size and language, as axe names it; None: nothing."""
    frame, main = ((*setting, part) for part in page.evaluate(PARTS, name))
    found = (frame not in looked_through, main not in looked_through)
    looked_through.update((frame, main))
    return {
        (True, True): {"include": [["html"]]},
        (True, False): {"include": [["html"]], "exclude": [["main"]]},
        (False, True): {"include": [["main"]]},
        (False, False): None,
    }[found]


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
    setting: tuple[str, str],
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
        sent = page.request.get(address)
        assert sent.status == 200, address
        if "text/html" not in sent.headers.get("content-type", ""):
            continue
        parts_sent = {(*setting, part) for part in sent_parts(sent.text(), name)}
        if parts_sent <= opened:
            continue
        opened.update(parts_sent)
        assert page.goto(address).status == 200, address
        page.wait_for_selector("main")
        try:
            if parts := new_parts(page, name, setting):
                assert serious_findings(page, parts) == []
            assert page.title()
            assert page.evaluate(OVERLAPPING) == []
            no_sideways_scroll(page)
        except AssertionError as error:
            raise AssertionError(f"{address}: {error}") from error
