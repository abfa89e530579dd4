"""One test for each thing that a submitter can observe: none of them tells the pace of a run on sealed data.

The table is docs/understand/what-a-submitter-can-see.md.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from pandok.common.messages.deliveries import Delivery
from pandok.common.messages.webhooks import EVENTS, add_endpoint
from pandok.common.models import Job
from pandok.core.lab.refusals import SubmissionRefusal
from pandok.fields.lab.acts.budget.organisations import organisation_of
from pandok.fields.lab.acts.runs.run_moves import move
from pandok.fields.lab.models import LadderBoard, LockedRegistration, Run
from pandok.fields.lab.states.run_states import RunState
from pandok.settings import settings as chosen
from tests.fields.lab.acts.runs.fakes import make_registration, make_run, make_submission
from tests.roles import Role
from tests.world import Site

NOW = datetime(2026, 11, 4, 5, 17, 23, tzinfo=timezone.get_default_timezone())
EDGE = NOW.replace(minute=0, second=0)
LONGEST = timedelta(minutes=chosen().run_minutes)
ASKED = NOW - timedelta(hours=1)

HIDDEN: dict[str, dict[str, Any]] = {
    "waits": {"state": "queued"},
    "taken": {"state": "leased", "leased_by": "worker-7", "heartbeat_at": NOW, "attempts": 3},
    "checked": {"state": "checking"},
    "begins": {"state": "running", "checked_at": NOW, "done": 1, "total": 4000},
    "goes on": {"state": "running", "checked_at": NOW, "done": 3999, "total": 4000, "heartbeat_at": NOW},
    "is scored": {"state": "scoring", "checked_at": NOW, "done": 4000, "total": 4000},
    "waits for release": {"state": "awaiting_release", "checked_at": NOW, "ended_at": NOW},
    "was scored long ago": {"state": "awaiting_release", "checked_at": ASKED, "ended_at": ASKED},
    "was just refused": {"state": "refused", "ended_at": EDGE, "charged": False, "died_at": "checking"},
    "just ran out of time": {"state": "timed_out", "ended_at": NOW, "checked_at": NOW, "died_at": "running"},
    "was just given up": {"state": "failed_lab", "ended_at": NOW, "charged": False, "died_at": "running"},
    "crashed early on sealed data": {
        "state": "refused",
        "started_at": EDGE - timedelta(minutes=31),
        "checked_at": EDGE - timedelta(minutes=30),
        "ended_at": EDGE - timedelta(minutes=29),
        "died_at": "running",
    },
}


@pytest.fixture
def registration(site: Site, monkeypatch: pytest.MonkeyPatch) -> LockedRegistration:  # noqa: ARG001
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    return make_registration(budget={"submissions": 3})


@pytest.fixture
def company(site: Site, registration: LockedRegistration) -> Client:  # noqa: ARG001
    return site.client(Role.SUBMITTER)


@pytest.fixture
def run(site: Site, registration: LockedRegistration) -> Run:
    submission = make_submission(registration, site.account(Role.SUBMITTER).username, received_at=ASKED)
    made = make_run(registration, submission)
    Run.objects.filter(pk=made.pk).update(queued_at=ASKED, state_since=ASKED, started_at=ASKED)
    return Run.objects.get(pk=made.pk)


def put(run: Run, changes: Mapping[str, Any]) -> None:
    plain = {"started_at": ASKED, "ended_at": None, "checked_at": None, "charged": True, "state_since": NOW}
    refusals = [SubmissionRefusal("sandbox.time_limit", "case 17").as_dict()] if "died_at" in changes else []
    Run.objects.filter(pk=run.pk).update(**plain | {"refusals": refusals} | dict(changes))


def pages(run: Run) -> list[str]:
    return [
        "/lab/",
        "/lab/submissions/",
        f"/lab/submissions/{run.submission_id}/",
        "/lab/submissions/new/",
        "/lab/problems/",
        f"/lab/problems/{run.registration.pack_id}/",
        "/lab/results/",
        f"/lab/results/{run.pk}/",
        f"/lab/runs/{run.pk}/",
        "/lab/queue/",
        "/lab/proofs/",
    ]


def seen(company: Client, address: str) -> tuple[int, str, dict[str, str]]:
    """Status, body and headers, without what differs at every load."""
    answer = company.get(address)
    body = re.sub(r'(csrfmiddlewaretoken|upload_key)" value="[^"]*"', "", answer.content.decode())
    body = re.sub(r'nonce="[^"]*"|X-CSRFToken&quot;: &quot;\w+|"X-CSRFToken": "\w+"', "", body)
    headers = {name: value for name, value in answer.headers.items() if "Policy" not in name}
    return answer.status_code, body, headers


def test_no_page_differs_while_a_run_is_under_way(company: Client, run: Run) -> None:
    first: dict[str, Any] = {}
    for name, changes in HIDDEN.items():
        put(run, changes)
        for address in pages(run):
            found = seen(company, address)
            assert found == first.setdefault(address, found), (name, address)
    assert [found[0] for found in first.values()] == [200] * 7 + [404, 403, 403, 200]
    assert "진행 중" in first[f"/lab/submissions/{run.submission_id}/"][1]
    assert "%" not in re.sub(r"<(style|script).*?</\1>", "", first[f"/lab/submissions/{run.submission_id}/"][1])


def test_an_end_at_the_checks_is_told_at_the_next_half_hour(
    company: Client, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = EDGE + timedelta(minutes=3)
    refusal = SubmissionRefusal("run.not_repeatable", "p003").as_dict()
    put(run, {"state": "refused", "ended_at": ended, "died_at": "checking", "charged": False, "refusals": [refusal]})
    address = f"/lab/submissions/{run.submission_id}/"
    for minutes, told in ((4, False), (29, False), (30, True), (61, True)):
        monkeypatch.setattr("django.utils.timezone.now", lambda at=minutes: EDGE + timedelta(minutes=at))
        text = company.get(address).content.decode()
        assert ("같은 입력에 두 번 다른 값을 냈습니다." in text) is told
        assert ("점검에서 멈춤" in text) is told
        assert f"{timezone.localtime(ended):%H:%M}" not in text


def test_ends_on_sealed_data_are_one_end_told_after_the_longest_time(
    company: Client, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, told = f"/lab/submissions/{run.submission_id}/", set()
    for state, code, after in (
        ("timed_out", "sandbox.time_limit", 1),
        ("timed_out", "run.total_time", 50),
        ("refused", "sandbox.crashed", 2),
        ("refused", "sandbox.memory_limit", 9),
    ):
        sealed = {"checked_at": EDGE, "started_at": EDGE, "died_at": "running", "died_at_case": 4711}
        ended = {
            "state": state,
            "ended_at": EDGE + timedelta(minutes=after),
            "refusals": [SubmissionRefusal(code).as_dict()],
        }
        put(run, sealed | ended)
        monkeypatch.setattr("django.utils.timezone.now", lambda: EDGE + LONGEST)
        assert "진행 중" in company.get(address).content.decode()
        monkeypatch.setattr("django.utils.timezone.now", lambda: EDGE + LONGEST + timedelta(minutes=60))
        text = seen(company, address)[1]
        assert "봉인 자료에서 끝까지 실행하지 못" in text
        assert "4711" not in text
        told.add(text)
    assert len(told) == 1


def test_the_budget_changes_when_the_end_is_told(company: Client, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    before = seen(company, "/lab/submissions/new/")[1]
    put(run, {"state": "refused", "ended_at": EDGE + timedelta(minutes=1), "died_at": "checking", "charged": False})
    assert seen(company, "/lab/submissions/new/")[1] == before
    monkeypatch.setattr("django.utils.timezone.now", lambda: EDGE + timedelta(minutes=30))
    assert seen(company, "/lab/submissions/new/")[1] != before


def test_a_release_shows_its_day_and_no_time_of_the_run(company: Client, run: Run) -> None:
    scored = NOW - timedelta(hours=7, minutes=41)
    put(run, {"state": "released", "ended_at": scored, "checked_at": scored - timedelta(hours=1), "state_since": NOW})
    LadderBoard.objects.create(
        run=run,
        registration=run.registration,
        submitter=run.submitter,
        number=1,
        step=0.1,
        shown=0.5,
        improved=True,
        at=scored,
    )
    for address in pages(run)[:-3]:
        text = company.get(address).content.decode()
        for time in (scored, scored - timedelta(hours=1), NOW):
            assert f"{timezone.localtime(time):%H:%M}" not in text, address
    assert f"{timezone.localtime(NOW):%Y-%m-%d}" in company.get("/lab/results/").content.decode()


def test_results_stand_in_the_order_of_their_release(
    site: Site, company: Client, run: Run, registration: LockedRegistration
) -> None:
    later = make_run(registration, make_submission(registration, site.account(Role.SUBMITTER).username, name="second"))
    for one, ended, released in ((run, 1, 9), (later, 5, 3)):
        put(
            one,
            {
                "state": "released",
                "ended_at": ASKED + timedelta(minutes=ended),
                "state_since": ASKED + timedelta(minutes=released),
            },
        )
        LadderBoard.objects.create(
            run=one,
            registration=registration,
            submitter=one.submitter,
            number=ended,
            step=0.1,
            shown=0.5,
            improved=True,
            at=NOW,
        )
    text = company.get("/lab/results/").content.decode()
    assert text.index(str(run.pk)) < text.index(str(later.pk))


def test_the_lab_pages_of_a_run_are_closed_to_its_submitter(site: Site, company: Client, run: Run) -> None:
    for address in (f"/lab/runs/{run.pk}/", "/lab/queue/"):
        assert company.get(address).status_code in (403, 404)
    operator = site.client(Role.LAB_OPERATOR)
    assert operator.get(f"/lab/runs/{run.pk}/").status_code == 200
    account = site.account(Role.LAB_OPERATOR)
    Run.objects.filter(pk=run.pk).update(submitter=organisation_of(account).key)
    assert operator.get(f"/lab/runs/{run.pk}/").status_code == 404
    assert str(run.pk) not in operator.get("/lab/queue/").content.decode()


def test_nothing_is_sent_when_a_run_moves(site: Site, run: Run) -> None:
    """Although its submitter has a mail address, and a webhook for all that there is."""
    submitter = site.account(Role.SUBMITTER)
    submitter.email = "company@submitter.example"
    submitter.save()
    add_endpoint(
        account=submitter,
        title="all",
        url="https://submitter.example/hook",
        events=EVENTS,
        check=lambda _: None,
        actor=submitter,
        now=NOW,
    )
    steps = (RunState.LEASED, RunState.CHECKING, RunState.RUNNING, RunState.SCORING, RunState.AWAITING_RELEASE)
    for state in (*steps, RunState.RELEASED):
        run = move(run, state, now=NOW)
    assert not Delivery.objects.exists()
    assert set(Job.objects.values_list("kind", flat=True)) <= {"lab.run"}
