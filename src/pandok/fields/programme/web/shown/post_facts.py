"""Posts and notices in words. Of who wrote a post everybody sees team or role, never a name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pandok.common.declared import role_named
from pandok.common.models import Account
from pandok.core.text import Text
from pandok.fields.programme.acts.community.posting import may_answer
from pandok.fields.programme.lists.community import notice_withdrawn_because
from pandok.fields.programme.models import CommunityPost, ProgrammeNotice, ProgrammeNoticeEvent
from pandok.fields.programme.post_states import NoticeState, PostKind, PostState
from pandok.fields.programme.roles import Action

_NOBODY = Text(ko="참가자", en="A participant")
_TEAM = Text(ko="팀", en="Team")
_ALTERED = Text(ko="초안 수정", en="Altered")
_NOTICE_BADGES = {NoticeState.PUBLISHED: "badge-good", NoticeState.WITHDRAWN: "badge-bad"}


@dataclass(frozen=True)
class ShownPost:
    """`text` None: not shown to this reader. `hidden_because`: in view of everybody. `author`: for who sees
    everything; else empty."""

    post: CommunityPost
    kind: Text
    official: bool
    voice: Text
    text: str | None
    state: Text | None
    hidden_because: str
    author: str
    own: bool
    may_reply: bool
    may_answer: bool
    may_withdraw: bool
    may_hide: bool
    may_show: bool
    answers: tuple[ShownPost, ...] = ()


def post_shown(post: CommunityPost, reader: Account | None = None) -> ShownPost:
    """`reader` None: everybody."""
    kind, state = PostKind(post.kind), PostState(post.state)
    shown = state is PostState.SHOWN
    inside = reader is not None and reader.may(Action.SEE_ALL_CHALLENGES)
    own = reader is not None and post.made_by_id == reader.pk
    keeps = reader is not None and reader.may(Action.KEEP_QUESTIONS)
    question = kind is PostKind.QUESTION
    asks = reader is not None and question and shown and reader.may(Action.ASK_QUESTIONS)
    return ShownPost(
        post,
        kind.words,
        kind.official,
        voice_of(post),
        post.text if shown or inside or own else None,
        None if shown else state.words,
        _hidden_because(post) if state is PostState.HIDDEN else "",
        post.made_by.shown_name if inside else "",
        own,
        may_reply=asks,
        may_answer=asks and reader is not None and not _answered(post) and may_answer(reader, post.challenge),
        may_withdraw=own and shown and kind is not PostKind.CORRECTION,
        may_hide=keeps and shown and kind is not PostKind.CORRECTION,
        may_show=keeps and state is PostState.HIDDEN,
        answers=tuple(post_shown(one, reader) for one in post.answers.all()) if question else (),
    )


def _answered(question: CommunityPost) -> bool:
    """Of the answers that are shown beside it anyway."""
    return any(
        one.kind == PostKind.ANSWER.value and one.state == PostState.SHOWN.value for one in question.answers.all()
    )


def voice_of(post: CommunityPost) -> Text:
    if post.team is not None:
        return Text(ko=f"{_TEAM.ko} {post.team.name}", en=f"{_TEAM.en} {post.team.name}")
    try:
        return role_named(post.role).facts.title
    except ValueError:  # a role that this site no longer has
        return _NOBODY


def notice_row(notice: ProgrammeNotice) -> dict[str, Any]:
    state = NoticeState(notice.state)
    return {
        "notice": notice,
        "title": Text(ko=notice.title_ko, en=notice.title_en),
        "text": Text(ko=notice.text_ko, en=notice.text_en),
        "state": state.words,
        "badge": _NOTICE_BADGES.get(state, "badge-plain"),
        "withdrawn": state is NoticeState.WITHDRAWN,
        "withdrawn_because": notice_withdrawn_because(notice),
    }


def notice_events(notice: ProgrammeNotice) -> list[tuple[ProgrammeNoticeEvent, Text]]:
    """The newest first."""
    events = notice.events.select_related("actor").order_by("-sequence")
    return [(one, _ALTERED if one.wording else NoticeState(one.to_state).words) for one in events]


def _hidden_because(post: CommunityPost) -> str:
    events = [one for one in post.events.all() if one.to_state == PostState.HIDDEN.value]
    return events[-1].reason if events else ""
