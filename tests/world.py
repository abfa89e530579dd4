"""A desk with accounts for every role, registered views in the store, and a reader that needs no model."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.models import Group
from django.db import transaction
from django.test import Client

from pandok.common.models import Account
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.register.models import Design, View
from tests.chosen import Choose, choose_in
from tests.common.web.identity_provider import CLIENT, SECRET, IdentityProvider, running_provider
from tests.fields.designs.fakes import NOON, VIEW_SIZE, FakeDesk, drawing, reading
from tests.roles import Role

PASSWORD = "open sesame 27"


@dataclass
class Site:
    blobs: FolderBlobs
    desk: FakeDesk
    views: list[str]
    accounts: dict[str, Account] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)
    """Of those who are signed in already, by name (`signed_in`)."""

    def account(self, role: Role | None, name: str = "") -> Account:
        name = name or (role.value if role else "nobody")
        if name not in self.accounts:
            account = Account.objects.filter(username=name).first()  # of those who are signed in for a whole file
            if account is None:
                account = Account.objects.create_user(name, password=PASSWORD)
                if role:
                    account.groups.add(Group.objects.get(name=role.value))
            self.accounts[name] = account
        return self.accounts[name]

    def client(self, role: Role | None, name: str = "", **options: Any) -> Client:
        client, account = Client(**options), self.account(role, name)
        if account.username in self.cookies:
            client.cookies[django_settings.SESSION_COOKIE_NAME] = self.cookies[account.username]
        else:
            client.force_login(account)
        return client


@pytest.fixture(scope="module")
def signed_in(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[dict[str, Account], dict[str, str]]]:  # noqa: ARG001
    """A person of every role and one of none, signed in once for all tests of a file, with their cookies. What a test
    does lies within this transaction and is undone before it."""
    with django_db_blocker.unblock(), transaction.atomic():
        everybody = Site(FolderBlobs(Path()), FakeDesk(reading([])), [])
        clients = {who: everybody.client(who) for who in (*Role, None)}
        accounts = {everybody.account(who).username: everybody.account(who) for who in clients}
        cookies = [client.cookies[django_settings.SESSION_COOKIE_NAME].value for client in clients.values()]
        yield accounts, dict(zip(accounts, cookies, strict=True))
        transaction.set_rollback(True)


@pytest.fixture
def peopled(site: Site, signed_in: tuple[dict[str, Account], dict[str, str]]) -> Site:
    """A site on which everybody is signed in already: for tests that ask as all of them."""
    accounts, cookies = signed_in
    site.accounts |= {name: copy.copy(account) for name, account in accounts.items()}
    site.cookies |= cookies
    return site


@pytest.fixture
def choose(monkeypatch: pytest.MonkeyPatch) -> Choose:
    """`choose(two_step="staff")` sets what `settings()` gives, to the end of the test."""
    return choose_in(monkeypatch)


@pytest.fixture
def site(db: None, tmp_path: Path, choose: Choose, monkeypatch: pytest.MonkeyPatch) -> Site:  # noqa: ARG001
    choose(home=tmp_path)
    blobs = FolderBlobs(tmp_path / "blobs")
    views = [blobs.put(drawing(wide)) for wide in (100, 92, 84, 76, 68)]
    designs = Design.objects.bulk_create(
        Design(design_id=f"30-{place:04d}", article="병") for place in range(len(views))
    )
    View.objects.bulk_create(
        View(
            design=design,
            name="front",
            sha256=sha256,
            media_type="image/png",
            width=VIEW_SIZE[0],
            height=VIEW_SIZE[1],
            added_at=NOON,
        )
        for design, sha256 in zip(designs, views, strict=True)
    )
    desk = FakeDesk(reading(views))
    monkeypatch.setattr("pandok.fields.designs.server_desk._desk", desk)
    return Site(blobs, desk, views)


@pytest.fixture
def officer(site: Site) -> Client:
    return site.client(Role.OFFICER)


@pytest.fixture
def english() -> Callable[[Client], Client]:
    def choose(client: Client) -> Client:
        client.cookies["pandok_language"] = "en"
        return client

    return choose


@pytest.fixture
def provider(site: Site, choose: Choose) -> Iterator[IdentityProvider]:  # noqa: ARG001
    with running_provider() as provider:
        groups = json.dumps({"customs-officers": "officer", "heads": "supervisor"})
        choose(oidc_issuer=provider.issuer, oidc_client_id=CLIENT, oidc_client_secret=SECRET, oidc_role_map=groups)
        yield provider
