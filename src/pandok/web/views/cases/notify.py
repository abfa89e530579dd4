"""The officer's last look before holder and importer are told: to whom it goes, what it says, until when."""

from __future__ import annotations

import uuid
from pathlib import Path
from uuid import UUID

from django.conf import settings as django_settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from pandok.core.cases.states import State, Turn
from pandok.core.errors import PandokError
from pandok.desk.cases.clocks import last_day_of
from pandok.desk.cases.forms import stamp
from pandok.desk.cases.steps import not_yours
from pandok.desk.cases.visible import turns_in
from pandok.desk.models import Case, Party
from pandok.desk.notices.drafting import Draft
from pandok.desk.notices.issuing import issue_notices, preview_notices
from pandok.desk.notices.office import Office, open_office
from pandok.desk.roles import Action
from pandok.settings import settings
from pandok.web.middleware.access import allows
from pandok.web.show import case_page
from pandok.web.views.cases.asking import customs_case, form_id, language_of_page, reason_from
from pandok.web.views.cases.page import refused


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.WORK_CASES)
def notify(request: HttpRequest, case_id: UUID) -> HttpResponse:
    case = customs_case(request, case_id)
    if request.method != "POST":
        return _confirm(request, case)
    if Turn.OFFICER not in turns_in(request.user, case):
        return refused(request, case_id, not_yours(), "notify")
    try:
        issue_notices(
            case=case,
            actor=request.user,
            reason=reason_from(request, "notify"),
            now=timezone.now(),
            office=_office(),
            nonce=str(form_id(request)),
        )
    except PandokError as error:
        case = customs_case(request, case_id)
        if State(case.state) is State.CANDIDATE_CHOSEN:
            return _confirm(request, case, error, 422)
        return refused(request, case_id, error, "notify")
    return redirect("case", case_id=case_id)


def _confirm(request: HttpRequest, case: Case, error: PandokError | None = None, status: int = 200) -> HttpResponse:
    if State(case.state) is not State.CANDIDATE_CHOSEN or Turn.OFFICER not in turns_in(request.user, case):
        return redirect("case", case_id=case.id)
    now, language = timezone.now(), language_of_page()
    drafts: list[Draft] = []
    try:
        drafts = preview_notices(case=case, now=now, office=_office())
    except PandokError as refusal:
        error = error or refusal
    context = {
        "case": case,
        "drafts": [
            (draft.party, draft.content, last_day_of(draft.content.due_at) if draft.content.due_at else None)
            for draft in drafts
        ],
        "may_send": bool(drafts),
        "delivers": _office().delivers,
        "importer_missing": case.importer is None,
        "phrases": case_page.phrases("notify", language, case),
        "form_id": request.POST.get("form") or uuid.uuid4(),
        "seen": stamp(case),
        "error": error,
        "sent": request.POST,
        "holder_kind": Party.HOLDER,
    }
    return render(request, "pandok/cases/notify.html", context, status=status)


def _office() -> Office:
    return open_office(settings(), Path(django_settings.HOME))
