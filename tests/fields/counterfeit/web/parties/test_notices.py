"""A party's pages: only its own notices, pictures recorded, answers kept once, nothing of the other side."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from pandok.common.models import Account, AuditEntry, Party
from pandok.fields.counterfeit.acts.cases.deciding import reopen_choice
from pandok.fields.counterfeit.models import Case, CaseDocument, HolderAnswer, ImporterStatement, Notice, NoticeOpening
from tests.fields.counterfeit.notices_fixtures import PDF, NoticeWorld
from tests.fields.designs.fakes import NOON, photograph
from tests.roles import Role

SignIn = Callable[[Account], Client]
MARKUP = "<script>alert(1)</script><b>x</b>{{ 7 }}"


def of(case: Case, template: str = "holder_notice") -> Notice:
    return case.notices.get(template=template)


def paper(data: bytes = PDF, name: str = "감정서.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, "application/octet-stream")


def test_the_list_says_whose_turn_and_how_long(notices: NoticeWorld, client_of: SignIn) -> None:
    notices.notified()
    page = client_of(notices.holder).get("/notices/").content.decode()
    assert "Notice of goods that may concern your right" in page
    assert "Your turn" in page
    assert "7 business days left." in page
    importer = client_of(notices.importer).get("/notices/").content.decode()
    assert "Notice about your goods in clearance" in importer
    assert "Your turn" not in importer


def test_opening_is_recorded_once_and_a_look_at_a_photograph_too(notices: NoticeWorld, client_of: SignIn) -> None:
    notice = of(notices.notified())
    client = client_of(notices.holder)
    for _ in range(2):
        assert client.get(f"/notices/{notice.id}/").status_code == 200
    assert list(NoticeOpening.objects.values_list("what", "account__username")) == [("page", "holder")]
    answer = client.get(f"/notices/{notice.id}/pictures/{notices.photograph}")
    assert (answer.status_code, answer["Content-Type"], answer["Cache-Control"]) == (
        200,
        "image/jpeg",
        "private, no-store",
    )
    looked = AuditEntry.objects.get(action="photograph.viewed")
    assert (looked.actor, looked.details["in"]) == ("holder", f"notice:{notice.id}")
    assert client.get(f"/notices/{notice.id}/pictures/{notices.view}").status_code == 200
    assert AuditEntry.objects.filter(action="photograph.viewed").count() == 1


def test_the_pdf_is_a_download_and_its_opening_recorded(notices: NoticeWorld, client_of: SignIn) -> None:
    notice = of(notices.notified())
    answer = client_of(notices.holder).get(f"/notices/{notice.id}/pdf/")
    assert answer["Content-Disposition"] == 'attachment; filename="pandok-2026-000001-holder_notice.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer.content.startswith(b"%PDF-")
    assert NoticeOpening.objects.get().what == "pdf"


def test_customs_sees_the_pdf_without_opening_it_for_the_party(notices: NoticeWorld, client_of: SignIn) -> None:
    notice = of(notices.notified())
    assert client_of(notices.world.officer).get(f"/notices/{notice.id}/pdf/").status_code == 200
    assert not NoticeOpening.objects.exists()
    elsewhere = notices.world.account(Role.OFFICER, "elsewhere")
    assert client_of(elsewhere).get(f"/notices/{notice.id}/pdf/").status_code == 404


@pytest.mark.parametrize("end", ["", "pdf/", "answer/", "suspension/", "paper/", "appraisal/"])
def test_anothers_notice_does_not_exist(notices: NoticeWorld, client_of: SignIn, stranger: Account, end: str) -> None:
    notice = of(notices.notified())
    path = f"/notices/{notice.id}/{end}"
    for account in (stranger, notices.world.account(Role.HOLDER, "holder without a party")):
        client = client_of(account)
        assert client.get(path).status_code == 404
        assert client.post(path).status_code in (404, 405)
    assert client_of(stranger).get(f"/notices/{notice.id}/pictures/{notices.photograph}").status_code == 404
    assert client_of(stranger).get("/notices/").content.decode().count("notice-row") == 0


@pytest.mark.parametrize("end", ["", "pdf/", "answer/", "suspension/", "paper/"])
def test_the_importer_does_not_reach_the_holders_notice(notices: NoticeWorld, client_of: SignIn, end: str) -> None:
    notice = of(notices.notified())
    assert client_of(notices.importer).get(f"/notices/{notice.id}/{end}").status_code in (403, 404)


def test_a_party_that_is_not_active_sees_nothing_any_more(notices: NoticeWorld, client_of: SignIn) -> None:
    notice = of(notices.notified())
    client = client_of(notices.holder)
    Party.objects.filter(id=notices.world.holder.id).update(active=False)
    assert client.get(f"/notices/{notice.id}/").status_code == 404
    assert client.post(f"/notices/{notice.id}/answer/", {"answer": "genuine", "reason": "x"}).status_code == 404


def test_a_withdrawn_notice_shows_no_photograph(notices: NoticeWorld, client_of: SignIn) -> None:
    case = notices.notified()
    notice = of(case)
    reopen_choice(case=case, actor=notices.world.officer, reason="잘못 골랐음", now=NOON)
    client = client_of(notices.holder)
    page = client.get(f"/notices/{notice.id}/").content.decode()
    assert "was withdrawn" in page
    assert notices.photograph not in page
    assert client.get(f"/notices/{notice.id}/pictures/{notices.photograph}").status_code == 404
    assert client.get(f"/notices/{notice.id}/pdf/").status_code == 404
    refused = client.post(f"/notices/{notice.id}/answer/", {"answer": "genuine", "reason": "늦음", "nonce": "n" * 8})
    assert refused.status_code == 422
    assert not HolderAnswer.objects.exists()


def test_an_answer_is_kept_once_and_shown_literally(notices: NoticeWorld, client_of: SignIn) -> None:
    notice = of(notices.notified())
    client = client_of(notices.holder)
    sent = {"answer": "not_genuine", "reason": MARKUP, "nonce": "a" * 32}
    for _ in range(2):
        assert client.post(f"/notices/{notice.id}/answer/", sent).status_code == 302
    assert HolderAnswer.objects.get().reason == MARKUP
    page = client.get(f"/notices/{notice.id}/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "{{ 7 }}" in page


def test_what_was_entered_comes_back_with_the_refusal(notices: NoticeWorld, client_of: SignIn) -> None:
    notice = of(notices.notified())
    page = client_of(notices.holder).post(f"/notices/{notice.id}/answer/", {"reason": "적어 둔 사유", "nonce": "b"})
    assert page.status_code == 422
    assert "적어 둔 사유" in page.content.decode()
    refused = client_of(notices.holder).post(
        f"/notices/{notice.id}/suspension/", {"value_krw": "1000", "reason": "보류 사유", "nonce": "c"}
    )
    assert refused.status_code == 422
    assert "undertaking of security" in refused.content.decode()
    assert "보류 사유" in refused.content.decode()


def test_the_whole_side_of_the_holder(notices: NoticeWorld, client_of: SignIn) -> None:
    notice = of(notices.notified())
    client, path = client_of(notices.holder), f"/notices/{notice.id}/"
    client.post(f"{path}suspension/", {"value_krw": "1001", "undertakes": "on", "reason": "보류", "nonce": "d"})
    case = Case.objects.get()
    assert case.state == "suspension_requested"
    assert case.events.get(kind="suspension_requested").data["security_krw"] == 1202
    for _ in range(2):
        answer = client.post(
            f"{path}appraisal/", {"finding": "infringes", "reason": "감정", "file": paper(), "nonce": "e"}
        )
        assert answer.status_code == 302
    case.refresh_from_db()
    assert (case.state, case.finding) == ("appraised", "infringes")
    document = CaseDocument.objects.get()
    shown = client.get(f"/notices/papers/{document.id}/")
    assert shown["Content-Disposition"].startswith("attachment")
    assert shown["X-Content-Type-Options"] == "nosniff"
    assert shown.content == PDF


def test_the_importer_is_heard(notices: NoticeWorld, client_of: SignIn) -> None:
    notice = of(notices.notified(), "importer_notice")
    client, path = client_of(notices.importer), f"/notices/{notice.id}/"
    for _ in range(2):
        client.post(f"{path}statement/", {"text": "정당한 병행수입입니다", "asks_release": "on", "nonce": "f"})
    assert ImporterStatement.objects.get().asks_release
    assert client.post(f"{path}paper/", {"kind": "parallel_import", "file": paper(), "nonce": "g"}).status_code == 302
    assert CaseDocument.objects.get().party == notices.world.importer
    document = CaseDocument.objects.get()
    assert client_of(notices.holder).get(f"/notices/papers/{document.id}/").status_code == 404
    document.shared_with = ["holder"]
    document.save()
    assert client_of(notices.holder).get(f"/notices/papers/{document.id}/").status_code == 200


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"MZ\x90\x00" + b"\0" * 100, "감정서.pdf"),
        (b"<html><script>alert(1)</script></html>", "x.html"),
        (b"PK\x03\x04" + b"\0" * 100, "x.docx"),
        (b"%PDF-1.7 cut off", "x.pdf"),
        (b"", "empty.pdf"),
    ],
)
def test_wrong_files_are_refused(notices: NoticeWorld, client_of: SignIn, data: bytes, name: str) -> None:
    notice = of(notices.notified())
    answer = client_of(notices.holder).post(
        f"/notices/{notice.id}/appraisal/",
        {"finding": "infringes", "reason": "사유는 남습니다", "file": paper(data, name), "nonce": "h"},
    )
    assert answer.status_code == 422
    assert "사유는 남습니다" in answer.content.decode()
    assert not CaseDocument.objects.exists()
    assert Case.objects.get().state == "notified"


def test_a_file_that_is_too_large_is_refused_at_the_door(
    notices: NoticeWorld, client_of: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pandok.fields.counterfeit.web.views.parties.answers.MOST_BYTES", 10)
    notice = of(notices.notified())
    answer = client_of(notices.holder).post(
        f"/notices/{notice.id}/paper/", {"kind": "suit", "file": paper(), "nonce": "i"}
    )
    assert answer.status_code == 422
    assert not CaseDocument.objects.exists()


def test_a_kind_of_the_other_side_is_refused(notices: NoticeWorld, client_of: SignIn) -> None:
    notice = of(notices.notified())
    answer = client_of(notices.holder).post(
        f"/notices/{notice.id}/paper/", {"kind": "parallel_import", "file": paper(), "nonce": "j"}
    )
    assert answer.status_code == 422


def test_a_dangerous_name_is_made_harmless(notices: NoticeWorld, client_of: SignIn) -> None:
    notice = of(notices.notified())
    name = 'a"; filename=evil.exe\r\nX: y<script>.jpg'
    client = client_of(notices.holder)
    client.post(f"/notices/{notice.id}/paper/", {"kind": "other", "file": paper(photograph(), name), "nonce": "k"})
    document = CaseDocument.objects.get()
    answer = client.get(f"/notices/papers/{document.id}/")
    assert answer["Content-Disposition"].startswith("attachment")
    assert "X" not in answer.headers
    assert "<script>" not in client.get(f"/notices/{notice.id}/").content.decode()
