"""Voting on the release of a result, and computing it once more from its rows."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from pandok.common.reasons import MOST_REASON
from pandok.common.web.requests import AccountRequest
from pandok.core.errors import PandokError
from pandok.core.two_persons import VOTES_NEEDED
from pandok.fields.lab.acts.scoring.near_answers import answered_alike
from pandok.fields.lab.acts.scoring.recomputing import recompute
from pandok.fields.lab.acts.scoring.releasing import has_a_part_in, vote_on_release
from pandok.fields.lab.acts.vault.site_vault import site_vault
from pandok.fields.lab.models import Run
from pandok.fields.lab.roles import Action
from pandok.fields.lab.states.run_states import RunState
from pandok.fields.lab.web.shown.result_page import result_row
from pandok.fields.lab.web.views.results import found_result
from pandok.web.middleware.deny_by_default import allows
from pandok.web.shown.rendering import render


class VoteForm(forms.Form):
    vote = forms.ChoiceField(
        label=_("Your vote"),
        choices=[("release", _("Release the result")), ("hold", _("Hold it back"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea, max_length=MOST_REASON)


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.RELEASE_RESULTS)
def release(request: AccountRequest, run_id: UUID) -> HttpResponse:
    run = found_result(request, run_id)
    if request.method != "POST":
        return _page(request, run, VoteForm())
    form = VoteForm(request.POST)
    if not form.is_valid():
        return _page(request, run, form, status=422)
    try:
        vote_on_release(
            run=run,
            actor=request.user,
            approves=form.cleaned_data["vote"] == "release",
            reason=form.cleaned_data["reason"],
            now=timezone.now(),
        )
    except PandokError as error:
        return _page(request, run, form, error=error, status=422)
    return redirect("result", run_id=run.pk)


@require_POST
@allows(Action.SEE_RESULTS)
def recompute_result(request: AccountRequest, run_id: UUID) -> HttpResponse:
    """Opens the sealed rows; the vault writes it down."""
    run = found_result(request, run_id)
    try:
        agrees = recompute(run=run, vault=site_vault(clock=timezone.now)).agrees
    except PandokError as error:
        context = {"run": run, "row": result_row(run), "error": error}
        return render(request, "pandok/lab/results/not_recomputed.html", context, status=422)
    answer = redirect("result", run_id=run.pk)
    answer["Location"] += f"?recomputed={'same' if agrees else 'other'}"
    return answer


def _page(
    request: AccountRequest, run: Run, form: VoteForm, *, error: PandokError | None = None, status: int = 200
) -> HttpResponse:
    context = {
        "run": run,
        "row": result_row(run),
        "alike": answered_alike(run),
        "form": form,
        "votes": run.release_votes.select_related("by"),
        "votes_needed": VOTES_NEEDED,
        "waits": run.stands is RunState.AWAITING_RELEASE,
        "has_part": has_a_part_in(run, request.user),
        "error": error,
    }
    return render(request, "pandok/lab/results/release.html", context, status=status)
