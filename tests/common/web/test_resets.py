"""Accounts that vote are reset by two administrators, the person is told, and their votes pause."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from typer.testing import CliRunner

from pandok.cli.main import app
from pandok.common.models import Account, AccountReset, AuditEntry, Delivery, Invitation, SecondStep
from pandok.common.people.votes import PAUSE, must_vote_freely
from pandok.core.errors import RequestError
from pandok.engines.files.blobs import FolderBlobs
from pandok.engines.proof_pack.signing import SigningKey
from pandok.fields.lab.acts.packs.registering import register_protocol
from pandok.fields.lab.acts.proofs.accepting import register_acceptance
from pandok.fields.lab.acts.proofs.make_proof import make_proof, make_trial_proof
from pandok.fields.lab.acts.scoring.releasing import vote_on_release
from pandok.fields.lab.acts.shadow.drafting import draft_trial, register_trial
from pandok.fields.lab.acts.vault.held_back import confirm_sharing
from pandok.fields.lab.models import LockedRegistration, ProblemPack, ProofRecord, Run, VaultObject
from pandok.fields.lab.states.trial_states import TrialState
from pandok.settings import Settings
from tests.common.web.test_two_step import enrol
from tests.fields.lab.acts.shadow.trial_fixtures import installed, protocol
from tests.roles import VOTING, Role
from tests.world import Site

WHY = {"reason": "phone and notes were lost"}


def voter(site: Site, role: Role = Role.EVALUATOR) -> Account:
    account = site.account(role, "voter")
    account.email = "voter@lab.example"
    account.save()
    enrol(account)
    return account


def two(site: Site) -> tuple[Client, Client]:
    return site.client(Role.ADMINISTRATOR, "first"), site.client(Role.ADMINISTRATOR, "second")


@pytest.mark.parametrize("role", sorted(VOTING, key=lambda role: role.value))
def test_the_second_step_of_who_votes_is_reset_by_two(site: Site, role: Role) -> None:
    account, (first, second) = voter(site, role), two(site)
    page = f"/accounts/{account.pk}/"
    assert first.post(f"{page}second-step/", WHY).status_code == 302
    assert SecondStep.objects.filter(account=account).exists(), "one administrator was enough"
    alone = first.post(f"{page}second-step/", WHY)
    assert alone.status_code == 422
    assert SecondStep.objects.filter(account=account).exists()
    assert "first" in second.get(page).content.decode()
    assert second.post(f"{page}second-step/", WHY).status_code == 302
    assert not SecondStep.objects.filter(account=account).exists()
    with pytest.raises(RequestError) as refused:
        must_vote_freely(account, timezone.now())
    assert refused.value.error_code == "request.votes_paused"
    must_vote_freely(account, timezone.now() + PAUSE + timedelta(seconds=1))
    actions = AuditEntry.objects.filter(object="account:voter").order_by("sequence").values_list("action", "actor")
    assert {("account.reset_asked", "first"), ("account.reset_agreed", "second")} <= set(actions)


def test_a_new_password_of_who_votes_needs_two_and_an_invitation_one(site: Site) -> None:
    account, (first, second) = voter(site, Role.OUTPUT_CHECKER), two(site)
    page = f"/accounts/{account.pk}/"
    answer = first.post(f"{page}invite/", WHY)
    assert (answer.status_code, Invitation.objects.count()) == (302, 0)
    assert "/invitation/" in second.post(f"{page}invite/", WHY).content.decode()
    new = {"username": "newcomer", "roles": ["evaluator"], "reason": "starts on Monday"}
    assert "/invitation/" in first.post("/accounts/new/", new).content.decode()


def test_the_person_is_told_by_mail_and_on_the_own_page(site: Site) -> None:
    account, (first, second) = voter(site), two(site)
    own = site.client(Role.EVALUATOR, "voter")
    first.post(f"/accounts/{account.pk}/second-step/", WHY)
    assert "초기화가 요청되었습니다" in own.get("/account/").content.decode()
    second.post(f"/accounts/{account.pk}/second-step/", WHY)
    mails = list(Delivery.objects.filter(recipient="voter@lab.example").order_by("created_at"))
    assert len(mails) == 2
    assert "phone and notes were lost" in mails[0].body_text
    assert "72시간" in mails[1].body_text
    own = site.client(Role.EVALUATOR, "voter")
    page = own.get("/account/").content.decode()
    assert "관리자 두 사람이 로그인 수단을 초기화" in page
    assert "의결·확인이 정지됩니다" in page


def test_nobody_resets_or_agrees_for_oneself(site: Site) -> None:
    account = voter(site)
    account.groups.add(*site.account(Role.ADMINISTRATOR, "first").groups.all())
    own = Client()
    own.force_login(account)
    assert own.post(f"/accounts/{account.pk}/second-step/", WHY).status_code == 422
    site.client(Role.ADMINISTRATOR, "first").post(f"/accounts/{account.pk}/second-step/", WHY)
    assert own.post(f"/accounts/{account.pk}/second-step/", WHY).status_code == 422
    assert SecondStep.objects.filter(account=account).exists()


def test_what_the_first_asked_for_holds_three_days(site: Site) -> None:
    account, (first, second) = voter(site), two(site)
    first.post(f"/accounts/{account.pk}/second-step/", WHY)
    AccountReset.objects.update(asked_at=timezone.now() - timedelta(hours=73))
    second.post(f"/accounts/{account.pk}/second-step/", WHY)
    assert SecondStep.objects.filter(account=account).exists()


def test_the_command_line_alone_is_one_person(site: Site) -> None:
    account, (_, second) = voter(site), two(site)
    words = ["accounts", "reset-second-step", "voter", "--reason", WHY["reason"]]
    assert CliRunner().invoke(app, words).exit_code == 0
    assert SecondStep.objects.filter(account=account).exists()
    assert CliRunner().invoke(app, words).exit_code == 2
    assert second.post(f"/accounts/{account.pk}/second-step/", WHY).status_code == 302
    assert not SecondStep.objects.filter(account=account).exists()


def test_a_paused_account_casts_no_vote(site: Site) -> None:
    account = voter(site)
    Account.objects.filter(pk=account.pk).update(votes_paused_until=timezone.now() + timedelta(hours=1))
    with pytest.raises(RequestError) as refused:
        vote_on_release(run=Run(), actor=account, approves=True, reason="it is right", now=timezone.now())
    assert refused.value.error_code == "request.votes_paused"


def test_nor_locks_it_a_protocol_or_makes_a_proof(site: Site, tmp_path: Path) -> None:
    """What rests on two persons is worth nothing where one can sign in as both."""
    account, now = site.account(Role.EVALUATOR, "paused evaluator"), timezone.now()
    owner, steward = site.account(Role.FIELD_OWNER, "owner"), site.account(Role.DATA_STEWARD, "paused steward")
    Account.objects.filter(pk__in=[account.pk, steward.pk]).update(votes_paused_until=now + timedelta(hours=1))
    trial = draft_trial(protocol=protocol(candidate="other-encoder"), actor=owner, now=now)
    installed(tmp_path)
    why, key = "it fits the plan", SigningKey.at(tmp_path / "key")
    kept: dict[str, Any] = {"key": key, "blobs": FolderBlobs(tmp_path / "blobs"), "valid_days": 30}
    acts: list[Callable[[], object]] = [
        lambda: register_protocol(pack=ProblemPack(), actor=account, reason=why, site="s", now=now),
        lambda: register_trial(
            trial=trial, actor=account, reason=why, now=now, chosen=Settings(home=tmp_path), random=os.urandom
        ),
        lambda: make_proof(run=Run(), actor=account, now=now, **kept),
        lambda: make_trial_proof(trial=trial, actor=account, now=now, site="s", chosen=Settings(), **kept),
        lambda: register_acceptance(
            proof=ProofRecord(), registration=LockedRegistration(), reason=why, actor=account, now=now, site="s"
        ),
        lambda: confirm_sharing(object=VaultObject(), actor=steward, reason=why, now=now),
    ]
    for act in acts:
        with pytest.raises(RequestError) as refused:
            act()
        assert refused.value.error_code == "request.votes_paused"
    trial.refresh_from_db()
    assert trial.state == TrialState.DRAFT


def test_others_are_reset_by_one(site: Site) -> None:
    account = site.account(Role.OFFICER, "kim")
    enrol(account)
    site.client(Role.ADMINISTRATOR, "first").post(f"/accounts/{account.pk}/second-step/", WHY)
    assert not SecondStep.objects.filter(account=account).exists()


def test_the_only_administrator_is_let_in_again_by_the_operator_alone(site: Site) -> None:
    account = site.account(Role.ADMINISTRATOR, "root")
    enrol(account)
    words = ["accounts", "reset-second-step", "root", "--reason", WHY["reason"]]
    assert CliRunner().invoke(app, words).exit_code == 0
    assert not SecondStep.objects.filter(account=account).exists()
    with pytest.raises(RequestError):
        must_vote_freely(account, timezone.now())
