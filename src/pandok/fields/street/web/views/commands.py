"""One pole with its devices: what they are, what they are told, and what became of it."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from pandok.common.web.requests import AccountRequest
from pandok.core.errors import PandokError
from pandok.fields.street.acts import commanding
from pandok.fields.street.lists.now import open_alerts
from pandok.fields.street.models import DeviceCommand, Pole
from pandok.fields.street.roles import Action
from pandok.fields.street.web.forms import CommandDecisionForm, OrderForm
from pandok.fields.street.web.shown.alert_rows import place_of, row_of
from pandok.fields.street.web.shown.device_rows import command_rows, device_rows, said_rows
from pandok.fields.street.web.shown.work_rows import work_row
from pandok.web.middleware.deny_by_default import allows
from pandok.web.sent_fields import meant
from pandok.web.shown.rendering import render

MOST_WORKS = 10


@require_safe
@allows(Action.SEE_STREET)
def show(request: AccountRequest, key: str) -> HttpResponse:
    return _page(request, _pole(key))


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.COMMAND_DEVICES)
def order(request: AccountRequest, key: str) -> HttpResponse:
    pole = _pole(key)
    if request.method != "POST":
        return redirect("street_pole", key=key)
    form = meant(OrderForm(request.POST))
    sent = form.cleaned_data
    form.initial = {"alert": sent["alert"]}
    try:
        commanding.ask_device(
            pole.key,
            form.said(),
            alert_id=sent["alert"],
            hold_s=form.hold_s(),
            actor=request.user,
            reason=sent["reason"],
            now=timezone.now(),
        )
    except PandokError as error:
        return _page(request, pole, form=form, error=error, status=422)
    return redirect("street_pole", key=key)


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.COMMAND_DEVICES)
def decide(request: AccountRequest, command_id: UUID) -> HttpResponse:
    command = DeviceCommand.objects.filter(pk=command_id).select_related("pole").first()
    if command is None:
        raise Http404
    key = command.pole.key
    if request.method != "POST":
        return redirect("street_pole", key=key)
    form, moment = meant(CommandDecisionForm(request.POST)), timezone.now()
    sent = form.cleaned_data
    try:
        match sent["what"]:
            case "confirm":
                commanding.confirm_command(command.pk, actor=request.user, now=moment)
            case "withdraw":
                commanding.withdraw_command(command.pk, actor=request.user, reason=sent["reason"], now=moment)
            case _:
                done = sent["what"] == "was-done"
                commanding.settle_command(
                    command.pk, was_done=done, actor=request.user, reason=sent["reason"], now=moment
                )
    except PandokError as error:
        return _page(request, command.pole, error=error, deciding=(command.pk, form), status=422)
    return redirect("street_pole", key=key)


def _pole(key: str) -> Pole:
    found = Pole.objects.filter(key=key).select_related("test_bed", "state").first()
    if found is None:
        raise Http404
    return found


def _page(
    request: AccountRequest,
    pole: Pole,
    *,
    form: OrderForm | None = None,
    error: PandokError | None = None,
    deciding: tuple[UUID, CommandDecisionForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "pole": pole,
        "place": place_of(pole),
        "state": getattr(pole, "state", None),
        "devices": device_rows(pole),
        "said": said_rows(pole),
        "commands": command_rows(pole, request.user, deciding),
        "alerts": [row_of(one) for one in open_alerts().filter(pole=pole)],
        "works": [work_row(one, timezone.now()) for one in pole.works.select_related("pole", "crew")[:MOST_WORKS]],
        "may_order": request.user.may(Action.ORDER_WORKS),
        "may_command": request.user.may(Action.COMMAND_DEVICES),
        "form": form or OrderForm(initial={"alert": request.GET.get("alert", ""), "hold_min": "60"}),
        "error": error,
    }
    return render(request, "pandok/street/pole.html", context, status=status)
