"""Consent to electronic service (Administrative Procedures Act of Korea, article 14(3)): only who agreed is served by
mail or on its pages, and by mail only at the address that it named. Everybody else is told, and served on paper.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from pandok.common.audit import writing as audit
from pandok.common.declared import party_kinds
from pandok.common.models import Account, Party, ServiceConsent
from pandok.common.reasons import PROOF, checked_reason
from pandok.core.dates import day_words
from pandok.core.days import checked_day
from pandok.core.errors import RequestError
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.core.text import Text

WAYS: dict[str, Text] = {
    ServiceConsent.PAGE: Text(ko="본인 화면", en="on its own page"),
    ServiceConsent.LINK: Text(ko="일회용 링크 화면", en="on the page of its one-time link"),
    ServiceConsent.PAPER: Text(ko="서면", en="on paper"),
}


def served_kinds() -> tuple[str, ...]:
    """Of parties whose terms and remedies count from service. Others are asked, not served."""
    return tuple(kind.name for kind in party_kinds().values() if kind.served)


def consent_of(party: Party) -> ServiceConsent | None:
    """The consent that holds; None: it never agreed, or took it back."""
    if party.pk is None:
        return None
    # In the order of writing: under a wrong clock the last word would stand before an earlier one.
    newest = ServiceConsent.objects.filter(party=party).order_by("-pk").first()
    return newest if newest is not None and newest.given else None


def served_on_its_page(party: Party) -> bool:
    """Whether opening a notice here serves it."""
    return party.kind not in served_kinds() or consent_of(party) is not None


def served_by_mail(party: Party) -> bool:
    """Whether a mail to the address on record serves it: the party named this very address."""
    if party.kind not in served_kinds():
        return True
    consent = consent_of(party)
    return consent is not None and bool(party.email) and consent.address.casefold() == party.email.casefold()


def how_served(party: Party, *, delivers: bool = True) -> Text:
    """For officers: how this party is served, and what they have to do. `delivers`: this site has a mail server."""
    consent = consent_of(party)
    if party.kind not in served_kinds():
        return Text(ko="송달 대상이 아닙니다.", en="Asked, not served.")
    if consent is None:
        return Text(
            ko="전자송달에 동의하지 않은 당사자입니다. 메일은 안내일 뿐 기한이 시작되지 않습니다. "
            "통지서를 인쇄하여 우편·교부로 송달하고 송달을 기록하십시오.",
            en="Has not agreed to electronic service. The mail only tells of the notice and begins no term: "
            "print the notice, serve it by post or by hand, and record that.",
        )
    on, way = day_words(consent.said_on), WAYS[consent.way]
    if not delivers:
        return Text(
            ko=f"전자송달에 동의했습니다({on.ko}, {way.ko}). 당사자가 화면에서 통지를 열람한 때에 송달됩니다.",
            en=f"Agreed to electronic service ({on.en}, {way.en}): served when it opens the notice on its page.",
        )
    if not served_by_mail(party):
        return Text(
            ko=f"전자송달에 동의했습니다({on.ko}, {way.ko}). 다만 지금의 메일 주소는 동의한 주소가 아니므로, "
            "당사자가 화면에서 통지를 열람한 때에 송달됩니다.",
            en=f"Agreed to electronic service ({on.en}, {way.en}), but not at this mail address: served when it opens "
            "the notice on its page.",
        )
    return Text(
        ko=f"전자송달에 동의했습니다({on.ko}, {way.ko}). 메일을 발송한 날 송달됩니다.",
        en=f"Agreed to electronic service ({on.en}, {way.en}): served on the day the mail leaves.",
    )


def record_consent(
    *,
    party: Party,
    given: bool,
    way: str,
    actor: Account | None,
    now: datetime,
    address: str | None = None,
    said_on: date | None = None,
    proof: str = "",
) -> ServiceConsent:
    """Keep that a party agrees, or no longer does. `address` None: the mail address on record.

    On paper it needs the day on the paper, not after today, and a proof. Raises RequestError.
    """
    today = now.astimezone(OFFICE_ZONE).date()
    address = party.email if address is None else address.strip()
    if party.kind not in served_kinds():
        raise RequestError(
            Text(ko="권리자와 수입자만 전자송달에 동의합니다.", en="Only holders and importers agree to it."),
            Text(ko="당사자를 확인하십시오.", en="Check the party."),
            code="electronic.kind",
        )
    if way == ServiceConsent.PAPER:
        proof, said_on = checked_reason(proof, PROOF), checked_day(said_on or today)
        if said_on > today:
            day = day_words(said_on)
            raise RequestError(
                Text(ko=f"아직 오지 않은 날입니다: {day.ko}.", en=f"{day.en} has not come yet."),
                Text(ko="서면에 적힌, 오늘까지의 날짜를 적으십시오.", en="Give the day on the paper, up to today."),
                code="electronic.day",
            )
    if given and address.casefold() not in ("", party.email.casefold()):
        raise RequestError(
            Text(
                ko=f"동의한 주소({address[:80]})가 당사자의 메일 주소와 다릅니다.",
                en=f"The address that was named ({address[:80]}) is not the party's mail address.",
            ),
            Text(
                ko="당사자 정보의 메일 주소를 먼저 고친 뒤 기록하십시오.",
                en="Correct the mail address of the party first, then record the consent.",
            ),
            code="electronic.address",
        )
    with transaction.atomic():
        consent = ServiceConsent.objects.create(
            party=party,
            given=given,
            address=address if given else "",
            way=way,
            proof=proof,
            said_on=said_on or today,
            recorded_by=actor,
            recorded_at=now,
        )
        audit.tell(
            actor,
            "party.agreed_to_electronic" if given else "party.took_electronic_back",
            f"party:{party.pk}",
            proof,
            now,
            {"way": way, "said_on": consent.said_on.isoformat(), "mail": bool(consent.address)},
        )
        return consent
