"""Cases led to their end by every path, through the doors of the product: pages, calls, one-time link and worker."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from pandok.common.messages.sending import begin, end
from pandok.common.models import Account, Delivery, DeliveryState, Job
from pandok.common.parties.electronic import record_consent
from pandok.fields.counterfeit.acts.cases.as_seen import stamp
from pandok.fields.counterfeit.acts.cases.clocks import expire_due
from pandok.fields.counterfeit.acts.cases.dated_holidays import add_holiday
from pandok.fields.counterfeit.acts.notices.follow_up import KIND, follow_up
from pandok.fields.counterfeit.acts.notices.office import Office
from pandok.fields.counterfeit.acts.notices.timed import give_reminders
from pandok.fields.counterfeit.models import Case, CaseEvent, Notice
from tests.fields.counterfeit.notices_fixtures import PDF, NoticeWorld
from tests.fields.designs.fakes import NOON
from tests.roles import Role


@dataclass
class Clock:
    """What time it is in the product; tests lead it on."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def passes(self, **span: float) -> None:
        self.now += timedelta(**span)


@dataclass
class Desk:
    """People at their pages, the worker, and a clock."""

    notices: NoticeWorld
    clock: Clock
    clients: dict[str, Client] = field(default_factory=dict)

    def client(self, account: Account, language: str = "ko") -> Client:
        key = f"{account.pk}:{language}:{self.clock.now}"  # nobody stays signed in for days
        if key not in self.clients:
            client = Client()
            client.force_login(account)
            client.cookies["pandok_language"] = language
            self.clients[key] = client
        return self.clients[key]

    @property
    def officer(self) -> Client:
        return self.client(self.notices.world.officer)

    @property
    def holder(self) -> Client:
        return self.client(self.notices.holder)

    @property
    def importer(self) -> Client:
        return self.client(self.notices.importer)

    def worker(self) -> None:
        """Terms that are over end, mails leave, notices follow what happened."""
        expire_due(self.clock.now)
        for job in Job.objects.filter(kind=KIND).order_by("pk"):
            event = CaseEvent.objects.get(case_id=job.payload["case"], sequence=job.payload["sequence"])
            follow_up(event=event, now=self.clock.now, office=self.notices.office)
        self.mails_leave()
        give_reminders(self.clock.now, self.notices.office)
        self.mails_leave()

    def mails_leave(self) -> None:
        for mail in Delivery.objects.filter(state=DeliveryState.QUEUED):
            begin(mail.id, self.clock.now)
            end(mail, DeliveryState.SENT if self.notices.office.delivers else DeliveryState.FILED, now=self.clock.now)

    def act(self, case: Case, step: str, reason: str = "", **fields: str) -> None:
        """A form of the case's page, confirmed."""
        case.refresh_from_db()
        sent = {"form": str(uuid4()), "seen": stamp(case), "step": step, "reason": reason, "confirmed": "yes"} | fields
        self.done(self.officer.post(f"/cases/{case.id}/act/", sent))
        self.worker()
        case.refresh_from_db()

    def notice(self, case: Case, template: str) -> Notice:
        return case.notices.filter(template=template).latest("issued_at")

    def opens(self, client: Client, notice: Notice) -> None:
        assert client.get(f"/notices/{notice.id}/").status_code == 200

    def says(self, client: Client, notice: Notice, form: str, **fields: object) -> None:
        """A form of the party's page of a notice."""
        self.opens(client, notice)
        self.done(client.post(f"/notices/{notice.id}/{form}/", {"nonce": uuid4().hex, **fields}))
        self.worker()
        notice.case.refresh_from_db()

    def call(self, case: Case, path: str, **body: object) -> None:
        answer = self.officer.post(
            f"/api/v1/cases/{case.id}/{path}",
            body,
            content_type="application/json",
            headers={"idempotency-key": uuid4().hex},
        )
        assert answer.status_code < 300, answer.content.decode()
        self.worker()
        case.refresh_from_db()

    @staticmethod
    def done(answer: HttpResponse) -> None:
        assert answer.status_code == 302, (
            answer.status_code,
            re.sub(r"<[^>]+>|\s+", " ", answer.content.decode())[:3000],
        )


def paper() -> SimpleUploadedFile:
    return SimpleUploadedFile("소장 접수증명.pdf", PDF, "application/pdf")


def asks_suspension(desk: Desk, case: Case) -> None:
    desk.clock.passes(hours=20)
    notice = desk.notice(case, "holder_notice")
    desk.says(desk.holder, notice, "answer", answer="not_genuine", reason="당사 제품에 없는 색상입니다")
    desk.says(desk.holder, notice, "suspension", value_krw="1200000", undertakes="on", reason="통관보류를 요청합니다")


def closes(desk: Desk, case: Case) -> None:
    desk.clock.passes(days=1)
    desk.act(case, "close", "창고에서 집행을 확인함")


def suspended(desk: Desk, case: Case) -> None:
    asks_suspension(desk, case)
    desk.clock.passes(hours=3)
    desk.act(case, "suspend", "등록도면과 형태가 유사하고 담보가 제공됨")


def granted_and_destroyed(desk: Desk) -> Case:
    case = desk.notices.notified()
    suspended(desk, case)
    desk.clock.passes(days=2)
    desk.says(desk.holder, desk.notice(case, "suspension_holder"), "paper", kind="suit", file=paper())
    document = case.documents.get()
    desk.done(desk.officer.post(f"/documents/{document.id}/suit/", {"reason": "소장 접수증명원 확인"}))
    desk.worker()
    desk.says(
        desk.holder,
        desk.notice(case, "suspension_holder"),
        "appraisal",
        finding="infringes",
        reason="금형 자국이 다릅니다",
        file=SimpleUploadedFile("감정서.pdf", PDF, "application/pdf"),
    )
    desk.clock.passes(days=20)
    desk.act(case, "decide", "감정서와 판결에 따름", disposition="destroyed")
    closes(desk, case)
    return case


def refused(desk: Desk) -> Case:
    case = desk.notices.notified()
    asks_suspension(desk, case)
    desk.act(case, "refuse_suspension", "담보가 제공되지 않았음")
    desk.act(case, "decide", "보류 요청을 받아들이지 않아 통관을 허용함", disposition="released")
    closes(desk, case)
    return case


def holder_lets_go(desk: Desk) -> Case:
    case = desk.notices.notified()
    desk.says(desk.holder, desk.notice(case, "holder_notice"), "no-request", reason="당사 거래처 물품입니다")
    desk.act(case, "decide", "권리자가 요청하지 않음을 알려 옴", disposition="released")
    closes(desk, case)
    return case


def holder_says_genuine(desk: Desk) -> Case:
    case = desk.notices.notified()
    desk.says(desk.holder, desk.notice(case, "holder_notice"), "answer", answer="genuine", reason="정품입니다")
    desk.act(case, "go_on", "정품이라는 회신을 확인함")
    desk.act(case, "decide", "정품으로 확인되어 통관을 허용함", disposition="released")
    closes(desk, case)
    return case


def lapsed(desk: Desk) -> Case:
    case = desk.notices.notified()
    desk.clock.passes(days=6)
    desk.worker()
    desk.clock.passes(days=10)
    desk.worker()
    case.refresh_from_db()
    assert case.state == "lapsed"
    desk.act(case, "decide", "기한까지 통관보류 요청이 없었음", disposition="released")
    closes(desk, case)
    return case


def request_taken_back(desk: Desk) -> Case:
    case = desk.notices.notified()
    suspended(desk, case)
    desk.says(desk.holder, desk.notice(case, "suspension_holder"), "no-request", reason="수입자와 합의하였습니다")
    desk.act(case, "decide", "권리자가 요청을 철회함", disposition="released")
    closes(desk, case)
    return case


def suit_never_came(desk: Desk) -> Case:
    case = desk.notices.notified()
    suspended(desk, case)
    desk.act(case, "extend_suit", "권리자가 소장 준비로 연장을 신청함")
    desk.clock.passes(days=45)
    desk.worker()
    case.refresh_from_db()
    assert case.state == "lapsed"
    desk.act(case, "decide", "제소 사실이 입증되지 않아 보류를 해제함", disposition="released")
    closes(desk, case)
    return case


def importer_objects(desk: Desk) -> Case:
    case = desk.notices.notified()
    suspended(desk, case)
    notice = desk.notice(case, "suspension_importer")
    desk.says(desk.importer, notice, "statement", text="정식 사용권자에게서 산 물품입니다", asks_release="on")
    desk.clock.passes(days=3)
    desk.act(case, "refuse_release", "디자인권을 침해하는 물품은 담보로 통관할 수 없음")
    desk.says(desk.importer, notice, "statement", text="계약서를 다시 냅니다")
    desk.act(case, "acknowledge")
    desk.clock.passes(days=45)
    desk.worker()
    desk.act(case, "decide", "보류 기한이 지나 통관을 허용함", disposition="released")
    closes(desk, case)
    return case


def release_granted(desk: Desk) -> Case:
    case = desk.notices.notified()
    suspended(desk, case)
    notice = desk.notice(case, "suspension_importer")
    desk.says(desk.importer, notice, "statement", text="담보를 제공하겠습니다", asks_release="on")
    desk.clock.passes(days=2)
    desk.act(case, "decide", "담보를 제공받고 통관을 허용함", disposition="released")
    closes(desk, case)
    return case


def importer_admits(desk: Desk) -> Case:
    case = desk.notices.notified()
    suspended(desk, case)
    desk.says(desk.importer, desk.notice(case, "suspension_importer"), "statement", text="폐기에 동의합니다")
    desk.act(case, "decide", "수입자가 폐기에 동의함", disposition="destroyed")
    closes(desk, case)
    return case


def appraised_by_association(desk: Desk) -> Case:
    case = desk.notices.notified()
    world = desk.notices.world
    appraiser = desk.client(desk.notices.appraiser)
    sent = {"form": str(uuid4()), "party": str(world.association.pk), "reason": "실물을 견주어 볼 필요가 있음"}
    case.appraiser = world.association
    case.save()
    desk.done(desk.officer.post(f"/cases/{case.id}/appraisal/", sent))
    desk.says(
        appraiser,
        desk.notice(case, "appraisal_request"),
        "appraisal",
        finding="does_not_infringe",
        reason="손잡이의 형상이 다릅니다",
        file=paper(),
    )
    desk.clock.passes(days=20)
    desk.worker()
    desk.act(case, "decide", "감정 결과에 따라 통관을 허용함", disposition="released")
    closes(desk, case)
    return case


def appraised_by_customs(desk: Desk) -> Case:
    case = desk.notices.notified()
    asks_suspension(desk, case)
    desk.act(case, "appraise", "도면과 견주어 봄", finding="infringes")
    desk.act(case, "suspend", "등록도면과 형태가 유사하고 담보가 제공됨")
    desk.act(case, "decide", "침해가 인정되어 조사 부서로 보냄", disposition="referred")
    closes(desk, case)
    return case


def nothing_close(desk: Desk) -> Case:
    case = desk.notices.chosen()
    desk.act(case, "nothing_close", "모서리의 형태가 다름")
    desk.act(case, "close", "해당 권리가 없어 통관을 허용함")
    return case


def withdrawn_as_mistaken(desk: Desk) -> Case:
    case = desk.notices.notified()
    desk.act(case, "withdraw", "같은 물품을 두 번 접수함")
    return case


def not_my_right(desk: Desk) -> Case:
    case = desk.notices.notified()
    desk.says(
        desk.holder, desk.notice(case, "holder_notice"), "answer", answer="not_my_right", reason="타사 권리입니다"
    )
    desk.act(case, "nothing_close", "남은 후보의 형태가 다름")
    desk.act(case, "close", "해당 권리가 없어 통관을 허용함")
    return case


def chosen_again(desk: Desk) -> Case:
    case = desk.notices.notified()
    desk.act(case, "reopen", "다른 후보를 다시 확인함")
    desk.act(case, "nothing_close", "남은 후보의 형태가 다름")
    desk.act(case, "close", "해당 권리가 없어 통관을 허용함")
    return case


def right_expired_in_between(desk: Desk) -> Case:
    case = desk.notices.notified()
    design = desk.notices.world.design
    design.expires_on = date(2026, 3, 4)
    design.save()
    desk.clock.passes(days=16)
    desk.worker()
    case.refresh_from_db()
    desk.act(case, "decide", "존속기간이 끝나 통관을 허용함", disposition="released")
    closes(desk, case)
    return case


def mail_left_late(desk: Desk) -> Case:
    case = desk.notices.notified_by_a_mail_that_waits()
    desk.clock.passes(days=2)
    desk.worker()
    desk.clock.passes(days=20)
    desk.worker()
    case.refresh_from_db()
    desk.act(case, "decide", "기한까지 통관보류 요청이 없었음", disposition="released")
    closes(desk, case)
    return case


def mail_came_back(desk: Desk) -> Case:
    case = desk.notices.notified_by_a_mail_that_waits()
    mail = Delivery.objects.get(key=desk.notice(case, "holder_notice").delivery_key)
    begin(mail.id, desk.clock.now)
    end(mail, DeliveryState.FAILED, now=desk.clock.now, error="550 no such user")
    desk.clock.passes(days=1)
    by_post(desk, case)
    desk.clock.passes(days=20)
    desk.worker()
    case.refresh_from_db()
    desk.act(case, "decide", "기한까지 통관보류 요청이 없었음", disposition="released")
    closes(desk, case)
    return case


def by_post(desk: Desk, case: Case) -> None:
    notice = desk.notice(case, "holder_notice")
    sent = {
        "form": str(uuid4()),
        "way": "post",
        "day": desk.clock.now.date().isoformat(),
        "proof": "등기 1234567890123 수령",
    }
    desk.done(desk.officer.post(f"/cases/{case.id}/notices/{notice.id}/service/", sent))
    desk.worker()


def served_by_post_without_mail_server(desk: Desk) -> Case:
    desk.notices.office = Office(desk.notices.office.blobs, desk.notices.office.address, delivers=False)
    case = desk.notices.notified()
    desk.clock.passes(days=1)
    by_post(desk, case)
    desk.clock.passes(days=20)
    desk.worker()
    case.refresh_from_db()
    desk.act(case, "decide", "기한까지 통관보류 요청이 없었음", disposition="released")
    closes(desk, case)
    return case


def served_on_paper_without_consent(desk: Desk) -> Case:
    record_consent(
        party=desk.notices.world.holder,
        given=False,
        way="paper",
        actor=desk.notices.world.officer,
        now=desk.clock.now,
        proof="철회서 접수 제3호",
    )
    case = desk.notices.notified()
    desk.opens(desk.holder, desk.notice(case, "holder_notice"))
    assert not case.clocks.exists()
    desk.clock.passes(days=1)
    by_post(desk, case)
    desk.clock.passes(days=20)
    desk.worker()
    case.refresh_from_db()
    desk.act(case, "decide", "기한까지 통관보류 요청이 없었음", disposition="released")
    closes(desk, case)
    return case


def agreed_after_opening(desk: Desk) -> Case:
    record_consent(
        party=desk.notices.world.holder,
        given=False,
        way="paper",
        actor=desk.notices.world.officer,
        now=desk.clock.now,
        proof="철회서 접수 제3호",
    )
    case = desk.notices.notified()
    desk.clock.passes(hours=1)
    desk.says(desk.holder, desk.notice(case, "holder_notice"), "electronic", agrees="yes")
    desk.clock.passes(days=20)
    desk.worker()
    case.refresh_from_db()
    desk.act(case, "decide", "기한까지 통관보류 요청이 없었음", disposition="released")
    closes(desk, case)
    return case


def importer_by_link(desk: Desk) -> Case:
    case = desk.notices.notified(importer=False)
    sent = {"step": "reach", "name": "김수입", "phone": "010-0000-0000", "check": "declaration", "form": str(uuid4())}
    answer = desk.officer.post(f"/cases/{case.id}/importer/", sent)
    found = re.search(r"/n/[\w-]{43}/", answer.content.decode())
    assert found
    somebody = Client()
    somebody.cookies["pandok_language"] = "ko"
    assert somebody.post(found[0], {"answer": "EB123456789CN"}).status_code == 302
    assert somebody.get("/n/open/").status_code == 200
    desk.done(somebody.post("/n/open/statement/", {"text": "개인이 쓰려고 샀습니다", "nonce": uuid4().hex}))
    desk.worker()
    desk.clock.passes(days=20)
    desk.worker()
    case.refresh_from_db()
    desk.act(case, "decide", "기한까지 통관보류 요청이 없었음", disposition="released")
    closes(desk, case)
    return case


def holiday_declared_late(desk: Desk) -> Case:
    case = desk.notices.notified()
    desk.clock.passes(days=10)
    desk.worker()
    case.refresh_from_db()
    assert case.state == "lapsed"
    admin = desk.notices.world.account(Role.ADMINISTRATOR)
    add_holiday(
        day=date(2026, 3, 11),
        kind="off",
        name="임시공휴일",
        reason="국무회의 의결 공고",
        actor=admin,
        now=desk.clock.now,
    )
    desk.worker()
    desk.clock.passes(days=10)
    desk.worker()
    case.refresh_from_db()
    desk.act(case, "decide", "기한까지 통관보류 요청이 없었음", disposition="released")
    closes(desk, case)
    return case


PATHS: dict[str, Callable[[Desk], Case]] = {
    path.__name__: path
    for path in (
        granted_and_destroyed,
        refused,
        holder_lets_go,
        holder_says_genuine,
        lapsed,
        request_taken_back,
        suit_never_came,
        importer_objects,
        release_granted,
        importer_admits,
        appraised_by_association,
        appraised_by_customs,
        nothing_close,
        withdrawn_as_mistaken,
        not_my_right,
        chosen_again,
        right_expired_in_between,
        mail_left_late,
        mail_came_back,
        served_by_post_without_mail_server,
        served_on_paper_without_consent,
        agreed_after_opening,
        importer_by_link,
        holiday_declared_late,
    )
}


def pages_of(desk: Desk, case: Case, language: str) -> dict[str, str]:
    """Every page that says something of the case, by who reads it: the whole HTML."""
    world = desk.notices.world
    found: dict[str, str] = {}

    def get(name: str, account: Account, address: str) -> None:
        answer = desk.client(account, language).get(address)
        assert answer.status_code == 200, (name, answer.status_code)
        found[name] = answer.content.decode()

    get("case", world.officer, f"/cases/{case.id}/")
    readers: dict[str, Any] = {"holder": desk.notices.holder, "importer": desk.notices.importer}
    readers["association"] = desk.notices.appraiser
    for notice in case.notices.order_by("issued_at", "document_number"):
        reader = readers[notice.party.kind]
        if notice.party in (world.holder, world.importer, world.association):
            get(f"{notice.party.kind} {notice.template} {notice.document_number}", reader, f"/notices/{notice.id}/")
    return found
