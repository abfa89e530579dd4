"""A full disk and a clock in doubt at the doors of hand-overs, outcomes, certificates and challenges.

What was entered is kept on the page, nothing stands half done, and the same step goes through once there is room or a
time."""

from __future__ import annotations

import errno
import html
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from pandok.common import house
from pandok.common.audit import writing as audit
from pandok.common.audit.writing import record
from pandok.common.models import AuditEntry
from pandok.core.audit import AuditEvent
from pandok.engines.hand_over.package import packed
from pandok.engines.proof_pack.keys import key_file
from pandok.engines.proof_pack.site_key import site_signing_key
from pandok.fields.lab.acts.proofs.importing import add_key
from pandok.fields.programme.models import HandOverTaken, Outcome, TrialCertificate
from pandok.settings import settings
from tests.chosen import Choose
from tests.engines.hand_over.packages import CONDITIONS, KEY, PROOF, SITE, statement
from tests.fields.programme.challenging import announced_challenge, begins_in
from tests.fields.programme.ledger import PATENT, PDF
from tests.fields.programme.office import WHY, drafted_certificate, issued, signed
from tests.full_disk import small_disk
from tests.roles import Role
from tests.world import Site

FULL = ("저장 공간이 부족하여", "disk is full, so nothing was stored")
CLOCK = ("관리자가 서버 시각을 확인한 뒤", "once administrators have confirmed the clock")


@pytest.fixture(autouse=True)
def small_home(site: Site, choose: Choose) -> None:
    del site
    choose(home=settings().home / "small")


def said_in_both(client: Client, address: str, sent: dict[str, Any], *, status: int, words: tuple[str, str]) -> str:
    """The page in Korean, after the same was sent in either language."""
    pages = []
    for language, expected in zip(("en", "ko"), reversed(words), strict=True):
        for one in sent.values():
            if hasattr(one, "seek"):
                one.seek(0)
        answer = client.post(address, sent, headers={"accept-language": language})
        assert answer.status_code == status, answer.content.decode()[:400]
        pages.append(html.unescape(answer.content.decode()))
        assert expected in pages[-1]
    return pages[-1]


def no_room(*_: Any, **__: Any) -> Any:
    raise OSError(errno.ENOSPC, "No space left on device")


def full(*_: Any, **__: Any) -> Any:
    raise OperationalError("database or disk is full")


@contextmanager
def clock_in_doubt() -> Iterator[None]:
    """An entry from later than now, as an hour under a clock that was ahead leaves it."""
    entry = record(AuditEvent("officer", "thing.done", "thing:1", "", timezone.now() + timedelta(days=3)))
    try:
        yield
    finally:
        record(AuditEvent("officer", "clock.confirmed", f"entry:{entry.sequence}", "", timezone.now()))


def test_on_a_full_disk_an_outcome_is_not_entered_and_no_number_is_lost(site: Site) -> None:
    office, agreement = site.client(Role.PROGRAMME_OFFICE), signed()
    address = f"/programme/agreements/{agreement.pk}/outcomes/enter/"
    sent: dict[str, Any] = PATENT | {
        "evidence": SimpleUploadedFile("출원번호통지서.pdf", PDF.replace(b"trailer", b"%" * 9000 + b"\ntrailer"))
    }
    with small_disk(settings().home / "blobs") as make_room:
        shown = said_in_both(office, address, sent, status=503, words=FULL)
        assert [value for value in PATENT.values() if value and value not in shown] == []
        assert not Outcome.objects.exists()
        assert not AuditEntry.objects.filter(action="outcome.entered").exists()
        make_room()
        sent["evidence"].seek(0)
        assert office.post(address, sent).status_code == 302
        assert Outcome.objects.get().number.endswith("-OC-000001")
        assert audit.verify() is None


def trusted(site: Site) -> None:
    actor = site.account(Role.EVALUATOR)
    data = key_file(KEY.public, site=SITE).encode()
    add_key(data=data, site=SITE, reason="전화로 지문을 비교함", actor=actor, now=timezone.now())


def test_on_a_full_disk_a_hand_over_is_not_taken_in(site: Site) -> None:
    trusted(site)
    office, data = site.client(Role.PROGRAMME_OFFICE), packed(statement(), PROOF, b"", KEY)
    sent = {"package": SimpleUploadedFile("hand-over.zip", data), "region": "yeongnam", "problem": "", **CONDITIONS}
    with small_disk(settings().home / "blobs") as make_room, pytest.MonkeyPatch.context() as disk:
        disk.setattr("pandok.engines.files.durable.os.fsync", no_room)  # the package alone may fit beneath a limit
        shown = said_in_both(office, "/programme/spread/take/", sent, status=503, words=FULL)
        assert [value for value in CONDITIONS.values() if value not in shown] == []
        assert not HandOverTaken.objects.exists()
        assert list(house.blobs().names()) == []
        disk.undo()
        make_room()
        sent["package"].seek(0)
        assert office.post("/programme/spread/take/", sent).status_code == 302
    assert HandOverTaken.objects.get().site == SITE
    assert AuditEntry.objects.filter(action="hand-over.taken").count() == 1


def test_a_certificate_that_the_disk_refuses_stays_a_draft_and_is_issued_later(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, manager = drafted_certificate(now=timezone.now()), site.client(Role.PROGRAMME_MANAGER)
    address = f"/programme/certificates/{made.pk}/step/"
    with monkeypatch.context() as disk:
        disk.setattr(TrialCertificate, "save", full)
        said_in_both(manager, address, {"act": "issue", "reason": WHY}, status=503, words=FULL)
    made.refresh_from_db()
    assert (made.state, made.code, made.sha256) == ("drafted", "", "")
    assert not AuditEntry.objects.filter(action="trial-certificate.issued").exists()
    assert manager.post(address, {"act": "issue", "reason": WHY}).status_code == 302
    assert audit.verify() is None


def test_a_paper_that_finds_no_room_is_ours_and_the_certificate_stands(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    del site
    done = issued(key=site_signing_key(settings().home))
    asked, nobody = {"number": done.number, "code": done.code}, Client(raise_request_exception=False)
    before = nobody.get("/verify/paper/", asked).content
    with monkeypatch.context() as disk:
        disk.setattr("pandok.common.papers.printing.tempfile.TemporaryDirectory", no_room)
        for language, words in zip(("ko", "en"), FULL, strict=True):
            answer = nobody.get("/verify/paper/", asked, headers={"accept-language": language})
            assert answer.status_code == 503
            assert words in html.unescape(answer.content.decode())
    assert nobody.get("/verify/paper/", asked).content == before


def test_while_the_clock_is_in_doubt_nothing_is_certified(site: Site) -> None:
    made, manager = drafted_certificate(now=timezone.now()), site.client(Role.PROGRAMME_MANAGER)
    address = f"/programme/certificates/{made.pk}/step/"
    with clock_in_doubt():
        shown = said_in_both(manager, address, {"act": "issue", "reason": WHY}, status=422, words=CLOCK)
        assert WHY in shown
        made.refresh_from_db()
        assert (made.state, made.code) == ("drafted", "")
    assert manager.post(address, {"act": "issue", "reason": WHY}).status_code == 302
    made.refresh_from_db()
    assert made.state == "issued"


def test_while_the_clock_is_in_doubt_no_challenge_is_opened(site: Site) -> None:
    challenge, office = begins_in(announced_challenge(), -1), site.client(Role.PROGRAMME_OFFICE)
    address, sent = f"/programme/challenges/{challenge.pk}/step/", {"act": "open", "reason": WHY}
    with clock_in_doubt():
        assert WHY in said_in_both(office, address, sent, status=422, words=CLOCK)
        challenge.refresh_from_db()
        assert challenge.state == "announced"
    assert office.post(address, sent).status_code == 302
    challenge.refresh_from_db()
    assert challenge.state == "open"


@pytest.mark.parametrize("page", ["/programme/spread/", "/programme/outcomes/"])
def test_lists_say_what_a_restored_older_backup_does_not_know(site: Site, page: str) -> None:
    office, now = site.client(Role.PROGRAMME_OFFICE), timezone.now()
    assert "이전 백업을 복원했습니다" not in office.get(page).content.decode()
    details = {"entries_then": 1, "made_at": (now - timedelta(days=3)).isoformat()}
    audit.tell("command line", "backup.restored", "backup:x", "", now, details)
    assert "이전 백업을 복원했습니다" in office.get(page).content.decode()
    english = office.get(page, headers={"accept-language": "en"}).content.decode()
    assert "An older backup was restored" in english
