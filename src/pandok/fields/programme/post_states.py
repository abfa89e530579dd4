"""States and kinds of what is written in public: posts of a discussion, and notices of the office.

post:   shown → withdrawn (by its author)
        shown ⇄ hidden (by the office, with a reason in view of everybody)
notice: draft → published → withdrawn
          └────────────────────↑
"""

from __future__ import annotations

from enum import StrEnum

from pandok.core.state_table import StateTable
from pandok.core.text import Text


class PostKind(StrEnum):
    """ANSWER: the official one. CORRECTION: of the rules of a challenge, told to all its teams."""

    QUESTION = "question"
    REPLY = "reply"
    ANSWER = "answer"
    CORRECTION = "correction"

    @property
    def words(self) -> Text:
        return _KINDS[self]

    @property
    def official(self) -> bool:
        return self in OFFICIAL


class PostState(StrEnum):
    SHOWN = "shown"
    WITHDRAWN = "withdrawn"
    HIDDEN = "hidden"

    @property
    def words(self) -> Text:
        return _POSTS[self]


class PostMover(StrEnum):
    AUTHOR = "author"
    OFFICE = "office"


class NoticeState(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"

    @property
    def words(self) -> Text:
        return _NOTICES[self]


class NoticeMover(StrEnum):
    OFFICE = "office"


_P, _N = PostState, NoticeState
_KINDS = {
    PostKind.QUESTION: Text(ko="질문", en="Question"),
    PostKind.REPLY: Text(ko="참가자의 답", en="Reply of a participant"),
    PostKind.ANSWER: Text(ko="공식 답변", en="Official answer"),
    PostKind.CORRECTION: Text(ko="규칙 정정", en="Correction of the rules"),
}
OFFICIAL = frozenset({PostKind.ANSWER, PostKind.CORRECTION})
_POSTS = {
    _P.SHOWN: Text(ko="게시", en="Shown"),
    _P.WITHDRAWN: Text(ko="글쓴이가 거둠", en="Taken back by its author"),
    _P.HIDDEN: Text(ko="사업단이 숨김", en="Hidden by the office"),
}
_NOTICES = {
    _N.DRAFT: Text(ko="작성 중", en="Being drafted"),
    _N.PUBLISHED: Text(ko="게시", en="Published"),
    _N.WITHDRAWN: Text(ko="게시 취소", en="Withdrawn"),
}

POSTS = StateTable(
    title=Text(ko="토론 글", en="Post of a discussion"),
    states=_POSTS,
    by={
        PostMover.AUTHOR: Text(ko="글쓴이", en="its author"),
        PostMover.OFFICE: Text(ko="사업단", en="programme office"),
    },
    moves={
        (_P.SHOWN, _P.WITHDRAWN): frozenset({PostMover.AUTHOR}),
        (_P.SHOWN, _P.HIDDEN): frozenset({PostMover.OFFICE}),
        (_P.HIDDEN, _P.SHOWN): frozenset({PostMover.OFFICE}),
    },
)
NOTICES = StateTable(
    title=Text(ko="사업단 알림", en="Notice of the programme"),
    states=_NOTICES,
    by={NoticeMover.OFFICE: Text(ko="사업단", en="programme office")},
    moves={
        (_N.DRAFT, _N.PUBLISHED): frozenset({NoticeMover.OFFICE}),
        (_N.DRAFT, _N.WITHDRAWN): frozenset({NoticeMover.OFFICE}),
        (_N.PUBLISHED, _N.WITHDRAWN): frozenset({NoticeMover.OFFICE}),
    },
)
