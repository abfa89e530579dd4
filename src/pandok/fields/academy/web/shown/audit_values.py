"""What the audit trail shows for the academy: states and values of details in words."""

from __future__ import annotations

from pandok.core.text import Text
from pandok.fields.academy.kinds import ArticleKind, ArticleSource, PictureSet, Realism, SittingMode
from pandok.fields.academy.states import LessonState, RetirementState, SittingState


def audit_words() -> dict[str, Text]:
    lessons = {
        f"article.{state.value}": Text(ko=f"학습 물품: {state.words.ko}", en=f"Article: {state.words.en}")
        for state in LessonState
    }
    sittings = {
        f"sitting.{state.value}": Text(ko=f"학습·시험: {state.words.ko}", en=f"Sitting: {state.words.en}")
        for state in SittingState
    }
    cases = {
        f"design_lesson.{state.value}": Text(ko=f"학습 사례: {state.words.ko}", en=f"Lesson: {state.words.en}")
        for state in LessonState
    }
    retired = {
        f"picture_retirement.{state.value}": Text(
            ko=f"학습 영상: {state.words.ko}", en=f"Retirement of a picture: {state.words.en}"
        )
        for state in RetirementState
    }
    return lessons | sittings | cases | retired


def audit_values() -> dict[str, dict[str, Text]]:
    return {
        "article_kind": {one.value: one.words for one in ArticleKind},
        "article_source": {one.value: one.words for one in ArticleSource},
        "picture_set": {one.value: one.words for one in PictureSet},
        "realism": {one.value: one.words for one in Realism},
        "sitting_mode": {one.value: one.words for one in SittingMode},
    }
