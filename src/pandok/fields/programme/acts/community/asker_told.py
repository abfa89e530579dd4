"""Who asked is told by mail that an official answer stands. Names of nobody, and nothing that is not public."""

from __future__ import annotations

from datetime import datetime

from pandok.common.messages.deliveries import queue_mail
from pandok.common.models import Account
from pandok.core.errors import RequestError
from pandok.fields.programme.models import CommunityPost
from pandok.settings import settings


def tell_asker(question: CommunityPost, answer: CommunityPost, *, actor: Account, now: datetime) -> bool:
    """Whether a mail was queued: their account stands and has an address. In both languages: an account has none."""
    asker = question.made_by
    if asker.pk == actor.pk or not asker.is_active or not asker.email:
        return False
    challenge = question.challenge
    place = "community/questions" if challenge is None else f"challenges/{challenge.number}/discussion"
    try:
        queue_mail(
            recipient=asker.email,
            subject=f"{question.number} 질문에 공식 답변이 있습니다 · Your question was answered officially",
            body_text=(
                f"{question.number}\n\n{question.text}\n\n"
                f"{answer.number} 공식 답변 · Official answer\n\n{answer.text}\n\n"
                f"{settings().address}/{place}/#{question.number}\n"
            ),
            key=f"question-answered-{answer.pk}",
            actor=actor,
            now=now,
        )
    except RequestError:
        return False  # no address that mail can go to: the answer stands on the page all the same
    return True
