"""The officer records how a notice was served outside this system, from which day its terms count."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from pandok.common.web.requests import AccountRequest
from pandok.core.days import day_from
from pandok.core.errors import PandokError
from pandok.fields.counterfeit.acts.notices.serving import record_service
from pandok.fields.counterfeit.roles import Action
from pandok.fields.counterfeit.web.views.cases.asking import customs_case, form_id
from pandok.fields.counterfeit.web.views.cases.page import refused
from pandok.web.middleware.access import allows


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.WORK_CASES)
def record(request: AccountRequest, case_id: UUID, notice_id: UUID) -> HttpResponse:
    case = customs_case(request, case_id)
    notice = case.notices.select_related("party").filter(id=notice_id).first()
    if notice is None:
        raise Http404
    if request.method != "POST":
        return redirect("case", case_id=case_id)
    try:
        record_service(
            case=case,
            notice=notice,
            way=request.POST.get("way", ""),
            day=_day(request.POST.get("day", "")),
            proof=request.POST.get("proof", "")[:2000].replace("\x00", ""),
            actor=request.user,
            now=timezone.now(),
            nonce=form_id(request).hex,
        )
    except PandokError as error:
        return refused(request, case_id, error, "service")
    return redirect("case", case_id=case_id)


def _day(text: str) -> date:
    return day_from(text, "service.day")
