"""The lab's first page: what waits for the person, how far each problem is, and where to go."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from pandok.common.web.requests import AccountRequest
from pandok.fields.lab.models import ProblemPack
from pandok.fields.lab.roles import Action
from pandok.fields.lab.web.areas import areas_for
from pandok.fields.lab.web.shown.lab_home import problem_rows, turns
from pandok.web.middleware.deny_by_default import allows
from pandok.web.shown.rendering import render

PROBLEMS_SHOWN = 20


@require_safe
@allows(Action.SEE_LAB)
def home(request: AccountRequest) -> HttpResponse:
    now = timezone.now()
    waiting, count = turns(request.user, now)
    newest = ProblemPack.objects.select_related("deposit").prefetch_related("registrations").order_by("-brought_at")
    context = {
        "areas": areas_for(request),
        "waiting": waiting,
        "waiting_count": count,
        "rows": problem_rows(list(newest[:PROBLEMS_SHOWN]), request.user, now),
    }
    return render(request, "pandok/lab/home.html", context)
