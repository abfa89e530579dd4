"""The reading desk: one scan after the other, its declaration beside it, one key decides."""

from __future__ import annotations

from base64 import b64encode
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pandok.common.web.requests import AccountRequest
from pandok.core.errors import PandokError, RequestError
from pandok.core.text import Text
from pandok.fields.xray.acts.ahead import ahead_key
from pandok.fields.xray.acts.deciding import TAKE_BACK_WITHIN, decide, newest_scan, sizes_of, take_back, usable_marks
from pandok.fields.xray.acts.help.reading import readable_views
from pandok.fields.xray.acts.showing import show_next
from pandok.fields.xray.help_sources import HelpSource
from pandok.fields.xray.lists.earlier_looks import earlier_profiles
from pandok.fields.xray.lists.help_shown import help_on_screen
from pandok.fields.xray.lists.own_readings import own_today
from pandok.fields.xray.lists.visible import inspection_of, inspections_visible_to, shows_images
from pandok.fields.xray.lists.waiting import on_screen_of, readable_by
from pandok.fields.xray.lists.work import MOST_COUNTED
from pandok.fields.xray.models import ImageReading, Inspection, Scan
from pandok.fields.xray.roles import Action
from pandok.fields.xray.states import READABLE
from pandok.fields.xray.web.forms import DecisionForm
from pandok.fields.xray.web.shown.declared import declared_of
from pandok.fields.xray.web.shown.desk_keys import DECISIONS, NEXT, TAKE_BACK, keys_in
from pandok.fields.xray.web.shown.goods_look import held_against
from pandok.fields.xray.web.shown.help_origin import origin_of
from pandok.fields.xray.web.shown.scan_viewer import viewer_of
from pandok.fields.xray.web.shown.similar import similar_beside
from pandok.fields.xray.web.shown.structure import not_compared
from pandok.fields.xray.web.views.parts import found_or_404
from pandok.fields.xray.web.views.pictures import keep_look
from pandok.web.middleware.deny_by_default import allows
from pandok.web.shown.rendering import render


@require_safe
@allows(Action.READ_SCANS)
def start(request: AccountRequest) -> HttpResponse:
    """What waits, and how one's own readings of today went."""
    now = timezone.now()
    context = {
        "waiting": readable_by(request.user, now).values("pk")[: MOST_COUNTED + 1].count(),
        "most_counted": MOST_COUNTED,
        "on_screen": on_screen_of(request.user, now),
        "own": own_today(request.user, now),
        "nothing": "nothing" in request.GET,
        "next": NEXT,
        "last": _last_decided(request, None),
        "take_back": TAKE_BACK,
    }
    return render(request, "pandok/xray/desk.html", context)


@require_POST
@allows(Action.READ_SCANS)
def next_scan(request: AccountRequest) -> HttpResponse:
    found = show_next(reader=request.user, now=timezone.now())
    if found is None:
        return redirect(reverse("xray_desk") + "?nothing")
    return redirect("xray_read", inspection_id=found.pk)


@require_safe
@allows(Action.READ_SCANS)
def read(request: AccountRequest, inspection_id: UUID) -> HttpResponse:
    inspection = found_or_404(inspection_of, request.user, inspection_id)
    if on_screen_of(request.user, timezone.now()) != inspection:
        return redirect("xray_inspection", inspection_id=inspection.pk)
    return _page(request, inspection, DecisionForm())


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.READ_SCANS)
def decide_on(request: AccountRequest, inspection_id: UUID) -> HttpResponse:
    inspection = found_or_404(inspection_of, request.user, inspection_id)
    if request.method != "POST":
        return redirect("xray_read", inspection_id=inspection.pk)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        if inspection.stands not in READABLE or not shows_images(request.user, inspection):
            return _overtaken(inspection)
        return _page(request, inspection, form, status=422)
    told = None
    try:
        with transaction.atomic():
            decide(
                inspection_id=inspection.pk,
                reader=request.user,
                decision=form.chosen(),
                marks=form.cleaned_data["marks"],
                remark=form.cleaned_data["remark"],
                functions=form.used(),
                now=timezone.now(),
            )
            if form.cleaned_data["within_page"]:
                told = _next_within(request, form.held_views())
    except RequestError as error:
        if error.error_code in ("xray.decided", "xray.not_shown"):
            # Somebody else was faster, or the key was pressed twice: the scan as it is now, and why.
            return _overtaken(inspection)
        return _page(request, inspection, form, error=error, status=422)
    except PandokError as error:
        return _page(request, inspection, form, error=error, status=422)
    return next_scan(request) if told is None else JsonResponse(told)


@require_POST
@allows(Action.READ_SCANS)
def take_back_decision(request: AccountRequest, inspection_id: UUID) -> HttpResponse:
    inspection = found_or_404(inspection_of, request.user, inspection_id)
    try:
        take_back(inspection_id=inspection.pk, reader=request.user, now=timezone.now())
    except PandokError as error:
        return render(request, "pandok/xray/refused.html", {"error": error, "inspection": inspection}, status=422)
    return redirect("xray_read", inspection_id=inspection.pk)


def _overtaken(inspection: Inspection) -> HttpResponse:
    return redirect(reverse("xray_inspection", args=[inspection.pk]) + "?overtaken")


def _page(
    request: AccountRequest,
    inspection: Inspection,
    form: DecisionForm,
    *,
    error: PandokError | None = None,
    status: int = 200,
) -> HttpResponse:
    language = get_language() or "ko"
    scan = newest_scan(inspection)
    shown = help_on_screen(inspection, scan, request.user)
    programs = [one for one in shown if one.source == HelpSource.PROGRAM]
    similar = similar_beside(inspection, request.user, language)
    context = {
        "inspection": inspection,
        "scan": scan,
        "declared": declared_of(inspection),
        "viewer": viewer_of(
            scan,
            language=language,
            marks=_kept_marks(form, scan),
            help_shown=shown,
            keys=keys_in(language),
            past=similar.past,
        ),
        "similar": similar,
        "help": shown,
        "reads_such": bool(readable_views(scan)),
        "held_against": _held_against(inspection, scan) if programs else [],
        "origins": [(one, origin_of(one)) for one in shown],
        "not_compared": None if inspection.help_withheld else not_compared(scan, shown),
        "form": form,
        "error": error,
        "decisions": DECISIONS,
        "take_back": TAKE_BACK,
        "last": _last_decided(request, inspection),
    }
    return render(request, "pandok/xray/read.html", context, status=status)


def _next_within(request: AccountRequest, claimed: frozenset[int]) -> dict[str, Any] | None:
    """What a script shows at once of what it fetched ahead; it asks for the page around it after that. None: nothing
    waits. Within the transaction of the decision: the reader waits for each that is made durable."""
    found = show_next(reader=request.user, now=timezone.now())
    if found is None:
        return None
    return {"address": reverse("xray_read", args=[found.pk]), "held": _keys(request, found, claimed)}


def _keys(request: AccountRequest, inspection: Inspection, claimed: frozenset[int]) -> list[dict[str, Any]]:
    """What stands on this screen from now on and was fetched ahead: where its bytes are, and the key to them. That is
    the look at it; its pictures are not asked for any more."""
    keys = []
    for view in newest_scan(inspection).views.select_related("scan").order_by("position"):
        if view.pk in claimed:
            keep_look(request.user, view)
            key = b64encode(ahead_key(view, request.user)).decode()
            size = {"rows": view.rows, "columns": view.columns}
            keys.append({"view": view.pk, "key": key, "planes_url": reverse("xray_planes", args=[view.pk]), **size})
    return keys


def _held_against(inspection: Inspection, scan: Scan) -> list[Text]:
    """Beside help alone: it is a part of it, and stands away where help was drawn to be withheld."""
    look = scan.looks.first()
    return [] if look is None else held_against(look, inspection, earlier_profiles(inspection))


def _kept_marks(form: DecisionForm, scan: Scan) -> list[Any]:
    """What was drawn stays drawn when the form comes back; what is no mark is left out."""
    kept = form.cleaned_data.get("marks", []) if form.is_bound else []
    return [mark.model_dump(mode="json") for mark in usable_marks(kept, sizes_of(scan))]


def _last_decided(request: AccountRequest, now_shown: Inspection | None) -> Inspection | None:
    """What this person decided on just before, which may have been a slip of the finger."""
    since = timezone.now() - TAKE_BACK_WITHIN
    mine = ImageReading.objects.filter(reader=request.user, decided_at__gte=since).order_by("-decided_at")
    last = mine.values_list("inspection_id", flat=True).first()
    found = inspections_visible_to(request.user).filter(pk=last).first() if last else None
    return None if found is None or found == now_shown else found
