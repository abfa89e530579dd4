"""The officer records that a party agreed on paper to electronic service, or took that back."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from pandok.common.web.requests import AccountRequest
from pandok.core.days import day_from
from pandok.core.errors import PandokError
from pandok.fields.counterfeit.acts.notices.consenting import PLACES, record_for_party
from pandok.fields.counterfeit.roles import Action
from pandok.fields.counterfeit.web.views.cases.asking import customs_case
from pandok.fields.counterfeit.web.views.cases.page import refused
from pandok.web.middleware.access import allows


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.WORK_CASES)
def record(request: AccountRequest, case_id: UUID, place: str) -> HttpResponse:
    case = customs_case(request, case_id)
    if place not in PLACES:
        raise Http404
    if request.method != "POST":
        return redirect("case", case_id=case_id)
    try:
        record_for_party(
            case=case,
            place=place,
            given=request.POST.get("agrees") == "yes",
            said_on=day_from(request.POST.get("day", "")),
            proof=request.POST.get("proof", "")[:2000].replace("\x00", ""),
            actor=request.user,
            now=timezone.now(),
        )
    except PandokError as error:
        return refused(request, case_id, error, f"electronic_{place}")
    return redirect("case", case_id=case_id)
