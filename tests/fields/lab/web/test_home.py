"""The lab's first page: what waits for each role, how far a problem is, and who leads where that is allowed."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from pandok.core.canonical import digest
from pandok.core.lab.problem import Part, Problem
from pandok.fields.lab.lists.queue import time_left_by_pace
from pandok.fields.lab.models import LadderBoard, Run, RunEvent
from pandok.fields.lab.states.run_states import RunState
from tests.fields.designs.fakes import NOON
from tests.fields.lab.acts.runs.fakes import make_registration, make_run, make_submission, problem
from tests.fields.lab.web.proof_samples import make_acceptance, make_export, make_proof
from tests.fields.lab.web.result_samples import make_result
from tests.fields.lab.web.vault_samples import make_vault_deletion
from tests.roles import Role
from tests.world import Site


def home(site: Site, role: Role, name: str = "") -> str:
    return site.client(role, name).get("/lab/").content.decode()


def hrefs(page: str) -> set[str]:
    return set(re.findall(r'class="row card" href="([^"]+)"', page))


def test_every_role_is_told_what_waits_for_it_and_nothing_else(site: Site) -> None:
    run = make_result()
    test, export, deletion = make_acceptance(site), make_export(site), make_vault_deletion(site)
    vote = f"/lab/results/{run.pk}/release/"
    review = f"/lab/exports/{export.pk}/"
    decide = f"/lab/proofs/{test.proof_id}/"
    destroy = f"/lab/vault/deletions/{deletion.id}/"
    assert {vote, review} <= hrefs(home(site, Role.OUTPUT_CHECKER))
    assert vote in hrefs(home(site, Role.EVALUATOR))
    assert decide in hrefs(home(site, Role.FIELD_OWNER))
    assert destroy in hrefs(home(site, Role.LAB_OPERATOR))
    for role in (Role.SUBMITTER, Role.AUDITOR, Role.ADMINISTRATOR):
        assert hrefs(home(site, role)) == set(), role
    assert vote not in hrefs(home(site, Role.FIELD_OWNER))
    assert review not in hrefs(home(site, Role.EVALUATOR, "another author"))


def test_a_submitter_is_told_of_the_own_next_step_and_of_no_other(site: Site) -> None:
    run = make_run(make_registration())
    Run.objects.filter(pk=run.pk).update(state=RunState.RELEASED.value)
    own = site.account(Role.SUBMITTER)
    Run.objects.filter(pk=run.pk).update(submitter=f"account:{own.pk}")
    run.submission.submitter = f"account:{own.pk}"
    run.submission.save()
    assert hrefs(home(site, Role.SUBMITTER)) == {f"/lab/submissions/{run.submission_id}/"}
    assert hrefs(home(site, Role.SUBMITTER, "another company")) == set()


def test_phases_of_others_unreleased_runs_stay_hidden_from_a_submitter(site: Site) -> None:
    make_result()
    now = re.search(r'phase-now" aria-current="step"><span>(.+?)<', home(site, Role.SUBMITTER))
    staff = re.search(r'phase-now" aria-current="step"><span>(.+?)<', home(site, Role.EVALUATOR))
    assert now is not None
    assert staff is not None
    assert (now.group(1), staff.group(1)) == ("제출·피드백", "확인·판정")


@pytest.mark.parametrize("allowed", [True, False])
def test_a_leaderboard_stands_only_where_the_protocol_has_one_and_of_released_runs(site: Site, allowed: bool) -> None:
    registration = make_registration(leaderboard=allowed)
    for name, shown, state in (("Alpha", 0.8, "released"), ("Beta", 0.9, "released"), ("Gamma", 0.95, "queued")):
        run = make_run(registration, make_submission(registration, company=name))
        Run.objects.filter(pk=run.pk).update(state=state)
        facts = {"number": 1, "step": 0.1, "shown": shown, "improved": True, "at": NOON}
        LadderBoard.objects.create(run=run, registration=registration, submitter=run.submitter, **facts)
    for address in ("/lab/", f"/lab/problems/{registration.pack_id}/"):
        page = site.client(Role.SUBMITTER, "onlooker").get(address).content.decode()
        places = [page.find(f">{name}<") for name in ("Beta", "Alpha")]
        assert (0 < places[0] < places[1]) is allowed
        assert "Gamma" not in page


def test_a_registration_without_leaderboard_keeps_the_hash_it_had_before_there_was_one() -> None:
    values = problem().model_dump(mode="json")
    assert "leaderboard" not in values
    assert Problem.model_validate(values).leaderboard is False
    assert digest(problem(leaderboard=True)) != digest(problem())


def test_the_menu_says_that_one_is_in_the_lab_on_each_of_its_pages(site: Site) -> None:
    client = site.client(Role.EVALUATOR)
    for address in ("/lab/", "/lab/problems/", "/lab/queue/", "/lab/proofs/"):
        assert 'href="/lab/" aria-current="page"' in client.get(address).content.decode(), address


def test_the_queue_says_what_is_left_at_the_own_pace_where_no_run_of_the_kind_has_ended(site: Site) -> None:
    run = make_run(make_registration(), part=Part.CONFIRM)
    began = NOON - timedelta(seconds=118)
    Run.objects.filter(pk=run.pk).update(
        state=RunState.RUNNING.value, done=118, total=186, fencing=1, leased_by="w", lease_until=NOON, started_at=began
    )
    RunEvent.objects.create(run=run, sequence=9, at=began, to_state=RunState.RUNNING.value, fencing=1)
    run = Run.objects.get(pk=run.pk)
    assert time_left_by_pace(run, NOON) is None
    for number in range(118):
        run.outputs.create(number=number, case_id=f"c{number:03d}", fencing=1)
    left = time_left_by_pace(run, NOON)
    assert left is not None
    assert left.least_s < 68 < left.most_s
    assert "아직 알 수 없음" not in site.client(Role.LAB_OPERATOR).get("/lab/queue/").content.decode()


def test_a_proof_has_a_seal_a_picture_and_figures_in_words(site: Site) -> None:
    found = make_proof(site)
    client = site.client(Role.EVALUATOR)
    page = client.get(f"/lab/proofs/{found.pk}/").content.decode()
    assert 'class="seal"' in page
    assert page.count('role="img"') == 2
    assert "<dt>사전등록</dt>" in page
    assert "<dt>시험 사례</dt><dd>채점 160건 · 계획 160건</dd>" in page
    assert "등록된 웹훅" not in page
    assert "정확도" in page
    assert "+12.5%p" in page
    assert "accuracy" not in page.split("<main", 1)[1]
