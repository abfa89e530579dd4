"""A find of an opened inspection: as it lay, and the button that cuts it out and tries it in other bags."""

from __future__ import annotations

import random
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from pandok.common import house
from pandok.common.web.requests import AccountRequest
from pandok.core.errors import PandokError
from pandok.fields.academy.acts.bank.plans import MOST_SEED
from pandok.fields.academy.acts.seizures.making import begin_lesson
from pandok.fields.academy.lists.seizures import Find, find_of
from pandok.fields.academy.roles import Action
from pandok.fields.academy.web.lesson_forms import FindForm
from pandok.fields.academy.web.shown.boxes import boxed_views
from pandok.fields.academy.web.views.images import image, keep_look
from pandok.fields.academy.web.views.parts import found_or_404
from pandok.fields.xray.decisions import Found
from pandok.settings import settings
from pandok.web.middleware.deny_by_default import allows
from pandok.web.shown.rendering import refused_status, render


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.MAKE_LESSONS)
def seizure(request: AccountRequest, inspection_id: UUID) -> HttpResponse:
    """The find as it lay, and its name; one button cuts it out and tries it in other bags."""
    find = found_or_404(find_of, request.user, inspection_id)
    if request.method != "POST":
        return _find_page(request, find, FindForm(), None)
    form = FindForm(request.POST)
    form.full_clean()
    try:
        article = begin_lesson(
            find=find,
            name_ko=form.cleaned_data["name_ko"],
            name_en=form.cleaned_data["name_en"],
            kind=form.kind(),
            lesson=form.cleaned_data["lesson"],
            whole=form.cleaned_data["whole"],
            actor=request.user,
            now=timezone.now(),
            seed=random.SystemRandom().randrange(MOST_SEED),
            blobs=house.blobs(),
            home=settings().home,
        )
    except PandokError as error:
        return _find_page(request, find, form, error, status=refused_status(error))
    return redirect("academy_article", article_id=article.pk)


@require_safe
@allows(Action.MAKE_LESSONS)
def seizure_view(request: AccountRequest, inspection_id: UUID, number: int) -> HttpResponse:
    find = found_or_404(find_of, request.user, inspection_id)
    if number >= len(find.views):
        raise Http404
    view = find.views[number]
    keep_look(request, view.preview_sha256, f"inspection:{find.inspection.pk}", timezone.now())
    return image(house.blobs().get(view.preview_sha256))


def _find_page(
    request: AccountRequest, find: Find, form: FindForm, error: PandokError | None, *, status: int = 200
) -> HttpResponse:
    code = error.error_code if error else ""
    context = {
        "find": find,
        "found": Found(find.opening.found).words,
        "views": boxed_views(find.views, find.marks),
        "form": form,
        "error": error,
        # It cannot be cut, or lies nowhere: the scan itself can still teach.
        "offer_whole": code.startswith("projection.") or code in ("lesson.one_energy", "lesson.no_bags"),
    }
    return render(request, "pandok/academy/seizure.html", context, status=status)
