"""Data sets of the programme: listed, entered, said anew, offered and published."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pandok.common.web.requests import AccountRequest
from pandok.core.errors import PandokError, RequestError
from pandok.fields.lab.roles import Action as LabAction
from pandok.fields.programme.acts.data_sets import keeping, publishing
from pandok.fields.programme.acts.data_sets.reports import plan_of
from pandok.fields.programme.data_states import DataSetState
from pandok.fields.programme.lists import data_sets as lists
from pandok.fields.programme.lists.data_croissant import described
from pandok.fields.programme.models import DataSet
from pandok.fields.programme.roles import Action
from pandok.fields.programme.topics import KoreanRegion
from pandok.fields.programme.web import data_forms as forms
from pandok.fields.programme.web.shown import data_facts as shown
from pandok.web.file_answer import download
from pandok.web.middleware.deny_by_default import allows
from pandok.web.page_language import say
from pandok.web.sent_fields import ReasonForm, meant
from pandok.web.shown.rendering import refused_status, render

A_PAGE = 30
CROISSANT_TYPE = "application/ld+json"
STEPS = {
    "offer": publishing.offer_data_set,
    "publish": publishing.publish_data_set,
    "make_private": publishing.make_private,
}


@require_safe
@allows(Action.SEE_DATA_SETS)
def data_sets(request: AccountRequest) -> HttpResponse:
    context = listed(request, DataSet.objects.all()) | {
        "may_keep": request.user.may(Action.KEEP_DATA_SETS),
        "states": [(one.value, say(one.words)) for one in DataSetState],
    }
    return render(request, "pandok/programme/data_sets.html", context)


def listed(request: Any, found: Any) -> dict[str, Any]:
    form = forms.DataFilterForm(request.GET)
    form.full_clean()
    page = Paginator(lists.data_sets_among(found, lists.Asked(**form.cleaned_data)), A_PAGE).get_page(
        request.GET.get("page")
    )
    return {
        "page": page,
        "rows": [shown.data_set_row(one, lists.report_now(one)) for one in page],
        "asked": form.cleaned_data,
        "regions": [(one.value, say(one.words)) for one in KoreanRegion],
        "query": urlencode({name: value for name, value in form.cleaned_data.items() if value}),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.KEEP_DATA_SETS)
def enter(request: AccountRequest) -> HttpResponse:
    form, error = forms.NewDataSetForm(), None
    if request.method == "POST":
        form = meant(forms.NewDataSetForm(request.POST))
        try:
            plan = keeping.plan_from(form.cleaned_data["plan"])
            made = keeping.enter_data_set(form.said(), plan, actor=request.user, now=timezone.now())
        except PandokError as refused:
            error = refused
        else:
            return redirect("programme_data_set", data_set_id=made.pk)
    context = {"form": form, "error": error}
    return render(
        request, "pandok/programme/data_set_new.html", context, status=refused_status(error) if error else 200
    )


@require_safe
@allows(Action.SEE_DATA_SETS)
def data_set(request: AccountRequest, data_set_id: UUID) -> HttpResponse:
    return _page(request, data_set_shown(data_set_id))


@require_POST
@allows(Action.KEEP_DATA_SETS)
def reword(request: AccountRequest, data_set_id: UUID) -> HttpResponse:
    form = meant(forms.RewordDataSetForm(request.POST, auto_id="reword_%s"))
    reason = form.cleaned_data["reason"]
    return data_set_done(
        request, data_set_id, "reword", form,
        lambda key, **who: keeping.reword_data_set(key, form.said(), reason=reason, **who),
    )  # fmt: skip


@require_POST
@allows(Action.KEEP_DATA_SETS)
def version(request: AccountRequest, data_set_id: UUID) -> HttpResponse:
    form = meant(forms.VersionForm(request.POST, auto_id="version_%s"))
    sent = form.cleaned_data
    return data_set_done(
        request, data_set_id, "version", form,
        lambda key, **who: keeping.new_version(key, keeping.plan_from(sent["plan"]), note=sent["note"], **who),
    )  # fmt: skip


@require_POST
@allows(Action.SEE_DATA_SETS)
def step(request: AccountRequest, data_set_id: UUID) -> HttpResponse:
    """The button says what; what this person may not do is answered as if there were none."""
    name = request.POST.get("act", "")
    if name not in STEPS:
        return redirect("programme_data_set", data_set_id=data_set_id)
    found = data_set_shown(data_set_id)
    if name not in _steps(request, found) and not _might(request, name):
        raise Http404
    form = meant(ReasonForm(request.POST, auto_id=f"{name}_%s"))
    return data_set_done(
        request, data_set_id, name, form, lambda key, **who: STEPS[name](key, reason=form.why(), **who)
    )


@require_safe
@allows(Action.SEE_DATA_SETS)
def croissant(request: AccountRequest, data_set_id: UUID) -> HttpResponse:
    return croissant_answer(data_set_shown(data_set_id), request.build_absolute_uri(f"/programme/data/{data_set_id}/"))


def croissant_answer(found: DataSet, address: str) -> HttpResponse:
    told = described(found, plan_of(lists.version_of(found)), lists.report_now(found), address=address)
    body = json.dumps(told, ensure_ascii=False, indent=1).encode()
    return download(body, filename=f"{found.number}-croissant.json", media_type=CROISSANT_TYPE)


def data_set_shown(data_set_id: UUID) -> DataSet:
    try:
        return lists.data_set_for(data_set_id)
    except RequestError as error:
        raise Http404 from error


def _might(request: AccountRequest, name: str) -> bool:
    """Whether the step is this person's where the data set stands elsewhere."""
    keeps, publishes = request.user.may(Action.KEEP_DATA_SETS), request.user.may(Action.PUBLISH_DATA_SETS)
    return {"offer": keeps, "publish": publishes, "make_private": keeps or publishes}[name]


def _steps(request: AccountRequest, found: DataSet) -> list[str]:
    stands = DataSetState(found.state)
    offered = {
        DataSetState.PRIVATE: ["offer"],
        DataSetState.OFFERED: ["publish", "make_private"],
        DataSetState.PUBLISHED: ["make_private"],
    }
    return [name for name in offered[stands] if _might(request, name)]


def data_set_done(
    request: AccountRequest, data_set_id: UUID, name: str, form: Any, act: Callable[..., Any]
) -> HttpResponse:
    found = data_set_shown(data_set_id)
    try:
        act(data_set_id, actor=request.user, now=timezone.now())
    except PandokError as error:
        return _page(request, data_set_shown(found.pk), sent=(name, form), error=error)
    return redirect("programme_data_set", data_set_id=data_set_id)


def _page(
    request: AccountRequest, found: DataSet, *, sent: tuple[str, Any] = ("", None), error: PandokError | None = None
) -> HttpResponse:
    """`sent`: what was refused, as it was entered."""
    now, keeps = timezone.now(), request.user.may(Action.KEEP_DATA_SETS)
    newest = lists.report_now(found)
    runs = [shown.run_shown(one) for one in lists.runs_shown(found)]
    current = lists.version_of(found)

    def again(name: str, fresh: Any) -> Any:
        return sent[1] if sent[0] == name else fresh

    context = shown.data_set_row(found, newest) | {
        "facts": shown.facts_of(found),
        "use": shown.use_facts(found, now),
        "sections": shown.sections_of(newest, inside=False) if newest else [],
        "reports": list(lists.reports_of(found)[:50]),
        "versions": list(found.versions.select_related("made_by")),
        "plan": json.dumps(current.plan, ensure_ascii=False, indent=1),
        "runs": runs,
        "events": shown.events_of(found),
        "steps": [(name, again(name, ReasonForm(auto_id=f"{name}_%s"))) for name in _steps(request, found)],
        "reword_form": again(
            "reword", forms.RewordDataSetForm(initial=forms.DataSetForm.of(found), auto_id="reword_%s")
        )
        if keeps
        else None,
        "version_form": again("version", forms.VersionForm(auto_id="version_%s")) if keeps else None,
        "look_form": again("look", forms.LookThroughForm(auto_id="look_%s")) if keeps else None,
        "vault_form": again("vault", forms.LookThroughForm(auto_id="vault_%s"))
        if keeps and found.deposit_id and request.user.may(LabAction.DEPOSIT_DATA)
        else None,
        "error": error,
        "sent": sent[0],
    }
    return render(request, "pandok/programme/data_set.html", context, status=refused_status(error) if error else 200)
