"""The page of one case, and the steps that are taken on it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pandok.common import house
from pandok.common.languages import further_languages
from pandok.common.models import Delivery, DeliveryState
from pandok.common.parties.electronic import consent_of, how_served, served_on_its_page
from pandok.common.web.requests import AccountRequest
from pandok.core.declaration import declare
from pandok.core.errors import PandokError, RequestError
from pandok.fields.counterfeit.acts.cases.assigning import assign_case
from pandok.fields.counterfeit.acts.cases.correcting import correct_declaration
from pandok.fields.counterfeit.acts.cases.documents import KINDS
from pandok.fields.counterfeit.acts.cases.from_reading import case_from_reading
from pandok.fields.counterfeit.acts.cases.officer_steps import check_step, take_step
from pandok.fields.counterfeit.acts.cases.opening import newer_reading
from pandok.fields.counterfeit.acts.guides import guides_for
from pandok.fields.counterfeit.acts.notices.consenting import PLACES
from pandok.fields.counterfeit.acts.notices.late_importers import can_reach, importer_notice
from pandok.fields.counterfeit.acts.notices.links import newest_link, state_of
from pandok.fields.counterfeit.acts.notices.translations import offered_to
from pandok.fields.counterfeit.law.law_versions import law_version
from pandok.fields.counterfeit.lists.services import first_that_holds
from pandok.fields.counterfeit.lists.visible import turns_in
from pandok.fields.counterfeit.models import Case, IdentificationGuide, Notice, NoticeService
from pandok.fields.counterfeit.outcomes import Disposition
from pandok.fields.counterfeit.party_kinds import OF_CASE as PARTY_KINDS
from pandok.fields.counterfeit.roles import Action
from pandok.fields.counterfeit.states import CHOOSES, CHOOSING, State, Turn
from pandok.fields.counterfeit.steps import Step
from pandok.fields.counterfeit.web.case_forms import CorrectionForm, FromReadingForm, HandOverForm, StepForm
from pandok.fields.counterfeit.web.forms import AgainForm
from pandok.fields.counterfeit.web.shown import case_basis, case_history, case_page
from pandok.fields.counterfeit.web.shown.confirmed_views import shown_confirming
from pandok.fields.counterfeit.web.shown.consequences import consequences
from pandok.fields.counterfeit.web.views.cases.case_requests import (
    customs_case,
    fields_of,
    language_of_page,
)
from pandok.fields.counterfeit.web.views.cases.page_forms import PageForms, Sent, page_forms
from pandok.fields.counterfeit.web.views.readings import reading_response
from pandok.fields.designs.acts.readings import readings_visible_to
from pandok.fields.designs.web.shown.reading_page import ReadingPage, ShownCandidate, reading_page
from pandok.settings import settings
from pandok.web.middleware.deny_by_default import allows
from pandok.web.sent_fields import meant
from pandok.web.shown.rendering import render


@require_safe
@allows(Action.SEE_CASE_FILES)
def show_case(request: AccountRequest, case_id: UUID) -> HttpResponse:
    return case_response(request, customs_case(request, case_id))


@require_POST
@allows(Action.WORK_CASES)
def open_from_reading(request: AccountRequest, reading_id: UUID) -> HttpResponse:
    """The buttons of a reading: nothing close, or only open the case. Notifying a holder has a page of its own."""
    record = readings_visible_to(request.user).filter(id=reading_id).select_related("signal").first()
    if record is None:
        raise Http404
    kind = "nothing_close" if "nothing" in request.POST else "choose"
    form = meant(FromReadingForm(kind, request.POST))
    try:
        case = case_from_reading(
            reading=record,
            actor=request.user,
            now=timezone.now(),
            form=form.number(),
            reason=form.why(),
            design_id=form.cleaned_data["design_id"],
            nothing_close=kind == "nothing_close",
        )
    except PandokError as error:
        again = AgainForm(initial=record.filters)
        return reading_response(request, record, again, error=error, entered=kind, status=422)
    return redirect("case", case_id=case.id)


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.WORK_CASES)
def act_on_case(request: AccountRequest, case_id: UUID) -> HttpResponse:
    case = customs_case(request, case_id)
    if request.method != "POST":
        return redirect("case", case_id=case_id)
    if request.POST.get("step", "") not in list(Step):
        raise Http404
    step = Step(request.POST["step"])
    form = meant(StepForm(step, request.POST, case=case))
    taken: dict[str, Any] = {
        "case": case,
        "step": step,
        "details": form.details(),
        "actor": request.user,
        "reason": form.why(),
        "seen": form.cleaned_data["seen"],
    }
    try:
        if step.means.asked_twice and request.POST.get("confirmed") != "yes":
            check_step(**taken)
            return ask_again(request, case, step, form.details().disposition, form.why())
        take_step(**taken, now=timezone.now(), form=form.number())
    except PandokError as error:
        return refused(request, case_id, error, step.value)
    if step is Step.CHOOSE and "notify" in request.POST:
        return redirect("case_notify", case_id=case_id)
    return redirect("case", case_id=case_id)


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.WORK_CASES)
def correct_case(request: AccountRequest, case_id: UUID) -> HttpResponse:
    case = customs_case(request, case_id)
    if request.method != "POST":
        return redirect("case", case_id=case_id)
    form = CorrectionForm(request.POST, case=case)
    form.is_valid()  # a field says beside itself what the use case says of the whole
    try:
        correct_declaration(
            case=case,
            declared=declare(**form.declared()),
            actor=request.user,
            reason=form.why(),
            now=timezone.now(),
            seen=form.cleaned_data["seen"],
            form=form.number(),
        )
    except PandokError as error:
        return refused(request, case_id, error, "declared")
    return redirect("case", case_id=case_id)


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.WORK_CASES)
def assign(request: AccountRequest, case_id: UUID) -> HttpResponse:
    case = customs_case(request, case_id)
    if request.method != "POST":
        return redirect("case", case_id=case_id)
    form = meant(HandOverForm(request.POST, case=case, asker=request.user))
    officer = form.cleaned_data["officer"]
    try:
        assign_case(case=case, officer=officer, actor=request.user, reason=form.why(), now=timezone.now())
    except PandokError as error:
        return refused(request, case_id, error, "assign")
    return redirect("case", case_id=case_id)


def ask_again(request: HttpRequest, case: Case, step: Step, disposition: str, reason: str) -> HttpResponse:
    """The last look before a step that cannot simply be taken back: what will happen, with all that was entered."""
    context = {
        "case": case,
        "address": reverse("case_act", args=[case.id]),
        "title": step.words,
        "chosen": Disposition(disposition).words if step is Step.DECIDE else None,
        "reason": reason,
        "sentences": consequences(step, disposition, case),
        "back": reverse("case", args=[case.id]) + f"#step-{step.value}",
        "fields": fields_of(request),
    }
    return render(request, "pandok/cases/ask_again.html", context)


def refused(request: AccountRequest, case_id: UUID, error: PandokError | None, kind: str) -> HttpResponse:
    """The page as the case is now, with the message and with everything that was entered. Error None: the form says
    itself what is wrong."""
    moved = isinstance(error, RequestError) and error.error_code == "case.moved"
    case, status = customs_case(request, case_id), 409 if moved else 422
    return case_response(request, case, error=error, entered=kind, status=status)


def case_response(
    request: AccountRequest, case: Case, *, error: PandokError | None = None, entered: str = "", status: int = 200
) -> HttpResponse:
    """`entered` names the form whose fields were sent and are shown again, with the error where that form stands."""
    language, now, delivers = language_of_page(), timezone.now(), bool(settings().mail)
    works = Turn.OFFICER in turns_in(request.user, case)
    clocks = [case_page.shown_clock(one, case, now, language) for one in case.clocks.all()]
    state = State(case.state)
    moved = isinstance(error, RequestError) and error.error_code == "case.moved"
    link = newest_link(importer_notice(case))
    head = case_page.statement(case, clocks, mine=works, language=language)
    page = reading_page(case.reading, language) if case.reading else None
    chosen = _chosen(case, page)
    papers = list(case.documents.select_related("uploaded_by", "party"))
    notices = list(case.notices.select_related("party").prefetch_related("openings__account", "services"))
    confirming = shown_confirming(case, house.blobs()) if state is State.CLOSED else None
    forms = page_forms(
        case, request.user, Sent(entered, request.POST), papers=papers, notices=notices, confirming=confirming
    )
    context: dict[str, Any] = {
        "case": case,
        "statement": head,
        "clocks": [one for one in clocks if one is not head.clock],
        "page": page,
        "photographs": _not_shown_yet(page, chosen),
        "open_candidates": state in CHOOSES,
        "choosing": state is State.READ,
        "shows_basis": state.means.stage > CHOOSING,
        "forms": forms,
        "at_form": not moved and forms.again(),
        "chosen": chosen,
        "steps": case_page.shown_steps(forms.steps, case, language),
        "may_notify": works and state is State.CANDIDATE_CHOSEN,
        "works": works,
        "reach_importer": can_reach(case),
        "link_state": state_of(link, now) if link else None,
        "choose": {"notify": reverse("case_notify", args=[case.id])},
        "declared": case_page.declared(case, language),
        "confirming": confirming,
        "confirmed_rows": [(row, forms.views.get(row.key)) for row in confirming.photographs] if confirming else [],
        "over": state.means.over,
        "basis": case_basis.basis(case, language),
        "outcome": case_basis.outcome(case, language),
        "stages": case_basis.stages(case, language),
        "newer": newer_reading(case) if works else None,
        "guides": _guides(case),
        "notices": _notices(case, notices, forms),
        "answers": [
            (one, case_page.answer_title(one.answer, language)) for one in case.answers.select_related("answered_by")
        ],
        "statements": case.statements.select_related("made_by", "party"),
        "documents": [
            (
                one,
                KINDS[one.kind],
                [PARTY_KINDS[kind] for kind in one.shared_with],
                forms.shares.get(one.id),
                forms.suits.get(one.id),
            )
            for one in papers
        ],
        "electronic": [
            (
                place,
                party,
                how_served(party, delivers=delivers),
                consent_of(party),
                forms.consents.get(place),
            )
            for place in PLACES
            if (party := getattr(case, place)) is not None
        ],
        "history": case_history.history(case, language),
        "error": error,
        "sent": request.POST if entered else {},
        "officer_turn": Turn.OFFICER.value,
    }
    return render(request, "pandok/cases/case.html", context, status=status)


def _chosen(case: Case, page: ReadingPage | None) -> ShownCandidate | None:
    """The chosen candidate with its evidence, where it is one of the reading's."""
    if case.design is None or page is None:
        return None
    return next((one for one in (*page.near, *page.further) if one.design_id == case.design.design_id), None)


def _not_shown_yet(page: ReadingPage | None, chosen: ShownCandidate | None) -> list[Any]:
    """The photographs that do not stand beside the chosen design already."""
    if page is None:
        return []
    seen = chosen.photograph.sha256 if chosen is not None else ""
    return [one for one in page.photographs if one.picture.sha256 != seen]


def _guides(case: Case) -> list[IdentificationGuide]:
    """How to recognise the holder's goods: of this design, or of all its rights."""
    return list(guides_for(case.design)) if case.design else []


def _notices(case: Case, notices: list[Notice], forms: PageForms) -> list[dict[str, Any]]:
    """Each notice with how it left and when it was opened."""
    law = law_version(case.law_version)
    mails = {one.key: one for one in Delivery.objects.filter(key__in=[notice.delivery_key for notice in notices])}
    return [
        {
            "notice": one,
            "mail": mails.get(one.delivery_key),
            "openings": list(one.openings.all()),
            "service": case_page.shown_service(first_that_holds(list(one.services.all()))),
            "leaving": _is_leaving(one, mails.get(one.delivery_key)),
            "how": how_served(one.party, delivers=bool(settings().mail)),
            "electronic": served_on_its_page(one.party),
            "translations": further_languages().values() if offered_to(one.party) else (),
            "form": forms.services.get(one.id),
            "starts_term": bool(law.starting_when_told(one.template)),
        }
        for one in notices
    ]


def _is_leaving(notice: Notice, mail: Delivery | None) -> bool:
    """Whether it is to be served by a mail that is still on its way out."""
    service = first_that_holds(list(notice.services.all()))
    waits = mail is not None and mail.state in (DeliveryState.QUEUED, DeliveryState.SENDING)
    return waits and service is not None and service.way == NoticeService.MAIL
