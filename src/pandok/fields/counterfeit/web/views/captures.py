"""Captures as phones send them: JSON answers for the queue on the phone, one page for a capture without a reading."""

from __future__ import annotations

from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.views.decorators.http import require_POST, require_safe

from pandok.common.models import Account
from pandok.common.store_faults import store_fault
from pandok.common.web.requests import AccountRequest
from pandok.core.declaration import DECLARED, MOST_IMPORTER
from pandok.core.errors import PandokError, RequestError
from pandok.core.text import Text
from pandok.engines.text_and_codes.code_reader import ZxingCodeReader
from pandok.fields.counterfeit.lists.prospective_case import find_importers
from pandok.fields.counterfeit.roles import Action
from pandok.fields.counterfeit.web.capture_form import CaptureForm, QueuedForm, parse_capture_id
from pandok.fields.designs.acts.captures import (
    capture_of,
    capture_of_another,
    captures_before,
    receive_capture,
    too_many_sent,
)
from pandok.fields.designs.acts.code_stills import read_codes
from pandok.fields.designs.acts.photographs import MOST_PHOTOGRAPHS, no_photograph
from pandok.fields.designs.acts.reading_places import read_in_turn
from pandok.fields.designs.models import Capture, CaptureState
from pandok.fields.designs.roles import Action as ReadingAction
from pandok.fields.designs.web.uploads import keep_uploads
from pandok.settings import settings
from pandok.web.middleware.deny_by_default import allows
from pandok.web.sent_fields import meant
from pandok.web.shown.rendering import refused_status, render


def account_key(account: Account) -> str:
    """The account's name for its queue on a phone: the same at every sign-in, and tells nothing about the person."""
    return str(salted_hmac("pandok.capture-queue", str(account.pk)).hexdigest()[:24])


def answers_errors_as_json(view: Any) -> Any:
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            answered: HttpResponse = view(request, *args, **kwargs)
            return answered
        except PandokError as error:
            return _refusal(error)
        except Exception as error:
            fault = store_fault(error)
            if fault is None:
                raise
            return _refusal(fault)

    return answer


@require_safe
@allows(ReadingAction.READ_PHOTOGRAPHS)
def session(request: AccountRequest) -> JsonResponse:
    """Who is signed in, and the token to send with: the queue asks before it sends anything."""
    return JsonResponse({"account": account_key(request.user), "csrf_token": get_token(request)})


@require_POST
@allows(ReadingAction.READ_PHOTOGRAPHS)
@answers_errors_as_json
def receive(request: AccountRequest) -> JsonResponse:
    actor = request.user
    sent = meant(QueuedForm(request.POST)).cleaned_data
    if sent["account"] not in ("", account_key(actor)):
        # The sign-in changed between question and answer: what one person took is not sent by another.
        return _refusal(_taken_by_another(), status=409)
    capture_id = parse_capture_id(sent["capture_id"])
    capture, created = capture_of(actor, capture_id), False
    if capture is None:
        capture, created = _receive(request, capture_id)
    capture = read_in_turn(capture, actor, timezone.now())
    return JsonResponse(_as_json(capture), status=201 if created else 200)


@require_safe
@allows(ReadingAction.READ_PHOTOGRAPHS)
def show(request: AccountRequest, capture_id: UUID) -> HttpResponse:
    capture = _own(request, capture_id)
    if capture.reading_id:
        return redirect("reading", reading_id=capture.reading_id)
    return capture_page(request, capture)


@require_POST
@allows(ReadingAction.READ_PHOTOGRAPHS)
def read(request: AccountRequest, capture_id: UUID) -> HttpResponse:
    capture = _own(request, capture_id)
    capture = read_in_turn(capture, request.user, timezone.now())
    if capture.reading_id:
        return redirect("reading", reading_id=capture.reading_id)
    return capture_page(request, capture)


@require_POST
@allows(ReadingAction.READ_PHOTOGRAPHS)
@answers_errors_as_json
def codes(request: HttpRequest) -> JsonResponse:
    """The codes on a still picture of a label."""
    limits = settings()
    still = request.FILES.get("still")
    if still is None:
        raise no_photograph()
    largest = limits.max_upload_mb * 1_000_000
    found = read_codes(
        still=still.read(largest + 1),
        reader=ZxingCodeReader(),
        max_bytes=largest,
        max_megapixels=limits.max_megapixels,
    )
    return JsonResponse({"codes": [{"symbology": code.symbology, "text": code.text} for code in found]})


@require_safe
@allows(Action.WORK_CASES)
def find(request: AccountRequest) -> JsonResponse:
    """Importers for the field of the capture, while one types; nothing of it is kept."""
    typed = request.GET.get("q", "")[:MOST_IMPORTER].replace("\x00", "").strip()
    found = find_importers(typed, request.user) if len(typed) > 1 else []
    return JsonResponse({"importers": [{"name": party.name, "why": why} for party, why in found]})


def capture_page(request: HttpRequest, capture: Capture) -> HttpResponse:
    """What is known of a capture that has no reading: why not, and the button that tries again."""
    reason = None
    if capture.state == CaptureState.FAILED:
        reason = (Text(**capture.reason["what"]), Text(**capture.reason["next_step"]))
    context = {
        "capture": capture,
        "reason": reason,
        "declared": [(one.words, one.shown(value)) for one in DECLARED if (value := getattr(capture, one.name))],
        "before": captures_before(capture, timezone.now()),
    }
    return render(request, "pandok/capture_kept.html", context, status=422 if reason else 200)


def _receive(request: AccountRequest, capture_id: UUID) -> tuple[Capture, bool]:
    count = len(request.FILES.getlist("photographs"))
    if count > MOST_PHOTOGRAPHS:
        raise too_many_sent(count)
    form = CaptureForm(request.POST)
    photographs, refused = keep_uploads(request)
    faults: list[dict[str, Any]] = [
        {"photograph": place, "name": name, "message": _both(error)} for place, name, error in refused
    ]
    if not form.is_valid():
        faults += [
            {"field": name, "message": {"ko": sentence, "en": sentence}}
            for name, sentences in form.errors.items()
            for sentence in sentences
        ]
    if faults:
        raise RequestError(
            Text(ko="보낸 내용에 받을 수 없는 것이 있습니다.", en="Part of what was sent cannot be accepted."),
            Text(ko="아래 항목을 고쳐 다시 보내십시오.", en="Correct what is named below and send it again."),
            code="request.capture",
            faults=faults,
        )
    return receive_capture(
        capture_id=capture_id,
        photographs=photographs,
        declaration=form.declaration(),
        filters=form.filters(),
        actor=request.user,
        now=timezone.now(),
    )


def _own(request: AccountRequest, capture_id: UUID) -> Capture:
    try:
        capture = capture_of(request.user, capture_id)
    except RequestError as error:
        raise Http404 from error
    if capture is None:
        raise Http404
    return capture


def _as_json(capture: Capture) -> dict[str, Any]:
    address = (
        reverse("reading", args=[capture.reading_id])
        if capture.reading_id
        else reverse("own_capture", args=[capture.id])
    )
    return {
        "capture_id": str(capture.id),
        "state": capture.state,
        "address": address,
        "reason": capture.reason.get("what"),
    }


def _refusal(error: PandokError, status: int | None = None) -> JsonResponse:
    if status is None:
        status = 404 if error.error_code == capture_of_another().error_code else refused_status(error)
    return JsonResponse(error.as_dict(), status=status)


def _both(error: PandokError) -> dict[str, str]:
    return {"ko": error.message("ko"), "en": error.message("en")}


def _taken_by_another() -> RequestError:
    return RequestError(
        Text(ko="다른 계정으로 찍은 촬영입니다.", en="This was photographed with another account."),
        Text(ko="촬영한 계정으로 로그인하십시오.", en="Sign in with the account that photographed it."),
        code="request.another_account",
    )
