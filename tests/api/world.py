"""A desk with one notified case, its holder, importer and association, and tokens for every role."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from pandok.common.models import Account, ApiToken, Party, PartyMember
from pandok.common.people.scopes import scope_of, scopes_of
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.counterfeit.acts.cases.deciding import choose_candidate, name_parties
from pandok.fields.counterfeit.acts.cases.documents import keep_document
from pandok.fields.counterfeit.acts.cases.opening import open_case
from pandok.fields.counterfeit.acts.notices.issuing import issue_notices
from pandok.fields.counterfeit.acts.notices.office import Office, open_office
from pandok.fields.counterfeit.models import Case, CaseDocument, Notice
from pandok.fields.designs.acts.photographs import keep_photograph
from pandok.fields.designs.acts.readings import read_photographs
from pandok.fields.designs.photograph_reader import ReadingFilters
from pandok.fields.register.models import View
from pandok.settings import settings as pandok_settings
from pandok.web.api.rate import BUCKETS
from tests.chosen import Choose
from tests.fields.counterfeit.cases_fixtures import World, build_world
from tests.fields.designs.fakes import VIEW_SIZE, FakeDesk, candidate, drawing, photograph, reading
from tests.roles import Role

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@dataclass
class ApiSite:
    world: World
    blobs: FolderBlobs
    desk: FakeDesk
    office: Office
    tokens: dict[str, str] = field(default_factory=dict)

    def token(self, account: Account, scopes: list[str] | None = None, **changes: Any) -> str:
        """A token of an account, with every scope that its roles allow."""
        secret = f"pdk_{uuid.uuid4().hex[:8]}_{uuid.uuid4().hex}"
        facts: dict[str, Any] = {
            "scopes": [scope_of(one) for one in scopes_of(account.roles)] if scopes is None else scopes,
            "made_at": timezone.now(),
            "expires_at": timezone.now() + timedelta(days=30),
        }
        ApiToken.objects.create(
            account=account,
            title="test",
            prefix=secret.split("_")[1],
            sha256=hashlib.sha256(secret.encode()).hexdigest(),
            made_by=account,
            **(facts | changes),
        )
        return secret

    def ask(self, who: Account | str | None, method: str, path: str, body: Any = None, **extra: Any) -> HttpResponse:
        """One call with a token (of this account), or with none."""
        headers: dict[str, str] = dict(extra.pop("headers", {}))
        if isinstance(who, Account):
            who = self.token_of(who)
        if who:
            headers["Authorization"] = f"Bearer {who}"
        if isinstance(body, Form):
            return getattr(Client(), method)(f"/api/v1{path}", body.data(), headers=headers, **extra)
        if body is not None:
            extra |= {"data": json.dumps(body), "content_type": "application/json"}
        return getattr(Client(), method)(f"/api/v1{path}", headers=headers, **extra)

    def token_of(self, account: Account) -> str:
        """The same token at every call."""
        if account.username not in self.tokens:
            self.tokens[account.username] = self.token(account)
        return self.tokens[account.username]

    def member(self, role: Role, name: str = "") -> Account:
        """The account of this role that the case concerns."""
        world = self.world
        parties = {Role.HOLDER: world.holder, Role.IMPORTER: world.importer, Role.APPRAISER: world.association}
        site = world.site if role in (Role.OFFICER, Role.SUPERVISOR) else None
        return world.account(role, name, party=parties.get(role), site=site)

    def stranger(self, role: Role) -> Account:
        """An account of this role that the case does not concern."""
        account = self.world.account(role, f"other-{role.value}")
        kinds = {Role.HOLDER: Party.HOLDER, Role.IMPORTER: Party.IMPORTER, Role.APPRAISER: Party.ASSOCIATION}
        if role in kinds and not PartyMember.objects.filter(account=account).exists():
            party = Party.objects.create(kind=kinds[role], name=f"other {role.value}", added_at=timezone.now())
            PartyMember.objects.create(party=party, account=account)
        return account

    def opened_case(self) -> Case:
        """A case of the world's officer that rests on a stored photograph."""
        now, officer = timezone.now(), self.world.officer
        kept = keep_photograph(photograph(), filename="", blobs=self.blobs, max_bytes=10**7, max_megapixels=64)
        record = read_photographs(
            photographs=[kept], filters=ReadingFilters(), actor=officer, now=now, desk=self.desk, blobs=self.blobs
        )
        return open_case(reading=record, actor=officer, now=now, item_name="유리병", parcel_number="EB123456789CN")

    def notified_case(self) -> Case:
        world, now = self.world, timezone.now()
        case = self.opened_case()
        case = choose_candidate(case=case, design_id="30-0001", actor=world.officer, reason="형태가 같음", now=now)
        issue_notices(
            case=case,
            actor=world.officer,
            reason="통지",
            now=now,
            office=self.office,
            nonce="n",
            importer=world.importer,
        )
        case = name_parties(case=case, actor=world.officer, now=now, appraiser=world.association)
        Notice.objects.create(
            case=case,
            party=world.association,
            template="appraisal_request",
            template_version="1",
            language="ko",
            subject="s",
            content=case.notices.filter(party=world.holder).get().content,
            issued_at=now,
            delivery_key=f"{case.id}:association",
        )
        return case

    def document(self, case: Case) -> CaseDocument:
        return keep_document(
            case=case,
            data=PDF,
            filename="paper.pdf",
            kind="other",
            actor=self.world.officer,
            now=timezone.now(),
            blobs=self.blobs,
        )


@dataclass(frozen=True)
class Form:
    """A multipart body."""

    fields: Mapping[str, Any]
    files: Mapping[str, tuple[str, bytes, str]] = field(default_factory=dict)

    def data(self) -> dict[str, Any]:
        from django.core.files.uploadedfile import SimpleUploadedFile

        files = {name: SimpleUploadedFile(*one[:2], content_type=one[2]) for name, one in self.files.items()}
        return {**self.fields, **files}


@pytest.fixture
def site(db: None, tmp_path: Path, choose: Choose, monkeypatch: pytest.MonkeyPatch) -> Iterator[ApiSite]:  # noqa: ARG001
    choose(home=tmp_path)
    blobs = FolderBlobs(tmp_path / "blobs")
    world = build_world()
    sha256 = blobs.put(drawing(100))
    View.objects.create(
        design=world.design,
        name="front",
        sha256=sha256,
        media_type="image/png",
        width=VIEW_SIZE[0],
        height=VIEW_SIZE[1],
        added_at=timezone.now(),
    )
    value = reading([sha256]).model_copy(
        update={"candidates": (candidate(1, 0.83, sha256, design_id=world.design.design_id),)}
    )
    desk = FakeDesk(value)
    monkeypatch.setattr("pandok.fields.designs.server_desk._desk", desk)
    BUCKETS.clear()
    # Drawing is tested where it belongs; here only that the stored file is handed out.
    monkeypatch.setattr("pandok.fields.counterfeit.acts.notices.pdf.notice_pdf", lambda *_: PDF)
    yield ApiSite(world, blobs, desk, open_office(pandok_settings(), tmp_path))
    BUCKETS.clear()
