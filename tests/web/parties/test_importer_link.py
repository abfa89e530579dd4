"""An importer nobody knows is reached by a one-time link, and the link opens its one notice and nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from pandok.desk.models import Account, Case, ImporterStatement, Notice, NoticeLink, NoticeService
from tests.desk.fakes import NOON, photograph
from tests.desk.notices_fixtures import PDF, NoticeWorld

SignIn = Callable[[Account], Client]
NUMBER = "EB123456789CN"


@pytest.fixture
def case(notices: NoticeWorld) -> Case:
    return notices.notified(importer=False)


def reach(officer: Client, case: Case, **fields: str) -> Any:
    sent = {"step": "reach", "name": "김수입", "phone": "010-0000-0000", "check": "declaration"} | fields
    return officer.post(f"/cases/{case.id}/importer/", sent)


def link_of(answer: Any) -> str:
    return re.search(r"/n/[\w-]{43}/", answer.content.decode())[0]  # type: ignore[index]


def opened(link: str) -> Client:
    somebody = Client()
    answer = somebody.post(link, {"answer": "eb 123456789 cn"})
    assert (answer.status_code, answer["Location"]) == (302, "/n/open/")
    return somebody


def test_an_unknown_importer_reads_its_notice_and_answers(notices: NoticeWorld, case: Case, client_of: SignIn) -> None:
    officer = client_of(notices.world.officer)
    assert f"/cases/{case.id}/importer/" in officer.get(f"/cases/{case.id}/").content.decode()
    answer = reach(officer, case)
    link = link_of(answer)
    assert answer.status_code == 200
    assert "<svg" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    notice = Notice.objects.get(case=case, template="importer_notice")
    assert not notice.services.exists()
    assert link.split("/")[2] not in str(NoticeLink.objects.values())
    assert "Not opened yet" in officer.get(f"/cases/{case.id}/").content.decode()

    importer = opened(link)
    page = importer.get("/n/open/").content.decode()
    assert case.number in page
    assert notices.photograph in page
    assert notice.services.get().way == NoticeService.PAGE
    assert importer.get(f"/n/open/pictures/{notices.photograph}").status_code == 200
    nonce = re.search(r'name="nonce" value="([^"]+)"', page)[1]  # type: ignore[index]
    said = importer.post("/n/open/statement/", {"text": "정품입니다", "asks_release": "on", "nonce": nonce})
    assert said.status_code == 302
    statement = ImporterStatement.objects.get(case=case)
    assert (statement.text, statement.asks_release) == ("정품입니다", True)
    assert "정품입니다" in importer.get("/n/open/").content.decode()
    assert "Opened" in officer.get(f"/cases/{case.id}/importer/").content.decode()


def test_nothing_else_opens_with_the_link(notices: NoticeWorld, case: Case, client_of: SignIn) -> None:
    importer = opened(link_of(reach(client_of(notices.world.officer), case)))
    notice = Notice.objects.get(case=case, template="importer_notice")
    assert importer.get("/n/open/").status_code == 200
    for address in (
        f"/notices/{notice.id}/",
        f"/notices/{notice.id}/pdf/",
        f"/notices/{notice.id}/pictures/{notices.photograph}",
        f"/cases/{case.id}/",
        "/notices/",
        "/cases/",
    ):
        answer = importer.get(address)
        assert answer.status_code == 302
        assert "/sign-in/" in answer["Location"], address
    assert importer.get(f"/n/open/pictures/{'0' * 64}").status_code == 404
    reader = Account.objects.get(username__startswith="importer-link-")
    assert not reader.is_active
    assert not reader.has_usable_password()


def test_it_opens_once_and_without_the_check_never(notices: NoticeWorld, case: Case, client_of: SignIn) -> None:
    link = link_of(reach(client_of(notices.world.officer), case))
    assert Client().get("/n/open/").status_code == 404
    assert Client().get(link).status_code == 200  # looking uses nothing up
    opened(link)
    second, unknown = (Client().post(one, {"answer": NUMBER}) for one in (link, f"/n/{'x' * 43}/"))
    assert second.status_code == unknown.status_code == 422
    bare = [re.sub(r'value="[^"]*"|nonce="[^"]*"|/n/[\w-]+/', "", one.content.decode()) for one in (second, unknown)]
    assert bare[0] == bare[1]


def test_five_wrong_answers_close_it_and_the_officer_is_told(
    notices: NoticeWorld, case: Case, client_of: SignIn
) -> None:
    officer = client_of(notices.world.officer)
    link = link_of(reach(officer, case))
    for _ in range(5):
        assert Client().post(link, {"answer": "1234"}).status_code == 422
    assert Client().post(link, {"answer": NUMBER}).status_code == 422
    case.refresh_from_db()
    assert case.turn == "officer"
    assert case.events.filter(kind="notice_link_closed").count() == 1
    assert "Closed after 5 wrong answers" in officer.get(f"/cases/{case.id}/").content.decode()
    again = officer.post(f"/cases/{case.id}/importer/", {"step": "again", "check": "business", "answer": "4821"})
    somebody = Client()
    assert somebody.post(link_of(again), {"answer": "4821"}).status_code == 302
    assert somebody.get("/n/open/").status_code == 200


def test_withdrawn_or_expired_it_shows_nothing_any_more(
    notices: NoticeWorld, case: Case, client_of: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    officer = client_of(notices.world.officer)
    importer = opened(link_of(reach(officer, case)))
    assert officer.post(f"/cases/{case.id}/importer/", {"step": "withdraw"}).status_code == 302
    assert importer.get("/n/open/").status_code == 404
    assert importer.post("/n/open/statement/", {"text": "늦음"}).status_code == 404
    again = officer.post(f"/cases/{case.id}/importer/", {"step": "again", "check": "declaration"})
    unopened = link_of(again)
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON + timedelta(days=14))
    assert Client().post(unopened, {"answer": NUMBER}).status_code == 422


def test_an_importer_named_late_is_told_as_others_are(notices: NoticeWorld, case: Case, client_of: SignIn) -> None:
    from pandok.desk.cases.deciding import name_parties

    name_parties(case=case, actor=notices.world.officer, now=NOON, importer=notices.world.importer)
    officer = client_of(notices.world.officer)
    for _ in range(2):
        assert officer.post(f"/cases/{case.id}/importer/", {"step": "tell"}).status_code == 302
    notice = Notice.objects.get(case=case, template="importer_notice")
    assert client_of(notices.importer).get(f"/notices/{notice.id}/").status_code == 200


def test_what_was_typed_is_kept_and_others_may_not(notices: NoticeWorld, case: Case, client_of: SignIn) -> None:
    refused = reach(client_of(notices.world.officer), case, check="business", answer="1")
    assert refused.status_code == 422
    assert "김수입" in refused.content.decode()
    assert reach(client_of(notices.holder), case).status_code in (403, 404)
    assert not NoticeLink.objects.exists()


def test_papers_come_in_by_the_link_and_pictures_of_others_do_not_go_out(
    notices: NoticeWorld, case: Case, client_of: SignIn
) -> None:
    importer = opened(link_of(reach(client_of(notices.world.officer), case)))
    foreign = notices.office.blobs.put(photograph(7))
    assert importer.get(f"/n/open/pictures/{foreign}").status_code == 404
    page = importer.get("/n/open/").content.decode()
    kind = re.search(r'<option value="(\w+)"', page)[1]  # type: ignore[index]
    file = SimpleUploadedFile("licence.pdf", PDF, content_type="application/pdf")
    sent = importer.post("/n/open/paper/", {"kind": kind, "file": file, "nonce": "n1"})
    assert sent.status_code == 302
    assert case.documents.get().filename == "licence.pdf"
    assert "licence.pdf" in importer.get("/n/open/").content.decode()
