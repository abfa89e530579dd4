"""The one way to change a post or a notice."""

from __future__ import annotations

from uuid import UUID

from pandok.common.records.lifecycle import History, Lifecycle
from pandok.common.records.no_such_way import no_such_way
from pandok.core.audit import Detail
from pandok.fields.programme.models import CommunityPost, CommunityPostEvent, ProgrammeNotice, ProgrammeNoticeEvent
from pandok.fields.programme.post_refusals import notice_refusal, refusal
from pandok.fields.programme.post_states import NOTICES, POSTS, NoticeMover, NoticeState, PostMover, PostState


def _post_facts(post: CommunityPost, _row: CommunityPostEvent | None) -> dict[str, Detail]:
    told: dict[str, Detail] = {"number": post.number, "post_kind": post.kind}
    return told | ({"challenge": post.challenge.number} if post.challenge else {})


def _notice_facts(notice: ProgrammeNotice, _row: ProgrammeNoticeEvent | None) -> dict[str, Detail]:
    return {"number": notice.number}


POST_CYCLE: Lifecycle[CommunityPost, PostState, PostMover] = Lifecycle(
    model=CommunityPost,
    table=POSTS,
    name="community-post",
    action="community-post",
    no_way=no_such_way(code="post.no_such_way"),
    facts=_post_facts,
    history=History(CommunityPostEvent, "post"),
)
NOTICE_CYCLE: Lifecycle[ProgrammeNotice, NoticeState, NoticeMover] = Lifecycle(
    model=ProgrammeNotice,
    table=NOTICES,
    name="programme-notice",
    action="programme-notice",
    no_way=no_such_way(code="programme_notice.no_such_way"),
    facts=_notice_facts,
    history=History(ProgrammeNoticeEvent, "notice"),
)


def locked_post(post_id: UUID) -> CommunityPost:
    """Raises RequestError: post.not_there."""
    return POST_CYCLE.locked_in(post_id, missing=lambda: refusal("not_there"))


def locked_notice(notice_id: UUID, *states: NoticeState) -> ProgrammeNotice:
    """Standing in one of `states`. Raises RequestError: programme_notice.not_there, .no_such_way."""
    return NOTICE_CYCLE.locked_in(notice_id, states=states, missing=lambda: notice_refusal("not_there"))
