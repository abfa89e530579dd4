"""An organisation takes away the role of the last account of a party for which a case runs, and all are told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from pandok.common.models import Account, AuditEntry, Delivery, Party, PartyMember
from pandok.fields.counterfeit.models import Case
from tests.chosen import Choose
from tests.common.web.identity_provider import CLIENT, SECRET, IdentityProvider, running_provider
from tests.common.web.test_openid import sign_in
from tests.fields.counterfeit.notices_fixtures import NoticeWorld, build_notice_world
from tests.roles import Role

pytestmark = pytest.mark.django_db
PARTY, ADMINISTRATOR = "holder@party.example", "admin@customs.example"


@pytest.fixture
def notices(tmp_path: Path, choose: Choose, monkeypatch: pytest.MonkeyPatch) -> NoticeWorld:
    choose(home=tmp_path)
    monkeypatch.setattr("pandok.fields.counterfeit.acts.notices.pdf.notice_pdf", lambda *_: b"%PDF-1.7")
    return build_notice_world(tmp_path)


@pytest.fixture
def provider(choose: Choose) -> Iterator[IdentityProvider]:
    with running_provider() as provider:
        groups = json.dumps({"holders": "holder", "auditors": "auditor"})
        choose(oidc_issuer=provider.issuer, oidc_client_id=CLIENT, oidc_client_secret=SECRET, oidc_role_map=groups)
        provider.person["groups"] = ["holders"]
        yield provider


@pytest.fixture
def case(notices: NoticeWorld, provider: IdentityProvider) -> Case:  # noqa: ARG001
    """Notified to a holder for whom only somebody of the organisation acts."""
    case = notices.notified()
    Party.objects.filter(pk=case.holder_id).update(email=PARTY)
    administrator = notices.world.account(Role.ADMINISTRATOR)
    administrator.email = ADMINISTRATOR
    administrator.save()
    sign_in(Client())
    PartyMember.objects.filter(party=case.holder).delete()
    PartyMember.objects.create(party=case.holder, account=Account.objects.get(openid__subject="s-1"))
    Delivery.objects.all().delete()
    return case


def mails() -> dict[str, str]:
    return {one.recipient: one.body_text for one in Delivery.objects.all()}


@pytest.mark.parametrize("groups", [[], ["somewhere-else"], ["auditors"]])
def test_party_and_administrators_are_told_and_it_is_on_record(
    case: Case, provider: IdentityProvider, groups: list[str]
) -> None:
    provider.person["groups"] = groups
    for _ in range(2):  # told once
        assert sign_in(Client()).status_code == (302 if groups == ["auditors"] else 422)
    account = Account.objects.get(openid__subject="s-1")
    assert Role.HOLDER not in account.roles, "a role that the organisation took away is not kept"
    entry = AuditEntry.objects.get(action="party.left_alone")
    assert (entry.actor, entry.object) == (account.username, f"party:{case.holder_id}")
    assert entry.reason == "groups at the identity provider"
    assert entry.details == {"name": case.holder.name, "member": account.username, "running": 1}
    sent = mails()
    assert sorted(sent) == [ADMINISTRATOR, PARTY]
    for text in sent.values():
        assert case.number in text
        assert account.username in text
    assert "기한은 그대로 진행됩니다" in sent[PARTY]
    assert "Terms run on" in sent[PARTY]
    assert Delivery.objects.count() == 2


def test_of_a_party_without_an_address_the_administrators_are_told_to_call(
    case: Case, provider: IdentityProvider
) -> None:
    Party.objects.filter(pk=case.holder_id).update(email="")
    provider.person["groups"] = []
    sign_in(Client())
    assert sorted(mails()) == [ADMINISTRATOR]
    assert "전화나 우편으로" in mails()[ADMINISTRATOR]
    assert AuditEntry.objects.filter(action="party.left_alone").count() == 1


@pytest.mark.parametrize("why", ["another can act", "nothing runs", "the role stays"])
def test_nobody_is_told_of_a_party_that_is_not_left_alone(
    case: Case, provider: IdentityProvider, notices: NoticeWorld, why: str
) -> None:
    if why == "another can act":
        assert notices.holder.roles == {Role.HOLDER}
        PartyMember.objects.get_or_create(party=case.holder, account=notices.holder)
    if why == "nothing runs":
        Case.objects.filter(pk=case.pk).update(state="closed")
    provider.person["groups"] = ["holders", "auditors"] if why == "the role stays" else []
    sign_in(Client())
    account = Account.objects.get(openid__subject="s-1")
    assert (Role.HOLDER in account.roles) is (why == "the role stays")
    assert not AuditEntry.objects.filter(action="party.left_alone").exists()
    assert mails() == {}


def test_who_lacks_the_role_is_no_other_account(case: Case, provider: IdentityProvider) -> None:
    second = Account.objects.create_user("second", password="a long password")
    second.groups.add(Group.objects.get(name=Role.AUDITOR.value))
    PartyMember.objects.create(party=case.holder, account=second)
    provider.person["groups"] = []
    sign_in(Client())
    assert PARTY in mails()
