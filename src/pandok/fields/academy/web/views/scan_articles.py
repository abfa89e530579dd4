"""A scan of an article by itself, sent by who makes lessons: isolated and tried in bags by one button."""

from __future__ import annotations

import random
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from pandok.common import house
from pandok.common.decoding import parsing_pool
from pandok.common.web.requests import AccountRequest
from pandok.core.errors import PandokError
from pandok.fields.academy.acts.bank.plans import MOST_SEED
from pandok.fields.academy.acts.seizures.scanned_alone import begin_scanned_article
from pandok.fields.academy.lists.lessons import article_of, scan_of
from pandok.fields.academy.roles import Action
from pandok.fields.academy.web.scan_article_form import ScanArticleForm
from pandok.fields.academy.web.views.images import image
from pandok.fields.academy.web.views.parts import found_or_404
from pandok.fields.xray.acts.machines import profile
from pandok.settings import settings
from pandok.web.middleware.deny_by_default import allows
from pandok.web.shown.rendering import refused_status, render


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.MAKE_LESSONS)
def scan_article(request: AccountRequest) -> HttpResponse:
    home = settings().home
    if request.method != "POST":
        return _page(request, ScanArticleForm(home=home))
    form = ScanArticleForm(request.POST, request.FILES, home=home)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        article = begin_scanned_article(
            files=form.named_bytes(),
            profile=profile(home, form.cleaned_data["spectrum"], form.cleaned_data["air_counts"]),
            name_ko=form.cleaned_data["name_ko"],
            name_en=form.cleaned_data["name_en"],
            kind=form.any_kind(),
            lesson=form.cleaned_data["lesson"],
            actor=request.user,
            now=timezone.now(),
            seed=random.SystemRandom().randrange(MOST_SEED),
            blobs=house.blobs(),
            pool=parsing_pool(),
            home=home,
        )
    except PandokError as error:
        return _page(request, form, error=error, status=refused_status(error))
    return redirect("academy_article", article_id=article.pk)


@require_safe
@allows(Action.REVIEW_LESSONS)
def scan_view(request: AccountRequest, article_id: UUID, number: int) -> HttpResponse:
    """The article by itself, for who reviews what was made of it."""
    one = found_or_404(article_of, request.user, article_id)
    scan = scan_of(one)
    view = scan.views.filter(position=number).first() if scan else None
    if view is None:
        raise Http404
    return image(house.blobs().get(view.preview_sha256))


def _page(
    request: AccountRequest, form: ScanArticleForm, *, error: PandokError | None = None, status: int = 200
) -> HttpResponse:
    return render(request, "pandok/academy/scan_article.html", {"form": form, "error": error}, status=status)
