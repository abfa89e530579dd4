"""`pandok accounts`: the first administrator, a new link, and the way back after a lost phone."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import MagicMock

import pytest
from typer.testing import CliRunner

from pandok.cli.main import app
from pandok.cli.settings_command import is_chosen
from pandok.common.models import Account, AuditEntry, SecondStep
from tests.chosen import Choose
from tests.roles import Role

pytestmark = pytest.mark.django_db
WHY = ("--reason", "the first administrator")


def run(*words: str, exit_code: int = 0) -> str:
    done = CliRunner().invoke(app, ["accounts", *words])
    assert done.exit_code == exit_code, done.output
    return done.output


def test_a_site_gets_its_first_administrator_by_a_link() -> None:
    out = run("invite", "root", "--role", "administrator", *WHY, "--site", "https://desk.example/")
    assert "https://desk.example/invitation/" in out
    account = Account.objects.get(username="root")
    assert account.roles == {Role.ADMINISTRATOR}
    assert AuditEntry.objects.get(action="account.created").actor == "operator"
    again = run("invite", "root", *WHY)
    assert again.split()[-1] != out.split()[-1]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("invite", "kim", "--role", "king", *WHY), "request.role"),
        (("invite", "kim", *WHY), "request.no_role"),
        (("invite", "kim", "--role", "officer", "--reason", ""), "request.reason"),
        (("invite", "a b", "--role", "officer", *WHY), "request.username"),
        (("invite", "lee", "--role", "officer", *WHY), "request.account_exists"),
        (("reset-second-step", "nobody", *WHY), "request.account"),
    ],
)
def test_wrong_words_are_refused(words: tuple[str, ...], code: str) -> None:
    Account.objects.create_user("lee")
    assert f"[{code}]" in run(*words, exit_code=2)
    assert not AuditEntry.objects.exists()


def test_a_second_step_is_reset() -> None:
    account = Account.objects.create_user("kim")
    SecondStep.objects.create(account=account, sealed_secret="x", set_up_at=account.date_joined, last_step=0)
    run("reset-second-step", "kim", "--reason", "phone was lost")
    assert not SecondStep.objects.exists()
    entry = AuditEntry.objects.get(action="second_step.reset")
    assert (entry.actor, entry.object, entry.reason) == ("operator", "account:kim", "phone was lost")


def test_the_demonstration_turns_the_second_step_off_only_where_nothing_else_was_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import os

    from pandok.demo.cli.demo import _without_second_step

    monkeypatch.setenv("PANDOK_TWO_STEP", "staff")
    assert is_chosen("two_step")
    _without_second_step()
    assert os.environ["PANDOK_TWO_STEP"] == "staff"
    monkeypatch.delenv("PANDOK_TWO_STEP")
    assert not is_chosen("two_step")
    _without_second_step()
    assert os.environ.pop("PANDOK_TWO_STEP") == "off"


def test_the_secret_of_the_identity_provider_is_not_printed() -> None:
    from pandok.cli.settings_command import SECRET

    assert "oidc_client_secret" in SECRET


def test_a_demonstration_that_does_not_serve_names_the_accounts_too(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, choose: Choose
) -> None:
    """What takes minutes is left out here; each part has tests of its own."""
    from pandok.common.people.accounts import ensure_demo_accounts
    from pandok.demo.cli import demo

    choose(home=tmp_path, two_step="off")
    monkeypatch.setenv("PANDOK_TWO_STEP", "off")
    monkeypatch.setenv("PANDOK_HOME", str(tmp_path))
    (tmp_path / demo.REGISTER_FOLDER).mkdir()
    (tmp_path / demo.REGISTER_FOLDER / "register.csv").touch()
    (tmp_path / demo.STAMP).touch()
    for name in (
        "open_desk",
        "_prepare_lab",
        "_lead_cases",
        "_bring_scans",
        "_lead_storm",
        "_open_academy",
        "_lead_programme",
    ):
        monkeypatch.setattr(demo, name, MagicMock())
    monkeypatch.setattr(demo, "_sample_photographs", lambda _: [])
    done = CliRunner().invoke(app, ["demo", "--no-serve"])
    assert done.exit_code == 0, done.output
    for _, user, password in ensure_demo_accounts(datetime.now(UTC)):
        assert user in done.output
        assert password in done.output
    assert "make demo" in done.output
