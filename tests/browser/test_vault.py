"""The vault as a steward meets it: readable, touchable, without serious axe finding."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pandok.common.people.accounts import ensure_role_groups
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.lab.acts.vault.masked_copies import mask_deposit
from tests.browser.test_first_page import big_enough_to_touch, no_sideways_scroll
from tests.chosen import Choose
from tests.fields.designs.fakes import FakeDesk, reading
from tests.fields.lab.acts.vault.test_masked_copies import FINDERS, TABLE
from tests.fields.lab.web.vault_samples import make_vault_deletion, make_vault_grant, steward, vault
from tests.roles import Role
from tests.world import PASSWORD, Site

pytestmark = pytest.mark.browser
Keep = Callable[[Any, str], None]
Check = Callable[[Any], None]


@pytest.fixture
def site(transactional_db: None, tmp_path: Path, choose: Choose) -> Site:  # noqa: ARG001
    choose(home=tmp_path)
    ensure_role_groups()
    return Site(FolderBlobs(tmp_path / "blobs"), FakeDesk(reading([])), [])


def test_pages_of_the_vault(page: Any, site: Site, accessible: Check, keep_picture: Keep) -> None:
    deposit = make_vault_grant(site).deposit
    vault().put(deposit, "t.csv", TABLE, "raw", media_type="text/csv")
    mask_deposit(deposit=deposit, actor=steward(site), vault=vault(), finders=FINDERS)
    site.account(Role.DATA_STEWARD)
    page.goto("/sign-in/")
    page.fill("#id_username", Role.DATA_STEWARD.value)
    page.fill("#id_password", PASSWORD)
    page.press("#id_password", "Enter")
    page.wait_for_selector(".top-links")
    for name, address in (
        ("vault", "/lab/vault/"),
        ("vault-new", "/lab/vault/new/"),
        ("vault-deposit", f"/lab/vault/{deposit.pk}/"),
    ):
        seen(page, address, name, accessible, keep_picture)
    page.goto("/lab/vault/used/")
    page.fill("#id_record", "26-1")
    page.click("form.card button.primary")
    page.wait_for_selector("#answer")
    looked_at(page, "vault-used", accessible, keep_picture)


def test_the_page_of_a_deletion(page: Any, site: Site, accessible: Check, keep_picture: Keep) -> None:
    deletion = make_vault_deletion(site, done=True)
    site.account(Role.AUDITOR)
    page.goto("/sign-in/")
    page.fill("#id_username", Role.AUDITOR.value)
    page.fill("#id_password", PASSWORD)
    page.press("#id_password", "Enter")
    page.wait_for_selector(".top-links")
    seen(page, f"/lab/vault/deletions/{deletion.pk}/", "vault-deletion", accessible, keep_picture)


def seen(page: Any, address: str, name: str, accessible: Check, keep_picture: Keep) -> None:
    assert page.goto(address).status == 200
    page.wait_for_selector("main")
    looked_at(page, name, accessible, keep_picture)


def looked_at(page: Any, name: str, accessible: Check, keep_picture: Keep) -> None:
    accessible(page)
    no_sideways_scroll(page)
    big_enough_to_touch(page)
    keep_picture(page, name)
