"""A party agrees to electronic service, or takes that back; what it has read here is served with its consent."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from pandok.common.models import Account, Party, PartyMember, ServiceConsent
from pandok.common.models.locking import locked
from pandok.common.parties.electronic import consent_of, record_consent
from pandok.common.people.accounts_admin import LINK_READERS
from pandok.core.errors import RequestError
from pandok.core.text import Text
from pandok.fields.counterfeit.acts.cases.refusals import not_yours
from pandok.fields.counterfeit.acts.notices.serving import serve
from pandok.fields.counterfeit.lists.services import service_of
from pandok.fields.counterfeit.lists.visible import turns_in
from pandok.fields.counterfeit.models import Case, Notice, NoticeService
from pandok.fields.counterfeit.states import TOLD, Turn

PLACES = ("holder", "importer")


def say_for_oneself(*, party: Party, given: bool, actor: Account, now: datetime) -> ServiceConsent | None:
    """The party itself, on its page or behind its one-time link. None: it had said the same before.

    Raises RequestError for who does not act for it.
    """
    if not PartyMember.objects.filter(party=party, account=actor, party__active=True).exists():
        raise RequestError(
            Text(ko="이 당사자를 대신하여 동의할 수 없습니다.", en="You do not act for this party."),
            Text(ko="받은 통지에서 다시 여십시오.", en="Open it again from your notices."),
            code="electronic.not_yours",
        )
    by_link = actor.username.startswith(LINK_READERS)
    with transaction.atomic():
        party = locked(Party, party.pk)
        if (consent_of(party) is not None) == given:
            return None
        way = ServiceConsent.LINK if by_link else ServiceConsent.PAGE
        consent = record_consent(party=party, given=given, way=way, actor=actor, now=now)
        if given:
            serve_what_was_opened(party, now)
        return consent


def record_for_party(
    *, case: Case, place: str, given: bool, said_on: date | None, proof: str, actor: Account, now: datetime
) -> ServiceConsent:
    """The officer of a case records what a party of it said on paper, with its day and what shows it."""
    party: Party | None = getattr(case, place) if place in PLACES else None
    if Turn.OFFICER not in turns_in(actor, case):
        raise not_yours()
    if party is None:
        raise RequestError(
            Text(ko="당사자가 지정되지 않았습니다.", en="That party is not named."),
            Text(ko="당사자를 먼저 지정하십시오.", en="Name the party first."),
            code="electronic.nobody",
        )
    return record_on_paper(party=party, given=given, said_on=said_on, proof=proof, actor=actor, now=now)


def record_on_paper(
    *, party: Party, given: bool, said_on: date | None, proof: str, actor: Account | None, now: datetime
) -> ServiceConsent:
    """What a party said on paper, as somebody of customs (None: the operator at the command line) records it."""
    with transaction.atomic():
        party = locked(Party, party.pk)
        consent = record_consent(
            party=party, given=given, way=ServiceConsent.PAPER, said_on=said_on, proof=proof, actor=actor, now=now
        )
        if given:
            serve_what_was_opened(party, now)
        return consent


def serve_what_was_opened(party: Party, now: datetime) -> None:
    """Notices that the party read before it agreed, and that nobody has served: they are served now, not earlier."""
    waiting = Notice.objects.filter(
        party=party, openings__isnull=False, case__state__in=[state.value for state in TOLD]
    ).distinct()
    for notice in waiting.order_by("issued_at").select_related("party", "case"):
        if service_of(notice) is None:
            serve(notice, way=NoticeService.PAGE, at=now, now=now)
