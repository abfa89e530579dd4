"""Only who agreed to electronic service is served by mail or page; everybody else is told, and served on paper."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from pandok.common.models import Account, AuditEntry, Party, ServiceConsent
from pandok.common.parties.electronic import consent_of
from pandok.core.dates import day_words
from pandok.fields.counterfeit.lists.services import service_of
from pandok.fields.counterfeit.models import Case, CaseClock, Notice, NoticeService
from tests.fields.counterfeit.notices_fixtures import NoticeWorld
from tests.fields.designs.fakes import NOON
from tests.roles import Role

SignIn = Callable[[Account], Client]
PROOF = "동의서 접수 제12호, 대표이사 서명"


def takes_back(party: Party) -> None:
    ServiceConsent.objects.create(party=party, given=False, way="paper", said_on=NOON.date(), recorded_at=NOON)


@pytest.fixture
def notice(notices: NoticeWorld) -> Notice:
    """A notice to a holder that has not agreed; its mail has left, and it was opened on its page."""
    takes_back(notices.world.holder)
    case = notices.notified()
    return case.notices.get(template="holder_notice")


def says(client: Client, notice: Notice, agrees: str) -> int:
    return client.post(f"/notices/{notice.id}/electronic/", {"nonce": uuid4().hex, "agrees": agrees}).status_code


def test_without_consent_neither_mail_nor_opening_serves_or_begins_a_term(
    notices: NoticeWorld, notice: Notice, client_of: SignIn
) -> None:
    assert (service_of(notice), notice.due_at) == (None, None)
    assert "동의하지 않으셨으므로" in str(notice.content)
    assert client_of(notices.holder).get(f"/notices/{notice.id}/").status_code == 200
    assert notice.openings.exists()
    assert service_of(notice) is None
    assert not CaseClock.objects.filter(rule="holder_request").exists()
    officer = client_of(notices.world.officer).get(f"/cases/{notice.case_id}/").content.decode()
    assert "Has not agreed to electronic service" in officer
    assert "Its term has not begun." in officer


def test_the_officer_sees_before_notifying_how_each_party_is_served(notices: NoticeWorld, client_of: SignIn) -> None:
    takes_back(notices.world.importer)
    case = notices.chosen()
    case.importer = notices.world.importer
    case.save()
    page = client_of(notices.world.officer).get(f"/cases/{case.id}/notify/").content.decode()
    assert "Agreed to electronic service" in page
    assert "Has not agreed to electronic service" in page
    told = client_of(notices.world.officer).get(f"/api/v1/cases/{case.id}/notify/preview").json()
    assert {one["party"]["name"]: one["electronic"] for one in told} == {"한빛용기": True, "도담상사": False}


def test_it_is_served_on_paper_as_the_officer_records(notices: NoticeWorld, notice: Notice, client_of: SignIn) -> None:
    sent = {"form": str(uuid4()), "way": "post", "day": "2026-03-02", "proof": "등기 12345호 수령"}
    address = f"/cases/{notice.case_id}/notices/{notice.id}/service/"
    assert client_of(notices.world.officer).post(address, sent).status_code == 302
    service = service_of(notice)
    assert service is not None
    assert service.way == NoticeService.POST
    assert CaseClock.objects.get(rule="holder_request").started_at == NOON


def test_the_party_agrees_on_its_page_and_is_served_from_then(
    notices: NoticeWorld, notice: Notice, client_of: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    holder = client_of(notices.holder)
    assert "I agree to electronic service" in holder.get(f"/notices/{notice.id}/").content.decode()
    later = NOON + timedelta(minutes=50)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    assert says(holder, notice, "yes") == 302
    service = service_of(notice)
    assert service is not None
    assert (service.way, service.served_at) == (NoticeService.PAGE, later)
    assert CaseClock.objects.get(rule="holder_request").started_at == later
    consent = consent_of(notice.party)
    assert consent is not None
    assert (consent.way, consent.recorded_by, consent.address) == ("page", notices.holder, "ip@hanbit.example")
    assert AuditEntry.objects.filter(action="party.agreed_to_electronic", actor="holder").count() == 1
    assert says(holder, notice, "yes") == 302  # the same word again is one word
    assert ServiceConsent.objects.filter(party=notice.party, given=True, way="page").count() == 1


def test_it_takes_it_back_at_any_time_and_a_running_term_stays(notices: NoticeWorld, client_of: SignIn) -> None:
    case = notices.notified()
    notice = case.notices.get(template="holder_notice")
    assert service_of(notice) is not None
    assert says(client_of(notices.holder), notice, "no") == 302
    assert consent_of(notice.party) is None
    clock = CaseClock.objects.get(case=case, rule="holder_request")
    assert clock.stopped_at is None
    again = notices.chosen()
    notices.issue(again, nonce="second")
    assert service_of(again.notices.get(template="holder_notice")) is None


def test_another_mail_address_than_the_one_that_was_named_serves_nothing(notices: NoticeWorld) -> None:
    Party.objects.filter(pk=notices.world.holder.pk).update(email="new@hanbit.example")
    notices.world.holder.refresh_from_db()
    case = notices.notified()
    assert service_of(case.notices.get(template="holder_notice")) is None


def test_an_officer_records_a_consent_on_paper_with_day_and_proof(
    notices: NoticeWorld, notice: Notice, client_of: SignIn
) -> None:
    officer, address = client_of(notices.world.officer), f"/cases/{notice.case_id}/electronic/holder/"
    for day, proof in (("", PROOF), ("2026-03-09", PROOF), ("9999-12-31", PROOF), ("2026-03-02", "")):
        assert officer.post(address, {"agrees": "yes", "day": day, "proof": proof}).status_code == 422
    refused = officer.post(address, {"agrees": "yes", "day": "2026-03-02", "proof": "1"}).content.decode()
    error = refused[refused.index('role="alert"') :][:400]
    assert ("증빙" in error or "What proves it" in error, "사유" in error or "reason" in error) == (True, False)
    assert consent_of(notice.party) is None
    assert officer.post(address, {"agrees": "yes", "day": "2026-02-27", "proof": PROOF}).status_code == 302
    consent = consent_of(notice.party)
    assert consent is not None
    assert (consent.way, consent.proof, consent.said_on.isoformat()) == ("paper", PROOF, "2026-02-27")
    shown = officer.get(f"/cases/{notice.case_id}/").content.decode()
    assert any(one in shown for one in (day_words(consent.said_on).ko, day_words(consent.said_on).en))


def test_nobody_agrees_for_another(notices: NoticeWorld, notice: Notice, client_of: SignIn, stranger: Account) -> None:
    assert says(client_of(stranger), notice, "yes") == 404
    assert says(client_of(notices.importer), notice, "yes") == 404
    assert says(client_of(notices.world.officer), notice, "yes") in (403, 404)
    paper = {"agrees": "yes", "day": "2026-03-02", "proof": PROOF}
    assert client_of(notices.importer).post(f"/cases/{notice.case_id}/electronic/holder/", paper).status_code in (
        403,
        404,
    )
    assert consent_of(notice.party) is None


def test_by_call_the_party_and_customs_record_it(notices: NoticeWorld, notice: Notice, client_of: SignIn) -> None:
    holder, head = client_of(notices.holder), client_of(notices.world.account(Role.SUPERVISOR))

    def call(client: Client, address: str, **body: object) -> dict[str, object]:
        answer = client.post(f"/api/v1/{address}", json.dumps(body), content_type="application/json")
        assert answer.status_code == 200, answer.content.decode()
        return dict(answer.json())

    assert call(holder, f"notices/{notice.id}/electronic-service", agrees=True)["agreed_on"] == "2026-03-02"
    assert call(holder, f"notices/{notice.id}/electronic-service", agrees=False)["agreed_on"] is None
    said = {"agrees": True, "day": "2026-03-01", "proof": PROOF}
    record = call(head, f"parties/{notice.party_id}/electronic-service", **said)
    assert record["agreed_to_electronic_service_on"] == "2026-03-01"


def test_an_importer_agrees_behind_its_link(notices: NoticeWorld, client_of: SignIn) -> None:
    case: Case = notices.notified(importer=False)
    sent = {"step": "reach", "name": "김수입", "phone": "010-0000-0000", "check": "declaration", "form": str(uuid4())}
    answer = client_of(notices.world.officer).post(f"/cases/{case.id}/importer/", sent)
    link = re.search(r"/n/[\w-]{43}/", answer.content.decode())
    assert link
    importer = Client()
    importer.post(link[0], {"answer": "EB123456789CN"})
    assert importer.get("/n/open/").status_code == 200
    notice = case.notices.get(template="importer_notice")
    assert service_of(notice) is None
    assert importer.post("/n/open/electronic/", {"agrees": "yes", "nonce": uuid4().hex}).status_code == 302
    service = service_of(notice)
    assert service is not None
    assert service.way == NoticeService.PAGE
    assert consent_of(notice.party).way == "link"  # type: ignore[union-attr]


def test_a_holder_without_a_mail_address_is_notified_and_served_on_paper(
    notices: NoticeWorld, client_of: SignIn
) -> None:
    Party.objects.filter(pk=notices.world.holder.pk).update(email="")
    notices.world.holder.refresh_from_db()
    case = notices.chosen()
    sent = {"form": str(uuid4()), "importer": "none", "reason": "형태가 같아 통지함"}
    assert client_of(notices.world.officer).post(f"/cases/{case.id}/notify/", sent).status_code == 302
    notice = case.notices.get(template="holder_notice")
    assert service_of(notice) is None
    assert "No mail, page only" in client_of(notices.world.officer).get(f"/cases/{case.id}/").content.decode()
