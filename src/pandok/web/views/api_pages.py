"""The description of the API: for programs as OpenAPI, for people as a page drawn from the same values."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from pandok.web.api.app import PREFIX, schema
from pandok.web.api.describe import described_operations
from pandok.web.api.refusals import as_json, refusal


@login_not_required
@require_safe
def description(request: HttpRequest) -> JsonResponse:  # noqa: ARG001
    """Public: it says what may be asked, and nothing of what is kept here."""
    return JsonResponse(schema())


@login_not_required
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    context: dict[str, Any] = {"groups": described_operations(schema()), "prefix": PREFIX}
    return render(request, "pandok/api/page.html", context)


@csrf_exempt
@login_not_required
def nowhere(request: HttpRequest, rest: str) -> JsonResponse:  # noqa: ARG001
    """Every other address under /api/."""
    return as_json(refusal(404))
