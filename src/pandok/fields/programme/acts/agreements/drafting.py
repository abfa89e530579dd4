"""An agreement is drafted from a problem that was taken up, and offered for signature when nothing is lacking."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from pandok.common.models import Account
from pandok.common.reasons import MOST_REASON, checked_reason
from pandok.common.records.numbering import next_of_year
from pandok.core.errors import RequestError
from pandok.core.programme.opening import Draft, Fate, Lacking, lacking
from pandok.core.text import Text
from pandok.fields.programme.acts.agreements.agreement_moves import CYCLE, locked_agreement
from pandok.fields.programme.acts.agreements.agreement_terms import terms_of
from pandok.fields.programme.agreement_refusals import refusal
from pandok.fields.programme.agreement_states import AgreementMover, AgreementState, VersionState
from pandok.fields.programme.kpi_line import indicator_of, sheet_of
from pandok.fields.programme.models import Agreement, AgreementVersion, FieldProblem
from pandok.fields.programme.roles import Action
from pandok.fields.programme.sources.known_sources import SOURCES
from pandok.fields.programme.states import ProblemState

TITLE, LINE = 120, 200
REDRAFTED, LINE_PUT, LINE_DROPPED = "agreement.redrafted", "agreement.line_put", "agreement.line_dropped"
COLUMNS = {name: one.columns for name, one in SOURCES.items()}


@dataclass(frozen=True)
class AgreementSaid:
    """What is agreed besides the sheet; only title and lead must be said to begin."""

    title: str
    lead: str
    members: str = ""
    field_owner_post: str = ""
    field_owner: str = ""
    protocol: str = ""
    operation_payer: str = ""
    fate: str = ""
    remeasurement_post: str = ""


def make_agreement(problem_id: UUID, said: AgreementSaid, *, actor: Account, now: datetime) -> Agreement:
    """Raises RequestError: agreement.problem, agreement.words, agreement.no_owner, agreement.bad_fate."""
    columns = _columns(said)
    with transaction.atomic():
        problem = FieldProblem.objects.filter(pk=problem_id, state=ProblemState.ACCEPTED.value).first()
        if problem is None:
            raise refusal("problem")
        made: Agreement = Agreement.objects.create(
            number=next_of_year("AG", width=6, given=Agreement.objects.all(), now=now),
            problem=problem,
            state=AgreementState.DRAFT.value,
            state_since=now,
            made_by=actor,
            made_at=now,
            **columns,
        )
        CYCLE.begin(made, actor=actor, reason="", now=now)
    return made


def redraft(agreement_id: UUID, said: AgreementSaid, *, actor: Account, now: datetime) -> Agreement:
    """While it is drafted. Raises as `make_agreement`, and agreement.not_there, agreement.no_such_way."""
    columns = _columns(said)
    with transaction.atomic():
        agreement = locked_agreement(agreement_id, AgreementState.DRAFT)
        for name, value in columns.items():
            setattr(agreement, name, value)
        agreement.save()
        _told(agreement, REDRAFTED, "", actor, now)
    return agreement


def put_line(agreement_id: UUID, written: Mapping[str, Any], *, actor: Account, now: datetime) -> Agreement:
    """A KPI is added, or takes the place of the one of its key. Raises as `indicator_of`, and as `redraft`."""
    line = indicator_of(written, COLUMNS).model_dump(mode="json")
    with transaction.atomic():
        agreement = locked_agreement(agreement_id, AgreementState.DRAFT)
        agreement.lines = with_line(agreement.lines, line)
        agreement.save(update_fields=["lines"])
        _told(agreement, LINE_PUT, line["name"], actor, now)
    return agreement


def drop_line(agreement_id: UUID, key: str, *, actor: Account, now: datetime) -> Agreement:
    """Raises RequestError: agreement.no_line, agreement.not_there, agreement.no_such_way."""
    with transaction.atomic():
        agreement = locked_agreement(agreement_id, AgreementState.DRAFT)
        dropped = [one for one in agreement.lines if one["key"] == key]
        if not dropped:
            raise refusal("no_line")
        agreement.lines = [one for one in agreement.lines if one["key"] != key]
        agreement.save(update_fields=["lines"])
        _told(agreement, LINE_DROPPED, dropped[0]["name"], actor, now)
    return agreement


def with_line(lines: list[dict[str, Any]], line: dict[str, Any]) -> list[dict[str, Any]]:
    if any(one["key"] == line["key"] for one in lines):
        return [line if one["key"] == line["key"] else one for one in lines]
    return [*lines, line]


def lacking_of(agreement: Agreement) -> list[Lacking]:
    """What keeps it from being offered (`core/programme/opening`)."""
    return lacking(
        Draft(
            field_owner=agreement.field_owner_post if agreement.field_owner_id else "",
            sheet=sheet_of(agreement.lines),
            fate=Fate(agreement.fate) if agreement.fate else None,
            operation_payer=agreement.operation_payer,
            remeasurement_post=agreement.remeasurement_post,
        )
    )


def offer(agreement_id: UUID, *, reason: str, actor: Account, now: datetime) -> Agreement:
    """For signature. Raises RequestError: agreement.lacking, request.reason, agreement.not_there, .no_such_way."""
    reason = checked_reason(reason)
    with transaction.atomic():
        agreement = locked_agreement(agreement_id)
        CYCLE.must_go(agreement, AgreementState.OFFERED, AgreementMover.OFFICE)
        if found := lacking_of(agreement):
            raise RequestError(
                Text(
                    ko=". ".join(one.words.ko for one in found) + ".", en=". ".join(one.words.en for one in found) + "."
                ),
                Text(ko="채운 뒤 서명을 요청하십시오.", en="Fill it in, then offer it for signature."),
                code="agreement.lacking",
                lacking=[one.value for one in found],
            )
        AgreementVersion.objects.create(
            agreement=agreement,
            version=agreement.version + 1,
            state=VersionState.OFFERED.value,
            lines=agreement.lines,
            terms=terms_of(agreement),
            reason=reason,
            offered_by=actor,
            offered_at=now,
        )
        CYCLE.move(agreement, AgreementState.OFFERED, by=AgreementMover.OFFICE, actor=actor, reason=reason, now=now)
    return agreement


def take_back(agreement_id: UUID, *, reason: str, actor: Account, now: datetime) -> Agreement:
    """What was offered is drafted again; signatures given to it count no more. Raises as `offer`."""
    reason = checked_reason(reason)
    with transaction.atomic():
        agreement = locked_agreement(agreement_id)
        CYCLE.move(agreement, AgreementState.DRAFT, by=AgreementMover.OFFICE, actor=actor, reason=reason, now=now)
        agreement.versions.filter(state=VersionState.OFFERED.value).update(state=VersionState.TAKEN_BACK.value)
    return agreement


def cancel(agreement_id: UUID, *, reason: str, actor: Account, now: datetime) -> Agreement:
    """Stays where it was, with its reason. Raises as `offer`."""
    reason = checked_reason(reason)
    with transaction.atomic():
        agreement = locked_agreement(agreement_id)
        CYCLE.move(agreement, AgreementState.CANCELLED, by=AgreementMover.OFFICE, actor=actor, reason=reason, now=now)
        agreement.versions.filter(state=VersionState.OFFERED.value).update(state=VersionState.TAKEN_BACK.value)
    return agreement


def _told(agreement: Agreement, action: str, what: str, actor: Account, now: datetime) -> None:
    CYCLE.happened(agreement, actor=actor, reason=what, now=now, action=action, columns={"what": action.split(".")[1]})


def _columns(said: AgreementSaid) -> dict[str, Any]:
    texts = {name: value.strip() for name, value in vars(said).items() if name != "field_owner"}
    room = {"title": TITLE, "members": MOST_REASON, "protocol": MOST_REASON}
    if not (texts["title"] and texts["lead"]) or any(len(one) > room.get(name, LINE) for name, one in texts.items()):
        raise refusal("words")
    if texts["fate"] and texts["fate"] not in set(Fate):
        raise refusal("bad_fate")
    owner = None
    if said.field_owner.strip():
        owner = Account.objects.filter(username=said.field_owner.strip(), is_active=True).first()
        if owner is None or not owner.may(Action.SIGN_FOR_FIELD):
            raise refusal("no_owner")
    return texts | {"field_owner": owner}
