"""The web with cases that were notified: clients of holder, importer, appraiser and of another holder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from pandok.common.models import Account, Party
from pandok.fields.counterfeit.acts.notices.content import NoticeContent
from tests.chosen import Choose
from tests.fields.counterfeit.notices_fixtures import NoticeWorld, build_notice_world
from tests.fields.designs.fakes import NOON
from tests.roles import Role


@pytest.fixture
def notices(db: None, tmp_path: Path, choose: Choose, monkeypatch: pytest.MonkeyPatch) -> NoticeWorld:  # noqa: ARG001
    choose(home=tmp_path)

    def drawn(content: NoticeContent, pictures: object, language: str) -> bytes:  # noqa: ARG001
        return f"%PDF-1.7 {content.address}\n%%EOF".encode()

    monkeypatch.setattr("pandok.fields.counterfeit.acts.notices.pdf.notice_pdf", drawn)
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)
    return build_notice_world(tmp_path)


@pytest.fixture
def client_of() -> Callable[[Account], Client]:
    def sign_in(account: Account) -> Client:
        client = Client()
        client.force_login(account)
        client.cookies["pandok_language"] = "en"
        return client

    return sign_in


@pytest.fixture
def stranger(notices: NoticeWorld) -> Account:
    other = Party.objects.create(kind=Party.HOLDER, name="다른 권리자", email="x@other.example", added_at=NOON)
    return notices.world.account(Role.HOLDER, "another holder", other)
