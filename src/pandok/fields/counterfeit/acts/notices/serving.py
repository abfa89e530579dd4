"""Service of notices: how and when a notice reached its party, and the terms that count from that day.

Only who agreed to electronic service is served by it (pandok.common.parties.electronic); anybody else is told by mail
and
page, and served on paper as an officer records with proof.

A mail serves a notice at once where a server is there; where it leaves on a later day, its terms count from that day
and none of them ends before it has left; where it comes back, that service falls. Without a mail server a
mail is a file and serves nothing: the notice is served when the party opens it.
"""

from __future__ import annotations

from datetime import date, datetime, time

from django.db import transaction

from pandok.common.audit import writing as audit
from pandok.common.models import Account, Delivery, DeliveryState
from pandok.common.parties.electronic import served_by_mail, served_on_its_page
from pandok.common.reasons import PROOF, checked_reason
from pandok.common.records.lifecycle import SYSTEM_NAME
from pandok.core.dates import day_words
from pandok.core.days import day_from
from pandok.core.errors import RequestError
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.core.text import Text
from pandok.fields.counterfeit.acts.cases import clocks
from pandok.fields.counterfeit.acts.cases.case_moves import locked, note
from pandok.fields.counterfeit.acts.cases.done_before import done_before
from pandok.fields.counterfeit.acts.cases.refusals import not_yours
from pandok.fields.counterfeit.law.holidays import office_days
from pandok.fields.counterfeit.law.law_versions import law_version
from pandok.fields.counterfeit.lists.services import service_of
from pandok.fields.counterfeit.lists.visible import turns_in
from pandok.fields.counterfeit.models import Case, CaseClock, ClockReminder, Notice, NoticeService
from pandok.fields.counterfeit.states import TOLD, State, Turn

_DAY = "service.day"
SERVED, NOT_SERVED, LEFT_LATER = "notice_served", "notice_not_served", "mail_left_later"
WAYS: dict[str, Text] = {
    NoticeService.MAIL: Text(ko="전자우편", en="Mail"),
    NoticeService.PAGE: Text(ko="통지 화면 열람", en="Opened on its page"),
    NoticeService.HAND: Text(ko="직접 교부", en="Handed over"),
    NoticeService.POST: Text(ko="우편 송달", en="By post"),
    NoticeService.OTHER: Text(ko="그 밖의 방법", en="Another way"),
    NoticeService.FAILED: Text(ko="송달되지 않음", en="Not served"),
}
BY_HAND = (NoticeService.HAND, NoticeService.POST, NoticeService.OTHER)
"""The ways that an officer records."""


def serve(
    notice: Notice,
    *,
    way: str,
    at: datetime,
    now: datetime,
    actor: Account | None = None,
    proof: str = "",
    has_left: bool = False,
) -> NoticeService:
    """Keep that a notice reached its party, and start the terms that count from it. Inside a transaction.

    `has_left`: its mail has left already, as it has not when the notice is issued.
    """
    assert transaction.get_connection().in_atomic_block
    case = locked(notice.case_id)
    first = service_of(notice) is None
    service = NoticeService.objects.create(
        notice=notice, way=way, served_at=at, proof=proof, recorded_by=actor, recorded_at=now
    )
    started = _start_terms(case, notice, at) if first else []
    if started or way in BY_HAND:
        note(
            case,
            SERVED,
            by=Turn.OFFICER if way in BY_HAND else Turn.SYSTEM,
            actor=actor if way in BY_HAND else None,
            reason=proof,
            now=now,
            data={
                "notice": str(notice.id),
                "template": notice.template,
                "party": notice.party.name,
                "way": way,
                "served_at": at.isoformat(),
                **_term(started),
            },
            changes={"due_at": clocks.next_due(case)},
        )
    else:
        _record(service, actor, now, left_at=now if has_left else None)
    return service


def record_service(
    *, case: Case, notice: Notice, way: str, day: date, proof: str, actor: Account, now: datetime, nonce: str
) -> Case:
    """An officer records that a notice was served outside this system: how, on which day, and what proves it.

    Raises RequestError for a notice that was served already, a day before the notice or after today, a day from which
    the term would be over already, or no proof.
    """
    with transaction.atomic():
        case = locked(case.id)
        if Turn.OFFICER not in turns_in(actor, case):
            raise not_yours()
        if done_before(case, nonce):
            return case
        proof = checked_reason(proof, PROOF)
        today, issued = now.astimezone(OFFICE_ZONE).date(), notice.issued_at.astimezone(OFFICE_ZONE).date()
        if notice.case_id != case.id or way not in BY_HAND or service_of(notice) is not None:
            raise RequestError(
                Text(ko="송달을 기록할 통지가 아닙니다.", en="Service of this notice cannot be recorded."),
                Text(
                    ko="통지 목록에서 아직 송달되지 않은 통지와 방법을 고르십시오.",
                    en="Choose a notice that was not served yet, and a way.",
                ),
                code="service.not_open",
            )
        if not issued <= day <= today:
            raise RequestError(
                Text(
                    ko=f"송달일이 올바르지 않습니다: {day_words(day).ko}.", en=f"{day_words(day).en} cannot be the day."
                ),
                Text(
                    ko=f"통지한 날인 {day_words(issued).ko}부터 오늘까지의 날짜를 적으십시오.",
                    en=f"Give a day from that of the notice, {day_words(issued).en}, up to today.",
                ),
                code=_DAY,
            )
        at = max(notice.issued_at, datetime.combine(day, time(), OFFICE_ZONE))
        serve(notice, way=way, at=at, now=now, actor=actor, proof=proof)
        if any(clock.due_at <= now for clock in clocks.running(case)):
            raise RequestError(
                Text(
                    ko="이 송달일로 세면 당사자의 기한이 이미 지났습니다.",
                    en="Counted from that day the party's term would be over already.",
                ),
                Text(
                    ko="당사자에게 다시 송달하고 그 날을 기록하십시오.",
                    en="Serve the notice again and record that day.",
                ),
                code="service.too_old",
            )
        return locked(case.id)


def opened(notice: Notice, now: datetime) -> None:
    """The party opened the page or the PDF: who reads a notice has received it, where it agreed to be served so.

    Knowing what a notice says does not serve it on anybody else (Supreme Court of Korea, 2019du38656).
    """
    if service_of(notice) is None and served_on_its_page(notice.party):
        serve(notice, way=NoticeService.PAGE, at=now, now=now)


def mail_ended(delivery: Delivery, now: datetime) -> None:
    """Called with every mail that came to an end (pandok.common.messages.deliveries.AFTER_END), in its transaction."""
    if delivery.channel != Delivery.Channel.MAIL:
        return
    notice = Notice.objects.filter(delivery_key=delivery.key).select_related("party").first()
    if notice is None:
        return
    service = service_of(notice)
    if delivery.state == DeliveryState.SENT and service is None:
        if not served_by_mail(notice.party):
            return
        serve(notice, way=NoticeService.MAIL, at=now, now=now, has_left=True)
    elif delivery.state == DeliveryState.SENT and service and service.way == NoticeService.MAIL:
        _mail_left(notice, service, now)
    elif (
        delivery.state in (DeliveryState.FAILED, DeliveryState.FILED) and service and service.way == NoticeService.MAIL
    ):
        _fall(notice, delivery, now)


def _mail_left(notice: Notice, service: NoticeService, now: datetime) -> None:
    """The mail left: from now on the notice is served. On a later day than the notice was issued, service and its
    running terms count from that day (docs/adr/0012-service-by-mail.md).

    No term gets shorter by it. Parties are told of the new day (pandok.fields.counterfeit.acts.notices.follow_up).
    """
    if now.astimezone(OFFICE_ZONE).date() <= service.served_at.astimezone(OFFICE_ZONE).date():
        _record(service, None, now, left_at=now)
        return
    case = locked(notice.case_id)
    law = law_version(case.law_version)
    rules = law.starting_when_told(notice.template)
    NoticeService.objects.create(notice=notice, way=NoticeService.FAILED, served_at=now, recorded_at=now)
    later = NoticeService.objects.create(notice=notice, way=NoticeService.MAIL, served_at=now, recorded_at=now)
    _record(later, None, now, left_at=now)
    for clock in clocks.running(case, *(rule.id for rule in rules)) if rules else ():
        before, clock.started_at = clock.due_at, now
        clock.due_at = max(before, clocks.end_of(clock, law.clock(clock.rule), office_days(law)))
        clock.save(update_fields=["started_at", "due_at"])
        ClockReminder.objects.filter(clock=clock).delete()
        left = day_words(now.astimezone(OFFICE_ZONE).date())
        note(
            case,
            LEFT_LATER,
            by=Turn.SYSTEM,
            actor=None,
            reason=f"통지 메일이 {left.ko}에 발송되어 그날부터 기한을 다시 계산함 · the mail of the notice left on"
            f" {left.en}, and the term counts from then",
            now=now,
            data={
                "notice": str(notice.id),
                "party": notice.party.name,
                "rule": clock.rule,
                "due_before": before.isoformat(),
                "due_at": clock.due_at.isoformat(),
            },
            changes={"due_at": clocks.next_due(case)},
        )


def _fall(notice: Notice, delivery: Delivery, now: datetime) -> None:
    """The mail reached nobody: the service falls, and with it the terms that counted from it."""
    case = locked(notice.case_id)
    NoticeService.objects.create(notice=notice, way=NoticeService.FAILED, served_at=now, recorded_at=now)
    rules = {rule.id for rule in law_version(case.law_version).starting_when_told(notice.template)}
    stopped = [clock for clock in clocks.running(case) if clock.rule in rules]
    for clock in stopped:
        clocks.stop(clock, clocks.UNSERVED, now)
    note(
        case,
        NOT_SERVED,
        by=Turn.SYSTEM,
        actor=None,
        reason="메일이 도달하지 않음 · the mail did not arrive",
        now=now,
        data={
            "notice": str(notice.id),
            "party": notice.party.name,
            "error": delivery.last_error[:200],
            "ended": ", ".join(f"{clock.rule} {clocks.UNSERVED}" for clock in stopped),
        },
        changes={"turn": Turn.OFFICER.value, "due_at": clocks.next_due(case)},
    )


def _start_terms(case: Case, notice: Notice, at: datetime) -> list[CaseClock]:
    started = []
    for rule in law_version(case.law_version).starting_when_told(notice.template):
        known = CaseClock.objects.filter(case=case, rule=rule.id, started_at__gte=notice.issued_at)
        if case.state not in TOLD or State(case.state) not in rule.runs_in:
            continue
        if not known.exclude(stopped_by=clocks.UNSERVED).exists() and not clocks.running(case, rule.id):
            started.append(clocks.begin_clock(case, rule, at))
    return started


def _term(started: list[CaseClock]) -> dict[str, str]:
    return {"rule": started[0].rule, "due_at": started[0].due_at.isoformat()} if started else {}


def _record(service: NoticeService, actor: Account | None, now: datetime, *, left_at: datetime | None = None) -> None:
    """A mail serves when it leaves (`left_at`); when the notice is issued, it was only handed over."""
    handed_over = service.way == NoticeService.MAIL and left_at is None
    audit.tell(
        actor.get_username() if actor else SYSTEM_NAME,
        "notice.handed_over" if handed_over else "notice.served",
        f"notice:{service.notice_id}",
        service.proof,
        now,
        {"way": service.way, "served_at": (left_at or service.served_at).isoformat()},
    )


def day_of_service(text: str) -> date:
    """As somebody wrote it. Raises RequestError."""
    return day_from(text, code=_DAY)
