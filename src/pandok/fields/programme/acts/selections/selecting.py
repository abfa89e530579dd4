"""The office offers a selection when every score is locked; two members of the committee decide on it. What is selected
becomes the draft of an agreement where its kind of call says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from pandok.common.models import Account
from pandok.common.people.two_persons import must_be_another
from pandok.common.people.votes import must_vote_freely
from pandok.common.reasons import LEAST_REASON, MOST_REASON, checked_reason
from pandok.common.records.lifecycle import Lifecycle
from pandok.common.records.no_such_way import no_such_way
from pandok.core.audit import Detail
from pandok.core.canonical import digest
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.core.two_persons import VOTES_NEEDED
from pandok.fields.programme.acts.agreements.drafting import LINE, TITLE, AgreementSaid, make_agreement
from pandok.fields.programme.acts.applications.application_moves import CYCLE as APPLICATION_CYCLE
from pandok.fields.programme.acts.calls.call_moves import CYCLE as CALL_CYCLE
from pandok.fields.programme.acts.calls.call_moves import locked_call
from pandok.fields.programme.acts.reviews.assigning import totals_of_call_show
from pandok.fields.programme.acts.reviews.conflicts_found import known_ties
from pandok.fields.programme.application_states import ApplicationMover, ApplicationState
from pandok.fields.programme.call_kinds import TEMPLATES, CallKind
from pandok.fields.programme.call_states import CallMover, CallState
from pandok.fields.programme.lists.rankings import as_kept, ranking_of
from pandok.fields.programme.models import Call, CallApplication, Selection, SelectionVote
from pandok.fields.programme.review_refusals import selection_refusal as refusal
from pandok.fields.programme.review_states import SELECTIONS, SelectionMover, SelectionState
from pandok.fields.programme.states import ProblemState

VOTED, REFUSED = "selection.voted_for", "selection.voted_against"


@dataclass(frozen=True)
class RowSaid:
    """Of one application: whether it is selected, and why or why not."""

    number: str
    selected: bool
    reason: str


_no_way = no_such_way(code="selection.no_such_way")


def _facts(selection: Selection, _row: object) -> dict[str, Detail]:
    return {"number": selection.call.number, "sha256": selection.sha256}


CYCLE: Lifecycle[Selection, SelectionState, SelectionMover] = Lifecycle(
    model=Selection,
    table=SELECTIONS,
    name="call-selection",
    action="selection",
    no_way=_no_way,
    facts=_facts,
)


def offered_selection(call: Call) -> Selection | None:
    found: Selection | None = call.selections.filter(state=SelectionState.OFFERED.value).first()
    return found


def offer_selection(call_id: UUID, rows: Sequence[RowSaid], *, reason: str, actor: Account, now: datetime) -> Selection:
    """Every application of the call, each with its reason. Raises RequestError: selection.hidden, .too_few, .places,
    .reasons, .offered_already, request.reason, call.not_there, call.no_such_way."""
    reason = checked_reason(reason)
    with transaction.atomic():
        call = locked_call(call_id, CallState.UNDER_REVIEW)
        if offered_selection(call) is not None:
            raise refusal("offered_already")
        if not totals_of_call_show(call, now):
            raise refusal("hidden")
        ranking = as_kept(ranking_of(call))
        handed_in = _handed_in(call)
        scored = {one["key"]: one["scores"] for one in ranking}
        if any(scored.get(one.number, 0) < call.least_reviewers for one in handed_in):
            raise refusal("too_few")
        said = {one.number: one for one in rows}
        reasons = {number: " ".join(one.reason.split()) for number, one in said.items()}
        if any(not LEAST_REASON <= len(reasons.get(one.number, "")) <= MOST_REASON for one in handed_in):
            raise refusal("reasons")
        kept = [
            {"number": one.number, "selected": said[one.number].selected, "reason": reasons[one.number]}
            for one in handed_in
        ]
        if sum(bool(one["selected"]) for one in kept) > call.places:
            raise refusal("places")
        made: Selection = Selection.objects.create(
            call=call,
            state=SelectionState.OFFERED.value,
            rows=kept,
            ranking=ranking,
            sha256=digest({"call": call.number, "rows": kept, "ranking": ranking}),
            reason=reason,
            offered_by=actor,
            offered_at=now,
        )
        CYCLE.begin(made, actor=actor, reason=reason, now=now)
    return made


def take_selection_back(call_id: UUID, *, reason: str, actor: Account, now: datetime) -> Selection:
    """Raises RequestError: selection.nothing_offered, request.reason, call.not_there, call.no_such_way."""
    reason = checked_reason(reason)
    with transaction.atomic():
        selection = _offered(locked_call(call_id, CallState.UNDER_REVIEW))
        CYCLE.move(selection, SelectionState.TAKEN_BACK, by=SelectionMover.OFFICE, actor=actor, reason=reason, now=now)
    return selection


def vote_on_selection(call_id: UUID, *, agrees: bool, reason: str, actor: Account, now: datetime) -> SelectionVote:
    """With the second vote for it the call is decided; with the second against it is rejected. Nobody votes who offered
    it or is bound to a firm that applied. Raises RequestError: selection.nothing_offered, .own, .tied, .voted_already,
    .changed, request.reason, request.votes_paused, call.not_there, call.no_such_way."""
    reason = checked_reason(reason)
    with transaction.atomic():
        call = locked_call(call_id, CallState.UNDER_REVIEW)
        selection = _offered(call)
        must_be_another(actor, selection.offered_by_id, refused=refusal("own"))
        must_vote_freely(actor, now)
        ties, today = known_ties(actor), now.astimezone(OFFICE_ZONE).date()
        if any(ties.conflict(actor, one, on=today) for one in _handed_in(call)):
            raise refusal("tied")
        if selection.votes.filter(person=actor).exists():
            raise refusal("voted_already")
        if agrees and as_kept(ranking_of(call)) != selection.ranking:
            raise refusal("changed")
        made: SelectionVote = SelectionVote.objects.create(
            selection=selection, person=actor, agrees=agrees, reason=reason, content=selection.sha256, voted_at=now
        )
        CYCLE.note(selection, VOTED if agrees else REFUSED, actor=actor, reason=reason, now=now)
        if selection.votes.filter(agrees=agrees).count() >= VOTES_NEEDED:
            if agrees:
                _decide(call, selection, actor, now)
            else:
                CYCLE.move(selection, SelectionState.REJECTED, by=SelectionMover.VOTES, actor=actor, reason="", now=now)
    draft_agreements(call_id, now=now)
    return made


def _decide(call: Call, selection: Selection, actor: Account, now: datetime) -> None:
    CYCLE.move(
        selection, SelectionState.DECIDED, by=SelectionMover.VOTES, actor=actor, reason="", now=now,
        changes={"decided_at": now},
    )  # fmt: skip
    CALL_CYCLE.move(
        call, CallState.DECIDED, by=CallMover.VOTES, actor=actor, reason=selection.reason, now=now,
        details={"sha256": selection.sha256},
    )  # fmt: skip
    told: dict[str, dict[str, Any]] = {one["number"]: one for one in selection.rows}
    for one in _handed_in(call):
        row = told[one.number]
        application = APPLICATION_CYCLE.locked(one.pk, "call", "party")
        APPLICATION_CYCLE.move(
            application,
            ApplicationState.SELECTED if row["selected"] else ApplicationState.NOT_SELECTED,
            by=ApplicationMover.VOTES,
            actor=actor,
            reason=row["reason"],
            now=now,
            changes={"reason": row["reason"]},
        )


def draft_agreements(call_id: UUID, *, now: datetime) -> list[CallApplication]:
    """Of what was selected and has no draft yet, where the kind of call asks for one: from the first of the call's
    problems that still stands, in the name of who offered the selection. May be called again at any time. Each in a
    transaction of its own: a number is drawn before the first audit event of its transaction."""
    selected = CallApplication.objects.filter(
        call=call_id, call__state=CallState.DECIDED.value, state=ApplicationState.SELECTED.value, agreement=None
    )
    keys = selected.order_by("number").values_list("pk", flat=True)
    return [made for key in list(keys) if (made := _draft_agreement(key, now)) is not None]


def _draft_agreement(application_id: UUID, now: datetime) -> CallApplication | None:
    with transaction.atomic():
        application = APPLICATION_CYCLE.locked(application_id, "call")
        call = application.call
        problem = call.problems.filter(state=ProblemState.ACCEPTED.value).order_by("number").first()
        if application.agreement_id or problem is None or not TEMPLATES[CallKind(call.kind)].drafts_agreement:
            return None
        by = call.selections.get(state=SelectionState.DECIDED.value).offered_by
        lead, *others = application.said.members
        said = AgreementSaid(
            title=application.title[:TITLE],
            lead=lead.name[:LINE],
            members="\n".join(f"{one.name} ({one.share.removesuffix('%').strip()} %)" for one in others)[:MOST_REASON],
        )
        application.agreement = make_agreement(problem.pk, said, actor=by, now=now)
        application.save(update_fields=["agreement"])
    return application


def _handed_in(call: Call) -> list[CallApplication]:
    found = CallApplication.objects.filter(call=call, state=ApplicationState.SUBMITTED.value)
    return list(found.select_related("call", "party", "made_by", "submitted_by").order_by("number"))


def _offered(call: Call) -> Selection:
    found = offered_selection(call)
    if found is None:
        raise refusal("nothing_offered")
    return CYCLE.locked(found.pk, "call", "offered_by")
