"""What the audit trail shows for the academy: states and values of details in words."""

from __future__ import annotations

from pandok.core.text import Text
from pandok.fields.academy.kinds import ArticleKind, ArticleSource, PictureSet, SittingMode
from pandok.fields.academy.states import LessonState, SittingState


def audit_words() -> dict[str, Text]:
    lessons = {
        f"article.{state.value}": Text(ko=f"학습 물품: {state.words.ko}", en=f"Article: {state.words.en}")
        for state in LessonState
    }
    sittings = {
        f"sitting.{state.value}": Text(ko=f"학습·시험: {state.words.ko}", en=f"Sitting: {state.words.en}")
        for state in SittingState
    }
    return lessons | sittings


def audit_values() -> dict[str, dict[str, Text]]:
    return {
        "article_kind": {one.value: one.words for one in ArticleKind},
        "article_source": {one.value: one.words for one in ArticleSource},
        "picture_set": {one.value: one.words for one in PictureSet},
        "sitting_mode": {one.value: one.words for one in SittingMode},
    }
