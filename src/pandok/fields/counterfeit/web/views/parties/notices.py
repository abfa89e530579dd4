"""The notices of a person's parties: list, page, photographs, PDF. What is opened is recorded."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from pandok.common import house
from pandok.common.audit.viewing import DOCUMENT, record_viewing
from pandok.common.web.requests import AccountRequest
from pandok.fields.counterfeit.acts.notices.access import (
    PAGE,
    PDF,
    concerns_still,
    content_of,
    notices_for,
    record_opening,
)
from pandok.fields.counterfeit.acts.picture_access import is_registered_view
from pandok.fields.counterfeit.lists.visible import cases_visible_to
from pandok.fields.counterfeit.models import Notice
from pandok.fields.counterfeit.roles import Action
from pandok.fields.counterfeit.web.reading_language import further_asked
from pandok.fields.counterfeit.web.shown.notice_page import cases_of, row
from pandok.fields.counterfeit.web.views.parties.closer_look import look_at_notice
from pandok.fields.counterfeit.web.views.parties.notice_file import notice_file
from pandok.fields.counterfeit.web.views.parties.own_notice import current_notice, own_notice
from pandok.fields.counterfeit.web.views.parties.page import notice_answer
from pandok.web.file_answer import picture_answer
from pandok.web.middleware.deny_by_default import allows
from pandok.web.shown.rendering import render

NOTICES_A_PAGE = 20


@require_safe
@allows(Action.SEE_TOLD_CASES)
def list_notices(request: AccountRequest) -> HttpResponse:
    page = Paginator(cases_of(request.user), NOTICES_A_PAGE).get_page(request.GET.get("page"))
    now = timezone.now()
    rows = [row(case, request.user, now) for case in page.object_list]
    return render(request, "pandok/parties/notices.html", {"page": page, "rows": rows})


@require_safe
@allows(Action.SEE_TOLD_CASES)
def show_notice(request: AccountRequest, notice_id: UUID) -> HttpResponse:
    notice = own_notice(request, notice_id)
    if request.method == "GET":
        record_opening(notice=notice, account=request.user, what=PAGE, now=timezone.now())
    return notice_answer(request, notice)


@require_safe
@allows(Action.SEE_TOLD_CASES)
def notice_picture(request: AccountRequest, notice_id: UUID, sha256: str) -> HttpResponse:
    notice, blobs = current_notice(request, notice_id), house.blobs()
    if sha256 not in content_of(notice).pictures() or sha256 not in blobs:
        raise Http404
    if "look" in request.GET:
        return look_at_notice(
            request, [content_of(notice)], sha256, lambda one: reverse("notice_picture", args=[notice.id, one])
        )
    if request.method == "GET" and not is_registered_view(sha256):
        record_viewing(account=request.user, sha256=sha256, obj=f"notice:{notice.id}", now=timezone.now())
    return picture_answer(blobs.get(sha256), small="small" in request.GET)


@require_safe
@allows(Action.SEE_CASES)
def notice_pdf(request: AccountRequest, notice_id: UUID) -> HttpResponse:
    """For the party, and for customs who issued it. A withdrawn one is for customs only."""
    mine = notices_for(request.user).filter(id=notice_id).select_related("case", "party").first()
    if mine is not None and not concerns_still(mine) and content_of(mine).pictures():
        mine = None
    notice, blobs = mine or get_object_or_404(_of_customs(request), id=notice_id), house.blobs()
    if notice.pdf_sha256 not in blobs:  # deleted with the case's files
        raise Http404
    if request.method == "GET":
        now = timezone.now()
        if mine is not None:
            record_opening(notice=notice, account=request.user, what=PDF, now=now)
        record_viewing(
            account=request.user, sha256=notice.pdf_sha256, obj=f"notice:{notice.id}", now=now, action=DOCUMENT
        )
    return notice_file(notice, blobs, further_asked(request))


def _of_customs(request: AccountRequest) -> QuerySet[Notice]:
    if request.user.may(Action.SEE_TOLD_CASES):
        return Notice.objects.none()
    return Notice.objects.filter(case__in=cases_visible_to(request.user)).select_related("case", "party")
