"""A lesson from its draft to the end of its use: previews for its maker, a second person's look, its pictures."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from pandok.common import house
from pandok.common.web.requests import AccountRequest
from pandok.core.errors import InputError, PandokError
from pandok.fields.academy.acts.reviewing.articles import accept_article, retire_article, send_back_article
from pandok.fields.academy.acts.reviewing.retiring import propose_retirement
from pandok.fields.academy.acts.seizures.making import WHOLE, placements_of, send_to_review, to_put_of
from pandok.fields.academy.acts.seizures.placing import placed
from pandok.fields.academy.kinds import ArticleKind, PictureSet
from pandok.fields.academy.lists.lessons import article_of, scan_of, trained_view
from pandok.fields.academy.models import Article, Picture
from pandok.fields.academy.roles import Action
from pandok.fields.academy.states import LessonState
from pandok.fields.academy.web.lesson_forms import JudgingForm, PreviewsForm
from pandok.fields.academy.web.shown.boxes import boxes_of_picture
from pandok.fields.academy.web.views.images import image, keep_look
from pandok.fields.academy.web.views.parts import found_or_404
from pandok.settings import settings
from pandok.web.middleware.deny_by_default import allows
from pandok.web.sent_fields import ReasonForm, meant
from pandok.web.shown.rendering import refused_status, render


@require_safe
@allows(Action.REVIEW_LESSONS)
def article(request: AccountRequest, article_id: UUID) -> HttpResponse:
    return _article_page(request, found_or_404(article_of, request.user, article_id))


@require_safe
@allows(Action.MAKE_LESSONS)
def article_preview(request: AccountRequest, article_id: UUID, number: int) -> HttpResponse:
    """The find in one of the bags, made when it is looked at; the first view with its box."""
    one = found_or_404(article_of, request.user, article_id)
    known = placements_of(one)
    if number >= len(known):
        raise Http404
    try:
        found = placed(to_put_of(one, house.blobs(), settings().home), known[number], house.blobs(), settings().home)
    except InputError as error:
        raise Http404 from error
    keep_look(request, one.pk.hex, f"article:{one.pk}", timezone.now())
    return image(found.views[0].preview_jpeg())


@require_safe
@allows(Action.REVIEW_LESSONS)
def picture_view(request: AccountRequest, view_id: int) -> HttpResponse:
    view = found_or_404(lambda _who, key: trained_view(key), request.user, view_id)
    return image(house.blobs().get(view.preview_sha256))


@require_POST
@allows(Action.MAKE_LESSONS)
def send(request: AccountRequest, article_id: UUID) -> HttpResponse:
    one = found_or_404(article_of, request.user, article_id)
    form = PreviewsForm(request.POST)
    chosen = form.chosen() if form.is_valid() else []
    try:
        send_to_review(
            article_id=one.pk,
            chosen=chosen,
            actor=request.user,
            now=timezone.now(),
            blobs=house.blobs(),
            home=settings().home,
        )
    except PandokError as error:
        return _article_page(request, one, error=error, status=refused_status(error))
    return redirect("academy_article", article_id=one.pk)


@require_POST
@allows(Action.REVIEW_LESSONS)
def retire_picture(request: AccountRequest, picture_id: UUID) -> HttpResponse:
    """Proposed: another person confirms it."""
    picture = get_object_or_404(Picture, pk=picture_id, set=PictureSet.TRAINING.value)
    if picture.article is None:
        raise Http404
    one = found_or_404(article_of, request.user, picture.article.pk)
    reason = meant(ReasonForm(request.POST)).why()
    try:
        propose_retirement(picture_id=picture.pk, reason=reason, actor=request.user, now=timezone.now())
    except PandokError as error:
        return _article_page(request, one, error=error, reason=reason, status=refused_status(error))
    return redirect("academy_retired")


@require_POST
@allows(Action.REVIEW_LESSONS)
def accept(request: AccountRequest, article_id: UUID) -> HttpResponse:
    one = found_or_404(article_of, request.user, article_id)
    form = JudgingForm(request.POST, pictures=one.pictures.order_by("made_at", "id"))
    form.full_clean()
    try:
        accept_article(article_id=one.pk, said=form.said(), actor=request.user, now=timezone.now())
    except PandokError as error:
        return _article_page(request, one, form=form, error=error, status=refused_status(error))
    return redirect("academy_article", article_id=one.pk)


@require_POST
@allows(Action.REVIEW_LESSONS)
def send_back(request: AccountRequest, article_id: UUID) -> HttpResponse:
    return _with_reason(request, article_id, send_back_article)


@require_POST
@allows(Action.REVIEW_LESSONS)
def retire(request: AccountRequest, article_id: UUID) -> HttpResponse:
    return _with_reason(request, article_id, retire_article)


def _with_reason(request: AccountRequest, article_id: UUID, act: Any) -> HttpResponse:
    one = found_or_404(article_of, request.user, article_id)
    reason = meant(ReasonForm(request.POST)).why()
    try:
        act(article_id=one.pk, reason=reason, actor=request.user, now=timezone.now())
    except PandokError as error:
        return _article_page(request, one, error=error, reason=reason, status=refused_status(error))
    return redirect("academy_article", article_id=one.pk)


def _article_page(
    request: AccountRequest,
    one: Article,
    *,
    form: JudgingForm | None = None,
    error: PandokError | None = None,
    reason: str = "",
    status: int = 200,
) -> HttpResponse:
    one.refresh_from_db()
    pictures = list(one.pictures.order_by("made_at", "id").prefetch_related("views", "realism_reviews__reviewer"))
    mine = one.made_by_id == request.user.pk
    judges = one.stands is LessonState.IN_REVIEW and not mine
    context = {
        "article": one,
        "state": one.stands.words,
        "kind": ArticleKind(one.kind).words,
        "whole": bool(one.recipe.get(WHOLE)),
        "scan": scan_of(one),
        "previews": range(len(placements_of(one))) if mine and one.stands is LessonState.DRAFT else (),
        "may_send": mine and one.stands is LessonState.DRAFT,
        "form": (form or JudgingForm(pictures=pictures)) if judges else None,
        "pictures": [(picture, boxes_of_picture(picture)) for picture in pictures],
        "waits_for_another": mine and one.stands is LessonState.IN_REVIEW,
        "may_retire": one.stands is LessonState.IN_USE,
        "reason": reason,
        "error": error,
    }
    return render(request, "pandok/academy/article.html", context, status=status)
