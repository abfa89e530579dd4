"""The officer asks the named association for an appraisal."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from pandok.common.web.requests import AccountRequest
from pandok.core.errors import PandokError, RequestError
from pandok.core.text import Text
from pandok.fields.counterfeit.acts.answering.assigning import ask_for_appraisal
from pandok.fields.counterfeit.acts.notices.office import open_office
from pandok.fields.counterfeit.roles import Action
from pandok.fields.counterfeit.web.case_forms import WhyForm
from pandok.fields.counterfeit.web.views.cases.case_requests import customs_case
from pandok.fields.counterfeit.web.views.cases.page import refused
from pandok.settings import settings
from pandok.web.middleware.deny_by_default import allows
from pandok.web.sent_fields import meant


@require_POST
@allows(Action.WORK_CASES)
def ask(request: AccountRequest, case_id: UUID) -> HttpResponse:
    case = customs_case(request, case_id)
    form = meant(WhyForm("ask_appraisal", request.POST, case=case))
    try:
        if case.appraiser is None:
            raise RequestError(
                Text(ko="감정 단체가 지정되지 않았습니다.", en="No association is named."),
                Text(
                    ko="당사자에서 감정 단체를 먼저 지정하십시오.", en="Name the association under the parties first."
                ),
                code="appraisal.nobody",
            )
        ask_for_appraisal(
            case=case,
            association=case.appraiser,
            actor=request.user,
            reason=form.why(),
            now=timezone.now(),
            office=open_office(settings(), settings().home),
            nonce=str(form.number()),
        )
    except PandokError as error:
        return refused(request, case_id, error, "ask_appraisal")
    return redirect("case", case_id=case_id)
