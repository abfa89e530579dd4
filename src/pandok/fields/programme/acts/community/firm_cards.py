"""A firm writes of itself, publishes its card and takes it back; the office hides one with a reason.

Any account of the firm acts for it. Nothing that a card shows as proven is written here.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from pandok.common.models import Account, Party
from pandok.common.reasons import checked_reason
from pandok.common.records.lifecycle import History, Lifecycle
from pandok.common.records.no_such_way import no_such_way
from pandok.common.records.numbering import next_of_year
from pandok.core.audit import Detail
from pandok.fields.programme.card_refusals import refusal
from pandok.fields.programme.card_states import CARDS, CardMover, CardState
from pandok.fields.programme.lists.firms import firm_of
from pandok.fields.programme.models import FirmCard, FirmCardEvent
from pandok.fields.programme.post_text import plain

CARD = 1000
REWORDED = "firm-card.reworded"


def _facts(card: FirmCard, _row: FirmCardEvent | None) -> dict[str, Detail]:
    return {"number": card.number, "firm": card.party.name}


CARD_CYCLE: Lifecycle[FirmCard, CardState, CardMover] = Lifecycle(
    model=FirmCard,
    table=CARDS,
    name="firm-card",
    action="firm-card",
    no_way=no_such_way(code="firm_card.no_such_way"),
    facts=_facts,
    history=History(FirmCardEvent, "card"),
)


def say_of_firm(said: Mapping[str, str], *, actor: Account, now: datetime) -> FirmCard:
    """Makes the card where there is none; of a public one everybody reads the new words at once. Raises RequestError:
    firm_card.no_firm, .words."""
    words = {name: plain(said.get(name, "")) for name in ("text_ko", "text_en")}
    if any(len(one) > CARD for one in words.values()):
        raise refusal("words")
    firm = firm_of(actor)
    if firm is None:
        raise refusal("no_firm")
    with transaction.atomic():
        # The firm, so that two of its people who begin at once make one card.
        Party.objects.select_for_update(no_key=True).get(pk=firm.pk)
        found = FirmCard.objects.filter(party=firm).first()
        if found is None:
            number = next_of_year("FC", width=6, given=FirmCard.objects.all(), now=now)
            made: FirmCard = FirmCard.objects.create(
                number=number, party=firm, state=CardState.PRIVATE.value, state_since=now, made_by=actor, made_at=now,
                **words,
            )  # fmt: skip
            CARD_CYCLE.begin(made, actor=actor, reason="", now=now)
            return made
        card = CARD_CYCLE.locked(found.pk)
        before = {name: getattr(card, name) for name in words}
        for name, value in words.items():
            setattr(card, name, value)
        card.save()
        CARD_CYCLE.happened(card, actor=actor, reason="", now=now, action=REWORDED, columns={"wording": before})
    return card


def publish_card(*, knows: bool, actor: Account, now: datetime) -> FirmCard:
    """`knows`: it was confirmed what everybody sees then. Raises RequestError: firm_card.consent, .no_firm, .nothing,
    .no_such_way."""
    if not knows:
        raise refusal("consent")
    return _led_by_firm(CardState.PUBLIC, actor, now)


def take_back_card(*, actor: Account, now: datetime) -> FirmCard:
    """Raises RequestError: firm_card.no_firm, .nothing, .no_such_way."""
    return _led_by_firm(CardState.PRIVATE, actor, now)


def hide_card(card_id: UUID, *, reason: str, actor: Account, now: datetime) -> FirmCard:
    """For the office. Raises RequestError: request.reason, firm_card.not_there, .no_such_way."""
    return _led_by_office(card_id, CardState.HIDDEN, reason, actor, now)


def give_back_card(card_id: UUID, *, reason: str, actor: Account, now: datetime) -> FirmCard:
    """After it was hidden: the firm may publish it again. Raises RequestError: request.reason, firm_card.not_there,
    .no_such_way."""
    return _led_by_office(card_id, CardState.PRIVATE, reason, actor, now)


def _led_by_firm(to: CardState, actor: Account, now: datetime) -> FirmCard:
    firm = firm_of(actor)
    if firm is None:
        raise refusal("no_firm")
    with transaction.atomic():
        found = FirmCard.objects.filter(party=firm).first()
        if found is None:
            raise refusal("nothing")
        card = CARD_CYCLE.locked(found.pk)
        CARD_CYCLE.move(card, to, by=CardMover.FIRM, actor=actor, reason="", now=now)
    return card


def _led_by_office(card_id: UUID, to: CardState, reason: str, actor: Account, now: datetime) -> FirmCard:
    reason = checked_reason(reason)
    with transaction.atomic():
        card = CARD_CYCLE.locked_in(card_id, missing=lambda: refusal("not_there"))
        CARD_CYCLE.move(card, to, by=CardMover.OFFICE, actor=actor, reason=reason, now=now)
    return card
