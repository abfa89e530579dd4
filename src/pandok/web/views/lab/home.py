"""The lab's first page: where to go."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pandok.desk.roles import Action
from pandok.web.lab_areas import areas_for
from pandok.web.middleware.access import allows


@require_safe
@allows(Action.SEE_LAB)
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "pandok/lab/home.html", {"areas": areas_for(request)})
