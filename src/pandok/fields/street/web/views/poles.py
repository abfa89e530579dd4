"""The poles: those that are not heard from first."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models import Case, Value, When
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from pandok.common.web.requests import AccountRequest
from pandok.core.text import Text
from pandok.fields.street.lists.silent_poles import silent_poles
from pandok.fields.street.models import Pole
from pandok.fields.street.roles import Action
from pandok.web.middleware.deny_by_default import allows
from pandok.web.shown.rendering import render

A_PAGE = 100


@require_safe
@allows(Action.SEE_STREET)
def list_poles(request: AccountRequest) -> HttpResponse:
    moment = timezone.now()
    overdue = silent_poles(moment)
    is_silent = Case(When(pk__in=overdue.values("pk"), then=Value(True)), default=Value(False))
    poles = Pole.objects.select_related("state").annotate(is_silent=is_silent).order_by("-is_silent", "key")
    page = Paginator(poles, A_PAGE).get_page(request.GET.get("page"))
    rows = [
        (
            one,
            getattr(one, "state", None),
            one.is_silent,  # type: ignore[attr-defined]  # annotated above
            Text(ko=one.place_ko, en=one.place_en or one.place_ko),
        )
        for one in page.object_list
    ]
    context = {"page": page, "rows": rows, "silent": overdue.count(), "moment": moment}
    return render(request, "pandok/street/poles.html", context)
