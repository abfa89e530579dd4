"""One company, one budget: whatever accounts, packs or files it comes with."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from pandok.common.models import AuditEntry, Party, PartyMember
from pandok.common.parties.parties_admin import PartyFacts, add_member, change_party, create_party, remove_member
from pandok.core.errors import RequestError
from pandok.core.lab.problem import Part
from pandok.fields.lab.acts.budget.budget import budget_left, same_model_elsewhere
from pandok.fields.lab.acts.budget.organisations import one_budget, organisation_of
from pandok.fields.lab.acts.submissions.sealed_runs import ask_confirmation
from pandok.fields.lab.models import KnownCase, LockedRegistration, Run, Submission
from pandok.fields.lab.states.run_states import RunState
from tests.fields.lab.acts.runs.fakes import START, make_account, make_registration, make_run, make_submission
from tests.fields.lab.acts.submissions.test_receiving import hand_in
from tests.fields.lab.acts.submissions.zips import zipped
from tests.roles import Role

pytestmark = pytest.mark.django_db
WHY = "as the contract says"


@pytest.fixture
def registration(db: None) -> LockedRegistration:  # noqa: ARG001
    return make_registration(budget={"submissions": 2})


def company(name: str, *accounts: str) -> Party:
    admin = make_account("admin", Role.ADMINISTRATOR)
    party = create_party(facts=PartyFacts(Party.COMPANY, name), actor=admin, reason=WHY, now=START)
    for one in accounts:
        make_account(one)
        add_member(party=party, username=one, actor=admin, reason=WHY, now=START)
    return party


def used(registration: LockedRegistration, account: str, part: Part = Part.FEEDBACK) -> int:
    key = organisation_of(make_account(account)).key
    return budget_left(registration=registration, submitter=key, part=part).used


def confirmed(registration: LockedRegistration, account: str, canonical: str = "") -> Run:
    """An opening of the confirm set by this account."""
    by = make_account(account)
    key = organisation_of(by).key
    submission = make_submission(registration, by=by, submitter=key, canonical_sha256=canonical)
    run = make_run(registration, submission)
    Run.objects.filter(pk=run.pk).update(state=RunState.RELEASED.value)
    return ask_confirmation(submission=submission, actor=by, now=START)


def refused_confirmation(registration: LockedRegistration, account: str, canonical: str = "") -> bool:
    with pytest.raises(RequestError) as refusal:
        confirmed(registration, account, canonical)
    return refusal.value.error_code == "lab.confirm_spent"


def test_the_accounts_of_a_company_open_the_confirm_set_once(registration: LockedRegistration) -> None:
    party = company("Readers Ltd", "one", "two")
    assert organisation_of(make_account("one")).key == f"party:{party.pk}"
    confirmed(registration, "one")
    assert refused_confirmation(registration, "two")
    assert refused_confirmation(registration, "one")
    confirmed(registration, "another company")


def test_what_was_run_before_joining_and_after_leaving_counts(registration: LockedRegistration) -> None:
    confirmed(registration, "one")
    party = company("Readers Ltd", "one", "two")
    assert used(registration, "two", Part.CONFIRM) == 1
    assert refused_confirmation(registration, "two")
    make_submission(registration, by=make_account("two"), submitter=f"party:{party.pk}")
    admin = make_account("admin")
    remove_member(party=party, account_id=make_account("two").pk, actor=admin, reason=WHY, now=START)
    assert organisation_of(make_account("two")).key.startswith("account:")
    assert refused_confirmation(registration, "two")


def test_strangers_are_not_one(registration: LockedRegistration) -> None:
    party = company("Readers Ltd", "one")
    confirmed(registration, "one")
    assert used(registration, "stranger", Part.CONFIRM) == 0
    assert one_budget(f"party:{party.pk}") == {f"party:{party.pk}", f"account:{make_account('one').pk}"}


def test_an_equal_model_of_another_account_is_flagged_and_charged(
    registration: LockedRegistration, tmp_path: Path
) -> None:
    first = hand_in(registration, zipped(), tmp_path, "one")
    assert used(registration, "one") == 1
    second = hand_in(registration, zipped(), tmp_path, "two", now=START + timedelta(hours=1))
    assert same_model_elsewhere(second) == [first.submitter_name]
    assert same_model_elsewhere(first) == []
    entry = AuditEntry.objects.get(action="lab.submission.same_model")
    assert (entry.object, entry.details["others"]) == (f"submission:{second.pk}", "one")
    assert (used(registration, "one"), used(registration, "two")) == (1, 2)
    with pytest.raises(RequestError) as refusal:
        hand_in(registration, zipped(), tmp_path, "two", now=START + timedelta(hours=2))
    assert refusal.value.error_code == "lab.budget_spent"
    assert "먼저 제출된 같은 모델" in refusal.value.next_step.ko
    assert hand_in(registration, zipped(), tmp_path, "one", now=START + timedelta(hours=3)).accepted


def test_the_confirm_set_is_not_opened_for_a_model_that_another_account_confirmed(
    registration: LockedRegistration,
) -> None:
    confirmed(registration, "one", "c" * 64)
    Submission.objects.update(received_at=START - timedelta(hours=1))
    assert refused_confirmation(registration, "two", "c" * 64)
    assert Run.objects.filter(part="confirm").count() == 1


def test_who_hands_a_model_in_later_takes_nothing_from_who_was_first(registration: LockedRegistration) -> None:
    by = make_account("first")
    make_submission(registration, by=by, submitter=f"account:{by.pk}", canonical_sha256="c" * 64)
    Submission.objects.update(received_at=START - timedelta(hours=1))
    later = make_account("later")
    late = make_submission(registration, by=later, submitter=f"account:{later.pk}", canonical_sha256="c" * 64)
    make_run(registration, late)
    first = Submission.objects.exclude(pk=late.pk).get()
    assert budget_left(registration=registration, submitter=first.submitter, part=Part.FEEDBACK).used == 0


def test_runs_on_the_same_cases_under_another_registration_count(registration: LockedRegistration) -> None:
    other = make_registration(id="another-question")
    for one, part in ((registration, "confirm"), (other, "confirm")):
        KnownCase.objects.create(
            pack=one.pack, part=part, case_id="c1", exact="e" * 64, identity="e" * 64, how=KnownCase.NEW
        )
    confirmed(registration, "one")
    assert used(other, "one", Part.CONFIRM) == 1
    assert used(other, "two", Part.CONFIRM) == 0
    assert refused_confirmation(other, "one")


def test_only_administrators_keep_companies_and_an_account_belongs_to_one() -> None:
    party = company("Readers Ltd", "one")
    admin = make_account("admin")
    for role in set(Role) - {Role.ADMINISTRATOR}:
        actor = make_account(f"a {role.value}", role)
        for deed in (
            lambda actor: create_party(facts=PartyFacts(Party.COMPANY, "Mine"), actor=actor, reason=WHY, now=START),
            lambda actor: add_member(party=party, username="two", actor=actor, reason=WHY, now=START),
            lambda actor: remove_member(party=party, account_id=1, actor=actor, reason=WHY, now=START),
            lambda actor: change_party(
                party=party, facts=PartyFacts(Party.IMPORTER, "Mine"), actor=actor, reason=WHY, now=START
            ),
        ):
            with pytest.raises(RequestError) as refusal:
                deed(actor)
            assert refusal.value.error_code == "party.company"
    other = company("Another Ltd")
    with pytest.raises(RequestError) as refusal:
        add_member(party=other, username="one", actor=admin, reason=WHY, now=START)
    assert refusal.value.error_code == "party.other_company"
    make_account("an importer", Role.IMPORTER)
    with pytest.raises(RequestError) as refusal:
        add_member(party=party, username="an importer", actor=admin, reason=WHY, now=START)
    assert refusal.value.error_code == "party.account"
    assert PartyMember.objects.filter(party=party).count() == 1
