"""An officer lets later readings be compared with a photograph of a closed case, or takes that back."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from pandok.common import house
from pandok.common.web.requests import AccountRequest
from pandok.core.errors import PandokError
from pandok.core.text import Text
from pandok.core.whole_number import whole_number
from pandok.fields.counterfeit.acts.learning.confirming import Wish, check, confirm, take_back
from pandok.fields.counterfeit.roles import Action
from pandok.fields.counterfeit.web.case_forms import ConfirmViewForm, withdraw_view_form
from pandok.fields.counterfeit.web.shown.confirmed_views import what_follows
from pandok.fields.counterfeit.web.views.cases.case_requests import customs_case, fields_of
from pandok.fields.counterfeit.web.views.cases.page import refused
from pandok.web.middleware.deny_by_default import allows
from pandok.web.sent_fields import meant
from pandok.web.shown.rendering import render

TITLE = Text(ko="이 사진을 확인 사진으로 추가", en="Add this photograph as a confirmed one")


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.WORK_CASES)
def add(request: AccountRequest, case_id: UUID) -> HttpResponse:
    """The first time it is asked once more, with what will happen."""
    case = customs_case(request, case_id)
    if request.method != "POST":
        return redirect("case", case_id=case_id)
    form = meant(ConfirmViewForm("", request.POST, case=case))
    number = whole_number(form.cleaned_data["photograph"], most=999) or 0
    photograph = case.signal.photographs.filter(position=number - 1).first()
    if photograph is None:
        raise Http404
    wish = Wish(case, photograph, form.cleaned_data["design_id"], request.user, form.why())
    try:
        if request.POST.get("confirmed") != "yes":
            context = {
                "case": case,
                "address": reverse("case_confirm", args=[case.id]),
                "title": TITLE,
                "photograph": photograph,
                "reason": wish.reason,
                "sentences": what_follows(check(wish, house.blobs())),
                "back": reverse("case", args=[case.id]) + "#confirmed-title",
                "fields": fields_of(request),
            }
            return render(request, "pandok/cases/ask_again.html", context)
        confirm(wish, now=timezone.now(), blobs=house.blobs(), form=form.number())
    except PandokError as error:
        return refused(request, case_id, error, f"confirm_view_{number}")
    return redirect(reverse("case", args=[case_id]) + "#confirmed-title")


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.WORK_CASES)
def withdraw(request: AccountRequest, case_id: UUID, confirmed_id: UUID) -> HttpResponse:
    case = customs_case(request, case_id)
    if request.method != "POST":
        return redirect("case", case_id=case_id)
    confirmed = get_object_or_404(case.confirmed_views.select_related("case"), id=confirmed_id)
    number = str(confirmed.photograph.position + 1)
    form = meant(withdraw_view_form(number, request.POST, case=case))
    try:
        take_back(confirmed=confirmed, actor=request.user, reason=form.why(), now=timezone.now())
    except PandokError as error:
        return refused(request, case_id, error, f"withdraw_view_{number}")
    return redirect(reverse("case", args=[case_id]) + "#confirmed-title")
