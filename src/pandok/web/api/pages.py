"""The description of the API: for programs as OpenAPI, for people as a page drawn from the same values."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from pandok.web.api.app import PREFIX
from pandok.web.api.description import description_bytes, operations_page
from pandok.web.api.refusals import as_json, refusal


@login_not_required
@require_safe
def description(request: HttpRequest) -> HttpResponseBase:
    """Public: it says what may be asked, and nothing of what is kept here."""
    text, etag = description_bytes()
    answer = HttpResponse(text, content_type="application/json")
    answer.headers["ETag"] = etag
    answer.headers["Cache-Control"] = "public, no-cache"
    return get_conditional_response(request, etag=etag, response=answer) or answer


@login_not_required
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    context = {"operations": operations_page(get_language() or "ko"), "prefix": PREFIX}
    return render(request, "pandok/api/page.html", context)


@csrf_exempt
@login_not_required
def nowhere(request: HttpRequest, rest: str) -> JsonResponse:  # noqa: ARG001
    """Every other address under /api/."""
    return as_json(refusal(404))
