"""A discussion: people who ask, reply and answer, and who may not."""

from __future__ import annotations

from typing import Any

from pandok.common.models import Account
from pandok.fields.programme.acts.community import posting
from pandok.fields.programme.acts.community.firm_cards import publish_card, say_of_firm
from pandok.fields.programme.acts.community.noticing import draft_notice, publish_notice
from pandok.fields.programme.models import Challenge, CommunityPost, FirmCard, ProgrammeNotice
from tests.fields.programme.bidding import applicant
from tests.fields.programme.office import NOON, WHY, person
from tests.roles import Role

QUESTION = "무게를 kg과 g 가운데 어느 것으로 냅니까?"
NOTICE = {
    "title_ko": "여름 공모 설명회",
    "title_en": "Meeting on the summer call",
    "text_ko": "설명회를 온라인으로 엽니다.",
    "text_en": "The meeting is held online.",
}


def holder() -> Account:
    return person(Role.HOLDER, "a holder who asks")


def asked(challenge: Challenge | None = None, text: str = QUESTION, *, by: Account | None = None, **other: Any) -> Any:
    given = {"nothing_sealed": True, "now": NOON} | other
    return posting.ask(text, challenge=challenge, actor=by or holder(), **given)


def replied(question: CommunityPost, text: str = "저희는 g으로 냈습니다.", *, by: Account | None = None) -> Any:
    return posting.reply(question.pk, text, nothing_sealed=True, actor=by or holder(), now=NOON)


def answered(question: CommunityPost, text: str = "kg으로 내십시오.", *, by: Account | None = None) -> Any:
    actor = by or person(Role.PROGRAMME_OFFICE)
    return posting.answer(question.pk, text, nothing_sealed=True, actor=actor, now=NOON)


def drafted_notice(**other: str) -> ProgrammeNotice:
    return draft_notice(NOTICE | other, actor=person(Role.PROGRAMME_OFFICE), now=NOON)


def published_notice(**other: str) -> ProgrammeNotice:
    made = drafted_notice(**other)
    return publish_notice(made.pk, reason=WHY, actor=person(Role.PROGRAMME_OFFICE), now=NOON)


def card_of(of: str = "가온센서", **words: str) -> FirmCard:
    given = {"text_ko": "수위계를 만듭니다.", "text_en": "We make gauges."} | words
    return say_of_firm(given, actor=applicant(of), now=NOON)


def public_card_of(of: str = "가온센서", **words: str) -> FirmCard:
    card_of(of, **words)
    return publish_card(knows=True, actor=applicant(of), now=NOON)
