"""What officers decide in a case: the candidate, "nothing close", the disposition of the goods, the end."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from pandok.common.models import Account, Party
from pandok.common.reasons import checked_reason
from pandok.core.dates import day_words
from pandok.core.errors import RequestError
from pandok.core.reading import Candidate
from pandok.core.rights import STATUS_WORDS, LegalStatus
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.core.text import Text
from pandok.fields.counterfeit.acts.cases import terms
from pandok.fields.counterfeit.acts.cases.case_moves import locked, move, note
from pandok.fields.counterfeit.acts.cases.opening import no_choice, search_words
from pandok.fields.counterfeit.acts.cases.refusals import unknown_design
from pandok.fields.counterfeit.models import Case
from pandok.fields.counterfeit.outcomes import Disposition, Finding
from pandok.fields.counterfeit.states import TOLD, State, Turn
from pandok.fields.register.models import Design
from pandok.fields.register.right_standing import Standing, may_be_based_on, standing


def choose_candidate(*, case: Case, design_id: str, actor: Account, reason: str, now: datetime) -> Case:
    """The officer takes one design as the right that may be concerned.

    It may be one of the candidates or any other design of the register (found by number). Raises RequestError where
    it is unknown or the right does not stand today: such a right is never a basis.
    """
    with transaction.atomic():
        case = locked(case.id)
        would_choose(case, design_id, now)
        design = case.design
        assert design is not None
        candidate = _candidate(case, design_id)
        changes: dict[str, Any] = {
            "candidate_rank": candidate.rank if candidate else None,
            "candidate_probability": candidate.probability if candidate else None,
            "locarno_class": design.locarno_class or case.locarno_class,
            "words": search_words(case),
        }
        move(
            case,
            State.CANDIDATE_CHOSEN,
            by=Turn.OFFICER,
            actor=actor,
            reason=reason,
            now=now,
            data={
                "design_id": design_id,
                "rank": candidate.rank if candidate else 0,
                "probability": candidate.probability if candidate else None,
            },
            changes=changes,
        )
        return case


def would_choose(case: Case, design_id: str, now: datetime) -> Case:
    """The case in memory as it would be with this design chosen; nothing is written. Raises like `choose_candidate`."""
    design = Design.objects.select_related("holder").filter(design_id=design_id).first()
    if design is None:
        raise _unknown_design(design_id)
    must_stand(design, now)
    case.design = design
    case.holder = Party.objects.filter(holder_names__holder=design.holder).first() if design.holder else None
    return case


def must_stand(design: Design, now: datetime) -> None:
    """Raises RequestError where the right is no basis today; also for one that was chosen when it still stood."""
    today = now.astimezone(OFFICE_ZONE).date()
    if not may_be_based_on(design, today):
        raise _no_basis(design, standing(design, today))


def say_nothing_close(*, case: Case, actor: Account, reason: str, now: datetime) -> Case:
    """The officer finds that no candidate is the article's right."""
    with transaction.atomic():
        case = locked(case.id)
        move(case, State.NOTHING_CLOSE, by=Turn.OFFICER, actor=actor, reason=reason, now=now, changes=no_choice(case))
        return case


def reopen_choice(*, case: Case, actor: Account, reason: str, now: datetime) -> Case:
    """Back to the candidates: the choice was wrong, or a withdrawal was. After the notice it withdraws that notice, and
    its parties are told with this reason."""
    with transaction.atomic():
        case = locked(case.id)
        if State(case.state) is State.NOTIFIED:
            reason = checked_reason(reason)
        move(
            case,
            State.READ,
            by=Turn.OFFICER,
            actor=actor,
            reason=reason,
            now=now,
            kind="choice_reopened",
            changes={**no_choice(case), "closed_at": None},
        )
        return case


def record_appraisal(
    *,
    case: Case,
    finding: Finding,
    by: Turn = Turn.OFFICER,
    actor: Account,
    reason: str,
    now: datetime,
    document: str = "",
) -> Case:
    """What the appraisal found: the truth that the reading is measured with later."""
    with transaction.atomic():
        case = locked(case.id)
        move(
            case,
            State.APPRAISED,
            by=by,
            actor=actor,
            reason=reason,
            now=now,
            data={"finding": finding.value, "document": document},
            changes={"finding": finding.value},
        )
        return case


def decide(*, case: Case, disposition: Disposition, actor: Account, reason: str, now: datetime) -> Case:
    """What becomes of the goods. Holder and importer are told the reason.

    Raises RequestError while a request for suspension waits for its decision, or a term of the holder runs that this
    decision would take away (pandok.fields.counterfeit.acts.cases.terms).
    """
    reason = checked_reason(reason)
    with transaction.atomic():
        case = locked(case.id)
        if terms.pending_request(case) is not None:
            raise terms.request_waits()
        move(
            case,
            State.DECIDED,
            by=Turn.OFFICER,
            actor=actor,
            reason=reason,
            now=now,
            data={"disposition": disposition.value},
            changes={"disposition": disposition.value},
        )
        return case


def close_case(*, case: Case, actor: Account, reason: str, now: datetime) -> Case:
    """The end; a case with "nothing close" releases the goods with it."""
    reason = checked_reason(reason)
    with transaction.atomic():
        case = locked(case.id)
        changes = {} if case.disposition else {"disposition": Disposition.RELEASED.value}
        move(case, State.CLOSED, by=Turn.OFFICER, actor=actor, reason=reason, now=now, changes=changes)
        return case


def name_parties(
    *,
    case: Case,
    actor: Account,
    now: datetime,
    importer: Party | None = None,
    appraiser: Party | None = None,
    holder: Party | None = None,
    reason: str = "",
) -> Case:
    """Say who the importer, the appraising association or (where the register has no link) the holder is.

    A party that was told keeps its place until the notice is withdrawn: another one there would end its term.
    """
    wanted = {"importer": importer, "appraiser": appraiser, "holder": holder}
    named = {key: party for key, party in wanted.items() if party is not None}
    kinds = {"importer": Party.IMPORTER, "appraiser": Party.ASSOCIATION, "holder": Party.HOLDER}
    for key, party in named.items():
        if party.kind != kinds[key] or not party.active:
            raise RequestError(
                Text(ko=f"'{party.name}'은(는) 이 역할의 당사자가 아닙니다.", en=f"'{party.name}' is no such party."),
                Text(ko="목록에서 다시 고르십시오.", en="Choose again from the list."),
                code="case.wrong_party",
            )
    with transaction.atomic():
        case = locked(case.id)
        for key, party in named.items():
            before = getattr(case, key)
            if key != "appraiser" and before is not None and before != party and _was_told(case, before):
                raise _told_already(before)
            setattr(case, key, party)
        note(
            case,
            "parties_named",
            by=Turn.OFFICER,
            actor=actor,
            reason=reason,
            now=now,
            data={key: party.name for key, party in named.items()},
            changes={"words": search_words(case)},
        )
        return case


def _was_told(case: Case, party: Party) -> bool:
    """Whether the case stands on a notice to this party."""
    return case.state in TOLD and case.notices.filter(party=party).exists()


def _told_already(party: Party) -> RequestError:
    return RequestError(
        Text(ko=f"'{party.name}'에게 이미 통지하였습니다.", en=f"'{party.name}' has been told already."),
        Text(
            ko="당사자를 바꾸려면 먼저 통지를 철회하십시오(후보 다시 고르기).",
            en="To name another one, withdraw the notice first (choose the candidate again).",
        ),
        code="case.party_told",
    )


def _candidate(case: Case, design_id: str) -> Candidate | None:
    if case.reading is None:
        return None
    return next((one for one in case.reading.reading.candidates if one.design.design_id == design_id), None)


def _unknown_design(design_id: str) -> RequestError:
    return unknown_design(
        Text(ko=f"등록부에 '{design_id[:60]}' 디자인이 없습니다.", en=f"No design '{design_id[:60]}' is registered."),
        Text(ko="번호를 확인하거나 후보에서 고르십시오.", en="Check the number, or choose one of the candidates."),
    )


def _no_basis(design: Design, found: Standing) -> RequestError:
    if found.status is LegalStatus.EXPIRED and found.expires_on is not None:
        over = day_words(found.expires_on)
        why = Text(ko=f"존속기간이 {over.ko}에 끝났습니다", en=f"its term ended on {over.en}")
    else:
        word = STATUS_WORDS[found.status]
        why = Text(ko=f"현재 상태: {word.ko}", en=f"its status is: {word.en}")
    return RequestError(
        Text(
            ko=f"{design.design_id}은(는) 지금 존속 중인 권리가 아니므로 근거가 될 수 없습니다({why.ko}).",
            en=f"{design.design_id} is not in force today and cannot be a basis ({why.en}).",
        ),
        Text(
            ko="존속 중인 다른 후보를 고르십시오. 권리가 갱신되었다면 등록 자료를 다시 가져온 뒤 진행하십시오.",
            en="Choose another candidate that is in force. If the right was renewed, import the register again first.",
        ),
        code="case.no_basis",
        status=found.status.value,
    )
