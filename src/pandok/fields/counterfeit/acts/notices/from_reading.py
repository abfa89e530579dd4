"""One press on a reading: the case is opened, the right chosen, holder and importer told. Before it nothing is kept."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pandok.common.models import Account, Party
from pandok.common.reasons import given_words
from pandok.fields.counterfeit.acts.cases.deciding import choose_candidate, would_choose
from pandok.fields.counterfeit.acts.cases.from_reading import case_from_reading
from pandok.fields.counterfeit.acts.notices.issuing import issue_notices, preview_notices
from pandok.fields.counterfeit.acts.notices.office import Office
from pandok.fields.counterfeit.lists.prospective_case import prospective_case
from pandok.fields.counterfeit.models import Case
from pandok.fields.counterfeit.states import State
from pandok.fields.designs.models import ReadingRecord


def notify_from_reading(
    *,
    reading: ReadingRecord,
    design_id: str,
    importer: Party | None,
    actor: Account,
    reason: str,
    now: datetime,
    office: Office,
    form: UUID,
) -> Case:
    """Open the case of this reading on `design_id` and tell the parties; `reason` is of choice and notice.

    What can be refused is asked before anything is kept. The same `form` again gives the same case.
    Raises RequestError.
    """
    given_words(reason)
    preview_notices(
        case=would_choose(prospective_case(reading, actor, now), design_id, now),
        now=now,
        office=office,
        importer=importer,
    )
    case = case_from_reading(reading=reading, actor=actor, now=now, form=form, reason=reason, design_id=design_id)
    _tell(case, importer, actor, reason, now, office, form)
    return case


def notify_with_choice(
    *,
    case: Case,
    design_id: str,
    importer: Party | None,
    actor: Account,
    reason: str,
    now: datetime,
    office: Office,
    form: UUID,
) -> Case:
    """Tell the parties of a case. `design_id` is chosen with it where the case stands on no design or another one."""
    if design_id and State(case.state) is not State.NOTIFIED and not _stands_on(case, design_id):
        given_words(reason)
        preview_notices(case=would_choose(case, design_id, now), now=now, office=office, importer=importer)
        case = choose_candidate(case=case, design_id=design_id, actor=actor, reason=reason, now=now)
    _tell(case, importer, actor, reason, now, office, form)
    return case


def _stands_on(case: Case, design_id: str) -> bool:
    chosen = State(case.state) is State.CANDIDATE_CHOSEN
    return chosen and case.design is not None and case.design.design_id == design_id


def _tell(
    case: Case, importer: Party | None, actor: Account, reason: str, now: datetime, office: Office, form: UUID
) -> None:
    issue_notices(
        case=case,
        actor=actor,
        reason=reason,
        now=now,
        office=office,
        nonce=str(form),
        importer=None if case.importer_id else importer,
    )
