"""The first page: photographs in, a reading out. What was accepted is never asked for twice."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from pandok.common.roles import Action as CommonAction
from pandok.common.web.requests import AccountRequest
from pandok.core.errors import PandokError, StoreError
from pandok.fields.counterfeit.lists.prospective_case import recent_importers
from pandok.fields.counterfeit.web.capture_form import CaptureForm
from pandok.fields.counterfeit.web.pending import forget_pending, keep_pending, pending_photographs
from pandok.fields.counterfeit.web.views.captures import account_key, capture_page
from pandok.fields.designs.acts.captures import receive_capture, unread_captures
from pandok.fields.designs.acts.photographs import MOST_PHOTOGRAPHS, KeptPhotograph, too_many_photographs
from pandok.fields.designs.acts.reading_places import read_in_turn
from pandok.fields.designs.acts.readings import readings_visible_to
from pandok.fields.designs.models import Capture
from pandok.fields.designs.roles import Action as ReadingAction
from pandok.fields.designs.web.uploads import keep_uploads
from pandok.settings import settings
from pandok.web.middleware.deny_by_default import allows
from pandok.web.navigation import first_page
from pandok.web.shown.rendering import refused_status, render

MOST_UNREAD = 5


@dataclass(frozen=True)
class RefusedUpload:
    """What could not be accepted; `name` is the file name as the person knows it."""

    name: str
    error: PandokError


@require_http_methods(["GET", "HEAD", "POST"])
@allows(CommonAction.SEE_OWN_ACCOUNT)
def capture(request: AccountRequest) -> HttpResponse:
    """Everybody's first page: who photographs nothing is led to the first page of their own."""
    if not request.user.may(ReadingAction.READ_PHOTOGRAPHS):
        return redirect(first_page(request.user))
    if request.method != "POST":
        return _page(request, CaptureForm(initial={"in_force_only": True}), pending_photographs(request), [])
    if "more" in request.POST:
        keep_pending(request, _usable_photographs(request, request.POST["more"]))
        return redirect("capture")
    form = CaptureForm(request.POST)
    try:
        kept, refused = _receive(request)
    except StoreError as error:
        # Ours: what was typed stays on the page, nothing is written.
        return _page(request, form, pending_photographs(request), [RefusedUpload("", error)], status=503)
    only_collect = "add" in request.POST or "remove" in request.POST
    if refused or only_collect or not form.is_valid():
        keep_pending(request, kept)
        return _page(request, form, kept, refused, status=422 if refused or not form.is_valid() else 200)
    # Kept before anything else: an unexpected failure below must not cost the photographs.
    keep_pending(request, kept)
    request.session.save()
    try:
        kept_capture = _kept_capture(request, form, kept)
    except PandokError as error:
        return _page(request, form, kept, [RefusedUpload("", error)], status=refused_status(error))
    forget_pending(request)
    request.session.save()
    made = read_in_turn(kept_capture, request.user, timezone.now())
    if made.reading_id:
        return redirect("reading", reading_id=made.reading_id)
    return capture_page(request, made)


def _kept_capture(request: AccountRequest, form: CaptureForm, kept: list[KeptPhotograph]) -> Capture:
    """The capture of this form. A form sent twice finds its first one; one filled again after going back is another."""

    def receive(capture_id: UUID) -> Capture:
        return receive_capture(
            capture_id=capture_id,
            photographs=kept,
            declaration=form.declaration(),
            filters=form.filters(),
            actor=request.user,
            now=timezone.now(),
        )[0]

    capture = receive(form.cleaned_data["capture_id"] or uuid4())
    sent = [photograph.model_dump(mode="json") for photograph in kept]
    return capture if not sent or capture.photographs == sent else receive(uuid4())


def _receive(request: HttpRequest) -> tuple[list[KeptPhotograph], list[RefusedUpload]]:
    """The pending photographs and the good ones of this request, and why others were refused."""
    removed = request.POST.get("remove", "")
    kept = [photograph for photograph in pending_photographs(request) if photograph.sha256 != removed]
    room = MOST_PHOTOGRAPHS - len(kept)
    accepted, faults = keep_uploads(request, most=room)
    refused = [RefusedUpload(name, error) for _, name, error in faults]
    known = {photograph.sha256 for photograph in kept}
    for photograph in accepted:
        if photograph.sha256 not in known:
            known.add(photograph.sha256)
            kept.append(photograph)
    count = len([file for file in request.FILES.getlist("photographs") if file.size or file.name])
    if count > len(accepted) + len(faults):
        refused.append(RefusedUpload("", too_many_photographs(MOST_PHOTOGRAPHS - room + count)))
    return kept, refused


def _usable_photographs(request: AccountRequest, reading_id: str) -> list[KeptPhotograph]:
    """The photographs of a reading without those that could not be read, so that better ones can be added."""
    try:
        record = get_object_or_404(readings_visible_to(request.user), id=UUID(reading_id))
    except ValueError as error:
        raise Http404 from error
    blocked = {remark.photograph_index for remark in record.reading.remarks if remark.blocking}
    return [
        KeptPhotograph(
            sha256=one.sha256, original_sha256=one.original_sha256, width_px=one.width_px, height_px=one.height_px
        )
        for one in record.signal.photographs.all()
        if one.position not in blocked
    ]


def _page(
    request: AccountRequest,
    form: CaptureForm,
    kept: list[KeptPhotograph],
    refused: list[RefusedUpload],
    status: int = 200,
) -> HttpResponse:
    context = {
        "form": form,
        "pending": kept,
        "refused": refused,
        "most_photographs": MOST_PHOTOGRAPHS,
        "room": MOST_PHOTOGRAPHS - len(kept),
        "most_bytes": settings().max_upload_mb * 1_000_000,
        "capture_id": form["capture_id"].value() or uuid4(),
        "unread": unread_captures(request.user)[:MOST_UNREAD],
        "account_key": account_key(request.user),
        "importers": [one.name for one in recent_importers(request.user)],
    }
    return render(request, "pandok/capture.html", context, status=status)
