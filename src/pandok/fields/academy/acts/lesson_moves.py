"""The one way to change what the academy teaches with: articles, lessons of cases, retirements of pictures."""

from __future__ import annotations

from typing import Any

from pandok.common.records.lifecycle import Lifecycle
from pandok.core.audit import Detail
from pandok.core.errors import RequestError
from pandok.core.text import Text
from pandok.fields.academy.models import Article, DesignLesson, PictureRetirement
from pandok.fields.academy.states import (
    LESSONS,
    RETIREMENTS,
    LessonMover,
    LessonState,
    RetirementMover,
    RetirementState,
)


def _no_such_way(_record: Any, start: LessonState, to: LessonState) -> RequestError:
    return _no_way(start.words, to.words)


def _not_retired(_record: Any, start: RetirementState, to: RetirementState) -> RequestError:
    return _no_way(start.words, to.words)


def _no_way(start: Text, to: Text) -> RequestError:
    return RequestError(
        Text(
            ko=f"지금 '{start.ko}' 상태라 '{to.ko}'(으)로 바꿀 수 없습니다.",
            en=f"It is '{start.en}' now, and cannot become '{to.en}'.",
        ),
        Text(ko="화면을 새로 고쳐 지금 상태를 확인하십시오.", en="Reload the page to see where it stands."),
        code="lesson.no_such_way",
    )


def _facts_of_article(article: Article, _row: Any) -> dict[str, Detail]:
    told: dict[str, Detail] = {"article_kind": article.kind, "article_source": article.source}
    return told | ({"number": article.inspection_number} if article.inspection_number else {})


def _facts_of_lesson(lesson: DesignLesson, _row: Any) -> dict[str, Detail]:
    return {"number": lesson.case.number}


def _facts_of_retirement(retirement: PictureRetirement, _row: Any) -> dict[str, Detail]:
    return {"picture_set": retirement.picture.set}


ARTICLES: Lifecycle[Article, LessonState, LessonMover] = Lifecycle(
    model=Article, table=LESSONS, name="article", action="article", no_way=_no_such_way, facts=_facts_of_article
)
CASE_LESSONS: Lifecycle[DesignLesson, LessonState, LessonMover] = Lifecycle(
    model=DesignLesson,
    table=LESSONS,
    name="design_lesson",
    action="design_lesson",
    no_way=_no_such_way,
    facts=_facts_of_lesson,
)
RETIRED: Lifecycle[PictureRetirement, RetirementState, RetirementMover] = Lifecycle(
    model=PictureRetirement,
    table=RETIREMENTS,
    name="picture_retirement",
    action="picture_retirement",
    no_way=_not_retired,
    facts=_facts_of_retirement,
)
