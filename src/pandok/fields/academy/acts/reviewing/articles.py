"""A second person looks at an article's pictures on the realism form, and takes it into use, or not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from pandok.common.models import Account
from pandok.common.people.two_persons import must_be_another
from pandok.common.reasons import checked_reason
from pandok.fields.academy.acts.lesson_moves import ARTICLES
from pandok.fields.academy.acts.reviewing.realism import keep_review
from pandok.fields.academy.kinds import Realism
from pandok.fields.academy.lesson_refusals import refusal
from pandok.fields.academy.models import Article
from pandok.fields.academy.states import LessonMover, LessonState


def accept_article(
    *, article_id: UUID, said: Mapping[UUID, tuple[Realism, str]], actor: Account, now: datetime
) -> Article:
    """`said`: of each picture whether it looks real, and what gave it away. What looks composed is shown to nobody.

    Raises RequestError lesson.own_work, lesson.not_reviewed, lesson.why_fake, lesson.all_fake, lesson.no_such_way.
    """
    with transaction.atomic():
        article = _others(article_id, actor)
        pictures = list(article.pictures.order_by("made_at", "id"))
        if not pictures or any(one.pk not in said for one in pictures):
            raise refusal("not_reviewed")
        if all(said[one.pk][0] is Realism.FAKE for one in pictures):
            raise refusal("all_fake")
        for one in pictures:
            word, why = said[one.pk]
            keep_review(picture=one, scan=None, reviewer=actor, said=word, reason=why, seconds=None, now=now)
        ARTICLES.move(
            article,
            LessonState.IN_USE,
            by=LessonMover.REVIEWER,
            actor=actor,
            reason="",
            now=now,
            changes={"reviewed_by": actor},
        )
    return article


def send_back_article(*, article_id: UUID, reason: str, actor: Account, now: datetime) -> Article:
    """For good: what was composed of it is rejected, and the find may become another lesson. Raises RequestError
    request.reason, lesson.own_work, lesson.no_such_way."""
    reason = checked_reason(reason)
    with transaction.atomic():
        article = _others(article_id, actor)
        changes = {"reviewed_by": actor}
        ARTICLES.move(
            article, LessonState.RETIRED, by=LessonMover.REVIEWER, actor=actor, reason=reason, now=now, changes=changes
        )
    return article


def retire_article(*, article_id: UUID, reason: str, actor: Account, now: datetime) -> Article:
    """Nothing of it is shown any more. Raises RequestError request.reason, lesson.no_such_way."""
    reason = checked_reason(reason)
    with transaction.atomic():
        article = _locked(article_id)
        by = LessonMover.MAKER if article.made_by_id == actor.pk else LessonMover.REVIEWER
        if article.stands is not LessonState.IN_USE:
            ARTICLES.must_go(article, LessonState.RETIRED, by)
        ARTICLES.move(article, LessonState.RETIRED, by=by, actor=actor, reason=reason, now=now)
    return article


def _others(article_id: UUID, actor: Account) -> Article:
    article = _locked(article_id)
    must_be_another(actor, article.made_by_id, refused=refusal("own_work"))
    return article


def _locked(article_id: UUID) -> Article:
    try:
        return ARTICLES.locked(article_id)
    except Article.DoesNotExist:
        raise refusal("not_there") from None
