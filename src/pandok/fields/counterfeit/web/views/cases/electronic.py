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
from pandok.fields.counterfeit.web.office_forms import ConsentForm
from pandok.fields.counterfeit.web.views.cases.case_requests import customs_case
from pandok.fields.counterfeit.web.views.cases.page import refused
from pandok.web.middleware.deny_by_default import allows


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.WORK_CASES)
def record(request: AccountRequest, case_id: UUID, place: str) -> HttpResponse:
    case = customs_case(request, case_id)
    if place not in PLACES:
        raise Http404
    if request.method != "POST":
        return redirect("case", case_id=case_id)
    form = ConsentForm(request.POST)
    if not form.is_valid():
        return refused(request, case_id, None, f"electronic_{place}")
    given = form.cleaned_data
    try:
        record_for_party(
            case=case,
            place=place,
            given=given["agrees"] == "yes",
            said_on=day_from(given["day"]),
            proof=given["proof"],
            actor=request.user,
            now=timezone.now(),
        )
    except PandokError as error:
        return refused(request, case_id, error, f"electronic_{place}")
    return redirect("case", case_id=case_id)
