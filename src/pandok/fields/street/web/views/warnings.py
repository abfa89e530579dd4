"""Warnings to residents: written for an alert, sent by an officer, taken back; and the documents as they were sent."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from pandok.common.house import blobs
from pandok.common.web.requests import AccountRequest
from pandok.core.errors import PandokError, RequestError
from pandok.core.whole_number import whole_number
from pandok.fields.street.acts import warning as acts
from pandok.fields.street.hazard_kinds import kind_of
from pandok.fields.street.lists.now import alert_of
from pandok.fields.street.models import ResidentWarning
from pandok.fields.street.resident_text import SHORT, ResidentClass, length, suggested
from pandok.fields.street.roles import Action
from pandok.fields.street.warning_states import WarningState
from pandok.fields.street.web.shown.alert_rows import row_of
from pandok.fields.street.web.warning_forms import WarningDecisionForm, WarningForm, number
from pandok.settings import settings
from pandok.web.file_answer import download
from pandok.web.middleware.deny_by_default import allows
from pandok.web.sent_fields import meant
from pandok.web.shown.rendering import render

A_PAGE = 50
DOCUMENTS = {"cap-1.2": "cap12", "cap-1.1": "cap11", "cancel-1.2": "cancel12", "cancel-1.1": "cancel11"}


@require_safe
@allows(Action.SEE_STREET)
def list_warnings(request: AccountRequest) -> HttpResponse:
    found = ResidentWarning.objects.select_related("alert__pole", "written_by")
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    rows = [(one, ResidentClass(one.kind).words, one.stands.words) for one in page.object_list]
    return render(request, "pandok/street/warnings.html", {"page": page, "rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.WARN_RESIDENTS)
def write(request: AccountRequest, alert_id: str) -> HttpResponse:
    try:
        alert = alert_of(request.user, alert_id)
    except RequestError as error:
        raise Http404 from error
    row, kind = row_of(alert), kind_of(alert.reader)
    if request.method != "POST":
        place = (alert.pole.place_ko if alert.pole else "") or row.place.ko
        text = suggested(settings().agency, place, kind.value if kind else "", timezone.now(), SHORT)
        begun = {"form": str(SHORT), "text_ko": text, "area": place, "radius_km": "1", "hours": "3"}
        return render(request, "pandok/street/warn.html", {"row": row, "form": WarningForm(initial=begun)})
    form = meant(WarningForm(request.POST))
    sent = form.cleaned_data
    said = acts.WarningSaid(
        kind=sent["kind"],
        form=whole_number(sent["form"]) or 0,
        text_ko=sent["text_ko"],
        text_en=sent["text_en"],
        area=sent["area"],
        radius_km=number(sent["radius_km"]),
        hours=number(sent["hours"]),
        simulated=sent["simulated"],
    )
    try:
        made = acts.write_warning(alert.pk, said, actor=request.user, now=timezone.now())
    except PandokError as error:
        context = {"row": row, "form": form, "error": error}
        return render(request, "pandok/street/warn.html", context, status=422)
    return redirect("street_warning", warning_id=made.pk)


@require_safe
@allows(Action.SEE_STREET)
def show(request: AccountRequest, warning_id: UUID) -> HttpResponse:
    return _page(request, _found(warning_id))


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.WARN_RESIDENTS)
def decide(request: AccountRequest, warning_id: UUID) -> HttpResponse:
    warning = _found(warning_id)
    if request.method != "POST":
        return redirect("street_warning", warning_id=warning.pk)
    form, moment = meant(WarningDecisionForm(request.POST)), timezone.now()
    what, reason = form.cleaned_data["what"], form.cleaned_data["reason"]
    try:
        match what:
            case "issue":
                acts.issue_warning(warning.pk, actor=request.user, blobs=blobs(), now=moment)
            case "cancel":
                acts.cancel_warning(warning.pk, actor=request.user, reason=reason, blobs=blobs(), now=moment)
            case _:
                acts.withdraw_warning(warning.pk, actor=request.user, reason=reason, now=moment)
    except PandokError as error:
        return _page(request, _found(warning_id), error=error, reason=reason, status=422)
    return redirect("street_warning", warning_id=warning.pk)


@require_safe
@allows(Action.SEE_STREET)
def document(request: AccountRequest, warning_id: UUID, form: str) -> HttpResponse:  # noqa: ARG001
    """CAP as it was sent."""
    warning = _found(warning_id)
    text = getattr(warning, DOCUMENTS[form]) if form in DOCUMENTS else ""
    if not text:
        raise Http404
    return download(text.encode(), filename=f"{warning.pk}-{form}.xml", media_type="application/cap+xml")


def _found(warning_id: UUID) -> ResidentWarning:
    found = ResidentWarning.objects.filter(pk=warning_id)
    one = found.select_related("alert__pole", "written_by", "issued_by").first()
    if one is None:
        raise Http404
    return one


def _page(
    request: AccountRequest,
    warning: ResidentWarning,
    *,
    error: PandokError | None = None,
    reason: str = "",
    status: int = 200,
) -> HttpResponse:
    kind, stands, mine = ResidentClass(warning.kind), warning.stands, warning.written_by_id == request.user.pk
    may = request.user.may(Action.WARN_RESIDENTS)
    context = {
        "warning": warning,
        "row": row_of(warning.alert),
        "kind": kind.words,
        "state": stands.words,
        "characters": length(warning.text_ko),
        "documents": [name for name, column in DOCUMENTS.items() if getattr(warning, column)],
        "may_issue": may and stands is WarningState.DRAFTED and not (kind.needs_two and mine),
        "waits_for_second": stands is WarningState.DRAFTED and kind.needs_two,
        "may_withdraw": may and stands is WarningState.DRAFTED,
        "may_cancel": may and stands is WarningState.ISSUED,
        "told": settings().street_warning_mail.replace(",", " ").split(),
        "reason": reason,
        "error": error,
    }
    return render(request, "pandok/street/warning.html", context, status=status)
