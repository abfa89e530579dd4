"""Random checks that officers do: goods that were drawn after they were let go, opened regardless."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from pandok.common.reasons import MOST_REASON
from pandok.common.web.requests import AccountRequest
from pandok.core.declaration import OF_CASE
from pandok.core.errors import PandokError
from pandok.fields.counterfeit.roles import Action
from pandok.fields.lab.acts.shadow.random_checks import case_of, open_checks, record_check
from pandok.web.middleware.deny_by_default import allows
from pandok.web.shown.rendering import render

SHOWN = 200


class CheckForm(forms.Form):
    found = forms.ChoiceField(
        label=_("What do the goods show?"),
        choices=[("design", _("A registered design")), ("none", _("No registered design"))],
        widget=forms.RadioSelect,
    )
    design_id = forms.CharField(label=_("Number of the design"), max_length=100, required=False)
    reason = forms.CharField(label=_("How it was checked"), widget=forms.Textarea, max_length=MOST_REASON)

    def clean(self) -> dict[str, object]:
        given = super().clean() or {}
        if given.get("found") == "design" and not str(given.get("design_id", "")).strip():
            self.add_error("design_id", _("Give the number of the design."))
        return given


@require_safe
@allows(Action.WORK_CASES)
def checks(request: AccountRequest) -> HttpResponse:
    rows = [(one, case_of(one)) for one in open_checks(request.user)[:SHOWN]]
    return render(request, "pandok/lab/shadow/checks.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.WORK_CASES)
def check(request: AccountRequest, draw_id: UUID) -> HttpResponse:
    draw = get_object_or_404(open_checks(request.user), id=draw_id)
    form = CheckForm(request.POST if request.method == "POST" else None)
    case = case_of(draw)
    named = [one for one in OF_CASE if one.open or one.looks == "number"]
    context: dict[str, object] = {
        "draw": draw,
        "case": case,
        "goods": [(one.words, getattr(case, one.name, "")) for one in named],
        "form": form,
        "own": draw.case.decision.officer_id == request.user.pk,
    }
    if request.method != "POST":
        return render(request, "pandok/lab/shadow/check.html", context)
    if form.is_valid():
        given = form.cleaned_data
        try:
            record_check(
                draw=draw,
                design_id=given["design_id"] if given["found"] == "design" else "",
                actor=request.user,
                reason=given["reason"],
                now=timezone.now(),
            )
        except PandokError as error:
            context["error"] = error
        else:
            return redirect("random_checks")
    return render(request, "pandok/lab/shadow/check.html", context, status=422)
