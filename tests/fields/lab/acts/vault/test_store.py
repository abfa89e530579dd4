"""The vault's door: what is sealed, who may open it and when, and what an opening leaves behind."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pandok.common.models import AuditEntry
from pandok.core.errors import RequestError, StoreError
from pandok.engines.vault.site_keys import FileSiteKey
from pandok.fields.lab.acts.vault.admitting import RUNNER
from pandok.fields.lab.acts.vault.granting import revoke
from pandok.fields.lab.acts.vault.store import Vault
from pandok.fields.lab.models import Grant, Use, VaultObject, VaultRecord
from tests.fields.lab.acts.vault.conftest import NOW, Lab
from tests.roles import Role

MARKER = b"MARKER-c0ffee-"
PLAIN = MARKER * 5000


def opened(lab: Lab, object: VaultObject, **changes: Any) -> bytes:
    asked: dict[str, Any] = {"actor": lab.person(Role.EVALUATOR), "purpose": "look", "project": lab.project()}
    return lab.vault.open(object, **asked | changes)


def refused(lab: Lab, object: VaultObject, **changes: Any) -> str:
    """The code of the refusal; no use is written, and the refusal stands in the audit log."""
    uses, entries = Use.objects.count(), AuditEntry.objects.filter(action="vault.refused").count()
    with pytest.raises(RequestError) as caught:
        opened(lab, object, **changes)
    assert Use.objects.count() == uses
    assert AuditEntry.objects.filter(action="vault.refused").count() == entries + 1
    return caught.value.error_code


def test_what_is_sealed_opens_for_who_is_granted_and_is_nowhere_in_clear(lab: Lab) -> None:
    deposit = lab.deposit()
    kept = lab.vault.put(deposit, "사진/1.bin", PLAIN, "raw")
    lab.grant(deposit, lab.person(Role.EVALUATOR))
    assert opened(lab, kept) == PLAIN
    assert not [path for path in lab.home.rglob("*") if path.is_file() and MARKER in path.read_bytes()]
    assert kept.sha256[:8] not in kept.sealed_path


def test_an_opening_is_written_with_who_why_when_run_and_model(lab: Lab) -> None:
    deposit = lab.deposit()
    kept = lab.vault.put(deposit, "1", PLAIN, "raw")
    lab.grant(deposit, lab.person(Role.EVALUATOR))
    opened(lab, kept, purpose=" to  score ", run_id="run-7", model_sha256="a" * 64)
    use = Use.objects.get()
    assert (use.actor, use.purpose, use.run_id, use.model_sha256, use.at) == (
        lab.person(Role.EVALUATOR),
        "to score",
        "run-7",
        "a" * 64,
        NOW,
    )
    entry = AuditEntry.objects.get(action="vault.opened")
    assert (entry.actor, entry.object, entry.details["run"]) == ("evaluator", f"vault:{kept.pk}", "run-7")


def test_without_grant_nobody_opens_it_whatever_the_role(lab: Lab) -> None:
    kept = lab.vault.put(lab.deposit(), "1", PLAIN, "raw")
    assert {refused(lab, kept, actor=lab.person(role)) for role in Role} == {"vault.no_grant"}
    assert refused(lab, kept, actor=None, run_id="run-1") == "vault.no_grant"


def test_another_persons_or_another_projects_grant_opens_nothing(lab: Lab) -> None:
    other = lab.project("another project")
    deposit = lab.deposit(lab.project(), other)
    kept = lab.vault.put(deposit, "1", PLAIN, "raw")
    lab.grant(deposit, lab.person(Role.OFFICER))
    assert refused(lab, kept) == "vault.no_grant"
    assert refused(lab, kept, actor=lab.person(Role.OFFICER), project=other) == "vault.no_grant"
    closed_to = lab.project("never allowed")
    assert refused(lab, kept, actor=lab.person(Role.OFFICER), project=closed_to) == "vault.project"


def test_a_grant_to_a_role_opens_for_that_role_only(lab: Lab) -> None:
    deposit = lab.deposit()
    kept = lab.vault.put(deposit, "1", PLAIN, "raw")
    lab.grant(deposit, role=Role.OFFICER)
    assert opened(lab, kept, actor=lab.person(Role.OFFICER)) == PLAIN
    assert refused(lab, kept) == "vault.no_grant"
    lab.person(Role.OFFICER).is_active = False
    assert refused(lab, kept, actor=lab.person(Role.OFFICER)) == "vault.no_grant"


def test_the_runner_opens_for_a_named_run_and_only_what_is_granted_to_it(lab: Lab) -> None:
    deposit = lab.deposit()
    kept = lab.vault.put(deposit, "1", PLAIN, "inputs")
    lab.grant(deposit, runner=True, days=200)
    assert opened(lab, kept, actor=None, run_id="run-1") == PLAIN
    assert refused(lab, kept, actor=None) == "vault.run"
    assert refused(lab, kept) == "vault.no_grant"
    assert AuditEntry.objects.get(action="vault.opened").actor == RUNNER


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    starts=st.integers(-60, 60),
    length=st.integers(1, 25),
    look=st.integers(-70, 400),
    revoked=st.none() | st.integers(-60, 60),
)
def test_it_opens_exactly_while_grant_and_deposit_stand(
    lab: Lab, starts: int, length: int, look: int, revoked: int | None
) -> None:
    """Days around NOW; the deposit expires on day 100."""
    lab.clock.now = NOW
    deposit = lab.deposit(days=100)
    kept = lab.vault.put(deposit, "1", b"x", "raw")
    grants = Grant.objects.filter(pk=lab.grant(deposit, lab.person(Role.EVALUATOR), days=1).pk)
    grants.update(starts_at=NOW + timedelta(days=starts), ends_at=NOW + timedelta(days=starts + length))
    if revoked is not None:
        grants.update(revoked_at=NOW + timedelta(days=revoked))
    lab.clock.now = NOW + timedelta(days=look)
    stands = starts <= look < starts + length and look < 100 and revoked is None
    try:
        result = opened(lab, kept) == b"x"
    except RequestError:
        result = False
    assert result is stands


def test_a_revoked_grant_closes_at_once_and_an_expired_deposit_by_itself(lab: Lab) -> None:
    deposit = lab.deposit(days=20)
    kept = lab.vault.put(deposit, "1", PLAIN, "raw")
    given_now = lab.grant(deposit, lab.person(Role.EVALUATOR), days=20)
    revoke(grant=given_now, actor=lab.steward, reason="no longer needed", now=lab.clock())
    assert refused(lab, kept) == "vault.no_grant"
    lab.grant(deposit, lab.person(Role.EVALUATOR), days=20)
    assert opened(lab, kept) == PLAIN
    lab.clock.forward(days=20)
    assert refused(lab, kept) == "vault.expired"
    with pytest.raises(RequestError) as caught:
        lab.vault.put(deposit, "2", PLAIN, "raw")
    assert caught.value.error_code == "vault.expired"


def test_the_same_bytes_are_kept_once_and_others_are_a_new_version(lab: Lab) -> None:
    deposit = lab.deposit()
    first = lab.vault.put(deposit, "1", PLAIN, "raw")
    assert lab.vault.put(deposit, "1", PLAIN, "raw") == first
    second = lab.vault.put(deposit, "1", PLAIN + b"!", "raw")
    assert (second.version, VaultObject.objects.count()) == (2, 2)
    lab.grant(deposit, lab.person(Role.EVALUATOR))
    assert (opened(lab, first), opened(lab, second)) == (PLAIN, PLAIN + b"!")


def test_a_changed_swapped_or_cut_file_does_not_open(lab: Lab) -> None:
    deposit = lab.deposit()
    one, two = lab.vault.put(deposit, "1", PLAIN, "raw"), lab.vault.put(deposit, "2", PLAIN, "raw")
    lab.grant(deposit, lab.person(Role.EVALUATOR))
    path = lab.vault.files.at(one.sealed_path)
    whole = path.read_bytes()
    for place in (3, whole.index(b'"wrapped_key": "') + 60, len(whole) // 2, len(whole) - 1):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises(StoreError):
            opened(lab, one)
    for wrong in (whole[:-20], b"", lab.vault.files.at(two.sealed_path).read_bytes()):
        path.write_bytes(wrong)
        with pytest.raises(StoreError) as caught:
            opened(lab, one)
        assert caught.value.error_code == "store.vault_broken"
    path.unlink()
    with pytest.raises(StoreError) as caught:
        opened(lab, one)
    assert caught.value.error_code == "store.vault_missing"


def test_another_sites_key_or_another_deposits_key_opens_nothing(lab: Lab) -> None:
    deposit, other = lab.deposit(), lab.deposit()
    kept = lab.vault.put(deposit, "1", PLAIN, "raw")
    lab.grant(deposit, lab.person(Role.EVALUATOR))
    elsewhere = Vault(lab.vault.folder, FileSiteKey(lab.home / "other.key"), lab.clock, ledger=lab.vault.ledger)
    asked: dict[str, Any] = {"actor": lab.person(Role.EVALUATOR), "purpose": "look", "project": lab.project()}
    with pytest.raises(StoreError):
        elsewhere.open(kept, **asked)
    own = lab.vault.keys.path(str(deposit.pk))
    own.chmod(0o600)
    own.write_bytes(lab.vault.keys.path(str(other.pk)).read_bytes())
    with pytest.raises(StoreError):
        opened(lab, kept)


def test_records_are_kept_as_keyed_hashes_only(lab: Lab) -> None:
    kept = lab.vault.put(lab.deposit(), "t.csv", PLAIN, "raw", records=["900101-1", "900101-2", "900101-2"])
    assert kept.lists_records
    stored = set(VaultRecord.objects.values_list("keyed_hash", flat=True))
    assert stored == {lab.vault.ledger.of_record(one) for one in ("900101-1", "900101-2")}


@pytest.mark.parametrize(
    "name", ["", "../x", "/x", "a/../b", "a\\b", "c:/x", "a//b", "x\ny", "y" * 301, ".", "a/.. /b"]
)
def test_names_that_lead_elsewhere_are_refused(lab: Lab, name: str) -> None:
    with pytest.raises(RequestError) as caught:
        lab.vault.put(lab.deposit(), name, b"x", "raw")
    assert caught.value.error_code == "vault.name"
    assert list(lab.vault.files.all()) == []


@pytest.mark.django_db(transaction=True)
def test_an_opening_may_not_stand_where_it_could_be_undone(lab: Lab) -> None:
    deposit = lab.deposit()
    kept = lab.vault.put(deposit, "1", PLAIN, "raw")
    lab.grant(deposit, lab.person(Role.EVALUATOR))
    with pytest.raises(RuntimeError), transaction.atomic():
        opened(lab, kept)
