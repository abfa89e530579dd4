"""The officer records how a notice was served outside this system, from which day its terms count."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from pandok.common.web.requests import AccountRequest
from pandok.core.errors import PandokError
from pandok.fields.counterfeit.acts.notices.serving import day_of_service, record_service
from pandok.fields.counterfeit.roles import Action
from pandok.fields.counterfeit.web.views.cases.case_requests import customs_case
from pandok.fields.counterfeit.web.views.cases.page import refused
from pandok.fields.counterfeit.web.views.cases.page_forms import service_form
from pandok.web.middleware.deny_by_default import allows


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.WORK_CASES)
def record(request: AccountRequest, case_id: UUID, notice_id: UUID) -> HttpResponse:
    case = customs_case(request, case_id)
    notice = case.notices.select_related("party").filter(id=notice_id).first()
    if notice is None:
        raise Http404
    if request.method != "POST":
        return redirect("case", case_id=case_id)
    form = service_form(notice.id, request.POST)
    if not form.is_valid():
        return refused(request, case_id, None, f"service_{notice.id}")
    given = form.cleaned_data
    try:
        record_service(
            case=case,
            notice=notice,
            way=given["way"],
            day=day_of_service(given["day"]),
            proof=given["proof"],
            actor=request.user,
            now=timezone.now(),
            nonce=given["form"].hex,
        )
    except PandokError as error:
        return refused(request, case_id, error, f"service_{notice.id}")
    return redirect("case", case_id=case_id)
