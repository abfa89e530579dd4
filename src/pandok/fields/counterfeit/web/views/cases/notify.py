"""The officer's last look before holder and importer are told: to whom it goes, what it says, until when.

Nothing is kept before the press: from a reading there is no case yet, in a case no choice.
"""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from pandok.common.models import Party
from pandok.common.parties.electronic import how_served, served_on_its_page
from pandok.common.web.requests import AccountRequest
from pandok.core.errors import PandokError
from pandok.fields.counterfeit.acts.cases.clocks import last_day_of
from pandok.fields.counterfeit.acts.cases.deciding import would_choose
from pandok.fields.counterfeit.acts.cases.refusals import not_yours
from pandok.fields.counterfeit.acts.notices.drafting import Draft
from pandok.fields.counterfeit.acts.notices.from_reading import notify_from_reading, notify_with_choice
from pandok.fields.counterfeit.acts.notices.issuing import preview_notices, unprintable_in
from pandok.fields.counterfeit.acts.notices.office import Office, open_office
from pandok.fields.counterfeit.lists.prospective_case import (
    case_of_signal,
    importer_at_capture,
    importer_of_shipment,
    prospective_case,
    recent_importers,
)
from pandok.fields.counterfeit.lists.visible import turns_in
from pandok.fields.counterfeit.models import Case
from pandok.fields.counterfeit.roles import Action
from pandok.fields.counterfeit.states import CHOOSES, State, Turn
from pandok.fields.counterfeit.web.case_forms import DesignForm, NotifyForm
from pandok.fields.counterfeit.web.views.cases.case_requests import customs_case
from pandok.fields.counterfeit.web.views.cases.page import refused
from pandok.fields.designs.acts.captures import declaration_of
from pandok.fields.designs.acts.readings import readings_visible_to
from pandok.fields.designs.models import ReadingRecord
from pandok.settings import settings
from pandok.web.middleware.deny_by_default import allows
from pandok.web.sent_fields import meant
from pandok.web.shown.rendering import render


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.WORK_CASES)
def notify(request: AccountRequest, case_id: UUID) -> HttpResponse:
    case = customs_case(request, case_id)
    works = Turn.OFFICER in turns_in(request.user, case)
    if request.method != "POST":
        return _look(request, case) if works else redirect("case", case_id=case_id)
    if not works:
        return refused(request, case_id, not_yours(), "notify")
    form = meant(NotifyForm(_design(request), request.POST, case=case))
    try:
        notify_with_choice(
            case=case,
            design_id=_design(request),
            importer=form.cleaned_data["importer"],
            actor=request.user,
            reason=form.why(),
            now=timezone.now(),
            office=_office(),
            form=form.number(),
        )
    except PandokError as error:
        case = customs_case(request, case_id)
        return (
            _look(request, case, error) if State(case.state) in CHOOSES else refused(request, case_id, error, "notify")
        )
    return redirect("case", case_id=case_id)


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.WORK_CASES)
def notify_from_a_reading(request: AccountRequest, reading_id: UUID) -> HttpResponse:
    records = readings_visible_to(request.user).select_related("actor", "signal")
    reading = get_object_or_404(records, id=reading_id)
    case = case_of_signal(reading)
    if request.method != "POST":
        if case is not None:
            query = f"?design_id={_design(request)}" if _design(request) else ""
            return redirect(reverse("case_notify", args=[case.id]) + query)
        return _look(request, prospective_case(reading, request.user, timezone.now()), reading=reading)
    form = meant(NotifyForm(_design(request), request.POST))
    try:
        case = notify_from_reading(
            reading=reading,
            design_id=_design(request),
            importer=form.cleaned_data["importer"],
            actor=request.user,
            reason=form.why(),
            now=timezone.now(),
            office=_office(),
            form=form.number(),
        )
    except PandokError as error:
        case = case_of_signal(reading)
        if case is not None:
            return _look(request, case, error)
        return _look(request, prospective_case(reading, request.user, timezone.now()), error, reading=reading)
    return redirect("case", case_id=case.id)


def _look(
    request: AccountRequest, case: Case, error: PandokError | None = None, reading: ReadingRecord | None = None
) -> HttpResponse:
    """What would be sent. `reading`: there is no case yet."""
    now, design_id, sent = timezone.now(), _design(request), request.POST if request.method == "POST" else None
    back = reverse("reading", args=[reading.id]) if reading is not None else reverse("case", args=[case.id])
    if State(case.state) not in CHOOSES or not (design_id or State(case.state) is State.CANDIDATE_CHOSEN):
        return redirect(back)
    written = "" if case.importer else declaration_of(case.signal).importer
    noted = None if case.importer else importer_at_capture(case, request.user)
    shipment = noted or (None if case.importer else importer_of_shipment(case, request.user))
    drafts: list[Draft] = []
    try:
        if design_id:
            case = would_choose(case, design_id, now)
        drafts = preview_notices(case=case, now=now, office=_office(), importer=case.importer or shipment)
    except PandokError as refusal:
        error = error or refusal
    context = {
        "case": case,
        "kept": reading is None,
        "back": back,
        "design_id": design_id,
        "drafts": [
            (
                draft.party,
                draft.content,
                last_day_of(draft.content.due_at) if draft.content.due_at else None,
                how_served(draft.party, delivers=_office().delivers),
                served_on_its_page(draft.party),
            )
            for draft in drafts
        ],
        "may_send": bool(drafts),
        "delivers": _office().delivers,
        "unprintable": list(dict.fromkeys(one for draft in drafts for one in unprintable_in(draft.content))),
        "importers": [] if case.importer else _offered(request, shipment),
        "form": NotifyForm(design_id, sent, case=case, initial={"importer": shipment.pk if shipment else None}),
        "shipment": shipment,
        "noted": noted,
        "written": written,
        "error": error,
        "holder_kind": Party.HOLDER,
    }
    return render(request, "pandok/cases/notify.html", context, status=422 if request.method == "POST" else 200)


def _offered(request: AccountRequest, shipment: Party | None) -> list[Party]:
    """Importers to choose from, that of the same shipment first."""
    return ([shipment] if shipment else []) + [one for one in recent_importers(request.user) if one != shipment]


def _design(request: HttpRequest) -> str:
    sent, asked = (str(meant(DesignForm(one)).cleaned_data["design_id"]) for one in (request.POST, request.GET))
    return sent or asked


def _office() -> Office:
    return open_office(settings(), settings().home)
