"""Energy of lamps within a period, beside full nights, and the table behind it."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from pandok.common.papers.table_bytes import table_bytes
from pandok.common.papers.tables_out import MEDIA_TYPES
from pandok.common.web.requests import AccountRequest
from pandok.core.errors import PandokError
from pandok.fields.street.acts.taking_out import record_energy_export
from pandok.fields.street.lists.energy import ENERGY_COLUMNS, energy_of, energy_rows, planned_kwh
from pandok.fields.street.periods import period_of
from pandok.fields.street.roles import Action
from pandok.fields.street.web.energy_forms import EnergyForm
from pandok.fields.street.web.shown.energy_rows import bed_rows, chart_of, lamp_rows
from pandok.web.file_answer import download
from pandok.web.middleware.deny_by_default import allows
from pandok.web.sent_fields import meant
from pandok.web.shown.rendering import render


@require_safe
@allows(Action.SEE_STREET)
def show(request: AccountRequest) -> HttpResponse:
    form = meant(EnergyForm(request.GET))
    context: dict[str, object] = {"form": form}
    status = 200
    try:
        period = period_of(form.cleaned_data["first"], form.cleaned_data["last"], now=timezone.now())
        plan = form.plan()
    except PandokError as error:
        context["error"], status = error, 422
    else:
        found = energy_of(period)
        context |= {
            "period": period,
            "beds": bed_rows(found.whole, found.beds),
            "lamps": lamp_rows(found.lamps),
            "whole": found.whole,
            "chart": chart_of(found.nights),
            "planned": planned_kwh(found, plan) if plan else None,
            "forms": tuple(MEDIA_TYPES),
        }
    return render(request, "pandok/street/energy.html", context, status=status)


@require_safe
@allows(Action.SEE_STREET)
def take_out(request: AccountRequest, form: str) -> HttpResponse:
    if form not in MEDIA_TYPES:
        raise Http404
    asked, now = meant(EnergyForm(request.GET)), timezone.now()
    try:
        period = period_of(asked.cleaned_data["first"], asked.cleaned_data["last"], now=now)
    except PandokError as error:
        return render(request, "pandok/street/energy.html", {"form": asked, "error": error}, status=422)
    lamps = energy_of(period).lamps
    record_energy_export(period, form, actor=request.user, now=now)
    name = f"pandok-energy-{period.first:%Y%m%d}-{period.last:%Y%m%d}.{form}"
    body = table_bytes(form, "energy", ENERGY_COLUMNS, energy_rows(lamps))
    return download(body, filename=name, media_type=MEDIA_TYPES[form])
