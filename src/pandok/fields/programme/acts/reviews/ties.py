"""Ties of reviewers to firms are declared by themselves or added by the office; each voids at once the scores that it
touches, whenever those were given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from pandok.common.audit import writing as audit
from pandok.common.models import Account
from pandok.common.reasons import checked_reason
from pandok.core.days import day_from
from pandok.core.errors import RequestError
from pandok.core.programme.business_number import business_number
from pandok.core.programme.conflicts import Bond
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.core.text import Text
from pandok.fields.programme.acts.reviews.conflicts_found import known_ties
from pandok.fields.programme.acts.reviews.review_moves import CYCLE, locked_review
from pandok.fields.programme.models import ApplicationReview, FirmBehind, ReviewerTie
from pandok.fields.programme.review_refusals import refusal
from pandok.fields.programme.review_states import ReviewMover, ReviewState
from pandok.fields.programme.roles import Action

FIRM = 200
DECLARED, TAKEN_BACK, BEHIND = "reviewer-tie.declared", "reviewer-tie.taken_back", "reviewer-tie.owner_added"


@dataclass(frozen=True)
class TieSaid:
    """As it was written; days as text, `until` "" where it is still so."""

    firm: str
    bond: str
    since: str
    firm_number: str = ""
    until: str = ""


def declare_tie(said: TieSaid, *, person: str = "", actor: Account, now: datetime) -> ReviewerTie:
    """`person`: of whom the office says it; "" is the actor. Raises RequestError: review.tie, review.no_reviewer,
    request.day."""
    firm, number, since, until = _firm_and_days(said.firm, said.firm_number, said.since, said.until)
    if said.bond not in set(Bond):
        raise refusal("tie")
    about = actor if not person.strip() else _reviewer(person)
    with transaction.atomic():
        made: ReviewerTie = ReviewerTie.objects.create(
            person=about, firm=firm, firm_number=number, bond=said.bond, since=since, until=until, told_by=actor,
            told_at=now,
        )  # fmt: skip
        details = {"reviewer": about.get_username(), "bond": said.bond}
        audit.tell(actor.get_username(), DECLARED, f"reviewer-tie:{made.pk}", firm, now, details)
        void_where_tied(actor=actor, now=now, people=(about,))
    return made


def add_owner(
    said: TieSaid, *, owner: str, owner_number: str = "", source: str, actor: Account, now: datetime
) -> FirmBehind:
    """`said.firm` has `owner` behind it. Raises RequestError: review.tie, request.day, request.reason."""
    firm, number, since, until = _firm_and_days(said.firm, said.firm_number, said.since, said.until)
    owner, owner_number, *_ = _firm_and_days(owner, owner_number, said.since, said.until)
    source = checked_reason(source)
    with transaction.atomic():
        made: FirmBehind = FirmBehind.objects.create(
            firm=firm, firm_number=number, owner=owner, owner_number=owner_number, since=since, until=until,
            source=source, told_by=actor, told_at=now,
        )  # fmt: skip
        audit.tell(actor.get_username(), BEHIND, f"reviewer-tie:{made.pk}", f"{owner} > {firm}: {source}", now, {})
        void_where_tied(actor=actor, now=now)
    return made


def take_tie_back(tie_id: int, *, reason: str, actor: Account, now: datetime) -> ReviewerTie:
    """What was said by mistake, by the office; a score that was voided for it stays void. Raises RequestError:
    review.no_tie, request.reason."""
    reason = checked_reason(reason)
    with transaction.atomic():
        found: ReviewerTie | None = (
            ReviewerTie.objects.select_for_update(of=("self",)).filter(pk=tie_id, taken_back_at=None).first()
        )
        if found is None:
            raise refusal("no_tie")
        found.taken_back_at = now
        found.save(update_fields=["taken_back_at"])
        audit.tell(actor.get_username(), TAKEN_BACK, f"reviewer-tie:{found.pk}", reason, now, {})
    return found


def void_where_tied(*, actor: Account, now: datetime, people: tuple[Account, ...] = ()) -> list[ApplicationReview]:
    """Every review that a tie now known forbids, as of the day on which it was locked, else of today."""
    live = ApplicationReview.objects.exclude(state=ReviewState.VOIDED.value)
    if people:
        live = live.filter(reviewer__in=people)
    ties, voided = known_ties(*people), []
    for key in live.order_by("pk").values_list("pk", flat=True):
        review = locked_review(key)
        on = (review.locked_at or now).astimezone(OFFICE_ZONE).date()
        why = ties.words(review.reviewer, review.application, on=on)
        if why is not None:
            CYCLE.move(
                review, ReviewState.VOIDED, by=ReviewMover.TIE, actor=actor, reason=why.ko, now=now,
                changes={"why_void": why.ko},
            )  # fmt: skip
            voided.append(review)
    return voided


def _reviewer(username: str) -> Account:
    found: Account | None = Account.objects.filter(username=username.strip()).first()
    if found is None or not found.may(Action.DECLARE_TIES):
        raise refusal("no_reviewer")
    return found


def _firm_and_days(firm: str, number: str, since: str, until: str) -> tuple[str, str, date, date | None]:
    firm = " ".join(firm.split())
    if not 1 <= len(firm) <= FIRM:
        raise refusal("tie")
    digits = business_number(number) if number.strip() else ""
    if digits is None:
        raise RequestError(
            Text(ko="사업자등록번호가 맞지 않습니다.", en="That is no business registration number."),
            Text(ko="고치거나 비워 두십시오.", en="Correct it, or leave it empty."),
            code="review.firm_number",
        )
    first = day_from(since)
    last = day_from(until) if until.strip() else None
    if last is not None and last < first:
        raise refusal("tie")
    return firm, digits, first, last
