"""Terms of parties end by the clock or by the party's own word, at every door; every end is an event and is told."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.test import Client

from pandok.common.audit import writing as audit
from pandok.common.messages.sending import begin, end
from pandok.common.models import AuditEntry, Delivery, DeliveryState, Job, Party
from pandok.common.web.shown.audit_entry import shown
from pandok.core.errors import RequestError
from pandok.core.terms.business_days import IsHoliday
from pandok.fields.counterfeit.acts.answering.holder import answer_notice, make_no_request, request_suspension
from pandok.fields.counterfeit.acts.answering.importer import make_statement
from pandok.fields.counterfeit.acts.answering.papers import send_appraisal
from pandok.fields.counterfeit.acts.cases import clocks, deciding, suspending
from pandok.fields.counterfeit.acts.cases.as_seen import stamp
from pandok.fields.counterfeit.acts.cases.bulk import close_all
from pandok.fields.counterfeit.acts.cases.clocks import expire_due
from pandok.fields.counterfeit.acts.cases.officer_steps import steps_for
from pandok.fields.counterfeit.acts.notices.access import PAGE, record_opening
from pandok.fields.counterfeit.acts.notices.follow_up import KIND, follow_up
from pandok.fields.counterfeit.acts.notices.notice_phrases import last_day
from pandok.fields.counterfeit.acts.notices.office import Office
from pandok.fields.counterfeit.acts.notices.serving import mail_ended, record_service
from pandok.fields.counterfeit.law.holidays import office_days
from pandok.fields.counterfeit.law.law_versions import law_version
from pandok.fields.counterfeit.law.values import ClockRule
from pandok.fields.counterfeit.lists.services import service_of
from pandok.fields.counterfeit.models import Case, CaseClock, CaseEvent, Notice, NoticeService
from pandok.fields.counterfeit.outcomes import Answer, Disposition, Finding
from pandok.fields.counterfeit.states import Turn
from pandok.fields.counterfeit.steps import Step
from tests.fields.counterfeit.acts.notices.conftest import quick_pdf  # noqa: F401
from tests.fields.counterfeit.notices_fixtures import PDF, NoticeWorld, build_notice_world, mail_leaves
from tests.fields.designs.fakes import NOON
from tests.roles import Role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_pdf")]
SOON = NOON + timedelta(seconds=7)
WHY = "확인한 뒤 결정함"
Door = Callable[[NoticeWorld, Case], object]


@pytest.fixture
def notices(tmp_path: Path) -> NoticeWorld:
    return build_notice_world(tmp_path)


@pytest.fixture
def case(notices: NoticeWorld) -> Case:
    return notices.notified()


def worked(notices: NoticeWorld, now: object = SOON) -> set[tuple[str, str]]:
    """The notices that the events so far ask for: (template, kind of party)."""
    for job in Job.objects.filter(kind=KIND).order_by("pk"):
        event = CaseEvent.objects.get(case_id=job.payload["case"], sequence=job.payload["sequence"])
        follow_up(event=event, now=now, office=notices.office)  # type: ignore[arg-type]
    if notices.office.delivers:
        mail_leaves()
    return set(Notice.objects.values_list("template", "party__kind"))


def requested(notices: NoticeWorld, case: Case) -> Case:
    return request_suspension(
        case=case, value_krw=50_000, undertakes=True, actor=notices.holder, reason="보류 요청", now=SOON, nonce="r"
    )


def suspended(notices: NoticeWorld, case: Case) -> Case:
    case = suspending.suspend(case=requested(notices, case), actor=notices.world.officer, reason=WHY, now=SOON)
    worked(notices)
    return Case.objects.get(id=case.id)


def by_page(step: str, **fields: str) -> Door:
    def act(notices: NoticeWorld, case: Case) -> object:
        client = Client(headers={"accept-language": "en"})
        client.force_login(notices.world.officer)
        sent = {"step": step, "form": str(uuid4()), "seen": stamp(case), "reason": WHY, **fields}
        return client.post(f"/cases/{case.id}/act/", sent)

    return act


def by_api(path: str, **body: object) -> Door:
    def act(notices: NoticeWorld, case: Case) -> object:
        client = Client()
        client.force_login(notices.world.officer)
        return client.post(
            f"/api/v1/cases/{case.id}/{path}", json.dumps({"reason": WHY, **body}), content_type="application/json"
        )

    return act


def by_use_case(act: Callable[..., object], **more: object) -> Door:
    def door(notices: NoticeWorld, case: Case) -> object:
        with pytest.raises(RequestError):
            act(case=case, actor=notices.world.officer, reason=WHY, now=SOON, **more)
        return None

    return door


def in_bulk(notices: NoticeWorld, case: Case) -> object:
    return close_all(cases=[case.id], actor=notices.world.officer, reason=WHY, now=SOON, form=uuid4())


def another_holder(notices: NoticeWorld, case: Case) -> object:
    other = Party.objects.create(kind=Party.HOLDER, name="다른 권리자", added_at=NOON)
    with pytest.raises(RequestError):
        deciding.name_parties(case=case, actor=notices.world.officer, now=SOON, holder=other, reason=WHY)
    return None


DOORS: dict[str, Door] = {
    "the old step of the page": by_page("lapse"),
    "decide by page": by_page("decide", disposition="released"),
    "go on by page": by_page("go_on"),
    "suspend by page": by_page("suspend"),
    "close by page": by_page("close"),
    "decide by api": by_api("decide", disposition="released"),
    "destroy by api": by_api("decide", disposition="destroyed"),
    "go on by api": by_api("go-on"),
    "close by api": by_api("close"),
    "decide": by_use_case(deciding.decide, disposition=Disposition.RELEASED),
    "refer": by_use_case(deciding.decide, disposition=Disposition.REFERRED),
    "go on": by_use_case(suspending.go_on),
    "in bulk": in_bulk,
    "another holder in its place": another_holder,
}


@pytest.mark.parametrize("appraised", [False, True], ids=["notified", "appraised"])
@pytest.mark.parametrize("door", list(DOORS))
def test_no_officer_ends_a_holders_term(
    notices: NoticeWorld, case: Case, door: str, appraised: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: SOON)
    if appraised:
        case = deciding.record_appraisal(
            case=case,
            finding=Finding.DOES_NOT_INFRINGE,
            by=Turn.OFFICER,
            actor=notices.world.officer,
            reason="감정",
            now=SOON,
        )
    before = CaseClock.objects.get(case=case, rule="holder_request")
    DOORS[door](notices, case)
    clock = CaseClock.objects.get(case=case, rule="holder_request")
    assert (clock.stopped_at, clock.due_at) == (None, before.due_at)
    case.refresh_from_db()
    assert case.state in ("notified", "appraised")
    assert case.holder == notices.world.holder
    asked = requested(notices, case)  # the holder can still do what its notice promises
    assert asked.state == "suspension_requested"


def test_before_a_term_has_begun_it_cannot_be_passed_over_either(notices: NoticeWorld) -> None:
    notices.office = Office(notices.office.blobs, notices.office.address, delivers=False)
    case = notices.notified()
    assert not case.clocks.exists()
    case = deciding.record_appraisal(
        case=case, finding=Finding.INFRINGES, by=Turn.OFFICER, actor=notices.world.officer, reason="감정", now=SOON
    )
    with pytest.raises(RequestError) as refused:
        deciding.decide(case=case, disposition=Disposition.DESTROYED, actor=notices.world.officer, reason=WHY, now=SOON)
    assert refused.value.error_code == "case.not_served"


def test_the_clock_ends_a_term_and_both_sides_are_told(notices: NoticeWorld, case: Case) -> None:
    late = case.due_at + timedelta(seconds=1)  # type: ignore[operator]
    assert expire_due(late) == 1
    event = CaseEvent.objects.get(case=case, kind="clock_expired")
    assert (event.by, event.actor, event.to_state) == ("system", None, "lapsed")
    assert "회신" not in event.reason
    assert {("clock_expired", "holder"), ("clock_expired", "importer")} <= worked(notices, late)
    assert Delivery.objects.filter(key__contains="clock_expired").count() == 2
    assert audit.verify() is None


def test_a_term_that_is_over_ends_by_itself_before_the_officers_next_step(notices: NoticeWorld, case: Case) -> None:
    late = case.due_at + timedelta(seconds=1)  # type: ignore[operator]
    case = deciding.decide(
        case=case, disposition=Disposition.RELEASED, actor=notices.world.officer, reason=WHY, now=late
    )
    assert list(case.events.values_list("kind", flat=True))[-2:] == ["clock_expired", "decided"]
    assert CaseClock.objects.get(case=case, rule="holder_request").stopped_by == "expired"


def test_the_holder_itself_lets_clearance_go_on(notices: NoticeWorld, case: Case) -> None:
    case = make_no_request(case=case, actor=notices.holder, reason="요청하지 않겠습니다", now=SOON, nonce="n")
    event = case.events.get(kind="suspension_declined")
    assert (event.by, event.actor, event.reason) == ("holder", notices.holder, "요청하지 않겠습니다")
    assert (case.state, case.turn) == ("not_suspended", "officer")
    assert event.data["ended"] == "holder_request given_up"
    assert {("no_request", "holder"), ("no_request", "importer")} <= worked(notices)
    told = Notice.objects.get(template="no_request", party__kind="importer")
    assert "요청하지 않겠습니다" not in str(told.content)  # the holder's own words are not for the other side


def test_nobody_declines_for_the_holder(notices: NoticeWorld, case: Case) -> None:
    for actor in (notices.world.officer, notices.importer, notices.world.account(Role.SUPERVISOR)):
        with pytest.raises(RequestError, match="cannot act"):
            make_no_request(case=case, actor=actor, reason="요청하지 않음", now=SOON, nonce="n")


def test_an_officer_goes_on_only_on_a_recorded_answer(notices: NoticeWorld, case: Case) -> None:
    officer = notices.world.officer
    assert Step.GO_ON not in steps_for(officer, case)
    answer_notice(case=case, answer=Answer.NOT_GENUINE, actor=notices.holder, reason="아님", now=SOON, nonce="1")
    with pytest.raises(RequestError, match="recorded no answer"):
        suspending.go_on(case=case, actor=officer, reason=WHY, now=SOON)
    answer_notice(case=case, answer=Answer.GENUINE, actor=notices.holder, reason="정품", now=SOON, nonce="2")
    assert Step.GO_ON in steps_for(officer, Case.objects.get(id=case.id))
    case = suspending.go_on(case=case, actor=officer, reason=WHY, now=SOON)
    assert case.events.get(kind="went_on").data["answer"] == "genuine"
    assert {("went_on", "holder"), ("went_on", "importer")} <= worked(notices)


def test_an_answer_of_an_earlier_notice_is_no_word_on_a_later_one(notices: NoticeWorld, case: Case) -> None:
    answer_notice(case=case, answer=Answer.GENUINE, actor=notices.holder, reason="정품", now=SOON, nonce="1")
    deciding.reopen_choice(case=case, actor=notices.world.officer, reason="다른 디자인이었음", now=SOON)
    later = SOON + timedelta(hours=1)
    deciding.choose_candidate(
        case=case, design_id="30-0001", actor=notices.world.officer, reason="다시 확인", now=later
    )
    notices.issue(case, nonce="again", now=later)
    with pytest.raises(RequestError, match="recorded no answer"):
        suspending.go_on(case=case, actor=notices.world.officer, reason=WHY, now=later)


def test_a_request_waits_for_customs_with_its_own_clock(notices: NoticeWorld, case: Case) -> None:
    case = requested(notices, case)
    assert (case.state, case.turn) == ("suspension_requested", "officer")
    assert {clock.rule for clock in clocks.running(case)} == {"suspension_decision"}
    with pytest.raises(RequestError) as refused:
        deciding.decide(
            case=send_finding(notices, case),
            disposition=Disposition.DESTROYED,
            actor=notices.world.officer,
            reason=WHY,
            now=SOON,
        )
    assert refused.value.error_code == "suspension.pending"


def send_finding(notices: NoticeWorld, case: Case) -> Case:
    return send_appraisal(
        case=case,
        turn=Turn.HOLDER,
        finding=Finding.INFRINGES,
        data=PDF,
        filename="감정서.pdf",
        actor=notices.holder,
        reason="감정 결과",
        now=SOON,
        blobs=notices.office.blobs,
    )


def test_the_ten_days_count_from_the_day_the_holder_is_told(notices: NoticeWorld, case: Case) -> None:
    case = suspending.suspend(case=requested(notices, case), actor=notices.world.officer, reason=WHY, now=SOON)
    assert not CaseClock.objects.filter(case=case, rule="suit").exists()
    told_at = SOON + timedelta(days=2)  # the notice goes out two days after the decision
    assert ("suspension_holder", "holder") in worked(notices, told_at)
    suit = CaseClock.objects.get(case=case, rule="suit")
    assert suit.started_at == told_at
    # 4 March 2026 is a Wednesday: ten days without Saturdays, Sundays and holidays end on 18 March.
    assert clocks.last_day_of(suit.due_at).isoformat() == "2026-03-18"
    content = str(Notice.objects.get(template="suspension_importer").content)
    assert WHY in content
    assert "90일" in content


def test_a_suspension_that_no_suit_follows_ends_by_the_clock(notices: NoticeWorld, case: Case) -> None:
    case = send_finding(notices, suspended(notices, case))
    suit = CaseClock.objects.get(case=case, rule="suit")
    with pytest.raises(RequestError, match="cannot be ended before"):
        deciding.decide(case=case, disposition=Disposition.RELEASED, actor=notices.world.officer, reason=WHY, now=SOON)
    expire_due(suit.due_at)
    case.refresh_from_db()
    assert (case.state, case.finding) == ("lapsed", "infringes")
    assert {("suspension_over", "holder"), ("suspension_over", "importer")} <= worked(notices, suit.due_at)


def test_the_term_for_a_suit_is_extended_once_by_the_days_of_the_law(notices: NoticeWorld, case: Case) -> None:
    case = suspended(notices, case)
    officer = notices.world.officer
    case = suspending.extend_suit_term(case=case, actor=officer, reason="소장 준비로 연장 신청", now=SOON)
    suit = CaseClock.objects.get(case=case, rule="suit")
    # Ten days from Monday 2 March (a holiday) end on the 16th; ten more on the 30th.
    assert clocks.last_day_of(suit.due_at).isoformat() == "2026-03-30"
    assert case.due_at == suit.due_at
    assert {("term_moved", "holder"), ("term_moved", "importer")} <= worked(notices)
    with pytest.raises(RequestError) as refused:
        suspending.extend_suit_term(case=case, actor=officer, reason="한 번 더 연장", now=SOON)
    assert refused.value.error_code == "suit.no_extension"


def test_a_refused_suspension_tells_both_sides_why_and_what_they_can_do(notices: NoticeWorld, case: Case) -> None:
    case = suspending.refuse_suspension(
        case=requested(notices, case), actor=notices.world.officer, reason="담보가 제공되지 않았음", now=SOON
    )
    assert (case.state, case.turn) == ("not_suspended", "officer")
    assert {("suspension_refused", "holder"), ("suspension_refused", "importer")} <= worked(notices)
    for one in Notice.objects.filter(template="suspension_refused"):
        assert "담보가 제공되지 않았음" in str(one.content)
        assert "90일" in Delivery.objects.get(key=one.delivery_key).body_text


def test_a_release_is_reviewed_on_a_clock_that_its_request_starts(notices: NoticeWorld, case: Case) -> None:
    case = suspended(notices, case)
    make_statement(case=case, text="정식 수입품", asks_release=True, actor=notices.importer, now=SOON, nonce="s")
    review = CaseClock.objects.get(case=case, rule="release_review")
    assert review.started_at == SOON
    assert ("release_asked", "holder") in worked(notices)
    expire_due(review.due_at - timedelta(days=1))  # customs' own look at it is over by then
    expire_due(review.due_at)
    ended = CaseEvent.objects.filter(case=case, kind="clock_expired")
    assert {event.data["rule"] for event in ended} == {"answer_review", "release_review"}
    assert {("clock_over", "holder"), ("clock_over", "importer")} <= worked(notices, review.due_at)


@pytest.mark.parametrize("sends", ["answer", "request", "statement", "release", "paper"])
def test_what_a_party_sends_reaches_the_officer(notices: NoticeWorld, case: Case, sends: str) -> None:
    officer = notices.world.officer
    officer.email = "officer@customs.example"
    officer.save()
    holder, importer = notices.holder, notices.importer
    if sends == "answer":
        answer_notice(case=case, answer=Answer.NOT_GENUINE, actor=holder, reason="아님", now=SOON, nonce="n")
    elif sends == "request":
        requested(notices, case)
    elif sends == "paper":
        send_finding(notices, case)
    else:
        make_statement(
            case=case, text="정식 수입품", asks_release=sends == "release", actor=importer, now=SOON, nonce="n"
        )
    case.refresh_from_db()
    assert case.turn == "officer"
    assert [clock.rule for clock in clocks.running(case) if clock.owner == "officer"]
    mail = Delivery.objects.filter(recipient="officer@customs.example").first()
    assert mail is not None
    assert case.number in mail.subject
    assert f"/cases/{case.id}/" in mail.body_text
    assert "정식 수입품" not in mail.body_text


def test_an_officer_without_mail_is_stood_in_for_by_the_site(notices: NoticeWorld, case: Case) -> None:
    other = notices.world.account(Role.OFFICER, "colleague", site=notices.world.site)
    other.email = "colleague@customs.example"
    other.save()
    answer_notice(case=case, answer=Answer.NOT_GENUINE, actor=notices.holder, reason="아님", now=SOON, nonce="n")
    assert Delivery.objects.filter(recipient="colleague@customs.example").exists()


def test_what_was_looked_at_leaves_ones_own_list(notices: NoticeWorld, case: Case) -> None:
    answer_notice(case=case, answer=Answer.NOT_GENUINE, actor=notices.holder, reason="아님", now=SOON, nonce="n")
    case = suspending.acknowledge(case=case, actor=notices.world.officer, now=SOON)
    assert case.turn == "holder"
    assert CaseClock.objects.get(case=case, rule="answer_review").stopped_by == "met"
    with pytest.raises(RequestError, match="Nothing new"):
        suspending.acknowledge(case=case, actor=notices.world.officer, now=SOON)


def test_without_a_mail_server_a_term_begins_when_the_party_opens_the_notice(notices: NoticeWorld) -> None:
    notices.office = Office(notices.office.blobs, notices.office.address, delivers=False)
    case = notices.notified()
    notice = case.notices.get(template="holder_notice")
    assert (notice.due_at, case.due_at, service_of(notice)) == (None, None, None)
    assert "받은 날부터" in str(notice.content)
    mail_ended(Delivery.objects.get(key=notice.delivery_key), SOON)
    assert service_of(notice) is None
    later = NOON + timedelta(days=3)
    record_opening(notice=notice, account=notices.holder, what=PAGE, now=later)
    clock = CaseClock.objects.get(case=case, rule="holder_request")
    assert clock.started_at == later
    assert case.events.get(kind="notice_served").data["way"] == "page"
    record_opening(notice=notice, account=notices.holder, what="pdf", now=later + timedelta(days=1))
    assert CaseClock.objects.get(case=case, rule="holder_request").started_at == later


def test_an_officer_records_service_with_its_day_and_proof(notices: NoticeWorld) -> None:
    notices.office = Office(notices.office.blobs, notices.office.address, delivers=False)
    case = notices.notified()
    notice = case.notices.get(template="holder_notice")
    now = NOON + timedelta(days=3)
    said = {"case": case, "notice": notice, "actor": notices.world.officer, "now": now, "way": "post"}

    def record(**changes: object) -> Case:
        return record_service(
            **(said | {"day": now.date(), "proof": "등기 12345호 수령", "nonce": "s"} | changes)  # type: ignore[arg-type]
        )

    for wrong, code in (
        ({"proof": "ok"}, "request.proof"),
        ({"way": "mail"}, "service.not_open"),
        ({"day": NOON.date() - timedelta(days=1)}, "service.day"),
        ({"day": now.date() + timedelta(days=1)}, "service.day"),
        ({"actor": notices.holder}, "case.not_yours"),
    ):
        with pytest.raises(RequestError) as refused:
            record(**wrong)
        assert refused.value.error_code == code
    assert not CaseClock.objects.exists()
    case = record()
    assert case.due_at is not None
    event = case.events.get(kind="notice_served")
    assert (event.by, event.reason, event.data["way"]) == ("officer", "등기 12345호 수령", "post")
    assert ("term_started", "holder") in worked(notices, now)
    with pytest.raises(RequestError):
        record(nonce="again")


def test_no_term_is_ended_by_dating_a_service_back(notices: NoticeWorld) -> None:
    notices.office = Office(notices.office.blobs, notices.office.address, delivers=False)
    case = notices.notified()
    with pytest.raises(RequestError) as refused:
        record_service(
            case=case,
            notice=case.notices.get(template="holder_notice"),
            way="hand",
            day=NOON.date(),
            proof="담당자가 직접 받음",
            actor=notices.world.officer,
            now=NOON + timedelta(days=30),
            nonce="s",
        )
    assert refused.value.error_code == "service.too_old"
    assert not CaseClock.objects.exists()
    assert not NoticeService.objects.exists()


def test_a_mail_that_comes_back_takes_its_term_with_it(notices: NoticeWorld, case: Case) -> None:
    notice = case.notices.get(template="holder_notice")
    mail = Delivery.objects.get(key=notice.delivery_key)
    mail.state = "failed"
    mail_ended(mail, SOON)
    case.refresh_from_db()
    clock = CaseClock.objects.get(case=case, rule="holder_request")
    assert (clock.stopped_by, case.turn, case.due_at) == ("unserved", "officer", None)
    assert service_of(notice) is None
    record_opening(notice=notice, account=notices.holder, what=PAGE, now=SOON)
    assert CaseClock.objects.filter(case=case, rule="holder_request", stopped_at=None).count() == 1


@pytest.mark.parametrize("days", [0, 1, 2])
def test_a_mail_that_leaves_days_later_shortens_no_term(notices: NoticeWorld, days: int) -> None:
    """The term counts from the day on which the mail left; the party is told of the new day."""
    case = notices.notified_by_a_mail_that_waits()
    notice = case.notices.get(template="holder_notice")
    before = CaseClock.objects.get(case=case, rule="holder_request")
    leaves = NOON + timedelta(days=days)
    mail = Delivery.objects.get(key=notice.delivery_key)
    begin(mail.id, leaves)
    end(mail, DeliveryState.SENT, now=leaves)
    clock = CaseClock.objects.get(case=case, rule="holder_request")
    service = service_of(notice)
    assert service is not None
    assert (service.way, service.served_at.date()) == ("mail", leaves.date())
    assert clock.stopped_at is None
    whole = clocks.end_of(CaseClock(case=case, rule=clock.rule, started_at=leaves, days=clock.days), *rule_of(clock))
    assert clock.due_at >= max(before.due_at, whole)
    case.refresh_from_db()
    assert case.due_at == clock.due_at
    assert (("term_moved", "holder") in worked(notices, leaves)) is (days > 0)
    if days:
        told = Notice.objects.filter(template="term_moved", party=notice.party).latest("issued_at")
        assert told.due_at == clock.due_at
        assert last_day(clock.due_at).ko in str(told.content)
        page = Client()
        page.force_login(notices.holder)
        page.cookies["pandok_language"] = "ko"
        assert last_day(clock.due_at).ko in page.get(f"/notices/{notice.id}/").content.decode()


@pytest.mark.parametrize("days", [0, 3])
def test_service_by_mail_is_on_record_when_the_mail_left_and_not_before(notices: NoticeWorld, days: int) -> None:
    case = notices.notified_by_a_mail_that_waits()
    leaves = NOON + timedelta(days=days, minutes=7)
    notice = case.notices.get(template="holder_notice")
    entries = AuditEntry.objects.filter(action="notice.served", object=f"notice:{notice.id}")
    assert not entries.exists()
    begun = AuditEntry.objects.get(action="case.notice_served", object=f"case:{case.id}")
    assert shown(begun, "en").words == "Case: Mail of the notice handed over; its term begins"
    mail = Delivery.objects.get(key=notice.delivery_key)
    begin(mail.id, leaves)
    end(mail, DeliveryState.SENT, now=leaves)
    assert [one.details["served_at"] for one in entries] == [leaves.isoformat()]


def test_no_term_is_over_while_its_mail_has_not_left(notices: NoticeWorld) -> None:
    """A worker that stood still for weeks ends no term of a notice that nobody could have read."""
    case = notices.notified_by_a_mail_that_waits()
    late = NOON + timedelta(days=40)
    assert expire_due(late) == 0
    case.refresh_from_db()
    assert case.state == "notified"
    mail = Delivery.objects.get(key=case.notices.get(template="holder_notice").delivery_key)
    begin(mail.id, late)
    end(mail, DeliveryState.SENT, now=late)
    clock = CaseClock.objects.get(case=case, rule="holder_request")
    assert clock.due_at > late + timedelta(days=clock.days or 0)
    assert expire_due(clock.due_at - timedelta(seconds=1)) == 0
    assert expire_due(clock.due_at) == 1


def rule_of(clock: CaseClock) -> tuple[ClockRule, IsHoliday]:
    law = law_version(clock.case.law_version)
    return law.clock(clock.rule), office_days(law)


@pytest.mark.parametrize("reason", ["", "  ", "x", "....", "11111", "ㅋㅋㅋㅋㅋㅋ"])
def test_what_cannot_be_undone_needs_a_real_reason_at_page_and_api(
    notices: NoticeWorld, case: Case, reason: str
) -> None:
    expire_due(case.due_at)  # type: ignore[arg-type]
    case.refresh_from_db()
    client = Client()
    client.force_login(notices.world.officer)
    sent = {"step": "decide", "form": str(uuid4()), "seen": stamp(case), "reason": reason, "disposition": "destroyed"}
    sent["confirmed"] = "yes"
    assert client.post(f"/cases/{case.id}/act/", sent).status_code == 422
    body = json.dumps({"reason": reason, "disposition": "destroyed"})
    asked = client.post(f"/api/v1/cases/{case.id}/decide", body, content_type="application/json")
    assert asked.status_code == 422
    assert Case.objects.get(id=case.id).state == "lapsed"


def test_every_document_has_a_number_of_its_own(notices: NoticeWorld, case: Case) -> None:
    expire_due(case.due_at)  # type: ignore[arg-type]
    worked(notices)
    numbers = list(Notice.objects.order_by("issued_at", "document_number").values_list("document_number", flat=True))
    assert numbers == [f"ICN-2026-{number:06}" for number in range(1, len(numbers) + 1)]
    assert AuditEntry.objects.filter(action="notice.issued").count() == len(numbers)
