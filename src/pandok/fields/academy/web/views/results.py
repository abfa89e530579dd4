"""Results: of one sitting, and over time; the ledger of minutes. One's own, or of a member of one's own group."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from pandok.common.backup.gaps import gaps_of_restoring
from pandok.common.models import Account
from pandok.common.web.requests import AccountRequest
from pandok.fields.academy.kinds import SittingMode
from pandok.fields.academy.lists.learning import learning_of, repeats_of
from pandok.fields.academy.lists.ledger import all_ledgers, ledger_of
from pandok.fields.academy.lists.results import gain_in, person_answers, results_of, sitting_answers, sittings_of
from pandok.fields.academy.lists.transfer import transfer_of
from pandok.fields.academy.lists.visible import person_of, sitting_of
from pandok.fields.academy.models import Certificate, Course, TrainingMinutes
from pandok.fields.academy.roles import Action
from pandok.fields.academy.states import SittingState
from pandok.fields.academy.web.shown.curve import curve_chart
from pandok.fields.academy.web.views.parts import found_or_404
from pandok.web.middleware.deny_by_default import allows
from pandok.web.shown.rendering import render

_SEED = 1_000_003


@require_safe
@allows(Action.TRAIN)
def result(request: AccountRequest, sitting_id: UUID) -> HttpResponse:
    sitting = found_or_404(sitting_of, request.user, sitting_id)
    context = {
        "sitting": sitting,
        "person": sitting.trainee,
        "mode": SittingMode(sitting.mode).words,
        "state": sitting.stands.words,
        "state_ended": sitting.stands is SittingState.ENDED,
        "certify": sitting.mode == SittingMode.CERTIFY,
        "certificate": Certificate.objects.filter(sitting=sitting).first(),
        "results": results_of(sitting_answers(sitting), sitting.seed % _SEED),
        "repeats": repeats_of(sitting.trainee, timezone.now()) if sitting.mode == SittingMode.TRAIN else [],
    }
    return render(request, "pandok/academy/result.html", context)


@require_safe
@allows(Action.TRAIN)
def results(request: AccountRequest) -> HttpResponse:
    return _results(request, request.user)


@require_safe
@allows(Action.TEACH)
def of_person(request: AccountRequest, person_id: int) -> HttpResponse:
    """Of a member of one's own group, while the membership stands."""
    return _results(request, found_or_404(person_of, request.user, person_id))


@require_safe
@allows(Action.TRAIN)
def own_ledger(request: AccountRequest) -> HttpResponse:
    rows = TrainingMinutes.objects.filter(trainee=request.user).order_by("-sequence")[:200]
    context = {"ledgers": [ledger_of(request.user)], "stretches": list(rows), "gaps": gaps_of_restoring()}
    return render(request, "pandok/academy/ledger.html", context)


@require_safe
@allows(Action.SEE_LEDGERS)
def ledgers(request: AccountRequest) -> HttpResponse:
    """Counts and soundness, of everybody; no answers."""
    context = {"ledgers": all_ledgers(), "stretches": [], "gaps": gaps_of_restoring()}
    return render(request, "pandok/academy/ledger.html", context)


def _results(request: AccountRequest, person: Account) -> HttpResponse:
    now = timezone.now()
    learning = learning_of(person)
    gains = [(course, gain_in(person, course.pk)) for course in Course.objects.all()]
    context = {
        "person": person,
        "own": person == request.user,
        "results": results_of(person_answers(person), person.pk),
        "transfer": transfer_of(person, person.pk),
        "repeats": repeats_of(person, now),
        "curve": learning.curve,
        "chart": curve_chart(learning, get_language() or "ko") if learning.points else None,
        "gains": [(course, gain) for course, gain in gains if gain is not None],
        "sittings": [(one, SittingMode(one.mode).words, one.stands.words) for one in sittings_of(person, now)],
        "certificates": Certificate.objects.filter(trainee=person),
    }
    return render(request, "pandok/academy/results.html", context)
