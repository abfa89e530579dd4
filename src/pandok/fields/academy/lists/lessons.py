"""Articles that were made of seizures, or of scans of an article by itself, for who makes and reviews them."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet

from pandok.common.models import Account
from pandok.fields.academy.kinds import ArticleSource, PictureSet
from pandok.fields.academy.lesson_refusals import refusal
from pandok.fields.academy.models import Article, ArticleScan, PictureView
from pandok.fields.academy.states import LessonState

MADE_HERE = (ArticleSource.SEIZURE, ArticleSource.SCAN)
"""Sources of articles that people bring."""


def seizure_articles(account: Account) -> QuerySet[Article]:
    """A draft is its maker's alone; all else everybody's who reviews."""
    own_draft = ~Q(state=LessonState.DRAFT.value) | Q(made_by=account)
    return Article.objects.filter(own_draft, source__in=[one.value for one in MADE_HERE]).select_related("made_by")


def article_of(account: Account, article_id: UUID) -> Article:
    """Raises RequestError lesson.not_there."""
    found: Article | None = seizure_articles(account).filter(pk=article_id).first()
    if found is None:
        raise refusal("not_there")
    return found


def scan_of(article: Article) -> ArticleScan | None:
    """Of an article that was scanned by itself."""
    found: ArticleScan | None = ArticleScan.objects.filter(article=article).prefetch_related("views").first()
    return found


def trained_view(view_id: int) -> PictureView:
    """A view of a picture that is trained on: those of tests and certificates are shown in a sitting alone. Raises
    RequestError lesson.not_there."""
    found: PictureView | None = PictureView.objects.filter(pk=view_id, picture__set=PictureSet.TRAINING.value).first()
    if found is None:
        raise refusal("not_there")
    return found
