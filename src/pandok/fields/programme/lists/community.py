"""What is said in public, and by whom it may be led on: questions of a challenge or in general, notices."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from pandok.common.models import Account
from pandok.fields.programme.challenge_states import ChallengeState
from pandok.fields.programme.models import Challenge, CommunityPost, CommunityPostEvent, ProgrammeNotice
from pandok.fields.programme.post_refusals import notice_refusal, refusal
from pandok.fields.programme.post_states import NoticeState, PostKind, PostState
from pandok.fields.programme.roles import Action


def questions_of(challenge: Challenge | None) -> QuerySet[CommunityPost]:
    """The newest first, with what was answered. Of what was taken back or hidden too: that it was."""
    asked = CommunityPost.objects.filter(challenge=challenge, kind=PostKind.QUESTION.value)
    hidden = CommunityPostEvent.objects.filter(to_state=PostState.HIDDEN.value).order_by("sequence")
    answers = CommunityPost.objects.select_related("team").order_by("made_at", "number")
    return (
        asked.select_related("team", "challenge__pack")
        .prefetch_related(Prefetch("answers", answers), Prefetch("events", hidden), Prefetch("answers__events", hidden))
        .order_by("-made_at", "-id")
    )


def corrections_of(challenge: Challenge) -> list[CommunityPost]:
    """The newest first."""
    found = CommunityPost.objects.filter(challenge=challenge, kind=PostKind.CORRECTION.value)
    return list(found.order_by("-made_at", "-id"))


def public_questions() -> QuerySet[CommunityPost]:
    """In general and of challenges: what everybody sees, the newest first."""
    asked = CommunityPost.objects.filter(kind=PostKind.QUESTION.value, state=PostState.SHOWN.value)
    announced = Q(challenge=None) | Q(challenge__announced_at__isnull=False)
    return asked.filter(announced).select_related("challenge", "team").order_by("-made_at", "-id")


def open_questions() -> QuerySet[CommunityPost]:
    """What waits for an official answer and can be given one, the oldest first."""
    answers = CommunityPost.objects.filter(kind=PostKind.ANSWER.value, state=PostState.SHOWN.value)
    waiting = public_questions().exclude(challenge__state=ChallengeState.WITHDRAWN.value)
    return waiting.exclude(pk__in=answers.values("about")).order_by("made_at", "number")


def post_for(account: Account, post_id: UUID) -> CommunityPost:
    """What everybody sees, and what was taken back or hidden for its author and for who sees everything. Raises
    RequestError: post.not_there."""
    found = CommunityPost.objects.select_related("challenge__pack", "about", "team").filter(pk=post_id).first()
    if found is None:
        raise refusal("not_there")
    own = found.made_by_id == account.pk or account.may(Action.SEE_ALL_CHALLENGES)
    announced = found.challenge is None or found.challenge.announced_at is not None
    if not announced or not (own or found.state == PostState.SHOWN.value):
        raise refusal("not_there")
    return found


def public_notices() -> QuerySet[ProgrammeNotice]:
    """For everybody, the newest first: published ones, those that were withdrawn afterwards too."""
    return ProgrammeNotice.objects.exclude(published_at=None).order_by("-published_at", "-id")


def notice_of(notice_id: UUID) -> ProgrammeNotice:
    """For the office. Raises RequestError: programme_notice.not_there."""
    found = ProgrammeNotice.objects.filter(pk=notice_id).first()
    if found is None:
        raise notice_refusal("not_there")
    return found


def notice_withdrawn_because(notice: ProgrammeNotice) -> str:
    """The public reason of one that was withdrawn after it was published; else empty."""
    if notice.state != NoticeState.WITHDRAWN.value or notice.published_at is None:
        return ""
    last = notice.events.filter(to_state=NoticeState.WITHDRAWN.value).order_by("-sequence").first()
    return last.reason if last else ""
