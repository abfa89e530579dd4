"""How good are reader and desk, by month, class and site; and what became known of a case later."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from pandok.common.models import Site
from pandok.common.reasons import MOST_REASON
from pandok.common.web.requests import AccountRequest
from pandok.core.errors import PandokError, RequestError
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.core.text import Text
from pandok.fields.counterfeit.acts.learning.case_figures import follow_cases
from pandok.fields.counterfeit.acts.learning.later_findings import record_later_finding
from pandok.fields.counterfeit.acts.learning.statistics import FEW, figures_for, statistics
from pandok.fields.counterfeit.lists.visible import case_numbered, cases_visible_to
from pandok.fields.counterfeit.roles import Action
from pandok.fields.counterfeit.web.shown.statistics_page import charts, column_titles, table, tiles
from pandok.fields.register.web.article_classes import LOCARNO_CLASSES
from pandok.web.middleware.deny_by_default import allows
from pandok.web.shown.rendering import render

EVENTS_A_PAGE = 2000
"""New events that a page looks at by itself, where no worker has; the worker does the rest."""


def _classes() -> list[tuple[str, str]]:
    language = get_language() or "ko"
    return [("", str(_("All classes")))] + [
        (number, f"{number} {name.in_language(language)}") for number, name in LOCARNO_CLASSES.items()
    ]


class StatisticsForm(forms.Form):
    months = forms.TypedChoiceField(
        label=_("Period"),
        choices=[("3", _("3 months")), ("6", _("6 months")), ("12", _("12 months")), ("24", _("24 months"))],
        coerce=int,
        empty_value=12,  # type: ignore[arg-type]  # any value, whatever the stubs say
        required=False,
    )
    locarno_class = forms.ChoiceField(label=_("Article class"), choices=_classes, required=False)
    site = forms.ModelChoiceField(
        label=_("Site"), queryset=Site.objects.order_by("code"), required=False, empty_label=_("All sites")
    )


class FoundLaterForm(forms.Form):
    number = forms.CharField(label=_("Case number"), max_length=20)
    design_id = forms.CharField(label=_("Right design (number)"), max_length=100, required=False)
    not_in_register = forms.BooleanField(label=_("It is in no registered design"), required=False)
    reason = forms.CharField(label=_("How this became known"), widget=forms.Textarea, max_length=MOST_REASON)


@require_safe
@allows(Action.SEE_STATISTICS)
def show(request: AccountRequest) -> HttpResponse:
    follow_cases(limit=EVENTS_A_PAGE)
    language = get_language() or "ko"
    form = StatisticsForm(request.GET or {"months": "12"})
    chosen: dict[str, Any] = form.cleaned_data if form.is_valid() else {"months": 12, "locarno_class": "", "site": None}
    found = statistics(
        figures_for(request.user),
        last=timezone.now().astimezone(OFFICE_ZONE).date(),
        months=chosen["months"] or 12,
        locarno_class=chosen["locarno_class"],
        site=chosen["site"].pk if chosen["site"] else None,
    )
    sites = {site.pk: site.name_ko if language == "ko" else site.name_en for site in Site.objects.all()}
    none = str(_("(none)"))
    tables = [
        (_("By article class"), table(found.classes, lambda key: _class(key, language) or none, language)),
        (_("By site"), table(found.sites, lambda key: sites.get(key, none), language)),
        (_("By reader"), table(found.readers, lambda key: key or none, language)),
    ]
    context = {
        "form": form,
        "tiles": tiles(found, language),
        "charts": charts(found, language),
        "columns": column_titles(language),
        "tables": tables,
        "whole": found.whole,
        "few": FEW,
        "readers": found.reader_since,
        "may_record": request.user.may(Action.RECORD_TRUTH),
    }
    return render(request, "pandok/statistics/show.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.RECORD_TRUTH)
def found_later(request: AccountRequest) -> HttpResponse:
    form = FoundLaterForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return render(request, "pandok/statistics/found_later.html", {"form": form})
    if not form.is_valid():
        return render(request, "pandok/statistics/found_later.html", {"form": form}, status=422)
    given = form.cleaned_data
    try:
        case = case_numbered(cases_visible_to(request.user), given["number"])
        if bool(given["design_id"]) == given["not_in_register"]:
            raise _one_of_both()
        record_later_finding(
            case=case,
            design_id=given["design_id"].strip(),
            actor=request.user,
            reason=given["reason"],
            now=timezone.now(),
        )
    except PandokError as error:
        return render(request, "pandok/statistics/found_later.html", {"form": form, "error": error}, status=422)
    return redirect("statistics")


def _class(number: str, language: str) -> str:
    name = LOCARNO_CLASSES.get(number)
    return f"{number} {name.in_language(language)}" if name else number


def _one_of_both() -> RequestError:
    return RequestError(
        Text(
            ko="디자인 번호와 ‘등록되지 않음’ 가운데 하나만 정해야 합니다.",
            en="Name a design, or tick that there is none: one of both.",
        ),
        Text(ko="하나를 고치고 다시 보내십시오.", en="Correct one and send again."),
        code="request.one_of_both",
    )
