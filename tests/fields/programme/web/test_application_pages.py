"""Applications in pages: nothing that was entered is lost, the receipt stands there, and others find nothing."""

from __future__ import annotations

import html
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from pandok.common.models import AuditEntry, PartyMember
from pandok.fields.programme.models import Call, CallApplication
from tests.fields.programme.bidding import ANSWERS, NUMBERS, PDF, firm, published_call, submitted
from tests.fields.programme.office import NOON, WHY
from tests.roles import Role
from tests.world import Site

SENT = {
    "title": "물이 차기 전에 알리는 수위 읽기",
    "name_0": "가온센서", "number_0": NUMBERS[0], "share_0": "60",
    "name_1": "나래연구소", "number_1": NUMBERS[1], "share_1": "40",
} | {f"answer_{key}": value for key, value in ANSWERS.items()}  # fmt: skip


@pytest.fixture
def call(db: None) -> Call:  # noqa: ARG001
    made = published_call()
    now = timezone.now()
    Call.objects.filter(pk=made.pk).update(opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=9))
    made.refresh_from_db()
    return made


def client_of(site: Site, name: str = "가온센서") -> Any:
    PartyMember.objects.get_or_create(party=firm(name), account=site.account(Role.SUBMITTER, f"account of {name}"))
    return site.client(Role.SUBMITTER, f"account of {name}")


def test_a_firm_applies_by_its_pages(site: Site, call: Call) -> None:
    client = client_of(site)
    at = f"/programme/calls/{call.pk}/"
    assert "apply/" in client.get(at).content.decode()
    page = client.post(f"{at}apply/").headers["Location"]
    made = CallApplication.objects.get()
    wrong = SENT | {"share_1": "마흔", "number_1": "000-00-00016", "act": "submit"}
    answer = client.post(f"{page}save/", wrong)
    assert answer.status_code == 422
    shown = html.unescape(answer.content.decode())
    assert [value for value in wrong.values() if value not in shown and value != "submit"] == []
    assert client.post(f"{page}files/", {"file": SimpleUploadedFile("x.exe", b"MZ")}).status_code == 422
    assert client.post(f"{page}files/", {}).status_code == 422
    assert client.post(f"{page}files/", {"file": SimpleUploadedFile("제안서.pdf", PDF)}).status_code == 302
    made.refresh_from_db()
    assert made.members[1]["share"] == "마흔"
    assert client.post(f"{page}save/", SENT | {"act": "submit"}).status_code == 302
    made.refresh_from_db()
    shown = client.get(page).content.decode()
    assert made.state == "submitted"
    assert made.sha256 in shown
    file = made.files.get()
    answer = client.get(f"{page}files/{file.pk}/")
    assert (answer.content, answer.headers["Content-Disposition"][:10]) == (PDF, "attachment")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert AuditEntry.objects.filter(object=f"call-application:{made.pk}", action="document.viewed").exists() or (
        AuditEntry.objects.filter(object=f"call-application:{made.pk}").count() > 1
    )
    assert client.post(f"{page}save/", SENT | {"act": "submit"}).status_code == 422
    assert client.post(f"{page}withdraw/", {"reason": ""}).status_code == 422
    assert client.post(f"{page}withdraw/", {"reason": WHY}).status_code == 302


def test_a_row_more_is_there_after_each_save(site: Site, call: Call) -> None:
    client = client_of(site)
    page = client.post(f"/programme/calls/{call.pk}/apply/").headers["Location"]
    assert 'name="name_1"' in client.get(page).content.decode()
    assert 'name="name_2"' not in client.get(page).content.decode()
    client.post(f"{page}save/", SENT | {"act": "keep"})
    assert 'name="name_2"' in client.get(page).content.decode()


def test_others_find_nothing_and_the_programme_only_after_the_deadline(site: Site, call: Call) -> None:
    client = client_of(site)
    page = client.post(f"/programme/calls/{call.pk}/apply/").headers["Location"]
    client.post(f"{page}files/", {"file": SimpleUploadedFile("제안서.pdf", PDF)})
    client.post(f"{page}save/", SENT | {"act": "submit"})
    made = CallApplication.objects.get()
    file = f"{page}files/{made.files.get().pk}/"
    other, office = client_of(site, "다른 기업"), site.client(Role.PROGRAMME_OFFICE)
    for who in (other, office):
        assert (who.get(page).status_code, who.get(file).status_code) == (404, 404)
        assert made.number not in who.get("/programme/applications/").content.decode()
    assert other.post(f"{page}withdraw/", {"reason": WHY}).status_code == 404
    Call.objects.filter(pk=call.pk).update(closes_at=timezone.now() - timedelta(seconds=1))
    assert (office.get(page).status_code, office.get(file).status_code) == (200, 200)
    assert (other.get(page).status_code, other.get(file).status_code) == (404, 404)
    assert made.number in office.get("/programme/applications/").content.decode()
    assert client.post(f"{page}withdraw/", {"reason": WHY}).status_code == 422


def test_lists_of_applications_are_narrowed(site: Site) -> None:
    made = submitted(now=NOON)
    client = site.client(Role.AUDITOR)
    for query, count in (
        ("", 1), ("words=가온", 1), (f"words={made.number}", 1), ("state=submitted", 1), ("state=selected", 0),
        ("state=nothing", 1), ("words=없음", 0), ("page=9", 1),
    ):  # fmt: skip
        page = client.get(f"/programme/applications/?{query}").content.decode()
        assert page.count('class="row card"') == count, query
