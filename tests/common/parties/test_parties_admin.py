"""Parties and sites: audited, with a reason, each name of the register at one party only."""

from __future__ import annotations

import pytest

from pandok.common.models import AuditEntry, Party, PartyMember, Site, SiteMember
from pandok.common.parties import parties_admin, sites_admin
from pandok.common.parties.parties_admin import PartyFacts
from pandok.core.errors import RequestError
from pandok.fields.counterfeit.lists.visible import cases_visible_to
from pandok.fields.register.acts import holders
from pandok.fields.register.models import Holder
from tests.fields.counterfeit.cases_fixtures import World, build_world
from tests.fields.designs.fakes import NOON
from tests.roles import Role

pytestmark = pytest.mark.django_db
WHY = "신청서에 따라 등록"


@pytest.fixture
def world() -> World:
    return build_world()


def actions() -> list[str]:
    # A picture that a browser of an earlier test still asks for is noted after that test.
    own = AuditEntry.objects.exclude(action="photograph.viewed").order_by("sequence")
    return list(own.values_list("action", flat=True))


def test_a_party_is_made_changed_and_found(world: World) -> None:
    why = {"actor": world.account(Role.ADMINISTRATOR), "reason": WHY, "now": NOON}
    facts = PartyFacts(Party.HOLDER, " 새벽  조명 ", "ip@dawn.example", "+82 2 123-4567")
    party = parties_admin.create_party(facts=facts, **why)
    assert party.name == "새벽 조명"
    with pytest.raises(RequestError, match="there already"):
        parties_admin.create_party(facts=facts, **why)
    parties_admin.change_party(party=party, facts=PartyFacts(Party.HOLDER, "새벽조명", "x@dawn.example"), **why)
    assert [one.id for one in parties_admin.find_parties(text="새벽조명")] == [party.id]
    assert [one.id for one in parties_admin.find_parties(text="dawn", kind=Party.IMPORTER)] == []
    assert actions() == ["party.created", "party.changed"]
    assert "x@dawn.example" not in str(list(AuditEntry.objects.values_list("details", flat=True)))


@pytest.mark.parametrize(
    "facts",
    [
        PartyFacts("nobody", "a"),
        PartyFacts(Party.HOLDER, ""),
        PartyFacts(Party.HOLDER, "가" * 301),
        PartyFacts(Party.HOLDER, "a\nb\x00"),
        PartyFacts(Party.HOLDER, "a", email="no address"),
        PartyFacts(Party.HOLDER, "a", phone="<script>"),
        PartyFacts(Party.HOLDER, "a", language="fr"),
    ],
)
def test_facts_that_cannot_be_are_refused(world: World, facts: PartyFacts) -> None:
    before = Party.objects.count()
    with pytest.raises(RequestError):
        parties_admin.create_party(facts=facts, actor=world.officer, reason=WHY, now=NOON)
    assert Party.objects.count() == before


def test_a_name_of_the_register_is_one_party_only(world: World) -> None:
    why = {"actor": world.officer, "reason": WHY, "now": NOON}
    taken = Holder.objects.get()
    other = Party.objects.create(kind=Party.HOLDER, name="다른 곳", added_at=NOON)
    with pytest.raises(RequestError, match="is linked to"):
        holders.link_holder(party=other, holder=taken, **why)
    with pytest.raises(RequestError, match="Only right holders"):
        holders.link_holder(party=world.importer, holder=taken, **why)
    holders.unlink_holder(party=world.holder, holder_id=taken.id, **why)
    holders.link_holder(party=other, holder=taken, **why)
    holders.link_holder(party=other, holder=taken, **why)
    assert actions() == ["party.unlinked", "party.linked"]
    assert [one.id for one in parties_admin.find_parties(text="한빛")] == [other.id, world.holder.id]


def test_a_party_out_of_use_sees_nothing_more(world: World) -> None:
    case = world.case()
    holder = world.account(Role.HOLDER, party=world.holder)
    case.holder = world.holder
    case.save()
    why = {"actor": world.officer, "now": NOON}
    with pytest.raises(RequestError, match="reason"):
        parties_admin.set_active(party=world.holder, active=False, reason="", **why)
    with pytest.raises(RequestError, match=case.number):
        parties_admin.set_active(party=world.holder, active=False, reason=WHY, **why)
    case.state = "closed"
    case.save()
    parties_admin.set_active(party=world.holder, active=False, reason=WHY, **why)
    assert not cases_visible_to(holder).exists()
    with pytest.raises(RequestError, match="cannot be changed"):
        parties_admin.change_party(party=world.holder, facts=PartyFacts(Party.IMPORTER, "a"), reason=WHY, **why)


def test_members_need_the_role_of_their_party(world: World) -> None:
    why = {"actor": world.officer, "reason": WHY, "now": NOON}
    with pytest.raises(RequestError, match="no account"):
        parties_admin.add_member(party=world.holder, username=world.officer.username, **why)
    person = world.account(Role.HOLDER, "person")
    parties_admin.add_member(party=world.holder, username="person", **why)
    parties_admin.add_member(party=world.holder, username="person", **why)
    assert PartyMember.objects.filter(account=person).count() == 1
    parties_admin.remove_member(party=world.holder, account_id=person.pk, **why)
    assert not PartyMember.objects.filter(account=person).exists()
    assert actions() == ["party.member_added", "party.member_removed"]


def test_sites_and_who_works_there(world: World) -> None:
    why = {"actor": world.officer, "reason": WHY, "now": NOON}
    site = sites_admin.keep_site(site=None, code=" pus ", name_ko="부산세관", name_en="Busan customs", **why)
    assert site.code == "PUS"
    with pytest.raises(RequestError, match="already"):
        sites_admin.keep_site(site=None, code="PUS", name_ko="a", name_en="a", **why)
    with pytest.raises(RequestError):
        sites_admin.keep_site(site=None, code="부산", name_ko="a", name_en="a", **why)
    sites_admin.put_at_site(site=site, username=world.officer.username, **why)
    assert SiteMember.objects.get(account=world.officer).site == site
    with pytest.raises(RequestError, match="no account"):
        sites_admin.put_at_site(site=site, username=world.account(Role.HOLDER).username, **why)
    sites_admin.take_from_site(site=site, account_id=world.officer.pk, **why)
    assert not SiteMember.objects.filter(account=world.officer).exists()
    sites_admin.keep_site(site=site, code="PUS", name_ko="부산본부세관", name_en="Busan main customs", **why)
    assert Site.objects.get(code="PUS").name_ko == "부산본부세관"
    assert actions() == ["site.created", "site.member_added", "site.member_removed", "site.changed"]
