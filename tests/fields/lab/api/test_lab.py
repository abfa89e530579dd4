"""The lab by program: a submitter's token lists problems, hands a model in, sees how it stands and what came of it."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from pandok.common.models import Account
from pandok.core.lab.refusals import SubmissionRefusal
from pandok.fields.lab.acts.budget.disclosed_runs import longest_run
from pandok.fields.lab.models import LadderBoard, LockedRegistration, Run, Submission
from pandok.fields.lab.states.run_states import RunState
from pandok.fields.lab.web import sandbox_tools
from tests.api.world import ApiSite, Form
from tests.fields.designs.fakes import NOON
from tests.fields.lab.acts.runs.fakes import FakeSandboxes, make_registration, make_run
from tests.fields.lab.acts.submissions.zips import zipped
from tests.roles import Role

PUBLIC = frozenset(f"p{one:03d}" for one in range(30))


@pytest.fixture
def registration(site: ApiSite) -> LockedRegistration:
    return make_registration(public=site.blobs.put(b"public part"), leaderboard=True)


@pytest.fixture
def company(site: ApiSite) -> Account:
    return site.world.account(Role.SUBMITTER, "company")


@pytest.fixture(autouse=True)
def tools(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox_tools, "check", FakeSandboxes().check)
    monkeypatch.setattr(sandbox_tools, "public_ids", lambda _: PUBLIC)


def sent(registration: LockedRegistration, data: bytes, key: str = "") -> Form:
    fields = {"problem_id": str(registration.pack_id), "upload_key": key or str(uuid.uuid4())}
    return Form(fields, {"file": ("submission.zip", data, "application/zip")})


def hand_in(site: ApiSite, who: Account, registration: LockedRegistration, **more: Any) -> dict[str, Any]:
    answer = site.ask(who, "post", "/lab/submissions", sent(registration, zipped(), **more))
    assert answer.status_code == 201, answer.content
    found: dict[str, Any] = answer.json()
    return found


def test_a_problem_is_listed_with_its_sheet_its_public_part_and_the_own_budget(
    site: ApiSite, company: Account, registration: LockedRegistration
) -> None:
    [row] = site.ask(company, "get", "/lab/problems").json()
    assert (row["registration_sha256"], row["feedback"]) == (registration.sha256, {"used": 0, "most": 20})
    one = site.ask(company, "get", f"/lab/problems/{row['id']}").json()
    assert one["registered"]["id"] == "parcels"
    assert "model_input" in one["sheet"]["properties"]
    assert site.ask(company, "get", f"/lab/problems/{row['id']}/public").content == b"public part"
    auditor = site.member(Role.AUDITOR)
    assert site.ask(auditor, "get", "/lab/problems").json()[0]["feedback"] is None


def test_a_model_is_handed_in_once_however_often_it_is_sent(
    site: ApiSite, company: Account, registration: LockedRegistration
) -> None:
    key = str(uuid.uuid4())
    first, again = hand_in(site, company, registration, key=key), hand_in(site, company, registration, key=key)
    assert first["id"] == again["id"]
    assert Submission.objects.count() == Run.objects.count() == 1
    assert [run["state"] for run in first["runs"]] == ["under_way"]
    same = {"Idempotency-Key": "k1"}
    body = sent(registration, zipped())
    answers = [site.ask(company, "post", "/lab/submissions", body, headers=same).json() for _ in range(2)]
    assert answers[0] == answers[1]
    assert Submission.objects.count() == 2


def test_a_refused_zip_is_answered_with_every_reason_and_costs_nothing(
    site: ApiSite, company: Account, registration: LockedRegistration
) -> None:
    answer = site.ask(company, "post", "/lab/submissions", sent(registration, b"PK\x03\x04 nothing"))
    assert answer.status_code == 201
    told = answer.json()
    assert (told["accepted"], told["runs"]) == (False, [])
    assert told["reasons"][0]["what"]["ko"]
    assert site.ask(company, "get", "/lab/problems").json()[0]["feedback"]["used"] == 0


@pytest.mark.parametrize(
    "state", [RunState.QUEUED, RunState.LEASED, RunState.CHECKING, RunState.RUNNING, RunState.SCORING]
)
def test_of_a_run_under_way_nothing_is_told_but_that_it_is(
    site: ApiSite, company: Account, registration: LockedRegistration, state: RunState
) -> None:
    made = hand_in(site, company, registration)
    asked: set[str] = set()
    for done in (3, 170):
        Run.objects.update(state=state.value, done=done, total=186, started_at=NOON, leased_by="w", lease_until=NOON)
        asked.add(site.ask(company, "get", f"/lab/submissions/{made['id']}").content.decode())
    Run.objects.update(state=RunState.AWAITING_RELEASE.value, ended_at=NOON, done=186)
    asked.add(site.ask(company, "get", f"/lab/submissions/{made['id']}").content.decode())
    assert len(asked) == 1
    assert '"under_way"' in asked.pop()


def test_an_end_is_told_late_and_on_sealed_data_without_its_reason(
    site: ApiSite, company: Account, registration: LockedRegistration, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = hand_in(site, company, registration)
    edge, longest = NOON.replace(minute=0), longest_run()
    address, told = f"/lab/submissions/{made['id']}", set()
    ends = (("timed_out", "sandbox.time_limit", 1), ("refused", "sandbox.crashed", 2), ("refused", "run.total_time", 9))
    for state, code, after in ends:
        ended = edge + timedelta(minutes=after)
        refusals = [SubmissionRefusal(code, "case 17").as_dict()]
        Run.objects.update(
            state=state, started_at=edge, checked_at=edge, ended_at=ended, died_at="running", refusals=refusals
        )
        monkeypatch.setattr("django.utils.timezone.now", lambda: edge + longest)
        assert site.ask(company, "get", address).json()["runs"][0]["state"] == "under_way"
        monkeypatch.setattr("django.utils.timezone.now", lambda: edge + longest + timedelta(hours=1))
        [run] = site.ask(company, "get", address).json()["runs"]
        assert (run["state"], run["counts"]) == ("ended_on_sealed", True)
        assert [one["code"] for one in run["reasons"]] == ["run.on_sealed"]
        told.add(str(run))
    assert len(told) == 1


def test_a_result_is_there_once_it_was_released_and_for_its_submitter_alone(
    site: ApiSite, company: Account, registration: LockedRegistration
) -> None:
    made = hand_in(site, company, registration)
    run = Run.objects.get()
    facts = {"number": 1, "step": 0.1, "shown": 0.8, "improved": True, "at": NOON}
    LadderBoard.objects.create(run=run, registration=registration, submitter=run.submitter, **facts)
    address = f"/lab/results/{run.pk}"
    Run.objects.update(state=RunState.AWAITING_RELEASE.value)
    assert site.ask(company, "get", address).status_code == 404
    Run.objects.update(state=RunState.RELEASED.value)
    assert site.ask(company, "get", address).json()["shown"] == 0.8
    assert site.ask(site.world.account(Role.SUBMITTER, "rival"), "get", address).status_code == 404
    asked = site.ask(company, "post", f"/lab/submissions/{made['id']}/confirm", {})
    assert [one["part"] for one in asked.json()["runs"]] == ["feedback", "confirm"]
    again = site.ask(company, "post", f"/lab/submissions/{made['id']}/confirm", {})
    assert again.status_code == 422
    [leader] = site.ask(company, "get", f"/lab/problems/{registration.pack_id}/leaderboard").json()
    assert (leader["place"], leader["own"]) == (1, True)


def test_a_token_without_the_scope_hands_nothing_in(
    site: ApiSite, company: Account, registration: LockedRegistration
) -> None:
    reads = site.token(company, ["see_lab"])
    assert site.ask(reads, "get", "/lab/problems").status_code == 200
    assert site.ask(reads, "post", "/lab/submissions", sent(registration, zipped())).status_code == 403
    assert not Submission.objects.exists()


def test_a_submitter_makes_its_own_token_on_the_page(site: ApiSite, company: Account) -> None:  # noqa: ARG001
    client = Client()
    client.force_login(company)
    page = client.get("/tokens/").content.decode()
    assert 'value="submit_models"' in page
    assert 'value="see_audit"' not in page


def test_a_run_of_another_company_is_not_there(site: ApiSite, registration: LockedRegistration) -> None:
    run = make_run(registration)
    stranger = site.world.account(Role.SUBMITTER, "rival")
    for address in (f"/lab/submissions/{run.submission_id}", f"/lab/results/{run.pk}"):
        assert site.ask(stranger, "get", address).status_code == 404
