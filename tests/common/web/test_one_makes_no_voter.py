"""No administrator alone makes an account that votes, by whichever door; another confirms, the person is told."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone
from typer.testing import CliRunner

from pandok.cli.main import app
from pandok.common.models import Account, AccountChange, AuditEntry, Delivery
from pandok.common.people.openid import account_of
from pandok.common.people.votes import must_vote_freely
from pandok.core.deletion import DeletionState
from pandok.core.errors import RequestError
from pandok.core.openid import Identity
from pandok.fields.lab.acts.scoring.releasing import vote_on_release
from pandok.fields.lab.acts.vault.deleting import confirm_deletion
from pandok.fields.lab.models import Run, VaultDeletion
from tests.common.web.test_two_step import enrol
from tests.roles import VOTING, Role
from tests.world import Site

WHY = {"reason": "asked the person by telephone"}
PASSWORD = "a long sentence of one's own"


def votes(name: str) -> bool:
    """Asked of the vote itself; the run is a new one, so where the person may vote it is not found."""
    account = Account.objects.get(username=name)
    with pytest.raises((RequestError, Run.DoesNotExist)) as refused:
        vote_on_release(run=Run(), actor=account, approves=True, reason="it is right", now=timezone.now())
    code = getattr(refused.value, "error_code", "")
    if code == "lab.release_role":  # a role of which two must agree elsewhere: on deletions, on accounts
        with suppress(RequestError):
            must_vote_freely(account, timezone.now())
            return True
        return False
    assert code in ("", "request.votes_unconfirmed")
    return not code


def confirm(client: Client, name: str) -> int:
    account = Account.objects.get(username=name)
    return client.post(f"/accounts/{account.pk}/confirm/", WHY).status_code


def admin(site: Site, name: str) -> Client:
    return site.client(Role.ADMINISTRATOR, name)


def take(page: str) -> None:
    """Whoever holds the link sets the password."""
    token = page.split("/invitation/")[1].split("/")[0]
    answer = Client().post(f"/invitation/{token}/", {"new_password1": PASSWORD, "new_password2": PASSWORD})
    assert answer.status_code in (200, 302)


def made_alone(first: Client, role: Role, name: str = "newcomer") -> None:
    """One administrator makes the account, keeps the link, and sets password and second step."""
    new = {"username": name, "roles": [role.value], "reason": "starts on Monday", "email": "new@lab.example"}
    take(first.post("/accounts/new/", new).content.decode())
    enrol(Account.objects.get(username=name))


@pytest.mark.parametrize("role", sorted(VOTING, key=lambda role: role.value))
def test_a_new_account_votes_once_a_second_person_confirmed(site: Site, role: Role) -> None:
    first, second = admin(site, "first"), admin(site, "second")
    made_alone(first, role)
    assert not votes("newcomer"), "one administrator made a voter"
    assert confirm(first, "newcomer") == 422
    assert not votes("newcomer")
    assert "newcomer" in second.get("/accounts/").content.decode()
    assert confirm(second, "newcomer") == 302
    assert votes("newcomer")
    entry = AuditEntry.objects.get(action="account.confirmed")
    assert (entry.actor, entry.object, entry.reason) == ("second", "account:newcomer", WHY["reason"])


def test_nobody_confirms_before_the_person_has_signed_in(site: Site) -> None:
    first, second = admin(site, "first"), admin(site, "second")
    new = {"username": "newcomer", "roles": ["evaluator"], "reason": "starts on Monday"}
    link = first.post("/accounts/new/", new).content.decode()
    assert confirm(second, "newcomer") == 422
    take(link)
    assert confirm(second, "newcomer") == 302
    assert votes("newcomer")


def test_a_second_administrator_of_the_own_making_confirms_nothing(site: Site) -> None:
    first = admin(site, "first")
    made_alone(first, Role.ADMINISTRATOR, "puppet")
    made_alone(first, Role.EVALUATOR, "newcomer")
    puppet = Client()
    puppet.force_login(Account.objects.get(username="puppet"))
    assert confirm(puppet, "newcomer") == 422
    assert confirm(puppet, "puppet") == 422
    new = {"username": "third", "roles": ["evaluator"], "reason": "starts on Monday"}
    assert puppet.post("/accounts/new/", new).status_code == 422, "then the first would confirm it"
    voter = site.account(Role.EVALUATOR, "voter")
    assert puppet.post(f"/accounts/{voter.pk}/invite/", WHY).status_code == 422
    assert not votes("newcomer")


def a_role(client: Client, account: Account) -> int:
    roles = [role.value for role in account.roles | {Role.OUTPUT_CHECKER}]
    return client.post(f"/accounts/{account.pk}/roles/", {"roles": roles, **WHY}).status_code


def an_address(client: Client, account: Account) -> int:
    return client.post(f"/accounts/{account.pk}/profile/", {"email": "else@where.example", **WHY}).status_code


def an_end_of_suspension(client: Client, account: Account) -> int:
    assert client.post(f"/accounts/{account.pk}/suspend/", WHY).status_code == 302
    return client.post(f"/accounts/{account.pk}/reactivate/", WHY).status_code


@pytest.mark.parametrize("change", [a_role, an_address, an_end_of_suspension])
def test_a_change_by_one_stops_the_votes_and_the_person_is_told(
    site: Site, change: Callable[[Client, Account], int]
) -> None:
    first, second = admin(site, "first"), admin(site, "second")
    account = site.account(Role.EVALUATOR, "voter")
    Account.objects.filter(pk=account.pk).update(email="voter@lab.example")
    assert votes("voter")
    assert change(first, account) == 302
    assert not votes("voter")
    assert confirm(first, "voter") == 422
    told = Delivery.objects.filter(recipient="voter@lab.example")
    assert WHY["reason"] in told.get().body_text, "the address from before is told"
    own = Client()
    own.force_login(Account.objects.get(pk=account.pk))
    assert "이 계정의 의결·확인은 정지됩니다" in own.get("/account/").content.decode()
    assert confirm(second, "voter") == 302
    assert votes("voter")


def test_what_changes_nothing_of_who_signs_in_stops_no_vote(site: Site) -> None:
    account = site.account(Role.EVALUATOR, "voter")
    first = admin(site, "first")
    assert first.post(f"/accounts/{account.pk}/profile/", {"department": "Lab", **WHY}).status_code == 302
    officer = {"username": "officer-kim", "roles": ["officer"], "reason": "starts on Monday"}
    take(first.post("/accounts/new/", officer).content.decode())
    assert not AccountChange.objects.exists()


def test_nobody_gives_the_own_account_a_vote(site: Site) -> None:
    first = admin(site, "first")
    account = Account.objects.get(username="first")
    assert a_role(first, account) == 302
    assert not votes("first")
    assert confirm(first, "first") == 422


def test_roles_of_the_organisation_vote_once_somebody_here_confirmed(site: Site) -> None:
    second = admin(site, "second")
    said = Identity(issuer="https://id.example", subject="7", name="newcomer", groups=("lab",), had_second_factor=True)
    account_of(identity=said, groups={"lab": "evaluator"}, now=timezone.now())
    assert not votes("newcomer")
    assert confirm(second, "newcomer") == 302
    account_of(identity=said, groups={"lab": "evaluator"}, now=timezone.now())
    assert votes("newcomer"), "the same groups again are no change"


@pytest.mark.usefixtures("site")
def test_the_command_line_alone_is_one_person() -> None:
    def run(*words: str) -> tuple[int, str]:
        done = CliRunner().invoke(app, ["accounts", *words, "--reason", WHY["reason"]])
        return done.exit_code, done.output

    Group.objects.get_or_create(name=Role.ADMINISTRATOR.value)
    code, page = run("invite", "root", "--role", "administrator")
    take(page)
    assert (code, votes("root")) == (0, True), "the first administrator of a site waits for nobody"
    code, page = run("invite", "newcomer", "--role", "evaluator")
    take(page)
    assert not votes("newcomer")
    assert run("confirm", "newcomer")[0] == 2
    assert not votes("newcomer")
    root = Client()
    root.force_login(Account.objects.get(username="root"))
    assert confirm(root, "newcomer") == 302
    assert votes("newcomer")
    made_alone(root, Role.EVALUATOR, "other")
    assert run("confirm", "other")[0] == 0, "on a site of one administrator the operator is the second person"
    assert votes("other")
    assert run("describe", "other", "--email", "x@y.example")[0] == 0
    assert not votes("other")


def test_whose_votes_wait_confirms_no_deletion_either(site: Site) -> None:
    made_alone(admin(site, "first"), Role.DATA_STEWARD)
    deletion = VaultDeletion(number="1", state=DeletionState.PLANNED)
    with pytest.raises(RequestError) as refused:
        confirm_deletion(
            deletion=deletion,
            actor=Account.objects.get(username="newcomer"),
            reason="it is right",
            now=timezone.now(),
        )
    assert refused.value.error_code == "request.votes_unconfirmed"
