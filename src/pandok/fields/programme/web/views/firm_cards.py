"""Cards of firms: for everybody, for the firm itself, and for the office that may hide one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pandok.common.web.requests import AccountRequest
from pandok.core.errors import PandokError
from pandok.fields.programme.acts.community import firm_cards
from pandok.fields.programme.card_states import CardState
from pandok.fields.programme.lists.firms import firm_of, public_cards
from pandok.fields.programme.models import FirmCard
from pandok.fields.programme.roles import Action
from pandok.fields.programme.web.card_forms import CardForm, PublishCardForm
from pandok.fields.programme.web.shown.firm_facts import card_row, card_shown
from pandok.web.middleware.deny_by_default import allows
from pandok.web.sent_fields import ReasonForm, meant
from pandok.web.shown.rendering import refused_status, render

A_PAGE = 30


@login_not_required
@require_safe
def every(request: HttpRequest) -> HttpResponse:
    page = Paginator(public_cards(), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "pandok/programme/firms.html", {"page": page, "rows": [card_row(one) for one in page]})


@login_not_required
@require_safe
def one(request: HttpRequest, number: str) -> HttpResponse:
    found = get_object_or_404(public_cards(), number=number)
    return render(request, "pandok/programme/firm.html", card_shown(found, timezone.now()))


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.KEEP_FIRM_CARD)
def own(request: AccountRequest) -> HttpResponse:
    if request.method != "POST":
        return _own_page(request)
    form = meant(CardForm(request.POST))
    try:
        firm_cards.say_of_firm(form.cleaned_data, actor=request.user, now=timezone.now())
    except PandokError as error:
        return _own_page(request, form=form, error=error)
    return redirect("programme_own_card")


@require_POST
@allows(Action.KEEP_FIRM_CARD)
def publish(request: AccountRequest) -> HttpResponse:
    form = meant(PublishCardForm(request.POST))
    try:
        firm_cards.publish_card(knows=form.cleaned_data["knows"], actor=request.user, now=timezone.now())
    except PandokError as error:
        return _own_page(request, error=error)
    return redirect("programme_own_card")


@require_POST
@allows(Action.KEEP_FIRM_CARD)
def take_back(request: AccountRequest) -> HttpResponse:
    try:
        firm_cards.take_back_card(actor=request.user, now=timezone.now())
    except PandokError as error:
        return _own_page(request, error=error)
    return redirect("programme_own_card")


@require_safe
@allows(Action.KEEP_QUESTIONS)
def cards(request: AccountRequest) -> HttpResponse:
    return _cards_page(request)


@require_POST
@allows(Action.KEEP_QUESTIONS)
def step(request: AccountRequest, card_id: UUID) -> HttpResponse:
    """Hide, or give back: the button says what."""
    if not FirmCard.objects.filter(pk=card_id).exists():
        raise Http404
    form, name = meant(ReasonForm(request.POST, auto_id=f"card{card_id}_%s")), request.POST.get("act", "")
    act = firm_cards.give_back_card if name == "give_back" else firm_cards.hide_card
    try:
        act(card_id, reason=form.why(), actor=request.user, now=timezone.now())
    except PandokError as error:
        return _cards_page(request, sent=(card_id, form), error=error)
    return redirect("programme_cards")


def _own_page(
    request: AccountRequest, *, form: CardForm | None = None, error: PandokError | None = None
) -> HttpResponse:
    firm = firm_of(request.user)
    card = FirmCard.objects.select_related("party").filter(party=firm).first() if firm else None
    context: dict[str, Any] = {
        "firm": firm,
        "form": form or CardForm.of(card),
        "publish_form": PublishCardForm(auto_id="publish_%s"),
        "error": error,
        "refused": form is not None,
    }
    if card is not None:
        last = card.events.exclude(reason="").order_by("-sequence").first()
        context |= card_shown(card, timezone.now()) | {"told": last.reason if last else ""}
    status = refused_status(error) if error else 200
    return render(request, "pandok/programme/own_firm.html", context, status=status)


def _cards_page(
    request: AccountRequest, *, sent: tuple[UUID | None, Any] = (None, None), error: PandokError | None = None
) -> HttpResponse:
    found = (
        FirmCard.objects.select_related("party")
        .exclude(state=CardState.PRIVATE.value)
        .order_by("party__name", "number")
    )
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    rows = [
        card_row(one)
        | {
            "form": sent[1] if sent[0] == one.pk else ReasonForm(auto_id=f"card{one.pk}_%s"),
            "open": sent[0] == one.pk,
        }
        for one in page
    ]
    context = {"page": page, "rows": rows, "error": error}
    status = refused_status(error) if error else 200
    return render(request, "pandok/programme/firm_cards.html", context, status=status)
