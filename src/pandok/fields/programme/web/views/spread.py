"""Spread: hand-overs made and taken in, offered, answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pandok.common import house
from pandok.common.decoding import parsing_pool
from pandok.common.web.requests import AccountRequest
from pandok.core.errors import PandokError, RequestError
from pandok.core.programme.hand_over import Became
from pandok.core.text import Text
from pandok.engines.proof_pack.site_key import site_signing_key
from pandok.fields.lab.roles import Action as LabAction
from pandok.fields.programme.acts.spread import answering, making, taking_over
from pandok.fields.programme.lists.spread import (
    counted_by_region,
    happened,
    made_here,
    made_of,
    offers_of,
    taken_here,
    taken_of,
)
from pandok.fields.programme.models import HandOverTaken
from pandok.fields.programme.roles import Action
from pandok.fields.programme.spread_refusals import refusal
from pandok.fields.programme.web.shown.missing_records import missing_records
from pandok.fields.programme.web.shown.spread_facts import (
    CONDITIONS,
    differences_shown,
    kpis_handed,
    regions_shown,
)
from pandok.fields.programme.web.spread_forms import SheetForm, TakeForm
from pandok.fields.programme.web.views.evidence import agreement_shown
from pandok.settings import settings
from pandok.web.file_answer import download
from pandok.web.in_memory_upload import uploads_in_memory
from pandok.web.middleware.deny_by_default import allows
from pandok.web.sent_fields import meant
from pandok.web.shown.rendering import refused_status, render

MOST_LISTED = 100
T = TypeVar("T")


@require_safe
@allows(Action.SEE_SPREAD)
def spread(request: AccountRequest) -> HttpResponse:
    return _list(request, TakeForm())


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.HAND_OVER)
def hand_over(request: AccountRequest, agreement_id: UUID) -> HttpResponse:
    found, error = agreement_shown(request, agreement_id), None
    form = SheetForm(initial={"paid_by": found.operation_payer, "operated_by": found.remeasurement_post})
    if request.method == "POST":
        form = meant(SheetForm(request.POST))
        try:
            made = making.make_hand_over(
                agreement_id,
                proof_number=form.cleaned_data["proof"].strip(),
                sheet=form.sheet(),
                reader=b"",
                site=settings().site_name,
                key=site_signing_key(settings().home),
                blobs=house.blobs(),
                actor=request.user,
                now=timezone.now(),
            )
        except PandokError as refused:
            error = refused
        else:
            return redirect("programme_handed", made_id=made.pk)
    context = {"agreement": found, "form": form, "error": error, "proofs": making.provable(timezone.now())}
    status = refused_status(error) if error else 200
    return render(request, "pandok/programme/hand_over.html", context, status=status)


@require_safe
@allows(Action.SEE_SPREAD)
def handed(request: AccountRequest, made_id: UUID) -> HttpResponse:
    made = _there(made_of, made_id)
    context = {
        "made": made,
        "said": made.statement,
        "kpis": kpis_handed(made.statement),
        "conditions": _conditions(made.statement.sheet.conditions),
        "answers": [
            (one, one.answer, differences_shown(made.statement.sheet.conditions, one.answer.here))
            for one in made.answers.all()
        ],
        "offers": offers_of(made),
    }
    return render(request, "pandok/programme/handed.html", context)


@require_safe
@allows(Action.SEE_SPREAD)
def package(request: AccountRequest, made_id: UUID) -> HttpResponse:  # noqa: ARG001
    made = _there(made_of, made_id)
    return download(house.blobs().get(made.package), filename=f"{made.number}.zip", media_type="application/zip")


@uploads_in_memory
@require_POST
@allows(Action.HAND_OVER)
def take(request: AccountRequest) -> HttpResponse:
    form = meant(TakeForm(request.POST))
    try:
        kept = taking_over.take_hand_over(
            data=_sent(request, "package"),
            region=form.cleaned_data["region"],
            here=form.here(),
            problem_number=form.cleaned_data["problem"].strip(),
            site=settings().site_name,
            pool=parsing_pool(),
            blobs=house.blobs(),
            actor=request.user,
            now=timezone.now(),
        )
    except PandokError as error:
        return _list(request, form, error=error)
    return redirect("programme_taken", taken_id=kept.pk)


@require_safe
@allows(Action.SEE_SPREAD)
def taken(request: AccountRequest, taken_id: UUID) -> HttpResponse:
    return _taken(request, taken_id)


@require_POST
@allows(LabAction.MAKE_PROOFS)
def to_lab(request: AccountRequest, taken_id: UUID) -> HttpResponse:
    _there(taken_of, taken_id)
    try:
        proof = taking_over.send_to_lab(
            taken_id, pool=parsing_pool(), blobs=house.blobs(), actor=request.user, now=timezone.now()
        )
    except PandokError as error:
        return _taken(request, taken_id, error=error)
    return redirect("proof", proof_id=proof.pk)


@require_POST
@allows(Action.ANSWER_HAND_OVERS)
def answer(request: AccountRequest, taken_id: UUID) -> HttpResponse:
    _there(taken_of, taken_id)
    try:
        answering.answer(
            taken_id,
            site=settings().site_name,
            key=site_signing_key(settings().home),
            actor=request.user,
            now=timezone.now(),
        )
    except PandokError as error:
        return _taken(request, taken_id, error=error)
    return redirect("programme_taken", taken_id=taken_id)


@require_safe
@allows(Action.SEE_SPREAD)
def answer_file(request: AccountRequest, taken_id: UUID) -> HttpResponse:  # noqa: ARG001
    found = getattr(_there(taken_of, taken_id), "answer", None)
    if found is None:
        raise Http404
    name = f"{found.values['hand_over']}-answer.json"
    return download(found.envelope.encode(), filename=name, media_type="application/json")


@uploads_in_memory
@require_POST
@allows(Action.HAND_OVER)
def keep_answer(request: AccountRequest) -> HttpResponse:
    try:
        kept = answering.keep_answer(
            data=_sent(request, "answer"),
            site=settings().site_name,
            pool=parsing_pool(),
            actor=request.user,
            now=timezone.now(),
        )
    except PandokError as error:
        return _list(request, TakeForm(), error=error)
    assert kept.made_id is not None
    return redirect("programme_handed", made_id=kept.made_id)


def _sent(request: AccountRequest, name: str) -> bytes:
    upload = request.FILES.get(name)
    if upload is None:
        raise refusal("no_file")
    return bytes(upload.read())


def _list(request: AccountRequest, form: TakeForm, *, error: PandokError | None = None) -> HttpResponse:
    context = {
        "made": made_here()[:MOST_LISTED],
        "taken": [(one, one.values["title"], _became(one)) for one in taken_here()[:MOST_LISTED]],
        "regions": regions_shown(counted_by_region(happened())),
        "form": form,
        "error": error,
        "gaps": missing_records(),
        "may_hand_over": request.user.may(Action.HAND_OVER),
    }
    return render(request, "pandok/programme/spread.html", context, status=refused_status(error) if error else 200)


def _became(taken: HandOverTaken) -> Text | None:
    """What this site said of it, if it did."""
    answer = getattr(taken, "answer", None)
    return Became(answer.became).words if answer else None


def _taken(request: AccountRequest, taken_id: UUID, *, error: PandokError | None = None) -> HttpResponse:
    found = _there(taken_of, taken_id)
    said, own = found.statement, getattr(found, "answer", None)
    proof = taking_over.proof_in_lab(found)
    context = {
        "taken": found,
        "said": said,
        "kpis": kpis_handed(said),
        "conditions": _conditions(said.sheet.conditions, found.here),
        "proof": proof,
        "test": answering.decided_test(found),
        "answer": own,
        "may_send": proof is None and request.user.may(LabAction.MAKE_PROOFS),
        "may_answer": own is None and request.user.may(Action.ANSWER_HAND_OVERS),
        "error": error,
    }
    return render(request, "pandok/programme/taken.html", context, status=refused_status(error) if error else 200)


def _conditions(proven: Any, here: Any = None) -> list[tuple[Any, str, str]]:
    return [(words, getattr(proven, name), (here or {}).get(name, "")) for name, words in CONDITIONS.items()]


def _there(asked: Callable[[UUID], T], key: UUID) -> T:
    try:
        return asked(key)
    except RequestError as error:
        raise Http404 from error
