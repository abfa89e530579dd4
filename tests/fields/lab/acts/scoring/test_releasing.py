"""Two persons let a result out; who has a part in it does not; nobody else sees it before."""

from __future__ import annotations

import pytest

from pandok.common.models import Account, AuditEntry
from pandok.core.errors import PandokError
from pandok.core.lab.problem import Part
from pandok.fields.lab.acts.budget.budget import budget_left
from pandok.fields.lab.acts.runs.operating import cancel_run
from pandok.fields.lab.acts.scoring.releasing import vote_on_release
from pandok.fields.lab.lists.results import results_visible_to
from pandok.fields.lab.models import ReleaseVote, Run, RunEvent, WhatLeft
from pandok.fields.lab.states.run_states import RunState
from tests.fields.lab.acts.packs.conftest import NOON
from tests.fields.lab.acts.scoring.conftest import REASON, Scene
from tests.roles import Role

pytestmark = pytest.mark.django_db


def vote(run: Run, actor: Account, approves: bool = True) -> Run:
    return vote_on_release(run=run, actor=actor, approves=approves, reason=REASON, now=NOON)


def code_of(run: Run, actor: Account) -> str:
    with pytest.raises(PandokError) as refusal:
        vote(run, actor)
    return refusal.value.error_code


def sees(account: Account, run: Run) -> bool:
    return results_visible_to(Account.objects.get(pk=account.pk)).filter(pk=run.pk).exists()


@pytest.fixture
def run(scene: Scene) -> Run:
    return scene.score(scene.run())


def test_two_persons_release_and_then_the_submitter_sees(scene: Scene, run: Run) -> None:
    company, owner = run.submission.by, scene.pack.owner
    evaluator, checker = scene.person(Role.EVALUATOR), scene.person(Role.OUTPUT_CHECKER)
    assert not sees(company, run)
    assert vote(run, evaluator).stands is RunState.AWAITING_RELEASE
    assert not sees(company, run)
    assert not sees(owner, run)
    assert vote(run, checker).stands is RunState.RELEASED
    assert sees(company, run)
    assert sees(owner, run)
    assert not sees(scene.person(Role.SUBMITTER, "rival"), run)
    left = WhatLeft.objects.get(run_id=str(run.pk))
    assert left.sha256 == run.report.sha256


def test_one_person_counts_once(scene: Scene, run: Run) -> None:
    evaluator = scene.person(Role.EVALUATOR)
    vote(run, evaluator)
    assert code_of(run, evaluator) == "lab.release_voted"
    assert ReleaseVote.objects.count() == 1


def test_one_objection_makes_a_third_approval_necessary_and_withholds_nothing_alone(scene: Scene, run: Run) -> None:
    vote(run, scene.person(Role.EVALUATOR), approves=False)
    vote(run, scene.person(Role.OUTPUT_CHECKER))
    assert vote(run, scene.person(Role.OUTPUT_CHECKER, "third")).stands is RunState.AWAITING_RELEASE
    assert vote(run, scene.person(Role.OUTPUT_CHECKER, "fourth")).stands is RunState.RELEASED


def test_two_withhold_a_result_on_record_and_it_stays_charged(scene: Scene, run: Run) -> None:
    vote(run, scene.person(Role.OUTPUT_CHECKER))
    vote(run, scene.person(Role.EVALUATOR), approves=False)
    held = vote(run, scene.person(Role.EVALUATOR, "second evaluator"), approves=False)
    assert (held.stands, held.charged, held.stands.ended) == (RunState.WITHHELD, True, True)
    entry = AuditEntry.objects.get(action="lab.run.withheld", object=f"run:{run.pk}")
    assert (entry.actor, entry.reason) == ("second evaluator", REASON)
    assert code_of(held, scene.person(Role.EVALUATOR, "third evaluator")) == "lab.release_state"
    assert not sees(run.submission.by, run)
    assert sees(scene.person(Role.AUDITOR), run)
    assert not sees(scene.pack.owner, run)
    spent = budget_left(registration=run.registration, submitter=run.submitter, part=Part.CONFIRM)
    assert (spent.used, spent.left) == (1, 0)


def test_who_saw_the_score_cannot_cancel_the_run(scene: Scene, run: Run) -> None:
    operator = scene.person(Role.LAB_OPERATOR)
    with pytest.raises(PandokError) as refusal:
        cancel_run(run=run, reason="not what we hoped for", actor=operator, now=NOON)
    assert refusal.value.error_code == "lab.too_late"
    fresh = Run.objects.get(pk=run.pk)
    assert (fresh.stands, fresh.charged) == (RunState.AWAITING_RELEASE, True)


@pytest.mark.parametrize(
    "role", [one for one in Role if one not in (Role.EVALUATOR, Role.OUTPUT_CHECKER)], ids=lambda one: one.value
)
def test_other_roles_may_not_vote(scene: Scene, run: Run, role: Role) -> None:
    assert code_of(run, scene.person(role, f"somebody {role.value}")) == "lab.release_role"


def test_who_handed_in_or_moved_the_run_may_not_vote(scene: Scene, run: Run) -> None:
    company = run.submission.by
    company.groups.add(*scene.person(Role.EVALUATOR).groups.all())
    assert code_of(run, Account.objects.get(pk=company.pk)) == "lab.release_own"
    operator = scene.person(Role.OUTPUT_CHECKER, "operator too")
    RunEvent.objects.create(run=run, sequence=1, at=NOON, to_state="queued", fencing=0, actor=operator)
    assert code_of(run, operator) == "lab.release_own"


def test_a_member_of_the_submitter_sees_nothing_early_whatever_the_role(scene: Scene, run: Run) -> None:
    company = run.submission.by
    company.groups.add(*scene.person(Role.EVALUATOR).groups.all())
    assert not sees(company, run)
    assert sees(scene.person(Role.AUDITOR), run)


def test_a_released_result_is_not_voted_on_again(scene: Scene, run: Run) -> None:
    vote(run, scene.person(Role.EVALUATOR))
    vote(run, scene.person(Role.OUTPUT_CHECKER))
    assert code_of(run, scene.person(Role.OUTPUT_CHECKER, "third")) == "lab.release_state"


def test_a_vote_needs_a_reason(scene: Scene, run: Run) -> None:
    with pytest.raises(PandokError) as refusal:
        vote_on_release(run=run, actor=scene.person(Role.EVALUATOR), approves=True, reason=" ", now=NOON)
    assert refusal.value.error_code == "request.reason"
