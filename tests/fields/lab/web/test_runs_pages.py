"""Submissions and the queue as pages: handed in with and without scripts, refusals that explain, others' hidden."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from pandok.common.models import Party, PartyMember
from pandok.core.lab.problem import Part
from pandok.core.lab.refusals import SubmissionRefusal
from pandok.engines.onnx_gate.gate import check_model
from pandok.fields.lab.acts.runs.run_moves import queue_run
from pandok.fields.lab.models import LockedRegistration, Run, Submission
from pandok.fields.lab.states.run_states import RunState
from tests.fields.lab.acts.runs.fakes import START, make_registration, make_run, make_submission
from tests.fields.lab.acts.submissions.zips import files, loop_model, zipped
from tests.roles import Role
from tests.world import Site

PUBLIC = frozenset(f"p{one:03d}" for one in range(30))


@pytest.fixture
def registration(site: Site, monkeypatch: pytest.MonkeyPatch) -> LockedRegistration:  # noqa: ARG001
    monkeypatch.setattr("pandok.fields.lab.web.sandbox_tools.check", check_model)
    monkeypatch.setattr("pandok.fields.lab.web.sandbox_tools.public_ids", lambda _: PUBLIC)
    return make_registration()


@pytest.fixture
def company(site: Site, registration: LockedRegistration) -> Client:  # noqa: ARG001
    return site.client(Role.SUBMITTER)


def form(registration: LockedRegistration, data: bytes, **changes: Any) -> dict[str, Any]:
    upload = SimpleUploadedFile("submission.zip", data, "application/zip")
    return {"pack": str(registration.pack_id), "upload_key": str(uuid.uuid4()), "upload": upload} | changes


def own(site: Site, registration: LockedRegistration, **changes: Any) -> Submission:
    account = site.account(Role.SUBMITTER)
    made = make_submission(registration, account.username, **changes)
    return made


def test_a_submission_without_scripts_leads_to_its_page(registration: LockedRegistration, company: Client) -> None:
    page = company.get("/lab/submissions/new/")
    assert "20" in page.content.decode()
    answer = company.post("/lab/submissions/new/", form(registration, zipped()), follow=True)
    text = answer.content.decode()
    assert "진행 중" in text
    assert "번째입니다." not in text
    assert Run.objects.get().stands is RunState.QUEUED


def test_with_scripts_the_answer_is_json(registration: LockedRegistration, company: Client) -> None:
    sent = form(registration, zipped())
    answer = company.post("/lab/submissions/new/", sent, headers={"accept": "application/json"})
    assert answer.json() == {"address": f"/lab/submissions/{Submission.objects.get().pk}/"}
    refused = company.post("/lab/submissions/new/", {"pack": "x"}, headers={"accept": "application/json"})
    assert (refused.status_code, refused.json()["code"]) == (422, "lab.form")


def test_a_hostile_model_is_refused_with_how_to_mend_it(
    registration: LockedRegistration, company: Client, english: Any
) -> None:
    sent = form(registration, zipped(files(model__onnx=loop_model())))
    text = english(company).post("/lab/submissions/new/", sent, follow=True).content.decode()
    assert "There is a branch or a loop (a subgraph)." in text
    assert "Export a fixed graph without loops and branches." in text
    assert not Run.objects.exists()


def test_the_operator_sees_the_good_and_the_hostile_one(
    site: Site, registration: LockedRegistration, company: Client
) -> None:
    company.post("/lab/submissions/new/", form(registration, zipped()))
    company.post("/lab/submissions/new/", form(registration, zipped(files(model__onnx=loop_model()))))
    text = site.client(Role.LAB_OPERATOR).get("/lab/queue/").content.decode()
    assert "조건문이나 반복문(하위 그래프)이 있습니다." in text
    assert f"/lab/runs/{Run.objects.get().pk}/" in text


def test_the_same_form_twice_is_one_submission(registration: LockedRegistration, company: Client) -> None:
    key = str(uuid.uuid4())
    for _ in range(2):
        company.post("/lab/submissions/new/", form(registration, zipped(), upload_key=key))
    assert Submission.objects.count() == 1


def test_the_list_shows_the_own_organisation_only(
    site: Site, registration: LockedRegistration, company: Client
) -> None:
    mine = own(site, registration, name="mine")
    other = make_submission(registration, "another company", name="theirs")
    text = company.get("/lab/submissions/").content.decode()
    assert str(mine.pk) in text
    assert str(other.pk) not in text
    assert company.get(f"/lab/submissions/{other.pk}/").status_code == 404


def test_a_colleague_of_the_same_party_sees_it(site: Site, registration: LockedRegistration, company: Client) -> None:
    party = Party.objects.create(kind=Party.ASSOCIATION, name="Company", added_at=START)
    for name in (Role.SUBMITTER.value, "colleague"):
        PartyMember.objects.create(party=party, account=site.account(Role.SUBMITTER, name))
    made = make_submission(registration, Role.SUBMITTER.value, submitter=f"party:{party.pk}")
    assert company.get(f"/lab/submissions/{made.pk}/").status_code == 200
    assert site.client(Role.SUBMITTER, "colleague").get(f"/lab/submissions/{made.pk}/").status_code == 200


def test_nothing_of_a_sealed_case_is_shown_to_the_submitter(
    site: Site, registration: LockedRegistration, company: Client
) -> None:
    submission = own(site, registration)
    run = make_run(registration, submission)
    Run.objects.filter(pk=run.pk).update(
        state=RunState.TIMED_OUT.value,
        died_at="running",
        died_at_case=17_431,
        done=17_430,
        total=20_000,
        ended_at=START,
        refusals=[SubmissionRefusal("sandbox.time_limit").as_dict()],
        environment={"kernel": "6.18.secret"},
    )
    text = company.get(f"/lab/submissions/{submission.pk}/").content.decode()
    assert "봉인 자료에서 끝까지 실행하지 못했습니다." in text
    assert "모델이 정해진 시간 안에 끝나지 않았습니다." not in text
    for hidden in ("17431", "17,431", "17430", "6.18.secret"):
        assert hidden not in text
    assert "17431" in site.client(Role.LAB_OPERATOR).get(f"/lab/runs/{run.pk}/").content.decode()


def test_the_confirm_run_is_offered_once_a_result_is_released(
    site: Site, registration: LockedRegistration, company: Client
) -> None:
    submission = own(site, registration)
    run = make_run(registration, submission)
    address = f"/lab/submissions/{submission.pk}/"
    text = company.get(address).content.decode()
    assert "confirm/" not in text
    assert "/lab/results/" not in text.split("submission-now")[1]
    Run.objects.filter(pk=run.pk).update(state=RunState.RELEASED.value)
    text = company.get(address).content.decode()
    assert f"{address}confirm/" in text
    assert f"/lab/results/{run.pk}/" in text
    assert company.post(f"{address}confirm/").status_code == 302
    assert submission.runs.filter(part="confirm").count() == 1
    assert "confirm/" not in company.get(address).content.decode()
    assert company.post(f"{address}confirm/").status_code == 422


def test_the_operator_cancels_with_a_reason(site: Site, registration: LockedRegistration) -> None:
    run = make_run(registration)
    operator = site.client(Role.LAB_OPERATOR)
    assert operator.post(f"/lab/runs/{run.pk}/cancel/", {"reason": ""}).status_code == 422
    assert operator.post(f"/lab/runs/{run.pk}/cancel/", {"reason": "the wrong pack"}).status_code == 302
    run.refresh_from_db()
    assert (run.stands, run.charged) == (RunState.CANCELLED, False)
    assert operator.post(f"/lab/runs/{run.pk}/cancel/", {"reason": "the wrong pack"}).status_code == 422


def test_the_operator_runs_again_what_the_lab_failed_and_once_only(
    site: Site, registration: LockedRegistration
) -> None:
    run = make_run(registration)
    Run.objects.filter(pk=run.pk).update(state=RunState.FAILED_LAB.value, charged=False)
    operator = site.client(Role.LAB_OPERATOR)
    for _ in range(2):
        assert operator.post(f"/lab/runs/{run.pk}/again/", {"reason": "mended"}).status_code == 302
    assert Run.objects.filter(submission=run.submission).count() == 2


def test_the_queue_says_a_range_once_three_durations_are_known(site: Site, registration: LockedRegistration) -> None:
    submission = make_submission(registration)
    for minutes in (2, 3, 5):
        run = make_run(registration, submission)
        Run.objects.filter(pk=run.pk).update(
            state=RunState.RELEASED.value, started_at=START, ended_at=START + timedelta(minutes=minutes)
        )
    for _ in range(2):
        queue_run(
            submission=submission,
            registration=registration,
            part=Part.FEEDBACK,
            actor=submission.by,
            reason="",
            now=timezone.now(),
        )
    text = site.client(Role.LAB_OPERATOR).get("/lab/queue/").content.decode()
    assert "약 2~5분" in text
    assert "약 4~10분" in text


@pytest.mark.parametrize("path", ["/lab/submissions/", "/lab/submissions/new/", "/lab/queue/"])
def test_pages_are_whole_without_anything(site: Site, path: str) -> None:
    role = Role.LAB_OPERATOR if "queue" in path else Role.SUBMITTER
    assert site.client(role).get(path).status_code == 200
