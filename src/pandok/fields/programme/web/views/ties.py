"""Ties to firms: one's own are declared here; the office adds what it knows of others, and who stands behind a firm."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from pandok.common.web.requests import AccountRequest
from pandok.core.errors import PandokError
from pandok.core.programme.conflicts import Bond
from pandok.fields.programme.acts.reviews import ties as acts
from pandok.fields.programme.lists.reviews import ties_shown_to
from pandok.fields.programme.models import FirmBehind
from pandok.fields.programme.roles import Action
from pandok.fields.programme.web.review_forms import OwnerForm, TieForm, TieOfForm
from pandok.web.middleware.deny_by_default import allows
from pandok.web.sent_fields import ReasonForm, meant
from pandok.web.shown.rendering import refused_status, render

MOST_SHOWN = 200


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.DECLARE_TIES)
def ties(request: AccountRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request)
    form = meant(TieForm(request.POST))
    return _done(request, ("tie", form), lambda **who: acts.declare_tie(form.said(), **who))


@require_POST
@allows(Action.KEEP_TIES)
def tie_of(request: AccountRequest) -> HttpResponse:
    form = meant(TieOfForm(request.POST, auto_id="of_%s"))
    person = form.cleaned_data["person"] or "-"
    return _done(request, ("of", form), lambda **who: acts.declare_tie(form.said(), person=person, **who))


@require_POST
@allows(Action.KEEP_TIES)
def owner(request: AccountRequest) -> HttpResponse:
    form = meant(OwnerForm(request.POST, auto_id="owner_%s"))
    sent = form.cleaned_data
    return _done(
        request, ("owner", form),
        lambda **who: acts.add_owner(
            form.said(), owner=sent["owner"], owner_number=sent["owner_number"], source=sent["source"], **who
        ),
    )  # fmt: skip


@require_POST
@allows(Action.KEEP_TIES)
def take_back(request: AccountRequest, tie_id: int) -> HttpResponse:
    form = meant(ReasonForm(request.POST))
    return _done(request, ("", None), lambda **who: acts.take_tie_back(tie_id, reason=form.why(), **who))


def _done(request: AccountRequest, sent: tuple[str, Any], act: Callable[..., Any]) -> HttpResponse:
    try:
        act(actor=request.user, now=timezone.now())
    except PandokError as error:
        return _page(request, sent=sent, error=error)
    return redirect("programme_ties")


def _page(
    request: AccountRequest, *, sent: tuple[str, Any] = ("", None), error: PandokError | None = None
) -> HttpResponse:
    keeps = request.user.may(Action.KEEP_TIES)

    def again(name: str, fresh: Any) -> Any:
        return sent[1] if sent[0] == name else fresh

    context = {
        "ties": [(one, Bond(one.bond).words) for one in ties_shown_to(request.user)[:MOST_SHOWN]],
        "owners": FirmBehind.objects.all()[:MOST_SHOWN] if keeps else [],
        "keeps": keeps,
        "form": again("tie", TieForm()),
        "of_form": again("of", TieOfForm(auto_id="of_%s")) if keeps else None,
        "owner_form": again("owner", OwnerForm(auto_id="owner_%s")) if keeps else None,
        "error": error,
        "sent": sent[0],
    }
    return render(request, "pandok/programme/ties.html", context, status=refused_status(error) if error else 200)
