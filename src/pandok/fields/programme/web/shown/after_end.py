"""What became of a trial in words: each term with its answer, and a form for who may answer."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from pydantic import ValidationError

from pandok.common.models import Account
from pandok.core.programme.lock import Lock
from pandok.fields.programme.agreement_states import AgreementState
from pandok.fields.programme.kpi_line import sheet_of
from pandok.fields.programme.kpi_words import promised
from pandok.fields.programme.lists.afterwards import TermTold, final_among, terms_told, use_today
from pandok.fields.programme.models import Agreement, Measurement
from pandok.fields.programme.overall import overall
from pandok.fields.programme.roles import Action
from pandok.fields.programme.use_states import AnswerState, UseState
from pandok.fields.programme.web.evidence_forms import UseForm
from pandok.fields.programme.web.shown.certificate_facts import certificate_row
from pandok.fields.programme.web.shown.evidence_facts import BADGES, kpis_shown, measurement_shown

_USE_BADGES = {UseState.IN_USE: "badge-good", UseState.PARTLY: "badge-unsure", UseState.DORMANT: "badge-bad"}


def terms_shown(agreement: Agreement, account: Account | None = None) -> list[dict[str, Any]]:
    """`account`: who may answer what is due; None: shown alone."""
    mine = account is not None and account.may(Action.ANSWER_AFTERWARDS)
    mine = mine and AgreementState(agreement.state) in (AgreementState.RUNNING, AgreementState.ENDED)
    return [_term(one, with_form=mine) for one in terms_told(agreement, timezone.now())]


def project_row(agreement: Agreement) -> dict[str, Any]:
    """One line of the list: promised, proven, owner, use, what became of it."""
    final, terms = final_among(agreement), terms_told(agreement, timezone.now())
    today = use_today(terms)
    sheet = sheet_of(agreement.lines)
    try:
        verdict = overall(one.verdict for one in final.evidence.kpis) if final else None
    except (ValidationError, ValueError):
        verdict = None
    return {
        "agreement": agreement,
        "state": AgreementState(agreement.state).words,
        "promised": [
            (one.name, promised(one.target, one.unit, one.baseline.value, one.direction.words))
            for one in (sheet.indicators if sheet else ())
        ],
        "verdict": verdict.words if verdict else None,
        "badge": BADGES[verdict] if verdict else "badge-plain",
        "certificates": [certificate_row(one) for one in agreement.certificates.all()],
        "terms": [_term(one, with_form=False) for one in terms],
        "use": today.use.words if today and today.use else None,
        "use_badge": _USE_BADGES.get(today.use, "badge-plain") if today and today.use else "badge-plain",
    }


def project_shown(agreement: Agreement) -> dict[str, Any]:
    """The whole of it for its public page."""
    return project_row(agreement) | {"kpis": _kpis(final_among(agreement))}


def _kpis(final: Measurement | None) -> list[Any]:
    try:
        return kpis_shown(final.evidence, Lock.model_validate(final.version.lock)) if final else []
    except (ValidationError, ValueError, KeyError):
        return []


def _term(one: TermTold, *, with_form: bool) -> dict[str, Any]:
    due = one.state is not AnswerState.NOT_DUE
    measured = one.answer.measurement if one.answer else None
    try:
        shown = measurement_shown(measured) if measured else None
    except (ValidationError, ValueError, KeyError):
        shown = None
    return {
        "again": one.again,
        "state": one.state.words,
        "badge": "badge-bad" if one.state in (AnswerState.OVERDUE, AnswerState.UNKNOWN) else "badge-plain",
        "answer": one.answer,
        "use": one.use.words if one.use else None,
        "measured": shown,
        "form": UseForm(auto_id=f"use{one.again.pk}_%s") if with_form and due else None,
    }
