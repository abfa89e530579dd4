"""Names, departments and telephone numbers instead of bare account names: where they are set."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from pandok.cli.main import app
from pandok.common.models import Account, AuditEntry
from tests.roles import Role
from tests.world import Site

WHO = {"display_name": "홍길동", "department": "통관지원과", "phone": "032-000-0000", "email": "hong@agency.example"}


def test_an_administrator_says_who_an_account_is(site: Site) -> None:
    administrator = site.client(Role.ADMINISTRATOR)
    new = {"username": "hong", "roles": ["officer"], "reason": "starts on Monday"} | WHO
    assert administrator.post("/accounts/new/", new).status_code == 200
    account = Account.objects.get(username="hong")
    assert (account.shown_name, account.department, account.phone, account.email) == tuple(WHO.values())
    changed = WHO | {"department": "특송통관과", "reason": "moved within the house"}
    assert administrator.post(f"/accounts/{account.pk}/profile/", changed).status_code == 302
    entry = AuditEntry.objects.get(action="account.profile")
    assert (entry.details, entry.reason) == ({"changed": "department"}, "moved within the house")
    assert "특송통관과" in administrator.get("/accounts/?text=홍길동").content.decode()


@pytest.mark.parametrize("wrong", [{"phone": "call me"}, {"email": "hong"}, {"department": "x" * 151}])
def test_what_does_not_fit_is_refused_and_kept_in_the_form(site: Site, wrong: dict[str, str]) -> None:
    administrator = site.client(Role.ADMINISTRATOR)
    account = site.account(Role.OFFICER)
    answer = administrator.post(f"/accounts/{account.pk}/profile/", WHO | wrong | {"reason": "starts on Monday"})
    assert answer.status_code == 422
    assert f'value="{next(iter(wrong.values()))}"' in answer.content.decode()
    assert Account.objects.get(pk=account.pk).display_name == ""


def test_a_person_keeps_department_and_telephone_but_not_name_and_mail(site: Site) -> None:
    officer = site.client(Role.OFFICER)
    assert officer.post("/account/contact/", {**WHO, "display_name": "세관장"}).status_code == 302
    account = Account.objects.get(username="officer")
    assert (account.department, account.phone) == (WHO["department"], WHO["phone"])
    assert (account.display_name, account.email) == ("", "")
    refused = officer.post("/account/contact/", {"department": "통관과", "phone": "???"})
    assert refused.status_code == 422
    assert 'value="???"' in refused.content.decode()


def test_the_command_line_describes_an_account(site: Site) -> None:
    account = site.account(Role.OFFICER, "kim")
    words = ["accounts", "describe", "kim", "--phone", "032-000-0000", "--reason", "asked by telephone"]
    assert CliRunner().invoke(app, words).exit_code == 0
    account.refresh_from_db()
    assert account.phone == "032-000-0000"
    assert AuditEntry.objects.get(action="account.profile").actor == "operator"
