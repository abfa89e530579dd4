"""A question is asked, answered, taken back or hidden. What was written is kept, whoever sees it.

Who had to do with a challenge's problem or its sealed data speaks there as the office alone: a question or a reply of
theirs could tell what they have seen. Whether a text tells of sealed data nothing here compares: a check against the
data itself would answer guesses.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from pandok.common.declared import granted
from pandok.common.models import Account
from pandok.common.reasons import checked_reason
from pandok.common.records.numbering import next_of_year
from pandok.fields.programme.acts.challenges.standing_behind import closeness
from pandok.fields.programme.acts.community.asker_told import tell_asker
from pandok.fields.programme.acts.community.post_moves import POST_CYCLE, locked_post
from pandok.fields.programme.challenge_states import ChallengeState
from pandok.fields.programme.lists.challenges import own_team
from pandok.fields.programme.models import Challenge, CommunityPost
from pandok.fields.programme.post_refusals import refusal
from pandok.fields.programme.post_states import OFFICIAL, PostKind, PostMover, PostState
from pandok.fields.programme.post_text import MOST_A_DAY, checked_post
from pandok.fields.programme.roles import Action, Role


def ask(
    text: str, *, challenge: Challenge | None, nothing_sealed: bool, actor: Account, now: datetime
) -> CommunityPost:
    """`challenge` None: in general. Raises RequestError: post.text, .sealed, .closed, .near, .too_many,
    .said_already."""
    text = _looked_at(text, nothing_sealed)
    with transaction.atomic():
        _may_go_on(actor, now)
        _must_be_far(challenge, actor)
        return write_down(PostKind.QUESTION, text, challenge=challenge, actor=actor, now=now)


def reply(question_id: UUID, text: str, *, nothing_sealed: bool, actor: Account, now: datetime) -> CommunityPost:
    """Of another participant, not an official answer. Raises as `ask`, and post.not_there, .no_question."""
    text = _looked_at(text, nothing_sealed)
    with transaction.atomic():
        _may_go_on(actor, now)
        question = _question(question_id)
        _must_be_far(question.challenge, actor)
        return write_down(PostKind.REPLY, text, challenge=question.challenge, about=question, actor=actor, now=now)


def answer(question_id: UUID, text: str, *, nothing_sealed: bool, actor: Account, now: datetime) -> CommunityPost:
    """Officially, once; who asked is told by mail. Raises RequestError: post.text, .sealed, .not_there, .no_question,
    .not_official, .closed, .answered_already."""
    text = _looked_at(text, nothing_sealed)
    with transaction.atomic():
        question = _question(question_id)
        if not may_answer(actor, question.challenge):
            raise refusal("not_official")
        must_be_discussed(question.challenge)
        _must_wait(question)
        made = write_down(PostKind.ANSWER, text, challenge=question.challenge, about=question, actor=actor, now=now)
        tell_asker(question, made, actor=actor, now=now)
    return made


def withdraw(post_id: UUID, *, actor: Account, now: datetime) -> CommunityPost:
    """Raises RequestError: post.not_there, .not_yours, .correction_stands, .no_such_way."""
    with transaction.atomic():
        post = locked_post(post_id)
        if post.made_by_id != actor.pk:
            raise refusal("not_yours" if post.state == PostState.SHOWN.value else "not_there")
        _must_not_be_told(post)
        POST_CYCLE.move(post, PostState.WITHDRAWN, by=PostMover.AUTHOR, actor=actor, reason="", now=now)
    return post


def hide(post_id: UUID, *, reason: str, actor: Account, now: datetime) -> CommunityPost:
    """Raises RequestError: request.reason, post.not_there, .correction_stands, .no_such_way."""
    return _led(post_id, PostState.HIDDEN, reason, actor, now)


def show_again(post_id: UUID, *, reason: str, actor: Account, now: datetime) -> CommunityPost:
    """What was hidden. Raises RequestError: request.reason, post.not_there, .no_such_way, .answered_already."""
    return _led(post_id, PostState.SHOWN, reason, actor, now)


def answered(question: CommunityPost) -> bool:
    """Officially, where everybody reads it."""
    return question.answers.filter(kind=PostKind.ANSWER.value, state=PostState.SHOWN.value).exists()


def may_answer(account: Account, challenge: Challenge | None) -> bool:
    """Officially: the office, and of a challenge who brought its problem in."""
    if account.may(Action.KEEP_QUESTIONS):
        return True
    return challenge is not None and challenge.pack.owner_id == account.pk and account.may(Action.ASK_QUESTIONS)


def near_to(challenge: Challenge | None, account: Account) -> bool:
    """Of a challenge: the office, and who had to do with it, its problem or its sealed data. They speak officially."""
    if challenge is None:
        return False
    return account.may(Action.KEEP_QUESTIONS) or bool(closeness(challenge, account))


def must_be_discussed(challenge: Challenge | None) -> None:
    """Raises RequestError: post.closed."""
    if challenge is None:
        return
    if challenge.announced_at is None or challenge.state == ChallengeState.WITHDRAWN.value:
        raise refusal("closed")


def write_down(
    kind: PostKind,
    text: str,
    *,
    challenge: Challenge | None,
    actor: Account,
    now: datetime,
    about: CommunityPost | None = None,
    text_en: str = "",
) -> CommunityPost:
    """Raises RequestError: post.said_already."""
    same = CommunityPost.objects.filter(made_by=actor, challenge=challenge, about=about, text=text, text_en=text_en)
    if same.filter(state=PostState.SHOWN.value).exists():
        raise refusal("said_already")
    made: CommunityPost = CommunityPost.objects.create(
        number=next_of_year("QA", width=6, given=CommunityPost.objects.all(), now=now),
        challenge=challenge,
        about=about,
        kind=kind.value,
        state=PostState.SHOWN.value,
        state_since=now,
        text=text,
        text_en=text_en,
        team=None if kind in OFFICIAL or challenge is None else own_team(actor, challenge),
        role=_speaks_as(actor, kind),
        made_by=actor,
        made_at=now,
    )
    POST_CYCLE.begin(made, actor=actor, reason="", now=now)
    return made


def _looked_at(text: str, nothing_sealed: bool) -> str:
    text = checked_post(text)
    if not nothing_sealed:
        raise refusal("sealed")
    return text


def _question(question_id: UUID) -> CommunityPost:
    found = locked_post(question_id)
    if found.kind != PostKind.QUESTION.value or found.state != PostState.SHOWN.value:
        raise refusal("no_question")
    return found


def _must_wait(question: CommunityPost) -> None:
    """`question` is locked: of two who answer at once the second sees the first."""
    if answered(question):
        raise refusal("answered_already")


def _may_go_on(actor: Account, now: datetime) -> None:
    """One post of an account at a time, so that what is counted stays true."""
    Account.objects.select_for_update(no_key=True).get(pk=actor.pk)
    own = CommunityPost.objects.filter(made_by=actor, made_at__gt=now - timedelta(days=1))
    if own.exclude(kind__in=[one.value for one in OFFICIAL]).count() >= MOST_A_DAY:
        raise refusal("too_many")


def _must_be_far(challenge: Challenge | None, actor: Account) -> None:
    must_be_discussed(challenge)
    if near_to(challenge, actor):
        raise refusal("near")


def _must_not_be_told(post: CommunityPost) -> None:
    if post.kind == PostKind.CORRECTION.value:
        raise refusal("correction_stands")


def _led(post_id: UUID, to: PostState, reason: str, actor: Account, now: datetime) -> CommunityPost:
    reason = checked_reason(reason)
    with transaction.atomic():
        post = locked_post(post_id)
        _must_not_be_told(post)
        if to is PostState.SHOWN and post.kind == PostKind.ANSWER.value and post.about_id is not None:
            _must_wait(locked_post(post.about_id))
        POST_CYCLE.move(post, to, by=PostMover.OFFICE, actor=actor, reason=reason, now=now)
    return post


def _speaks_as(actor: Account, kind: PostKind) -> str:
    """The role by which they may; of several the one whose name comes first."""
    if kind in OFFICIAL and actor.may(Action.KEEP_QUESTIONS):
        return str(Role.PROGRAMME_OFFICE.value)
    return min((str(role.value) for role in actor.roles & granted()[Action.ASK_QUESTIONS]), default="")
