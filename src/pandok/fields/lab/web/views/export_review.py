"""Exports, the checkers' side: a vote, and the release."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from pandok.common.web.requests import AccountRequest
from pandok.core.errors import PandokError
from pandok.fields.lab.acts.exports.refusals import refused
from pandok.fields.lab.acts.exports.reviewing import release_export, vote_on_export
from pandok.fields.lab.lists.exports import exports_visible_to
from pandok.fields.lab.roles import Action
from pandok.fields.lab.states.export_states import Choice
from pandok.fields.lab.web.lab_forms import ExportVoteForm
from pandok.fields.lab.web.views.exports import folder, show
from pandok.web.middleware.deny_by_default import allows
from pandok.web.sent_fields import ReasonForm, meant


@require_POST
@allows(Action.REVIEW_EXPORTS)
def vote(request: AccountRequest, request_id: UUID) -> HttpResponse:
    found = get_object_or_404(exports_visible_to(request.user), id=request_id)
    form = meant(ExportVoteForm(request.POST))
    given, reason = form.cleaned_data, form.why()
    try:
        if given["choice"] not in list(Choice):
            raise refused("state")
        vote_on_export(
            request=found,
            choice=Choice(given["choice"]),
            reason=reason,
            sums=given["sums"],
            models_too=given["models"],
            findings_seen=given["findings"],
            actor=request.user,
            now=timezone.now(),
        )
    except PandokError as error:
        return show(request, request_id, error=error, reason=reason, status=422)
    return redirect("export", request_id=request_id)


@require_POST
@allows(Action.REVIEW_EXPORTS)
def release(request: AccountRequest, request_id: UUID) -> HttpResponse:
    found = get_object_or_404(exports_visible_to(request.user), id=request_id)
    reason = meant(ReasonForm(request.POST)).why()
    try:
        release_export(request=found, actor=request.user, reason=reason, now=timezone.now(), folder=folder())
    except PandokError as error:
        return show(request, request_id, error=error, reason=reason, status=422)
    return redirect("export", request_id=request_id)
