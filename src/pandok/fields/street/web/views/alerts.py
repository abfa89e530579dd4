"""The control room: what is wrong now, one alert whole, and what is decided on it."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from pandok.common.web.requests import AccountRequest
from pandok.core.errors import PandokError, RequestError
from pandok.fields.street.acts import deciding
from pandok.fields.street.acts.ordering_works import open_works_of
from pandok.fields.street.acts.repairing import suggested_repair
from pandok.fields.street.acts.silencing import standing_silences
from pandok.fields.street.acts.warning import of_alert
from pandok.fields.street.lists.changes import alert_mark, change_mark
from pandok.fields.street.lists.now import alert_of, finished_alerts, hushed_now, lately, open_alerts
from pandok.fields.street.lists.silent_poles import silent_poles
from pandok.fields.street.lists.similar_alerts import similar_alerts
from pandok.fields.street.lists.works import crews, open_and_overdue
from pandok.fields.street.models import Alert, Pole
from pandok.fields.street.roles import Action
from pandok.fields.street.states import OPEN, TABLE, AlertMover, AlertState
from pandok.fields.street.web.forms import DecisionForm
from pandok.fields.street.web.shown.alert_history import history_of
from pandok.fields.street.web.shown.alert_rows import row_of, steps_of, values_of
from pandok.fields.street.web.shown.device_rows import device_rows
from pandok.fields.street.web.shown.traces import traces_of
from pandok.fields.street.web.shown.work_rows import work_row
from pandok.fields.street.work_states import ENDS_WITH_FAULT
from pandok.web.middleware.deny_by_default import allows
from pandok.web.sent_fields import meant
from pandok.web.shown.rendering import render

A_PAGE = 50


@require_safe
@allows(Action.SEE_STREET)
def now(request: AccountRequest) -> HttpResponse:
    finished = request.GET.get("tab") == "finished"
    alerts = finished_alerts() if finished else open_alerts()
    page = Paginator(alerts, A_PAGE).get_page(request.GET.get("page"))
    moment = timezone.now()
    works, overdue = open_and_overdue(moment)
    context = {
        "finished": finished,
        "page": page,
        "rows": [row_of(one) for one in page.object_list],
        "mark": change_mark(),
        "silent": silent_poles(moment).count(),
        "hushed": hushed_now(),
        "silences": standing_silences(moment).count(),
        "poles": Pole.objects.count(),
        "works": works,
        "works_overdue": overdue,
        "moment": moment,
    }
    return render(request, "pandok/street/now.html", context)


@require_safe
@allows(Action.SEE_STREET)
def show(request: AccountRequest, alert_id: str) -> HttpResponse:
    return _page(request, _found(request, alert_id))


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.RESPOND_TO_ALERTS)
def decide(request: AccountRequest, alert_id: str) -> HttpResponse:
    alert = _found(request, alert_id)
    if request.method != "POST":
        return redirect("street_alert", alert_id=alert.pk)
    form = meant(DecisionForm(request.POST))
    sent, moment = form.cleaned_data, timezone.now()
    try:
        match sent["what"]:
            case "confirm":
                deciding.confirm(alert.pk, actor=request.user, reason=sent["reason"], now=moment)
            case "reject":
                deciding.reject(alert.pk, actor=request.user, reason=sent["reason"], cause=sent["cause"], now=moment)
            case "merge":
                into = sent["into"].strip()
                deciding.merge(alert.pk, into, actor=request.user, reason=sent["reason"], now=moment)
            case "respond":
                deciding.respond(alert.pk, actor=request.user, reason=sent["reason"], now=moment)
            case "close":
                deciding.close(alert.pk, actor=request.user, reason=sent["reason"], cause=sent["cause"], now=moment)
            case _:
                deciding.tick_step(alert.pk, sent["step"], actor=request.user, now=moment)
    except PandokError as error:
        return _page(request, _found(request, alert_id), form=form, error=error, status=422)
    return redirect("street_alert", alert_id=alert.pk)


def _found(request: AccountRequest, alert_id: str) -> Alert:
    try:
        return alert_of(request.user, alert_id)
    except RequestError as error:
        raise Http404 from error


def _repair(request: AccountRequest, alert: Alert) -> dict[str, object]:
    """What is suggested, and who may be sent; nothing where it is ordered already, or is for nobody here to order."""
    suggested = suggested_repair(alert) if alert.stands in OPEN and request.user.may(Action.ORDER_WORKS) else None
    if suggested is None or open_works_of(alert).exists():
        return {"repair": None}
    return {"repair": suggested, "crews": list(crews()), "repair_ends": alert.reader in ENDS_WITH_FAULT}


def _page(
    request: AccountRequest,
    alert: Alert,
    *,
    form: DecisionForm | None = None,
    error: PandokError | None = None,
    status: int = 200,
) -> HttpResponse:
    moment = timezone.now()
    movers = {
        mover
        for mover, action in (
            (AlertMover.ROOM, Action.DECIDE_ALERTS),
            (AlertMover.CREW, Action.RESPOND_TO_ALERTS),
        )
        if request.user.may(action)
    }
    ways = {one.value for one in TABLE.ways_from(alert.stands, frozenset(movers))}
    decided, false = lately(alert)
    decided_here, false_here = lately(alert, here=True)
    values = values_of(alert, moment)
    context = {
        "row": row_of(alert),
        "ways": ways,
        "may_tick": bool(movers),
        "steps": steps_of(alert, moment),
        "values": values,
        "deciding_values": [one for one in values if one.decides],
        "parts": [row_of(one) for one in alert.merged.select_related("pole__test_bed").order_by("onset_at")[:20]],
        "works": [work_row(one, moment) for one in alert.works.select_related("pole", "crew")],
        "may_order": request.user.may(Action.ORDER_WORKS),
        **_repair(request, alert),
        "warnings": of_alert(alert),
        "may_warn": request.user.may(Action.WARN_RESIDENTS)
        and alert.stands in (AlertState.CONFIRMED, AlertState.RESPONDING),
        "traces": traces_of(alert),
        "devices": device_rows(alert.pole) if alert.pole else [],
        "events": history_of(alert),
        "similar": [row_of(one) for one in similar_alerts(alert)],
        "others": [row_of(one) for one in open_alerts().exclude(pk=alert.pk)[:20]] if "merged" in ways else [],
        "form": form or DecisionForm(),
        "decided": decided,
        "false": false,
        "decided_here": decided_here,
        "false_here": false_here,
        "mark": alert_mark(alert),
        "moment": moment,
        "error": error,
    }
    return render(request, "pandok/street/alert.html", context, status=status)
