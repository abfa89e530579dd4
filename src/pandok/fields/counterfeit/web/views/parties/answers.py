"""What parties send from the page of a notice. Each view parses, calls one use case, and returns to the page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pandok.common import house
from pandok.common.decoding import MOST_BYTES
from pandok.common.models import Party
from pandok.common.papers.content import too_large
from pandok.common.parties.electronic import served_kinds
from pandok.common.web.requests import AccountRequest
from pandok.core.errors import PandokError
from pandok.fields.counterfeit.acts.answering.holder import answer_notice, make_no_request, request_suspension
from pandok.fields.counterfeit.acts.answering.importer import make_statement
from pandok.fields.counterfeit.acts.answering.papers import send_appraisal, send_paper
from pandok.fields.counterfeit.acts.notices.consenting import say_for_oneself
from pandok.fields.counterfeit.models import Notice
from pandok.fields.counterfeit.outcomes import Answer, Finding
from pandok.fields.counterfeit.roles import Action
from pandok.fields.counterfeit.states import Turn
from pandok.fields.counterfeit.web.party_forms import (
    AnswerForm,
    AppraisalForm,
    ElectronicForm,
    NoRequestForm,
    PaperForm,
    PressedOnce,
    StatementForm,
    SuspensionForm,
)
from pandok.fields.counterfeit.web.shown.notice_page import TURN_OF
from pandok.fields.counterfeit.web.views.parties.own_notice import own_notice
from pandok.fields.counterfeit.web.views.parties.page import notice_answer
from pandok.web.middleware.deny_by_default import allows

Act = Callable[[dict[str, Any]], object]


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.ANSWER_AS_HOLDER)
def answer(request: AccountRequest, notice_id: UUID) -> HttpResponse:
    notice = own_notice(request, notice_id, Party.HOLDER)

    def act(said: dict[str, Any]) -> None:
        answer_notice(
            case=notice.case,
            answer=Answer(said["answer"]),
            actor=request.user,
            reason=said["reason"],
            now=timezone.now(),
            nonce=said["nonce"],
        )

    return _sent(request, notice, "answer", AnswerForm, act, _("Your answer was received."))


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.ANSWER_AS_HOLDER)
def suspension(request: AccountRequest, notice_id: UUID) -> HttpResponse:
    notice = own_notice(request, notice_id, Party.HOLDER)

    def act(said: dict[str, Any]) -> None:
        request_suspension(
            case=notice.case,
            value_krw=said["value_krw"],
            undertakes=said["undertakes"],
            actor=request.user,
            reason=said["reason"],
            now=timezone.now(),
            nonce=said["nonce"],
        )

    return _sent(request, notice, "suspension", SuspensionForm, act, _("Your request for suspension was received."))


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.ANSWER_AS_HOLDER)
def no_request(request: AccountRequest, notice_id: UUID) -> HttpResponse:
    notice = own_notice(request, notice_id, Party.HOLDER)

    def act(said: dict[str, Any]) -> None:
        make_no_request(
            case=notice.case,
            actor=request.user,
            reason=said["reason"],
            now=timezone.now(),
            nonce=said["nonce"],
        )

    return _sent(request, notice, "no_request", NoRequestForm, act, _("We received what you sent."))


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.SEE_TOLD_CASES)
def electronic(request: AccountRequest, notice_id: UUID) -> HttpResponse:
    """The party agrees to electronic service, or takes that back."""
    notice = own_notice(request, notice_id, *served_kinds())
    form = ElectronicForm(request.POST)
    form.is_valid()
    agrees = form.cleaned_data["agrees"] == "yes"

    def act(said: dict[str, Any]) -> None:  # noqa: ARG001
        say_for_oneself(party=notice.party, given=agrees, actor=request.user, now=timezone.now())

    done = _("You agreed to electronic service.") if agrees else _("Your consent to electronic service is taken back.")
    return _sent(request, notice, "electronic", ElectronicForm, act, done)


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.ANSWER_AS_IMPORTER)
def statement(request: AccountRequest, notice_id: UUID) -> HttpResponse:
    notice = own_notice(request, notice_id, Party.IMPORTER)

    def act(said: dict[str, Any]) -> None:
        make_statement(
            case=notice.case,
            text=said["text"],
            asks_release=said["asks_release"],
            actor=request.user,
            now=timezone.now(),
            nonce=said["nonce"],
        )

    return _sent(request, notice, "statement", StatementForm, act, _("Your statement was received."))


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.SEE_TOLD_CASES)
def paper(request: AccountRequest, notice_id: UUID) -> HttpResponse:
    notice = own_notice(request, notice_id)
    turn = TURN_OF[notice.party.kind]

    def act(said: dict[str, Any]) -> None:
        send_paper(
            case=notice.case,
            turn=turn,
            kind=said["kind"],
            data=_bytes(said["file"]),
            filename=said["file"].name,
            actor=request.user,
            now=timezone.now(),
            blobs=house.blobs(),
        )

    def form(*args: Any, **kwargs: Any) -> PaperForm:
        return PaperForm(*args, turn=turn, **kwargs)

    return _sent(request, notice, "paper", form, act, _("The paper was received."))


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.SEE_TOLD_CASES)
def appraisal(request: AccountRequest, notice_id: UUID) -> HttpResponse:
    notice = own_notice(request, notice_id, Party.HOLDER, Party.ASSOCIATION)

    def act(said: dict[str, Any]) -> None:
        send_appraisal(
            case=notice.case,
            turn=Turn(TURN_OF[notice.party.kind]),
            finding=Finding(said["finding"]),
            data=_bytes(said["file"]),
            filename=said["file"].name,
            actor=request.user,
            reason=said["reason"],
            now=timezone.now(),
            blobs=house.blobs(),
        )

    return _sent(request, notice, "appraisal", AppraisalForm, act, _("The appraisal was received."))


def _sent(
    request: AccountRequest, notice: Notice, name: str, make: Callable[..., PressedOnce], act: Act, thanks: str
) -> HttpResponse:
    if request.method != "POST":
        # Reloading a form that was refused must lead back, not to an error.
        return redirect("notice", notice_id=notice.id)
    form = make(request.POST, request.FILES, auto_id=f"{name}-%s")
    if not form.is_valid():
        return notice_answer(request, notice, sent=(name, form))
    try:
        act(form.cleaned_data)
    except PandokError as error:
        return notice_answer(request, own_notice(request, notice.id), sent=(name, form), error=error)
    messages.success(request, thanks)
    return redirect("notice", notice_id=notice.id)


def _bytes(file: Any) -> bytes:
    """What was sent, refused at the door where it is too large."""
    if file.size > MOST_BYTES:
        raise too_large(file.size)
    return bytes(file.read())
