"""How good alerts are within a period, and the table behind it."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from pandok.common.papers.table_bytes import table_bytes
from pandok.common.papers.tables_out import MEDIA_TYPES
from pandok.common.web.requests import AccountRequest
from pandok.core.errors import PandokError
from pandok.fields.street.acts.taking_out import record_export
from pandok.fields.street.lists.figures import ALERT_COLUMNS, alert_rows, alerts_between, figures_between
from pandok.fields.street.periods import Period, period_of
from pandok.fields.street.roles import Action
from pandok.fields.street.web.forms import PeriodForm
from pandok.fields.street.web.shown.figure_rows import figure_rows
from pandok.web.file_answer import download
from pandok.web.middleware.deny_by_default import allows
from pandok.web.sent_fields import meant
from pandok.web.shown.rendering import render


@require_safe
@allows(Action.SEE_STREET)
def show(request: AccountRequest) -> HttpResponse:
    form, moment = meant(PeriodForm(request.GET)), timezone.now()
    context: dict[str, object] = {"form": form}
    status = 200
    try:
        period = _period(form)
    except PandokError as error:
        context["error"], status = error, 422
    else:
        rows = figure_rows(figures_between(period.begins, period.ends, now=moment))
        context |= {"period": period, "rows": rows, "forms": tuple(MEDIA_TYPES)}
    return render(request, "pandok/street/figures.html", context, status=status)


@require_safe
@allows(Action.SEE_STREET)
def take_out(request: AccountRequest, form: str) -> HttpResponse:
    if form not in MEDIA_TYPES:
        raise Http404
    asked = meant(PeriodForm(request.GET))
    try:
        period = _period(asked)
    except PandokError as error:
        return render(request, "pandok/street/figures.html", {"form": asked, "error": error}, status=422)
    alerts = alerts_between(period.begins, period.ends)
    record_export(period, form, actor=request.user, now=timezone.now())
    name = f"pandok-alerts-{period.first:%Y%m%d}-{period.last:%Y%m%d}.{form}"
    body = table_bytes(form, "alerts", ALERT_COLUMNS, alert_rows(alerts))
    return download(body, filename=name, media_type=MEDIA_TYPES[form])


def _period(form: PeriodForm) -> Period:
    return period_of(form.cleaned_data["first"], form.cleaned_data["last"], now=timezone.now())
