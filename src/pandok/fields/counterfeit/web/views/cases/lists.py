"""The work lists: tabs, filters, saved filters, and the acts on many cases."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pandok.common.models import Party
from pandok.common.parties.parties_admin import find_parties
from pandok.common.web.requests import AccountRequest
from pandok.core.errors import RequestError
from pandok.fields.counterfeit.acts.cases import bulk
from pandok.fields.counterfeit.lists import saved_filters
from pandok.fields.counterfeit.lists.cases import MOST_COUNTED, work_list
from pandok.fields.counterfeit.lists.saved_filters import filter_of
from pandok.fields.counterfeit.models import SavedFilter
from pandok.fields.counterfeit.roles import Action
from pandok.fields.counterfeit.steps import Step
from pandok.fields.counterfeit.web.case_forms import ManyCasesForm
from pandok.fields.counterfeit.web.shown.case_rows import CaseRow, case_row
from pandok.fields.counterfeit.web.shown.consequences import of_many
from pandok.fields.counterfeit.web.views.cases.case_requests import fields_of, language_of_page
from pandok.fields.counterfeit.web.views.cases.filter_form import (
    NAMES_OFFERED,
    FilterForm,
    FilterNameForm,
    key_of,
    key_text,
    tab_of,
)
from pandok.web.middleware.deny_by_default import allows
from pandok.web.sent_fields import meant
from pandok.web.shown.rendering import render


@dataclass(frozen=True)
class ShownFilter:
    id: int
    name: str
    address: str


@require_safe
@allows(Action.SEE_CASE_FILES)
def list_cases(request: AccountRequest) -> HttpResponse:
    return _page(request)


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.WORK_CASES)
def act_on_cases(request: AccountRequest) -> HttpResponse:
    """Assign or close the chosen cases; what failed is told of case by case."""
    if request.method != "POST":
        return redirect("cases")
    act = request.POST.get("act", "")
    if act not in ("assign", "close"):
        raise Http404
    form = meant(ManyCasesForm(act, request.POST, asker=request.user))
    chosen, reason, back = form.cleaned_data["case"], form.why(), form.cleaned_data["back"][:1000]
    if act == "close" and chosen and reason and request.POST.get("confirmed") != "yes":
        return _ask_again(request, len(chosen), reason, back)
    try:
        officer = form.cleaned_data["officer"]
        on_all = partial(bulk.assign_all, officer=officer) if act == "assign" else bulk.close_all
        report = on_all(cases=chosen, actor=request.user, reason=reason, now=timezone.now(), form=form.number())
    except RequestError as error:
        return _page(request, error=error, sent=form, status=422)
    context = {"report": report, "act": act, "back": back}
    return render(request, "pandok/cases/bulk_report.html", context)


def _ask_again(request: HttpRequest, count: int, reason: str, back: str) -> HttpResponse:
    context = {
        "address": reverse("cases_act"),
        "title": Step.CLOSE.words,
        "reason": reason,
        "sentences": of_many(count),
        "back": f"{reverse('cases')}?{back}",
        "fields": fields_of(request),
    }
    return render(request, "pandok/cases/ask_again.html", context)


@require_POST
@allows(Action.SEE_CASE_FILES)
def save_filter(request: AccountRequest) -> HttpResponse:
    form = FilterForm(request.POST)
    form.is_valid()
    try:
        kept = saved_filters.save_filter(
            account=request.user,
            name=meant(FilterNameForm(request.POST)).cleaned_data["name"],
            tab=tab_of(request.POST),
            chosen=form.chosen(),
            now=timezone.now(),
        )
    except RequestError as error:
        return _page(request, error=error, status=422)
    return redirect(_address(kept))


@require_POST
@allows(Action.SEE_CASE_FILES)
def forget_filter(request: AccountRequest, filter_id: int) -> HttpResponse:
    if not saved_filters.forget_filter(account=request.user, filter_id=filter_id, now=timezone.now()):
        raise Http404
    return redirect("cases")


def _page(
    request: AccountRequest, *, error: RequestError | None = None, sent: ManyCasesForm | None = None, status: int = 200
) -> HttpResponse:
    query = request.POST if request.method == "POST" else request.GET
    language, now = language_of_page(), timezone.now()
    form, tab = FilterForm(query), tab_of(query)
    form.is_valid()
    asked = form.chosen()
    cases = work_list(account=request.user, tab=tab, chosen=asked, now=now)
    page = cases.page(key_of(query.get("after", "")))
    count = cases.count()
    works = request.user.may(Action.WORK_CASES)
    fields = {name: query[name] for name in form.fields if query.get(name)}
    rows: list[CaseRow] = [case_row(case, now, language) for case in page.cases]
    context = {
        "form": form,
        "tab": tab,
        "tabs": _tabs(tab, fields),
        "rows": rows,
        "found": count,
        "count": f"{MOST_COUNTED:,}+" if count > MOST_COUNTED else f"{count:,}",
        "next": urlencode({"tab": tab, **fields, "after": key_text(page.next)}) if page.next else "",
        "first": urlencode({"tab": tab, **fields}),
        "not_first": bool(query.get("after")),
        "fields": fields,
        "filtered": bool(fields),
        "saved": [ShownFilter(one.id, one.name, _address(one)) for one in saved_filters.saved_filters(request.user)],
        "holder_names": find_parties(kind=Party.HOLDER, active_only=True).values_list("name", flat=True)[
            :NAMES_OFFERED
        ],
        "works": works,
        "many": sent or ManyCasesForm("", asker=request.user) if works else None,
        "chosen": set(sent["case"].value()) if sent else (),
        "error": error,
    }
    return render(request, "pandok/cases/cases.html", context, status=status)


def _tabs(current: str, fields: dict[str, str]) -> list[tuple[str, str, bool]]:
    return [(name, urlencode({"tab": name, **fields}), name == current) for name in ("mine", "overdue", "all")]


def _address(kept: SavedFilter) -> str:
    """The list that a saved filter shows."""
    fields = filter_of(kept).set_fields()
    holder = Party.objects.filter(id=fields.pop("holder", None)).first()
    if holder is not None:
        fields["holder_name"] = holder.name
    return f"{reverse('cases')}?{urlencode({'tab': str(kept.query.get('tab', 'all')), **fields})}"
