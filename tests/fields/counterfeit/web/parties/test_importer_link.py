"""An importer nobody knows is reached by a one-time link, and the link opens its one notice and nothing else."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from pandok.common.models import Account, ApiCall, AuditEntry
from pandok.fields.counterfeit.acts.answering.holder import request_suspension
from pandok.fields.counterfeit.acts.notices.follow_up import follow_up
from pandok.fields.counterfeit.models import Case, ImporterStatement, Notice, NoticeLink, NoticeService
from tests.fields.counterfeit.notices_fixtures import PDF, NoticeWorld
from tests.fields.designs.fakes import NOON, photograph
from tests.roles import Role

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
    assert not notice.services.exists()  # it has not agreed to electronic service yet
    assert importer.post("/n/open/electronic/", {"agrees": "yes", "nonce": "0"}).status_code == 302
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


def test_many_wrong_answers_from_one_address_lock_it_and_no_other(
    notices: NoticeWorld, case: Case, client_of: SignIn
) -> None:
    link = link_of(reach(client_of(notices.world.officer), case))
    for number in range(5):
        guesser = Client(REMOTE_ADDR="198.51.100.7")
        assert guesser.post(f"/n/{'x' * 42}{number}/", {"answer": "1234"}).status_code == 422
    refused = Client(REMOTE_ADDR="198.51.100.7").post(link, {"answer": NUMBER})
    assert refused.status_code == 429
    assert "15" in refused.content.decode()
    assert AuditEntry.objects.filter(action="sign_in.locked").exists()
    assert NoticeLink.objects.get().wrong_tries == 0
    assert Client(REMOTE_ADDR="198.51.100.8").post(link, {"answer": NUMBER}).status_code == 302


def test_a_link_that_ends_while_it_is_open_gives_back_what_was_written(
    notices: NoticeWorld, case: Case, client_of: SignIn
) -> None:
    officer = client_of(notices.world.officer)
    importer = opened(link_of(reach(officer, case)))
    officer.post(f"/cases/{case.id}/importer/", {"step": "withdraw"})
    sent = importer.post("/n/open/statement/", {"text": "정식으로 수입한 물품입니다"})
    assert sent.status_code == 404
    assert "정식으로 수입한 물품입니다</textarea>" in sent.content.decode()
    assert "링크가 종료되었습니다" in sent.content.decode()
    assert "링크가 종료되었습니다" in importer.get("/n/open/").content.decode()
    assert "링크가 종료되었습니다" not in Client().get("/n/open/").content.decode()


def test_later_notices_of_the_case_and_the_pdf_are_behind_the_same_link(
    notices: NoticeWorld, case: Case, client_of: SignIn
) -> None:
    importer = opened(link_of(reach(client_of(notices.world.officer), case)))
    first = Notice.objects.get(case=case, template="importer_notice")
    request_suspension(
        case=Case.objects.get(id=case.id),
        value_krw=50_000,
        undertakes=True,
        actor=notices.holder,
        reason="보류 요청",
        now=timezone.now(),
        nonce="r",
    )
    for event in case.events.all():
        follow_up(event=event, now=timezone.now(), office=notices.office)
    later = Notice.objects.get(case=case, template="suspension")
    assert later.party == first.party
    assert str(later.id) in importer.get("/n/open/").content.decode()
    page = importer.get(f"/n/open/?notice={later.id}")
    assert "통관보류를 요청하였습니다" in page.content.decode()
    assert not later.services.exists()
    importer.post("/n/open/electronic/", {"agrees": "yes", "nonce": "0"})
    assert later.services.get().way == NoticeService.PAGE
    for notice in (first, later):
        file = importer.get(f"/n/open/pdf/?notice={notice.id}")
        assert (file.status_code, file["Content-Type"]) == (200, "application/pdf")
    of_the_holder = Notice.objects.get(case=case, template="holder_notice")
    assert importer.get(f"/n/open/?notice={of_the_holder.id}").status_code == 404
    assert importer.get(f"/n/open/pdf/?notice={of_the_holder.id}").status_code == 404
    assert importer.get("/n/open/?notice=x").status_code == 404


def test_by_call_the_officer_makes_and_withdraws_it_and_no_answer_is_stored(
    notices: NoticeWorld, case: Case, client_of: SignIn
) -> None:
    officer = client_of(notices.world.officer)
    body = {"name": "김수입", "phone": "010-0000-0000", "check": "declaration"}
    call = f"/api/v1/cases/{case.id}/importer-link"
    made = officer.post(call, json.dumps(body), content_type="application/json", headers={"idempotency-key": "k" * 20})
    assert made.status_code == 201, made.content
    link = made.json()["link"]
    assert link.split("/n/")[1].strip("/") not in str(list(ApiCall.objects.values()))
    opened("/n/" + link.split("/n/")[1])
    gone = officer.post(f"{call}/withdraw", "{}", content_type="application/json")
    assert gone.json() == {"withdrawn": 1}
    again = officer.post(f"{call}/again", json.dumps({"check": "declaration"}), content_type="application/json")
    opened("/n/" + again.json()["link"].split("/n/")[1])
    made_by = (
        AuditEntry.objects.filter(action__startswith="notice.link_")
        .order_by("sequence")
        .values_list("action", flat=True)
    )
    assert set(made_by) == {"notice.link_made", "notice.link_used", "notice.link_withdrawn"}


def test_who_answers_through_a_link_is_nobody_among_the_accounts(
    notices: NoticeWorld, case: Case, client_of: SignIn
) -> None:
    opened(link_of(reach(client_of(notices.world.officer), case))).get("/n/open/")
    reader = Account.objects.get(username__startswith="importer-link-")
    administrator = client_of(notices.world.account(Role.ADMINISTRATOR))
    assert "importer-link-" not in administrator.get("/accounts/").content.decode()
    administrator.post(f"/accounts/{reader.pk}/reactivate/", {"reason": "열어 보려고 함"})
    reader.refresh_from_db()
    assert not reader.is_active


def test_five_wrong_answers_close_it_and_the_officer_is_told(
    notices: NoticeWorld, case: Case, client_of: SignIn
) -> None:
    officer = client_of(notices.world.officer)
    link = link_of(reach(officer, case))
    for number in range(5):
        guesser = Client(REMOTE_ADDR=f"198.51.100.{number}")
        assert guesser.post(link, {"answer": "1234"}).status_code == 422
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
    from pandok.fields.counterfeit.acts.cases.deciding import name_parties

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


def test_parties_read_every_day_in_one_form(notices: NoticeWorld, case: Case, client_of: SignIn) -> None:
    """On the pages of holder and importer, in Korean and in English; only the law is cited with its ISO day."""
    importer = opened(link_of(reach(client_of(notices.world.officer), case)))
    nonce = re.search(r'name="nonce" value="([^"]+)"', importer.get("/n/open/").content.decode())[1]  # type: ignore[index]
    importer.post("/n/open/statement/", {"text": "정품입니다", "nonce": nonce})
    holder = client_of(notices.holder)
    mine = case.notices.get(template="holder_notice")
    pages = [(importer, "/n/open/"), (holder, "/notices/"), (holder, f"/notices/{mine.id}/")]
    for language, form in (
        ("ko", r"2026년 \d{1,2}월 \d{1,2}일\([월화수목금토일]\)"),
        ("en", r"[A-Z][a-z]+day \d{1,2} March 2026"),
    ):
        for client, address in pages:
            client.cookies["pandok_language"] = language
            page = re.sub(
                r'<section class="card notice-text".*?</section>', "", client.get(address).content.decode(), flags=re.S
            )
            text = re.sub(r"<[^>]+>", " ", page)
            assert re.search(form, text), address
            assert not re.search(r"20\d\d-\d\d-\d\d", text), address
            assert not re.search(r"20\d\d[./]\s?\d", text), address
