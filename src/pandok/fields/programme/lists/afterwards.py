"""Projects as a whole: what was promised, what was proven, who owns it, who uses it, what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, QuerySet

from pandok.common.declared import Waiting
from pandok.common.models import Account
from pandok.core.programme.evidence import Occasion
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.fields.programme.agreement_states import AgreementState
from pandok.fields.programme.certificate_states import PUBLIC
from pandok.fields.programme.models import Agreement, Measurement, Remeasurement, TrialCertificate, UseAnswer
from pandok.fields.programme.roles import Action
from pandok.fields.programme.use_states import AnswerState, UseState, answer_state

OF_STATES = (AgreementState.RUNNING.value, AgreementState.ENDED.value)
"""Also of a trial that nobody has ended: the days were agreed on when it was signed."""


@dataclass(frozen=True)
class TermTold:
    """`answer`: the newest one. `use`: what counts, dormant where nobody has answered for too long; None: not known
    yet."""

    again: Remeasurement
    state: AnswerState
    answer: UseAnswer | None
    use: UseState | None


def public_projects() -> QuerySet[Agreement]:
    """Everything that was signed, also what was cancelled later."""
    return whole(Agreement.objects.filter(version__gt=0)).order_by("-made_at", "-id")


def whole(agreements: QuerySet[Agreement]) -> QuerySet[Agreement]:
    """With what a line about each needs, at once."""
    answers = UseAnswer.objects.select_related("measurement__version", "answered_by").order_by("answered_at", "pk")
    issued = TrialCertificate.objects.filter(state__in=[one.value for one in PUBLIC]).order_by("issued_at")
    measured = Measurement.objects.select_related("version").order_by("-measured_at", "-number")
    return agreements.select_related("problem", "field_owner").prefetch_related(
        Prefetch("measurements", measured),
        Prefetch("certificates", issued),
        Prefetch("remeasurements", Remeasurement.objects.order_by("due_on")),
        Prefetch("remeasurements__answers", answers),
    )


def final_among(agreement: Agreement) -> Measurement | None:
    """The final measurement of the locked version, of an agreement of `whole`."""
    found = (
        one
        for one in agreement.measurements.all()
        if one.occasion == Occasion.FINAL.value and one.version.version == agreement.version
    )
    return next(found, None)


def terms_told(agreement: Agreement, now: datetime) -> list[TermTold]:
    today = now.astimezone(OFFICE_ZONE).date()
    found = []
    for again in agreement.remeasurements.all():
        answers = list(again.answers.all())
        last = answers[-1] if answers else None
        state = answer_state(again.due_on, today, answered=last is not None)
        use = UseState(last.use) if last else UseState.DORMANT if state is AnswerState.UNKNOWN else None
        found.append(TermTold(again, state, last, use))
    return found


def use_today(terms: list[TermTold]) -> TermTold | None:
    """The latest term of which something is known."""
    return next((one for one in reversed(terms) if one.use is not None), None)


def due_and_open(now: datetime) -> QuerySet[Remeasurement]:
    """Their day is over, and nobody has answered."""
    today = now.astimezone(OFFICE_ZONE).date()
    return Remeasurement.objects.filter(due_on__lt=today, answers=None, agreement__state__in=OF_STATES)


def waiting(account: Account, now: datetime) -> dict[str, Waiting]:
    """Answers that are due, for the menu: of the own trials of a field owner, of all for the office."""
    if not account.may(Action.ANSWER_AFTERWARDS):
        return {}
    found = due_and_open(now)
    if not account.may(Action.KEEP_AGREEMENTS):
        found = found.filter(agreement__field_owner=account)
    count = found.count()
    return {"programme_agreements": Waiting(count, count)}
