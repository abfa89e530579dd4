"""Exports, the author's side: the list, a new request, its files, sending it to review, taking what was released."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings as django_settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pandok.common.models import Account
from pandok.common.web.requests import AccountRequest
from pandok.core.errors import PandokError
from pandok.fields.lab.acts.exports.author_steps import add_file, begin_export, submit_export, take_out, withdraw_export
from pandok.fields.lab.acts.exports.export_findings import ExportFinding
from pandok.fields.lab.acts.exports.export_folder import ExportFolder
from pandok.fields.lab.acts.exports.refusals import refused
from pandok.fields.lab.acts.exports.reviewing import open_for_review, take_released
from pandok.fields.lab.acts.exports.sealed_index import print_key, shelf
from pandok.fields.lab.acts.vault.site_vault import site_vault
from pandok.fields.lab.lists.exports import exports_visible_to
from pandok.fields.lab.models import ExportFile, ExportRequest, LabProject
from pandok.fields.lab.roles import Action
from pandok.fields.lab.states.export_states import Choice, ExportState
from pandok.settings import settings
from pandok.web.field_of import field_of
from pandok.web.file_answer import download
from pandok.web.in_memory_upload import too_large_to_keep, uploads_in_memory
from pandok.web.middleware.deny_by_default import allows
from pandok.web.sent_fields import ReasonForm, meant
from pandok.web.shown.rendering import render

EXPORTS_SHOWN = 200


class ExportForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=200)
    purpose = forms.CharField(label=_("Purpose"), widget=forms.Textarea, max_length=2000)
    legal_basis = forms.CharField(label=_("Legal basis"), max_length=300)
    project = forms.ModelChoiceField(label=_("Project"), queryset=LabProject.objects.none(), required=False)
    receiver = forms.CharField(label=_("Receiver (user name, may stay empty)"), max_length=150, required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field_of(self, "project", forms.ModelChoiceField).queryset = LabProject.objects.all()


@require_safe
@allows(Action.SEE_LAB)
def exports(request: AccountRequest) -> HttpResponse:
    rows = [(one, one.stands.words) for one in exports_visible_to(request.user)[:EXPORTS_SHOWN]]
    context = {"rows": rows, "may_ask": request.user.may(Action.REQUEST_EXPORTS)}
    return render(request, "pandok/lab/exports/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.REQUEST_EXPORTS)
def new(request: AccountRequest) -> HttpResponse:
    form = ExportForm(request.POST or None)
    if request.method != "POST":
        return render(request, "pandok/lab/exports/new.html", {"form": form})
    error: PandokError | None = None
    if form.is_valid():
        try:
            made = begin_export(
                title=form.cleaned_data["title"],
                purpose=form.cleaned_data["purpose"],
                legal_basis=form.cleaned_data["legal_basis"],
                project=form.cleaned_data["project"],
                receiver=_receiver(form.cleaned_data["receiver"]),
                actor=request.user,
                now=timezone.now(),
            )
            return redirect("export", request_id=made.id)
        except PandokError as caught:
            error = caught
    return render(request, "pandok/lab/exports/new.html", {"form": form, "error": error}, status=422)


@require_safe
@allows(Action.SEE_LAB)
def export(request: AccountRequest, request_id: UUID) -> HttpResponse:
    return show(request, request_id)


@uploads_in_memory
@require_POST
@allows(Action.REQUEST_EXPORTS)
def put_file(request: AccountRequest, request_id: UUID) -> HttpResponse:
    """Kept in memory until it is sealed: it may be what must not lie on disk."""
    found, upload = _visible(request, request_id), request.FILES.get("file")
    try:
        if upload is None:
            raise refused("many" if too_large_to_keep(request) else "empty")
        add_file(
            request=found,
            filename=upload.name or "",
            data=upload.read(),
            actor=request.user,
            now=timezone.now(),
            folder=folder(),
        )
    except PandokError as error:
        return show(request, request_id, error=error, status=422)
    return redirect("export", request_id=request_id)


@require_POST
@allows(Action.REQUEST_EXPORTS)
def drop_file(request: AccountRequest, request_id: UUID, file_id: int) -> HttpResponse:
    found = _visible(request, request_id)
    try:
        take_out(request=found, file_id=file_id, actor=request.user, now=timezone.now(), folder=folder())
    except PandokError as error:
        return show(request, request_id, error=error, status=422)
    return redirect("export", request_id=request_id)


@require_POST
@allows(Action.REQUEST_EXPORTS)
def submit(request: AccountRequest, request_id: UUID) -> HttpResponse:
    found = _visible(request, request_id)
    try:
        key = print_key(site_vault(settings().home, clock=timezone.now).ledger)
        submit_export(request=found, actor=request.user, now=timezone.now(), folder=folder(), shelf=shelf(), key=key)
    except PandokError as error:
        return show(request, request_id, error=error, status=422)
    return redirect("export", request_id=request_id)


@require_POST
@allows(Action.REQUEST_EXPORTS)
def withdraw(request: AccountRequest, request_id: UUID) -> HttpResponse:
    found, reason = _visible(request, request_id), meant(ReasonForm(request.POST)).why()
    try:
        withdraw_export(request=found, actor=request.user, reason=reason, now=timezone.now())
    except PandokError as error:
        return show(request, request_id, error=error, reason=reason, status=422)
    return redirect("export", request_id=request_id)


@require_safe
@allows(Action.SEE_LAB)
def file(request: AccountRequest, request_id: UUID, file_id: int) -> HttpResponse:
    """For a checker while it is reviewed; for author and receiver once it is released; for nobody else."""
    found = _visible(request, request_id)
    one = get_object_or_404(ExportFile, id=file_id, request=found)
    now = timezone.now()
    try:
        if request.user.pk in (found.author_id, found.receiver_id):
            data = take_released(file=one, actor=request.user, now=now, folder=folder())
        elif request.user.may(Action.REVIEW_EXPORTS):
            data = open_for_review(file=one, actor=request.user, now=now, folder=folder())
        else:
            raise Http404
    except PandokError as error:
        return show(request, request_id, error=error, status=422)
    return download(data, filename=one.name, media_type="application/octet-stream")


def show(request: AccountRequest, request_id: UUID, *, status: int = 200, **more: object) -> HttpResponse:
    found = _visible(request, request_id)
    state, user = found.stands, request.user
    files = [(one, [ExportFinding.of(kept) for kept in one.findings]) for one in found.files.all()]
    is_author = found.author_id == user.pk
    other = user.may(Action.REVIEW_EXPORTS) and user.pk not in (found.author_id, found.receiver_id)
    voted = found.votes.filter(voter=user, sums=found.sums).exists()
    context = {
        "asked": found,
        "state": state,
        "files": files,
        "has_findings": any(findings for _, findings in files),
        "has_model": any(one.is_model for one, _ in files),
        "votes": [(one, Choice(one.choice).words) for one in found.votes.select_related("voter")],
        "events": [(one, ExportState(one.to_state).words) for one in found.events.select_related("actor")],
        "may_change": is_author and state.changeable and user.may(Action.REQUEST_EXPORTS),
        "may_withdraw": is_author and not state.ended,
        "may_vote": other and (state.in_review or state is ExportState.APPROVED) and not voted,
        "may_approve": state.in_review,
        "may_release": other and state is ExportState.APPROVED,
        "may_take": state is ExportState.RELEASED and user.pk in (found.author_id, found.receiver_id),
        "may_look": other and (state.in_review or state is ExportState.APPROVED),
        **more,
    }
    return render(request, "pandok/lab/exports/export.html", context, status=status)


def folder() -> ExportFolder:
    return ExportFolder(settings().home / "exports", secret_key=django_settings.SECRET_KEY)


def _visible(request: AccountRequest, request_id: UUID) -> ExportRequest:
    return get_object_or_404(exports_visible_to(request.user), id=request_id)


def _receiver(name: str) -> Account | None:
    if not name.strip():
        return None
    found = Account.objects.filter(username=name.strip(), is_active=True).first()
    if found is None:
        raise refused("receiver")
    return found
