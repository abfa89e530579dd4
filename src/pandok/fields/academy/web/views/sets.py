"""A second person's look at the pictures that people are measured and tested with, before anybody meets them."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from pandok.common import house
from pandok.common.web.requests import AccountRequest
from pandok.core.errors import PandokError
from pandok.fields.academy.acts.reviewing.sets import look_at_pictures
from pandok.fields.academy.kinds import PictureSet
from pandok.fields.academy.lists.sets import (
    looks_of_sets,
    next_to_look_at,
    object_of_set,
    set_named,
    view_of_set,
)
from pandok.fields.academy.roles import Action
from pandok.fields.academy.web.lesson_forms import SetLooksForm
from pandok.fields.academy.web.shown.boxes import boxes_of_picture
from pandok.fields.academy.web.views.images import image, keep_look
from pandok.fields.academy.web.views.parts import found_or_404
from pandok.web.middleware.deny_by_default import allows
from pandok.web.shown.rendering import refused_status, render


@require_safe
@allows(Action.REVIEW_LESSONS)
def sets(request: AccountRequest) -> HttpResponse:
    return render(request, "pandok/academy/sets.html", {"sets": looks_of_sets(request.user)})


@require_safe
@allows(Action.REVIEW_LESSONS)
def one_set(request: AccountRequest, set_name: str) -> HttpResponse:
    found = _found(request, set_name)
    return _page(request, found, SetLooksForm(pictures=next_to_look_at(request.user, found)))


@require_safe
@allows(Action.REVIEW_LESSONS)
def set_view(request: AccountRequest, set_name: str, view_id: int) -> HttpResponse:
    set_ = _found(request, set_name)
    view = found_or_404(lambda who, key: view_of_set(who, set_, key), request.user, view_id)
    # As the look is counted: whoever accepts the picture was shown it here.
    keep_look(request, view.preview_sha256, object_of_set(set_), timezone.now())
    return image(house.blobs().get(view.preview_sha256))


@require_POST
@allows(Action.REVIEW_LESSONS)
def look(request: AccountRequest, set_name: str) -> HttpResponse:
    found = _found(request, set_name)
    sent = SetLooksForm(request.POST, pictures=next_to_look_at(request.user, found))
    sent.full_clean()
    try:
        look_at_pictures(said=sent.said(), actor=request.user, now=timezone.now())
    except PandokError as error:
        return _page(request, found, sent, error, status=refused_status(error))
    return redirect("academy_set", set_name=found.value)


def _found(request: AccountRequest, set_name: str) -> PictureSet:
    return found_or_404(lambda _who, name: set_named(name), request.user, set_name)


def _page(
    request: AccountRequest,
    found: PictureSet,
    sent: SetLooksForm,
    error: PandokError | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    counts = next(one for one in looks_of_sets(request.user) if one.set is found)
    rows = [(one, boxes_of_picture(one), said, why) for one, said, why in sent.rows()]
    context = {"counts": counts, "rows": rows, "error": error}
    return render(request, "pandok/academy/set.html", context, status=status)
