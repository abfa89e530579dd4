"""The rules of a challenge are put right: beside what was locked, and told to the members of all its teams by mail."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from pandok.common.messages.deliveries import queue_mail
from pandok.common.models import Account
from pandok.core.errors import RequestError
from pandok.fields.programme.acts.challenges.challenge_moves import locked_challenge
from pandok.fields.programme.acts.community.posting import must_be_discussed, write_down
from pandok.fields.programme.challenge_states import TeamState
from pandok.fields.programme.models import Challenge, ChallengeMember, CommunityPost
from pandok.fields.programme.post_states import PostKind
from pandok.fields.programme.post_text import CORRECTION, checked_post
from pandok.settings import settings


def correct_rules(
    challenge_id: UUID, *, text_ko: str, text_en: str, actor: Account, now: datetime
) -> tuple[CommunityPost, int]:
    """With how many mails were queued. Raises RequestError: post.text, .closed, .said_already, challenge.not_there."""
    text_ko, text_en = checked_post(text_ko, most=CORRECTION), checked_post(text_en, most=CORRECTION)
    with transaction.atomic():
        challenge = locked_challenge(challenge_id)
        must_be_discussed(challenge)
        made = write_down(PostKind.CORRECTION, text_ko, text_en=text_en, challenge=challenge, actor=actor, now=now)
        told = sum(_told(made, challenge, one.account, actor, now) for one in _members(challenge))
    return made, told


def _members(challenge: Challenge) -> list[ChallengeMember]:
    standing = ChallengeMember.objects.filter(
        challenge=challenge, left_at=None, team__state=TeamState.STANDING.value, account__is_active=True
    )
    return list(standing.select_related("account").order_by("pk"))


def _told(post: CommunityPost, challenge: Challenge, member: Account, actor: Account, now: datetime) -> bool:
    if not member.email:
        return False
    try:
        queue_mail(
            recipient=member.email,
            subject=f"{challenge.number} 경진 규칙 정정 · Correction of the rules",
            body_text=(
                f"{challenge.number} {challenge.title_ko}\n\n{post.text}\n\n"
                f"{challenge.number} {challenge.title_en}\n\n{post.text_en}\n\n"
                f"{settings().address}/challenges/{challenge.number}/discussion/\n"
            ),
            key=f"challenge-correction-{post.pk}-{member.pk}",
            actor=actor,
            now=now,
        )
    except RequestError:
        return False  # no address that mail can go to: it stands on the page all the same
    return True
