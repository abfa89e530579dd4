"""The parties of the demonstration, for the demonstration accounts: every case can be answered, heard and appraised."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from pandok.common.models import Account, Party, PartyMember, ServiceConsent, Site, SiteMember
from pandok.common.parties.electronic import served_kinds
from pandok.common.people.accounts import DEMO_PREFIX
from pandok.common.roles import AnyRole
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.fields.academy.roles import Role as AcademyRole
from pandok.fields.counterfeit.roles import Role
from pandok.fields.register.models import Holder, PartyHolder
from pandok.fields.xray.roles import Role as ScanRole

SITE = ("DEMO", "시연 통관장", "Demonstration clearance site")
IMPORTER = "시연 수입자 / Demo importer"
ASSOCIATION = "시연 감정 단체 / Demo appraisers"
MOST_HOLDERS = 2000
_AT_SITE = (Role.OFFICER, Role.SUPERVISOR, *ScanRole, *AcademyRole)


def ensure_demo_parties(now: datetime) -> None:
    """A site, one party for every holder in the register, an importer, an association; may be called again.

    Needs the accounts of `ensure_demo_accounts`. Mail addresses end in `.example` and reach nobody.
    """
    with transaction.atomic():
        site, _ = Site.objects.get_or_create(code=SITE[0], defaults={"name_ko": SITE[1], "name_en": SITE[2]})
        for role in _AT_SITE:
            SiteMember.objects.get_or_create(account=_account(role), defaults={"site": site})
        holder = _account(Role.HOLDER)
        unlinked = Holder.objects.filter(party_link=None).order_by("id")
        for registered in unlinked[: max(0, MOST_HOLDERS - PartyHolder.objects.count())]:
            party = Party.objects.create(
                kind=Party.HOLDER,
                name=registered.name[:300],
                email=f"holder-{registered.id}@holders.example",
                added_at=now,
            )
            PartyHolder.objects.create(party=party, holder=registered)
        theirs = Party.objects.filter(kind=Party.HOLDER, email__endswith="@holders.example")
        missing = theirs.exclude(members__account=holder)
        PartyMember.objects.bulk_create(PartyMember(party=party, account=holder) for party in missing)
        for kind, name, address, role in (
            (Party.IMPORTER, IMPORTER, "goods@importer.example", Role.IMPORTER),
            (Party.ASSOCIATION, ASSOCIATION, "desk@appraisers.example", Role.APPRAISER),
        ):
            party, _ = Party.objects.get_or_create(kind=kind, name=name, defaults={"email": address, "added_at": now})
            PartyMember.objects.get_or_create(party=party, account=_account(role))
        _all_agree(now)


def _all_agree(now: datetime) -> None:
    """The demonstration's parties agreed to electronic service, so that their terms run."""
    served = Party.objects.filter(kind__in=served_kinds(), email__endswith=".example", consents=None)
    ServiceConsent.objects.bulk_create(
        ServiceConsent(
            party=party,
            given=True,
            address=party.email,
            way=ServiceConsent.PAGE,
            said_on=now.astimezone(OFFICE_ZONE).date(),
            recorded_by=_account(Role.HOLDER if party.kind == Party.HOLDER else Role.IMPORTER),
            recorded_at=now,
        )
        for party in served.filter(members__account__username__startswith=DEMO_PREFIX).distinct()
    )


def _account(role: AnyRole) -> Account:
    return Account.objects.get(username=DEMO_PREFIX + role.value)
