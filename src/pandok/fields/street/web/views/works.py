"""Work orders: the list of a crew and of the room, one order whole, a new one, and what is done with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from pandok.common.web.requests import AccountRequest
from pandok.core.errors import PandokError, RequestError
from pandok.fields.street.acts.doing_works import finish_work, give_back_work, take_work
from pandok.fields.street.acts.ordering_works import WorkSaid, assign_work, order_work, withdraw_work
from pandok.fields.street.acts.repairing import order_repair
from pandok.fields.street.lists.works import WorkList, crews, free_works, open_and_overdue, work_numbered, works
from pandok.fields.street.models import Alert, WorkOrder
from pandok.fields.street.roles import Action
from pandok.fields.street.web.shown.alert_rows import row_of
from pandok.fields.street.web.shown.work_rows import ways_of, work_row, work_steps
from pandok.fields.street.web.work_forms import WorkAboutForm, WorkForm, WorkListForm, WorkStepForm
from pandok.fields.street.work_states import kind_for
from pandok.web.middleware.deny_by_default import allows
from pandok.web.sent_fields import meant
from pandok.web.shown.rendering import render

A_PAGE = 50


@require_safe
@allows(Action.SEE_STREET)
def list_works(request: AccountRequest) -> HttpResponse:
    """A crew sees its own first, with what it could take."""
    sent, moment = meant(WorkListForm(request.GET)).cleaned_data, timezone.now()
    crew = request.user.may(Action.DO_WORKS)
    tabs = [one for one in WorkList if crew or one is not WorkList.MINE]
    tab = WorkList(sent["tab"]) if sent["tab"] in tabs else tabs[0]
    page = Paginator(works(tab, request.user, moment), A_PAGE).get_page(sent["page"])
    count, overdue = open_and_overdue(moment)
    context = {
        "tab": tab,
        "tabs": tabs,
        "page": page,
        "rows": [work_row(one, moment) for one in page.object_list],
        "free": [work_row(one, moment) for one in free_works()[:A_PAGE]] if tab is WorkList.MINE else [],
        "open": count,
        "overdue": overdue,
        "may_order": request.user.may(Action.ORDER_WORKS),
        "moment": moment,
    }
    return render(request, "pandok/street/works.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.ORDER_WORKS)
def new_work(request: AccountRequest) -> HttpResponse:
    if request.method != "POST":
        return _new(request)
    form = meant(WorkForm(request.POST))
    sent, moment = dict(form.cleaned_data), timezone.now()
    is_repair = bool(sent.pop("repair"))
    try:
        if is_repair:
            what, crew = sent["what"], sent["crew"]
            work = order_repair(sent["alert"], what=what, crew=crew, actor=request.user, now=moment)
        else:
            work = order_work(WorkSaid(**sent), actor=request.user, now=moment)
    except PandokError as error:
        return _new(request, form=form, error=error, status=422)
    return redirect("street_work", number=work.number)


@require_safe
@allows(Action.SEE_STREET)
def show(request: AccountRequest, number: str) -> HttpResponse:
    return _page(request, _found(number))


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.ORDER_WORKS)
def keep(request: AccountRequest, number: str) -> HttpResponse:
    """Assigned, or withdrawn."""

    def step(sent: Mapping[str, str], moment: datetime) -> None:
        reason = sent["reason"]
        if sent["what"] == "withdraw":
            withdraw_work(number, actor=request.user, reason=reason, now=moment)
        else:
            assign_work(number, sent["crew"], actor=request.user, reason=reason, now=moment)

    return _step(request, number, step)


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.DO_WORKS)
def do(request: AccountRequest, number: str) -> HttpResponse:
    """Taken, done, or given back."""

    def step(sent: Mapping[str, str], moment: datetime) -> None:
        match sent["what"]:
            case "take":
                take_work(number, actor=request.user, now=moment)
            case "give-back":
                give_back_work(number, actor=request.user, reason=sent["reason"], now=moment)
            case _:
                found, replaced = sent["found"], sent["replaced"]
                finish_work(number, found=found, replaced=replaced, actor=request.user, now=moment)

    return _step(request, number, step)


def _step(request: AccountRequest, number: str, step: Callable[[Mapping[str, str], datetime], None]) -> HttpResponse:
    work = _found(number)
    if request.method == "POST":
        form = meant(WorkStepForm(request.POST))
        try:
            step(form.cleaned_data, timezone.now())
        except PandokError as error:
            return _page(request, _found(number), form=form, error=error, status=422)
    return redirect("street_work", number=work.number)


def _found(number: str) -> WorkOrder:
    try:
        return work_numbered(number)
    except RequestError as error:
        raise Http404 from error


def _page(
    request: AccountRequest,
    work: WorkOrder,
    *,
    form: WorkStepForm | None = None,
    error: PandokError | None = None,
    status: int = 200,
) -> HttpResponse:
    moment = timezone.now()
    ways = ways_of(work, request.user)
    context = {
        "row": work_row(work, moment),
        "alert": row_of(work.alert) if work.alert else None,
        "steps": work_steps(work),
        "ways": ways,
        "crews": list(crews()) if "assigned" in ways else [],
        "form": form or WorkStepForm(),
        "moment": moment,
        "error": error,
    }
    return render(request, "pandok/street/work.html", context, status=status)


def _new(
    request: AccountRequest, *, form: WorkForm | None = None, error: PandokError | None = None, status: int = 200
) -> HttpResponse:
    """Begun from an alert or a pole where the address names one."""
    sent = meant(WorkAboutForm(request.GET)).cleaned_data
    alert_id = form.cleaned_data["alert"] if form else sent["alert"]
    alert = Alert.objects.select_related("pole", "silence__by").filter(pk=alert_id).first() if alert_id else None
    if form is None:
        about = {"alert": alert.pk, "kind": kind_for(alert.reader).value} if alert else {"pole": sent["pole"]}
        form = WorkForm(initial=about)
    context = {
        "form": form,
        "alert": row_of(alert) if alert else None,
        "crews": list(crews()),
        "is_repair": bool(alert and form.is_bound and form.cleaned_data["repair"]),
        "error": error,
    }
    return render(request, "pandok/street/work_new.html", context, status=status)
