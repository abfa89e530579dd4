"""Pictures that are taken out of use: proposed with a reason, confirmed by another; the oldest go first."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from pandok.common.web.requests import AccountRequest
from pandok.core.errors import PandokError
from pandok.fields.academy.acts.reviewing.retiring import confirm_retirement, propose_oldest, withdraw_retirement
from pandok.fields.academy.models import PictureRetirement
from pandok.fields.academy.roles import Action
from pandok.fields.academy.states import RetirementState
from pandok.fields.academy.web.lesson_forms import OldestForm
from pandok.fields.academy.web.shown.boxes import boxes_of_picture
from pandok.web.middleware.deny_by_default import allows
from pandok.web.sent_fields import ReasonForm, meant
from pandok.web.shown.rendering import refused_status, render

NEWEST = 100


@require_safe
@allows(Action.REVIEW_LESSONS)
def retired(request: AccountRequest) -> HttpResponse:
    return _page(request)


@require_POST
@allows(Action.REVIEW_LESSONS)
def propose(request: AccountRequest) -> HttpResponse:
    form = OldestForm(request.POST)
    if not form.is_valid():
        return _page(request, form=form, status=422)
    try:
        propose_oldest(
            count=form.cleaned_data["count"],
            reason=form.cleaned_data["reason"],
            actor=request.user,
            now=timezone.now(),
        )
    except PandokError as error:
        return _page(request, form=form, error=error, status=refused_status(error))
    return redirect("academy_retired")


@require_POST
@allows(Action.REVIEW_LESSONS)
def confirm(request: AccountRequest, retirement_id: UUID) -> HttpResponse:
    try:
        confirm_retirement(retirement_id=retirement_id, actor=request.user, now=timezone.now())
    except PandokError as error:
        return _page(request, error=error, status=refused_status(error))
    return redirect("academy_retired")


@require_POST
@allows(Action.REVIEW_LESSONS)
def withdraw(request: AccountRequest, retirement_id: UUID) -> HttpResponse:
    reason = meant(ReasonForm(request.POST)).why()
    try:
        withdraw_retirement(retirement_id=retirement_id, reason=reason, actor=request.user, now=timezone.now())
    except PandokError as error:
        return _page(request, error=error, status=refused_status(error))
    return redirect("academy_retired")


def _page(
    request: AccountRequest,
    *,
    form: OldestForm | None = None,
    error: PandokError | None = None,
    status: int = 200,
) -> HttpResponse:
    rows = PictureRetirement.objects.select_related("picture__article", "proposed_by", "decided_by", "replaced_by")
    waits = rows.filter(state=RetirementState.PROPOSED.value).prefetch_related("picture__views").order_by("proposed_at")
    done = rows.exclude(state=RetirementState.PROPOSED.value).order_by("-state_since")[:NEWEST]
    context = {
        "waits": [
            (one, boxes_of_picture(one.picture), one.proposed_by_id == request.user.pk) for one in waits[:NEWEST]
        ],
        "done": [(one, one.stands.words) for one in done],
        "form": form or OldestForm(),
        "reason_form": ReasonForm(auto_id=False),
        "error": error,
    }
    return render(request, "pandok/academy/retired.html", context, status=status)
