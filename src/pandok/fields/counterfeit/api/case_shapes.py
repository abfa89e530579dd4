"""Cases as the API shows them. A party sees the case without officers' reasons and without the reader's scores."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field, create_model

from pandok.common.api.parties import PartyRef, party_ref
from pandok.common.models import Account
from pandok.core.declaration import OF_CASE
from pandok.fields.counterfeit.acts.cases.clocks import last_day_of, time_left
from pandok.fields.counterfeit.lists.visible import in_customs_hands, turns_in
from pandok.fields.counterfeit.models import Case, CaseClock, CaseEvent
from pandok.fields.counterfeit.outcomes import Disposition, Finding
from pandok.fields.counterfeit.states import State, Turn, ways_from
from pandok.fields.designs.api.readings import PhotographOut, photograph_out
from pandok.fields.register.api.designs import DesignRef, design_ref


class CaseHead(BaseModel):
    id: UUID
    number: str
    state: State
    state_since: datetime
    turn: Turn = Field(description="Who has to act next")
    due_at: datetime | None
    opened_at: datetime
    closed_at: datetime | None
    site: str | None
    officer: str | None = Field(description="Null for parties")


_ABOUT = {
    "hs_code": "This and the numbers of the papers: for customs and the importer only",
    "value_krw": "Digits; for customs and the importer only",
}
_DECLARED: dict[str, Any] = {one.name: (str, Field(description=_ABOUT.get(one.name))) for one in OF_CASE}


class CaseRow(create_model("CaseDeclared", __base__=CaseHead, **_DECLARED)):  # type: ignore[misc]  # made when read
    locarno_class: str
    design_id: str | None
    holder: str | None
    importer: str | None = Field(description="For customs and the importer only")
    finding: Finding | None
    disposition: Disposition | None


class CaseOut(CaseRow):
    """`may_act_as`: the turns that the caller may take; `ways`: the states each of them may lead to."""

    law_version: str
    signal_id: UUID
    reading_id: UUID | None = Field(description="Null for parties")
    photographs: list[PhotographOut] = Field(description="Empty for parties: their notice shows what they may see")
    design: DesignRef | None
    candidate_rank: int | None
    candidate_probability: float | None
    holder_party: PartyRef | None
    importer_party: PartyRef | None
    appraiser_party: PartyRef | None
    may_act_as: list[Turn]
    ways: dict[str, list[State]]


class ClockOut(BaseModel):
    """`last_day` is said to people; `due_at` is the midnight after it. `stopped_by`: met, given_up (by
    the party's own word), overtaken (the case went on without it), expired, withdrawn or unserved."""

    rule: str
    owner: Turn
    started_at: datetime
    due_at: datetime
    last_day: date
    business_days_left: int
    over: bool
    stopped_at: datetime | None
    stopped_by: str | None


class EventOut(BaseModel):
    sequence: int
    at: datetime
    by: Turn
    account: str | None
    kind: str
    from_state: State | None
    to_state: State
    reason: str
    data: dict[str, Any]


def case_row(case: Case, *, whole_file: bool) -> CaseRow:
    """Needs site, officer, design, holder and importer selected with the case."""
    return CaseRow(
        id=case.id,
        number=case.number,
        state=State(case.state),
        state_since=case.state_since,
        turn=Turn(case.turn),
        due_at=case.due_at,
        opened_at=case.opened_at,
        closed_at=case.closed_at,
        site=case.site.code if case.site else None,
        officer=case.officer.get_username() if whole_file else None,
        **{one.name: getattr(case, one.name) if whole_file or one.open else "" for one in OF_CASE},
        locarno_class=case.locarno_class,
        design_id=case.design.design_id if case.design else None,
        holder=case.holder.name if case.holder else None,
        importer=case.importer.name if case.importer and whole_file else None,
        finding=Finding(case.finding) if case.finding else None,
        disposition=Disposition(case.disposition) if case.disposition else None,
    )


def case_out(case: Case, account: Account) -> CaseOut:
    whole_file = in_customs_hands(account, case)
    turns = turns_in(account, case)
    sees_importer, sees_appraiser = whole_file or Turn.IMPORTER in turns, whole_file or Turn.APPRAISER in turns
    row = case_row(case, whole_file=whole_file).model_dump()
    if sees_importer:
        row |= {"importer": case.importer.name if case.importer else None}
        row |= {one.name: getattr(case, one.name) for one in OF_CASE}
    return CaseOut(
        **row,
        law_version=case.law_version,
        signal_id=case.signal_id,
        reading_id=case.reading_id if whole_file else None,
        photographs=[photograph_out(one) for one in (case.signal.photographs.all() if whole_file else ())],
        design=design_ref(case.design) if case.design else None,
        candidate_rank=case.candidate_rank if whole_file else None,
        candidate_probability=case.candidate_probability if whole_file else None,
        holder_party=party_ref(case.holder) if case.holder else None,
        importer_party=party_ref(case.importer) if case.importer and sees_importer else None,
        appraiser_party=party_ref(case.appraiser) if case.appraiser and sees_appraiser else None,
        may_act_as=sorted(turns),
        ways={turn.value: list(ways_from(State(case.state), turn)) for turn in sorted(turns)},
    )


def clock_out(clock: CaseClock, law_version: str, now: datetime) -> ClockOut:
    left = time_left(clock, law_version, clock.stopped_at or now)
    return ClockOut(
        rule=clock.rule,
        owner=Turn(clock.owner),
        started_at=clock.started_at,
        due_at=clock.due_at,
        last_day=last_day_of(clock.due_at),
        business_days_left=left.business_days,
        over=left.over,
        stopped_at=clock.stopped_at,
        stopped_by=clock.stopped_by or None,
    )


def event_out(event: CaseEvent) -> EventOut:
    return EventOut(
        sequence=event.sequence,
        at=event.at,
        by=Turn(event.by),
        account=event.actor.get_username() if event.actor else None,
        kind=event.kind,
        from_state=State(event.from_state) if event.from_state else None,
        to_state=State(event.to_state),
        reason=event.reason,
        data=event.data,
    )
