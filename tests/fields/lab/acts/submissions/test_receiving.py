"""Submissions as they come: good ones are queued once, bad ones are refused with every reason, nothing is overdrawn."""

from __future__ import annotations

import io
import struct
import uuid
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from pandok.common.models import Account, AuditEntry, Party, PartyMember
from pandok.core.errors import RequestError
from pandok.core.lab.problem import Part
from pandok.core.lab.refusals import REASONS
from pandok.engines.files.blobs import FolderBlobs
from pandok.engines.onnx_gate.gate import check_model
from pandok.fields.lab.acts.budget.budget import budget_left
from pandok.fields.lab.acts.budget.organisations import organisation_of
from pandok.fields.lab.acts.explained import explained
from pandok.fields.lab.acts.runs.operating import cancel_run, run_again
from pandok.fields.lab.acts.submissions.receiving import MOST_UPLOADS_A_DAY, receive
from pandok.fields.lab.acts.submissions.sealed_runs import ask_confirmation
from pandok.fields.lab.models import LockedRegistration, Run, Submission
from pandok.fields.lab.states.run_states import RunState
from tests.fields.lab.acts.runs.fakes import START, make_account, make_registration, make_run, make_submission
from tests.fields.lab.acts.submissions.bombs import BOMBS
from tests.fields.lab.acts.submissions.zips import BAD, files, sum_model, zipped
from tests.memory import growth
from tests.roles import Role

pytestmark = pytest.mark.django_db
PUBLIC = frozenset(f"p{one:03d}" for one in range(30))


@pytest.fixture
def registration(db: None) -> LockedRegistration:  # noqa: ARG001
    return make_registration(budget={"submissions": 2})


def hand_in(
    registration: LockedRegistration, data: bytes, folder: Path, account: str = "company", **changes: Any
) -> Submission:
    values: dict[str, Any] = {"upload_key": uuid.uuid4(), "now": START} | changes
    return receive(
        upload=io.BytesIO(data),
        size=len(data),
        pack=registration.pack,
        actor=make_account(account),
        blobs=FolderBlobs(folder),
        check=check_model,
        public_ids=lambda _: PUBLIC,
        **values,
    )


def test_a_good_submission_is_kept_and_queued(registration: LockedRegistration, tmp_path: Path) -> None:
    submission = hand_in(registration, zipped(), tmp_path)
    assert submission.refusals == []
    run = submission.runs.get()
    assert (run.stands, run.part, run.registration) == (RunState.QUEUED, "feedback", registration)
    assert FolderBlobs(tmp_path).get(submission.model_sha256) == sum_model()
    assert (submission.sheet.model_input, submission.card, len(submission.sample_outputs)) == ("x", "# 합계 모델\n", 30)
    assert len(submission.canonical_sha256) == 64


@pytest.mark.parametrize("name", sorted(BAD))
def test_a_bad_one_is_refused_with_its_reasons_and_leaves_no_file(
    registration: LockedRegistration, tmp_path: Path, name: str
) -> None:
    build, codes = BAD[name]
    submission = hand_in(registration, build(), tmp_path)
    found = {one["code"] for one in submission.refusals}
    assert found == codes
    assert not Run.objects.exists()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    for one in submission.refusals:
        reason = explained(one)
        assert reason.what.ko != reason.what.en
        assert reason.next_step.ko


def test_a_zip_that_a_mac_packed_is_taken(registration: LockedRegistration, tmp_path: Path) -> None:
    beside = [("__MACOSX/._model.onnx", b"\0\5\x16\7"), (".DS_Store", b"\0"), ("Thumbs.db", b"\xd0")]
    submission = hand_in(registration, zipped(None, *beside), tmp_path)
    assert submission.refusals == []
    assert submission.runs.count() == 1


def test_the_same_upload_twice_is_one_submission(registration: LockedRegistration, tmp_path: Path) -> None:
    key = uuid.uuid4()
    first = hand_in(registration, zipped(), tmp_path, upload_key=key)
    assert hand_in(registration, zipped(), tmp_path, upload_key=key) == first
    assert Run.objects.count() == 1
    assert AuditEntry.objects.filter(action="lab.submission.received").count() == 1


def test_the_same_key_of_another_company_finds_nothing_of_the_first(
    registration: LockedRegistration, tmp_path: Path
) -> None:
    key = uuid.uuid4()
    first = hand_in(registration, zipped(), tmp_path, upload_key=key)
    other = hand_in(registration, zipped(), tmp_path, "another company", upload_key=key)
    assert other != first


def test_the_budget_is_kept_and_what_the_lab_lost_is_given_back(
    registration: LockedRegistration, tmp_path: Path
) -> None:
    first = hand_in(registration, zipped(), tmp_path)
    hand_in(registration, zipped(), tmp_path)
    with pytest.raises(RequestError) as refused:
        hand_in(registration, zipped(), tmp_path)
    assert refused.value.error_code == "lab.budget_spent"
    assert Submission.objects.count() == 2
    cancel_run(
        run=first.runs.get(), reason="the lab's fault", actor=make_account("operator", Role.LAB_OPERATOR), now=START
    )
    assert hand_in(registration, zipped(), tmp_path).accepted


def test_refused_submissions_cost_nothing_but_have_an_end(registration: LockedRegistration, tmp_path: Path) -> None:
    for _ in range(3):
        hand_in(registration, b"no zip", tmp_path)
    key = organisation_of(make_account("company")).key
    assert budget_left(registration=registration, submitter=key, part=Part.FEEDBACK).used == 0
    rest = [make_submission(registration, refusals=[{"code": "upload.not_zip"}]) for _ in range(MOST_UPLOADS_A_DAY - 3)]
    assert len(rest) + 3 == MOST_UPLOADS_A_DAY
    with pytest.raises(RequestError) as refused:
        hand_in(registration, zipped(), tmp_path)
    assert refused.value.error_code == "lab.too_many_uploads"
    assert hand_in(registration, zipped(), tmp_path, now=START + timedelta(days=1, seconds=1)).accepted


def test_people_of_one_company_share_its_budget(registration: LockedRegistration, tmp_path: Path) -> None:
    party = Party.objects.create(kind=Party.ASSOCIATION, name="Company", added_at=START)
    for name in ("one", "two"):
        PartyMember.objects.create(party=party, account=make_account(name))
    submissions = [hand_in(registration, zipped(), tmp_path, name) for name in ("one", "two")]
    assert {one.submitter for one in submissions} == {f"party:{party.pk}"}
    with pytest.raises(RequestError):
        hand_in(registration, zipped(), tmp_path, "one")


def test_an_unregistered_problem_takes_nothing(registration: LockedRegistration, tmp_path: Path) -> None:
    LockedRegistration.objects.all()._raw_delete("default")
    with pytest.raises(RequestError) as refused:
        hand_in(registration, zipped(), tmp_path)
    assert refused.value.error_code == "lab.not_registered"


def test_the_confirm_set_is_opened_once_and_only_after_a_released_result(registration: LockedRegistration) -> None:
    submission = make_submission(registration)
    run = make_run(registration, submission)
    actor = submission.by
    with pytest.raises(RequestError):
        ask_confirmation(submission=submission, actor=actor, now=START)
    Run.objects.filter(pk=run.pk).update(state=RunState.RELEASED.value)
    with pytest.raises(RequestError):
        ask_confirmation(submission=submission, actor=make_account("another company"), now=START)
    assert ask_confirmation(submission=submission, actor=actor, now=START).part == "confirm"
    with pytest.raises(RequestError) as refused:
        ask_confirmation(submission=submission, actor=actor, now=START)
    assert refused.value.error_code == "lab.confirm_spent"


def test_every_reason_of_the_lab_is_said_in_both_languages_with_a_next_step() -> None:
    for code, reason in REASONS.items():
        assert reason.what.ko != reason.what.en, code
        assert reason.next_step.ko != reason.next_step.en, code


def test_an_account_without_a_party_stands_for_itself(db: None) -> None:  # noqa: ARG001
    account: Account = make_account("company")
    assert organisation_of(account).key == f"account:{account.pk}"


def test_the_model_may_not_be_hidden_behind_a_good_name(registration: LockedRegistration, tmp_path: Path) -> None:
    submission = hand_in(registration, zipped(files(model__onnx=b"PK\x03\x04" + sum_model())), tmp_path)
    assert [one["code"] for one in submission.refusals] == ["file.disguised"]


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.SUBMITTER}, key=lambda one: one.value))
def test_nobody_but_a_submitter_hands_in(registration: LockedRegistration, tmp_path: Path, role: Role) -> None:
    make_account(role.value, role)
    with pytest.raises(RequestError) as refused:
        hand_in(registration, zipped(), tmp_path, role.value)
    assert refused.value.error_code == "request.not_allowed"
    assert not Submission.objects.exists()


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.LAB_OPERATOR}, key=lambda one: one.value))
def test_nobody_but_the_operator_cancels_and_runs_again(registration: LockedRegistration, role: Role) -> None:
    run, actor = make_run(registration), make_account(role.value, role)
    for deed in (cancel_run, run_again):
        with pytest.raises(RequestError) as refused:
            deed(run=run, reason="because I want it", actor=actor, now=START)
        assert refused.value.error_code == "request.not_allowed"
    run.refresh_from_db()
    assert run.stands is RunState.QUEUED


@pytest.mark.parametrize("name", sorted(BOMBS))
def test_a_bomb_is_refused_and_costs_the_service_no_memory(
    registration: LockedRegistration, tmp_path: Path, name: str
) -> None:
    """Unpacked and parsed in this process, the lines alone took more than a gigabyte."""
    make, codes = BOMBS[name]
    data = make()
    hand_in(registration, zipped(), tmp_path)  # the parsing process is there
    with growth() as grown:
        submission = hand_in(registration, data, tmp_path, account="other company")
    assert grown.most_bytes < 60_000_000
    found = {one["code"] for one in submission.refusals}
    assert found
    assert found <= codes | {"sheet.missing", "sheet.unknown"}
    for one in submission.refusals:
        said = explained(one)
        assert said.what.ko
        assert said.next_step.ko


def test_a_file_inside_that_is_shorter_than_it_claims_is_damaged(
    registration: LockedRegistration, tmp_path: Path
) -> None:
    data = zipped(files(card__md=None), ("card.md", b"# a card\n" * 20))
    short = data.replace(struct.pack("<I", 180), struct.pack("<I", 200))
    assert short != data
    submission = hand_in(registration, short, tmp_path)
    assert [one["code"] for one in submission.refusals] == ["upload.damaged"]
