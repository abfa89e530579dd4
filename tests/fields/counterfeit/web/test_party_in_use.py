"""A party with a running term, an open case or a run under way stays in use, by page, API and command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone
from typer.testing import CliRunner

from pandok.cli.main import app
from pandok.common.models import Account, AuditEntry, Party, PartyMember
from pandok.core.dates import day_words
from pandok.fields.counterfeit.acts.cases.clocks import last_day_of
from pandok.fields.counterfeit.models import CaseClock
from tests.chosen import Choose
from tests.fields.counterfeit.notices_fixtures import NoticeWorld, build_notice_world
from tests.roles import Role

pytestmark = pytest.mark.django_db
WHY = "폐업 신고를 확인함"


@pytest.fixture
def notices(tmp_path: Path, choose: Choose, monkeypatch: pytest.MonkeyPatch) -> NoticeWorld:
    choose(home=tmp_path)
    monkeypatch.setattr("pandok.fields.counterfeit.acts.notices.pdf.notice_pdf", lambda *_: b"%PDF-1.7")
    return build_notice_world(tmp_path)


def administrator(notices: NoticeWorld) -> Client:
    client = Client()
    client.force_login(notices.world.account(Role.ADMINISTRATOR))
    client.cookies["pandok_language"] = "ko"
    return client


@pytest.mark.parametrize("side", ["holder", "importer"])
def test_what_runs_is_listed_and_the_party_stays_in_use(notices: NoticeWorld, side: str) -> None:
    case = notices.notified()
    party: Party = getattr(case, side)
    day = last_day_of(CaseClock.objects.get(case=case, rule="holder_request").due_at)
    client = administrator(notices)
    page = client.post(f"/parties/{party.pk}/active/", {"active": "no", "reason": WHY})
    assert page.status_code == 422
    shown = page.content.decode()
    sent = json.dumps({"active": False, "reason": WHY})
    call = client.post(f"/api/v1/parties/{party.pk}/active", sent, content_type="application/json")
    assert call.status_code == 422
    done = CliRunner().invoke(app, ["parties", "out-of-use", str(party.pk), "--reason", WHY])
    assert done.exit_code == 2
    for told in (shown, call.content.decode(), done.output.replace("\n", " ")):
        assert case.number in told
        together = "".join(told.split())
        assert any("".join(words.split()) in together for words in (day_words(day).ko, day_words(day).en))
    assert Party.objects.get(pk=party.pk).active
    assert not AuditEntry.objects.filter(action="party.deactivated").exists()


def test_once_nothing_runs_it_is_taken_out_of_use_by_the_command(notices: NoticeWorld) -> None:
    case = notices.notified()
    case.state = "closed"
    case.save()
    CaseClock.objects.filter(case=case).update(stopped_at=timezone.now(), stopped_by="met")
    for words, active in (("out-of-use", False), ("in-use", True)):
        done = CliRunner().invoke(app, ["parties", words, str(case.holder_id), "--reason", WHY])
        assert done.exit_code == 0, done.output
        assert Party.objects.get(pk=case.holder_id).active is active
    assert AuditEntry.objects.get(action="party.deactivated").actor == "operator"
    assert "party.unknown" in CliRunner().invoke(app, ["parties", "out-of-use", "999", "--reason", WHY]).output


@pytest.mark.parametrize("side", ["holder", "importer"])
def test_the_last_account_stays_while_something_runs(notices: NoticeWorld, side: str) -> None:
    case = notices.notified()
    party: Party = getattr(case, side)
    client = administrator(notices)
    account = getattr(notices, side)
    PartyMember.objects.get_or_create(party=party, account=account)

    def taken_out() -> tuple[int, str]:
        asked = {"username": account.username, "member": False, "reason": WHY}
        answer = client.post(f"/api/v1/parties/{party.pk}/members", json.dumps(asked), content_type="application/json")
        return answer.status_code, answer.content.decode()

    status, said = taken_out()
    assert (status, case.number in said) == (422, True)
    assert PartyMember.objects.filter(party=party, account=account).exists()
    second = Account.objects.create_user(f"second-{side}", password="a long password")
    PartyMember.objects.create(party=party, account=second)
    assert taken_out()[0] == 422  # who lacks the role cannot answer for it
    second.groups.add(Group.objects.get(name=side))
    assert taken_out()[0] == 200


@pytest.mark.parametrize("change", ["suspend", "roles"])
def test_no_change_of_the_account_itself_leaves_a_running_party_without_one(notices: NoticeWorld, change: str) -> None:
    case = notices.notified()
    account = notices.holder
    client = administrator(notices)
    sent = {"suspend": {"reason": WHY}, "roles": {"roles": ["auditor"], "reason": WHY}}[change]
    answer = client.post(f"/accounts/{account.pk}/{change}/", sent)
    assert answer.status_code == 422
    assert case.number in answer.content.decode()
    account = Account.objects.get(pk=account.pk)
    assert (account.is_active, Role.HOLDER in account.roles) == (True, True)
    CaseClock.objects.filter(case=case).update(stopped_at=timezone.now(), stopped_by="overtaken")
    case.state = "closed"
    case.save()
    assert client.post(f"/accounts/{account.pk}/{change}/", sent).status_code == 302
