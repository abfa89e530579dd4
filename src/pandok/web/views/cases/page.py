"""The page of one case, and the steps that are taken on it."""

from __future__ import annotations

import uuid
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pandok.core.cases.states import State, Turn
from pandok.core.declaration import declare
from pandok.core.errors import PandokError, RequestError
from pandok.desk.answering.assigning import CAN_BE_ASKED
from pandok.desk.cases.assigning import assign_case, colleagues
from pandok.desk.cases.correcting import correct_declaration
from pandok.desk.cases.forms import stamp
from pandok.desk.cases.from_reading import case_from_reading
from pandok.desk.cases.law import OFFICE_ZONE, law_version
from pandok.desk.cases.steps import Details, Step, newer_reading, steps_for, take_step
from pandok.desk.cases.visible import turns_in
from pandok.desk.models import Account, Case, Delivery, IdentificationGuide, ReadingRecord
from pandok.desk.notices.serving import BY_HAND, WAYS, first_that_holds
from pandok.desk.papers.documents import KINDS, PARTY_KINDS
from pandok.desk.parties.guides import guides_for
from pandok.desk.roles import Action
from pandok.desk.signals.readings import readings_visible_to
from pandok.web.middleware.access import allows
from pandok.web.show import case_history, case_page
from pandok.web.show.reading_page import reading_page
from pandok.web.views.cases.asking import customs_case, form_id, language_of_page, reason_from

CHOOSES = frozenset({State.READ, State.CANDIDATE_CHOSEN, State.NOTHING_CLOSE})
"""States in which the candidates stand open with their buttons."""


@require_safe
@allows(Action.SEE_CASE_FILES)
def show_case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    return case_response(request, customs_case(request, case_id))


@require_POST
@allows(Action.WORK_CASES)
def open_from_reading(request: HttpRequest, reading_id: UUID) -> HttpResponse:
    """The buttons of a reading: notify this holder, nothing close, or only open the case."""
    record = readings_visible_to(request.user).filter(id=reading_id).select_related("signal").first()
    if record is None:
        raise Http404
    design_id = request.POST.get("design_id", "")
    nothing = "nothing" in request.POST
    case = case_from_reading(
        reading=record,
        actor=request.user,
        now=timezone.now(),
        form=form_id(request),
        reason=reason_from(request, "nothing_close" if nothing else "choose"),
        design_id=design_id[:100],
        nothing_close=nothing,
    )
    if design_id and State(case.state) is State.CANDIDATE_CHOSEN:
        return redirect("case_notify", case_id=case.id)
    return redirect("case", case_id=case.id)


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.WORK_CASES)
def act_on_case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    case = customs_case(request, case_id)
    if request.method != "POST":
        return redirect("case", case_id=case_id)
    step = request.POST.get("step", "")
    if step not in list(Step):
        raise Http404
    details = Details(
        design_id=request.POST.get("design_id", "")[:100],
        finding=request.POST.get("finding", ""),
        disposition=request.POST.get("disposition", ""),
    )
    try:
        case = take_step(
            case=case,
            step=Step(step),
            details=details,
            actor=request.user,
            reason=reason_from(request, step),
            now=timezone.now(),
            seen=request.POST.get("seen", ""),
            form=form_id(request),
        )
    except PandokError as error:
        return refused(request, case_id, error, step)
    if step == Step.CHOOSE and "notify" in request.POST:
        return redirect("case_notify", case_id=case_id)
    return redirect("case", case_id=case_id)


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.WORK_CASES)
def correct_case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    case = customs_case(request, case_id)
    if request.method != "POST":
        return redirect("case", case_id=case_id)
    names = ("item_name", "hs_code", "parcel_number", "bl_number")
    try:
        correct_declaration(
            case=case,
            declared=declare(**{name: request.POST.get(name, "")[:1000] for name in names}),
            actor=request.user,
            reason=reason_from(request, "declared"),
            now=timezone.now(),
            seen=request.POST.get("seen", ""),
            form=form_id(request),
        )
    except PandokError as error:
        return refused(request, case_id, error, "declared")
    return redirect("case", case_id=case_id)


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.WORK_CASES)
def assign(request: HttpRequest, case_id: UUID) -> HttpResponse:
    case = customs_case(request, case_id)
    if request.method != "POST":
        return redirect("case", case_id=case_id)
    chosen = request.POST.get("officer", "")
    officer = Account.objects.filter(pk=int(chosen)).first() if chosen.isdecimal() and len(chosen) < 18 else None
    if officer is None:
        raise Http404
    try:
        assign_case(
            case=case,
            officer=officer,
            actor=request.user,
            reason=reason_from(request, "assign"),
            now=timezone.now(),
        )
    except PandokError as error:
        return refused(request, case_id, error, "assign")
    return redirect("case", case_id=case_id)


def refused(request: HttpRequest, case_id: UUID, error: PandokError, kind: str) -> HttpResponse:
    """The page as the case is now, with the message and with everything that was entered."""
    moved = isinstance(error, RequestError) and error.error_code == "case.moved"
    return case_response(
        request, customs_case(request, case_id), error=error, entered=kind, status=409 if moved else 422
    )


def case_response(
    request: HttpRequest, case: Case, *, error: PandokError | None = None, entered: str = "", status: int = 200
) -> HttpResponse:
    """`entered` names the form whose fields were sent and are shown again."""
    language, now = language_of_page(), timezone.now()
    works = Turn.OFFICER in turns_in(request.user, case)
    steps = steps_for(request.user, case)
    clocks = [case_page.shown_clock(one, case, now, language) for one in case.clocks.all()]
    state = State(case.state)
    shown = case_page.shown_steps([one for one in steps if one is not Step.CHOOSE], case, language)
    context: dict[str, Any] = {
        "case": case,
        "statement": case_page.statement(case, clocks, mine=works, language=language),
        "clocks": clocks,
        "page": reading_page(case.reading, language) if case.reading else None,
        "open_candidates": state in CHOOSES,
        "chosen": _chosen(case, language),
        "steps": shown,
        "may_choose": Step.CHOOSE in steps,
        "may_notify": works and state is State.CANDIDATE_CHOSEN,
        "works": works,
        "choose": {"action": reverse("case_act", args=[case.id]), "step": Step.CHOOSE.value},
        "choose_phrases": case_page.phrases(Step.CHOOSE.value, language, case),
        "declared": case_page.declared(case, language),
        "declared_phrases": case_page.phrases("declared", language, case),
        "assign_phrases": case_page.phrases("assign", language, case),
        "may_ask_appraisal": works
        and state in CAN_BE_ASKED
        and case.appraiser is not None
        and case.turn != Turn.APPRAISER.value,
        "appraisal_phrases": case_page.phrases("ask_appraisal", language, case),
        "share_phrases": case_page.phrases("share", language, case),
        "colleagues": colleagues(request.user)[:200] if works and state is not State.CLOSED else (),
        "newer": newer_reading(case) if works else None,
        "guides": _guides(case),
        "notices": _notices(case),
        "answers": [
            (one, case_page.answer_title(one.answer, language)) for one in case.answers.select_related("answered_by")
        ],
        "statements": case.statements.select_related("made_by", "party"),
        "documents": [
            (one, KINDS[one.kind], [PARTY_KINDS[kind] for kind in one.shared_with])
            for one in case.documents.select_related("uploaded_by", "party")
        ],
        "ways": [(way, WAYS[way]) for way in BY_HAND],
        "today": now.astimezone(OFFICE_ZONE).date(),
        "document_kinds": KINDS.items(),
        "party_kinds": PARTY_KINDS.items(),
        "history": case_history.history(case, language),
        "seen": stamp(case),
        "form_id": uuid.uuid4(),
        "error": error,
        "entered": entered,
        "sent": request.POST if entered else {},
        "officer_turn": Turn.OFFICER.value,
    }
    return render(request, "pandok/cases/case.html", context, status=status)


def _chosen(case: Case, language: str) -> Any:
    """The chosen candidate with its evidence, where it is one of the reading's."""
    if case.design is None or case.reading is None:
        return None
    shown = reading_page(case.reading, language)
    return next((one for one in (*shown.near, *shown.further) if one.design_id == case.design.design_id), None)


def _guides(case: Case) -> list[IdentificationGuide]:
    """How the holder tells its goods: of this design, or of all its rights."""
    return list(guides_for(case.design)) if case.design else []


def _notices(case: Case) -> list[dict[str, Any]]:
    """Each notice with how it left and when it was opened."""
    notices = list(case.notices.select_related("party").prefetch_related("openings__account", "services"))
    law = law_version(case.law_version)
    mails = {one.key: one for one in Delivery.objects.filter(key__in=[notice.delivery_key for notice in notices])}
    return [
        {
            "notice": one,
            "mail": mails.get(one.delivery_key),
            "openings": list(one.openings.all()),
            "service": case_page.shown_service(first_that_holds(list(one.services.all()))),
            "starts_term": bool(law.starting_when_told(one.template)),
        }
        for one in notices
    ]


def case_of_reading(record: ReadingRecord) -> Case | None:
    return Case.objects.filter(signal_id=record.signal_id).first()
