"""The demonstration's parties: every holder of the register can be notified, and the demo accounts act for all."""

from __future__ import annotations

import pytest

from pandok.common.models import Account, Party
from pandok.common.parties.belonging import parties_of
from pandok.common.people.accounts import ensure_demo_accounts
from pandok.demo.parties import ensure_demo_parties
from pandok.fields.register.models import Holder, PartyHolder
from tests.fields.designs.fakes import NOON


@pytest.mark.django_db
def test_every_holder_is_a_party_that_the_demo_holder_acts_for() -> None:
    ensure_demo_accounts(NOON)
    for number in range(3):
        Holder.objects.create(name=f"시연 권리자 {number}")
    ensure_demo_parties(NOON)
    Holder.objects.create(name="시연 권리자 3")
    for _ in range(2):
        ensure_demo_parties(NOON)
    assert PartyHolder.objects.count() == 4
    assert Party.objects.count() == 6
    assert all(party.email for party in Party.objects.all())
    acts = {
        name: parties_of(Account.objects.get(username=f"demo-{name}")).count()
        for name in ("holder", "importer", "appraiser")
    }
    assert acts == {"holder": 4, "importer": 1, "appraiser": 1}
    officer = Account.objects.get(username="demo-officer")
    assert officer.site_membership.site.code == "DEMO"
