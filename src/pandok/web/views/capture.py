"""The first page: photographs in, a reading out. What was accepted is never asked for twice."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from pandok.core.errors import PandokError
from pandok.desk.photographs import MOST_PHOTOGRAPHS, KeptPhotograph, keep_photograph, too_many_photographs
from pandok.desk.readings import read_photographs, readings_visible_to
from pandok.desk.roles import Action
from pandok.settings import settings
from pandok.web import desk
from pandok.web.forms import FiltersForm
from pandok.web.middleware.access import allows
from pandok.web.pending import forget_pending, keep_pending, pending_photographs


@dataclass(frozen=True)
class Refusal:
    """What could not be accepted; `name` is the file name as the person knows it."""

    name: str
    error: PandokError


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.SEE_OWN_READINGS)
def capture(request: HttpRequest) -> HttpResponse:
    if not request.user.may(Action.READ_PHOTOGRAPHS):
        return redirect("readings")
    if request.method != "POST":
        return _page(request, FiltersForm(initial={"in_force_only": True}), pending_photographs(request), [])
    if "more" in request.POST:
        keep_pending(request, _usable_photographs(request, request.POST["more"]))
        return redirect("capture")
    kept, refused = _receive(request)
    form = FiltersForm(request.POST)
    only_collect = "add" in request.POST or "remove" in request.POST
    if refused or only_collect or not form.is_valid():
        keep_pending(request, kept)
        return _page(request, form, kept, refused, status=422 if refused or not form.is_valid() else 200)
    # Kept before reading: an unexpected failure below must not cost the photographs either.
    keep_pending(request, kept)
    request.session.save()
    try:
        record = read_photographs(
            photographs=kept,
            filters=form.filters(),
            actor=request.user,
            now=timezone.now(),
            desk=desk.desk(),
            blobs=desk.blobs(),
        )
    except PandokError as error:
        return _page(request, form, kept, [Refusal("", error)], status=422)
    forget_pending(request)
    return redirect("reading", reading_id=record.id)


def _receive(request: HttpRequest) -> tuple[list[KeptPhotograph], list[Refusal]]:
    """The pending photographs and the good ones of this request, and why others were refused."""
    removed = request.POST.get("remove", "")
    kept = [photograph for photograph in pending_photographs(request) if photograph.sha256 != removed]
    refused: list[Refusal] = []
    limits = settings()
    files: list[UploadedFile] = [file for file in request.FILES.getlist("photographs") if file.size or file.name]
    for file in files:
        if len(kept) == MOST_PHOTOGRAPHS:
            refused.append(Refusal("", too_many_photographs(len(kept) + len(files) - files.index(file))))
            break
        try:
            photograph = keep_photograph(
                # One byte more than allowed tells "too large" without reading the rest.
                file.read(limits.max_upload_mb * 1_000_000 + 1),
                filename=file.name or "",
                blobs=desk.blobs(),
                max_bytes=limits.max_upload_mb * 1_000_000,
                max_megapixels=limits.max_megapixels,
            )
        except PandokError as error:
            refused.append(Refusal(file.name or "", error))
            continue
        if photograph.sha256 not in {one.sha256 for one in kept}:
            kept.append(photograph)
    return kept, refused


def _usable_photographs(request: HttpRequest, reading_id: str) -> list[KeptPhotograph]:
    """The photographs of a reading without those that could not be read, so that better ones can be added."""
    try:
        record = get_object_or_404(readings_visible_to(request.user), id=UUID(reading_id))
    except ValueError as error:
        raise Http404 from error
    blocked = {remark.photograph_index for remark in record.reading.remarks if remark.blocking}
    return [
        KeptPhotograph(sha256=one.sha256, width_px=one.width_px, height_px=one.height_px)
        for one in record.signal.photographs.all()
        if one.position not in blocked
    ]


def _page(
    request: HttpRequest, form: FiltersForm, kept: list[KeptPhotograph], refused: list[Refusal], status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "pending": kept,
        "refused": refused,
        "most_photographs": MOST_PHOTOGRAPHS,
        "room": MOST_PHOTOGRAPHS - len(kept),
    }
    return render(request, "pandok/capture.html", context, status=status)
