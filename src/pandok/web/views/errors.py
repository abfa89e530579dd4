"""Friendly pages for what goes wrong outside a use case; in both languages.

Whoever is signed in keeps the menu and the way out. Where the database does not answer, or nobody was found out to be
signed in before it went wrong, the page does without it.
"""

from __future__ import annotations

import sys
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from pandok.common.store_faults import store_fault
from pandok.core.text import Text
from pandok.web.broken import broken_page, wants_json, whose_turn

_PAGES: dict[int, tuple[Text, Text]] = {
    400: (
        Text(ko="요청을 이해하지 못했습니다.", en="The request could not be understood."),
        Text(
            ko="앞 화면으로 돌아가 다시 보내십시오. 사진은 한 번에 60장 아래로 보내십시오.",
            en="Go back and send it again. Send fewer than 60 photographs at once.",
        ),
    ),
    403: (
        Text(ko="이 화면을 볼 권한이 없습니다.", en="Your role does not open this page."),
        Text(
            ko="다른 계정으로 로그인하거나 관리자에게 역할을 요청하십시오.",
            en="Sign in with another account, or ask the administrator for the role.",
        ),
    ),
    404: (
        Text(ko="찾으시는 화면이 없습니다.", en="There is no such page."),
        Text(
            ko="주소를 확인하거나 처음 화면으로 가십시오. 다른 직원의 판독은 보이지 않습니다.",
            en="Check the address, or go to the first page. Readings of other officers are not shown.",
        ),
    ),
    413: (
        Text(ko="한 번에 보낸 내용이 너무 큽니다.", en="Too much was sent at once."),
        Text(
            ko="앞 화면으로 돌아가 글을 나누어 보내십시오. 긴 글은 파일로 첨부하십시오.",
            en="Go back and send it in parts; attach a long text as a file.",
        ),
    ),
    500: (
        Text(ko="프로그램에 문제가 생겼습니다.", en="Something in the program went wrong."),
        Text(
            ko="올린 사진은 남아 있습니다. 잠시 뒤 다시 하고, 반복되면 시각을 관리자에게 알려 주십시오.",
            en="Photographs you sent are kept. Try again shortly; if it persists, tell the administrator the time.",
        ),
    ),
}
_CSRF = (
    Text(ko="보안 확인이 만료되었습니다.", en="The security check of this form has expired."),
    Text(
        ko="앞 화면으로 돌아가 새로 고친 뒤 다시 보내십시오. 쿠키가 허용되어 있어야 합니다.",
        en="Go back, reload the page and send again. Cookies must be allowed.",
    ),
)


@login_not_required
def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    status = 413 if isinstance(exception, RequestDataTooBig) else 400
    return _with_menu(request, status, *_PAGES[status])


@login_not_required
def not_allowed(request: HttpRequest, exception: Any = None) -> HttpResponse:  # noqa: ARG001
    return _with_menu(request, 403, *_PAGES[403])


@login_not_required
def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:  # noqa: ARG001
    return _with_menu(request, 404, *_PAGES[404])


@login_not_required
def server_error(request: HttpRequest) -> HttpResponse:
    """Also for what fails outside of views: a session that a full disk does not take, an upload's temporary file."""
    fault = store_fault(sys.exc_info()[1])
    if fault is None:
        return broken_page(500, *_PAGES[500], request=request)
    if wants_json(request):
        return JsonResponse(fault.as_dict(), status=503)
    return broken_page(503, fault.what, fault.next_step, request=request)


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    return _with_menu(request, 403, *_CSRF)


def _with_menu(request: HttpRequest, status: int, what: Text, next_step: Text) -> HttpResponse:
    try:
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated and not wants_json(request):
            context = {"what": what, "next_step": next_step, "status": status, "turn": whose_turn(status)}
            return render(request, "pandok/broken_signed_in.html", context, status=status)
    except (DatabaseError, SuspiciousOperation):
        pass
    return broken_page(status, what, next_step)
