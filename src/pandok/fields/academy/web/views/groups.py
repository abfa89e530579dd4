"""The trainer's console: groups, their members, what they keep missing, courses with a day."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pandok.common.web.requests import AccountRequest
from pandok.core.errors import PandokError
from pandok.fields.academy.acts.groups.keeping import add_member, assign_course, close_group, end_membership, make_group
from pandok.fields.academy.lists.groups import group_of, groups_of, repeated_by, standing_members
from pandok.fields.academy.models import Group
from pandok.fields.academy.roles import Action
from pandok.fields.academy.web.lesson_forms import AssignForm, GroupForm, MemberForm
from pandok.fields.academy.web.views.parts import found_or_404
from pandok.web.middleware.deny_by_default import allows
from pandok.web.sent_fields import ReasonForm, meant
from pandok.web.shown.rendering import refused_status, render


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.TEACH)
def groups(request: AccountRequest) -> HttpResponse:
    form, error = GroupForm(), None
    if request.method == "POST":
        form = GroupForm(request.POST)
        form.full_clean()
        try:
            made = make_group(name=form.cleaned_data["name"], trainer=request.user, now=timezone.now())
        except PandokError as refused:
            error = refused
        else:
            return redirect("academy_group", group_id=made.pk)
    rows = [(one, standing_members(one).count()) for one in groups_of(request.user)]
    context = {"groups": rows, "form": form, "error": error}
    return render(request, "pandok/academy/groups.html", context, status=refused_status(error) if error else 200)


@require_safe
@allows(Action.TEACH)
def group(request: AccountRequest, group_id: UUID) -> HttpResponse:
    return _page(request, found_or_404(group_of, request.user, group_id))


@require_POST
@allows(Action.TEACH)
def add(request: AccountRequest, group_id: UUID) -> HttpResponse:
    found = found_or_404(group_of, request.user, group_id)
    form = MemberForm(request.POST)
    form.full_clean()
    said = {"username": form.cleaned_data["username"], "reason": form.cleaned_data["reason"]}
    return _done(request, found, add_member, said, member_form=form)


@require_POST
@allows(Action.TEACH)
def end(request: AccountRequest, group_id: UUID, member_id: UUID) -> HttpResponse:
    found = found_or_404(group_of, request.user, group_id)
    reason = meant(ReasonForm(request.POST)).why()
    return _done(request, found, end_membership, {"member_id": member_id, "reason": reason})


@require_POST
@allows(Action.TEACH)
def assign(request: AccountRequest, group_id: UUID) -> HttpResponse:
    found = found_or_404(group_of, request.user, group_id)
    form = AssignForm(request.POST)
    if not form.is_valid():
        return _page(request, found, assign_form=form, status=422)
    said = {
        "course_id": form.cleaned_data["course"].pk,
        "due_on": form.cleaned_data["due_on"],
        "reason": form.cleaned_data["note"],
    }
    return _done(request, found, assign_course, said, assign_form=form)


@require_POST
@allows(Action.TEACH)
def close(request: AccountRequest, group_id: UUID) -> HttpResponse:
    found = found_or_404(group_of, request.user, group_id)
    reason = meant(ReasonForm(request.POST)).why()
    return _done(request, found, close_group, {"reason": reason})


def _done(request: AccountRequest, found: Group, act: Any, said: dict[str, Any], **forms_sent: Any) -> HttpResponse:
    try:
        act(group_id=found.pk, trainer=request.user, now=timezone.now(), **said)
    except PandokError as error:
        return _page(request, found, error=error, status=refused_status(error), **forms_sent)
    return redirect("academy_group", group_id=found.pk)


def _page(
    request: AccountRequest,
    found: Group,
    *,
    member_form: forms.Form | None = None,
    assign_form: forms.Form | None = None,
    error: PandokError | None = None,
    status: int = 200,
) -> HttpResponse:
    found.refresh_from_db()
    context = {
        "group": found,
        "members": standing_members(found),
        "former": found.members.exclude(until=None).select_related("member").order_by("-until"),
        "repeated": repeated_by(found, timezone.now()),
        "courses": found.courses.select_related("course", "assigned_by").order_by("-due_on"),
        "member_form": member_form or MemberForm(),
        "assign_form": assign_form or AssignForm(),
        "reason_form": ReasonForm(auto_id=False),
        "error": error,
    }
    return render(request, "pandok/academy/group.html", context, status=status)
