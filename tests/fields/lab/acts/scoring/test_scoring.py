"""A run is scored once, under its lock, from stored outputs; the rows give the same bytes again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from pandok.common.models import AuditEntry
from pandok.core.audit import AuditEvent
from pandok.core.canonical import digest
from pandok.core.errors import StoreError
from pandok.fields.lab.acts.runs.hooks import SCORERS
from pandok.fields.lab.acts.runs.hooks import score as hooks_score
from pandok.fields.lab.acts.scoring.recomputing import recompute
from pandok.fields.lab.acts.scoring.scoring import score_run
from pandok.fields.lab.models import (
    ComparisonRecord,
    ConfirmOpening,
    LadderBoard,
    ResultReport,
    Run,
    ScoreRow,
    Use,
)
from pandok.fields.lab.states.run_states import RunState
from tests.fields.lab.acts.packs.conftest import NOON
from tests.fields.lab.acts.scoring.conftest import Scene, right, truth_of

pytestmark = pytest.mark.django_db


def test_a_confirm_run_is_compared_with_practice_and_kept_with_its_hash(scene: Scene) -> None:
    run = scene.score(scene.run())
    record = run.comparison
    assert record.comparison.endpoints[0].model.value == 1.0
    assert record.sha256 == digest(record.comparison)
    assert record.registration_sha256 == scene.registration.sha256
    assert (run.report.values["comparison_sha256"], run.report.sha256) == (record.sha256, digest(run.report.values))
    assert ScoreRow.objects.filter(run=run).count() == 24
    actions = set(AuditEntry.objects.values_list("action", flat=True))
    assert {"lab.confirm_opened", "lab.scored"} <= actions


def test_scoring_again_changes_nothing(scene: Scene) -> None:
    run = scene.score(scene.run())
    before = run.comparison.sha256
    score_run(run=run, vault=scene.lab.vault, now=NOON + timedelta(days=1), blobs=scene.lab.blobs)
    assert (ScoreRow.objects.count(), ComparisonRecord.objects.count(), ResultReport.objects.count()) == (24, 1, 1)
    assert ComparisonRecord.objects.get().sha256 == before


def test_a_crash_while_sealing_the_rows_leaves_a_run_that_is_scored_later(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = scene.run()

    def die(_: AuditEvent) -> None:
        raise RuntimeError("power")

    with monkeypatch.context() as patched:
        patched.setattr("pandok.fields.lab.acts.scoring.scoring.audit.record", die)
        with pytest.raises(RuntimeError):
            score_run(run=run, vault=scene.lab.vault, now=NOON, blobs=scene.lab.blobs)
    assert not ScoreRow.objects.exists()
    assert not ConfirmOpening.objects.exists()
    assert scene.score(run).comparison.verdict


def test_the_stored_rows_give_the_same_hash_and_the_look_is_written_down(scene: Scene) -> None:
    run = scene.score(scene.run())
    looks = Use.objects.filter(run_id=str(run.pk)).count()
    again = recompute(run=run, vault=scene.lab.vault)
    assert again.agrees
    assert again.found == run.comparison.sha256
    assert Use.objects.filter(run_id=str(run.pk)).count() == looks + 1


def test_no_truth_lies_open_on_disk_or_in_the_database(scene: Scene) -> None:
    run = scene.score(scene.run())
    row = ScoreRow.objects.filter(run=run).first()
    assert row is not None
    assert {field.name for field in ScoreRow._meta.fields} == {"id", "run", "case_id", "keyed_hash", "scores"}
    clear = [
        path
        for path in (scene.lab.home / "home" / "vault").rglob("*")
        if path.is_file() and b'"truth"' in path.read_bytes()
    ]
    assert clear == []


def test_one_case_has_one_score(scene: Scene) -> None:
    run = scene.score(scene.run())
    row = ScoreRow.objects.filter(run=run).first()
    assert row is not None
    with pytest.raises(IntegrityError), transaction.atomic():
        ScoreRow.objects.create(run=run, case_id=row.case_id, keyed_hash="0" * 64, scores=row.scores)


def test_nothing_is_scored_before_a_lock_or_under_another_pack(scene: Scene) -> None:
    run = scene.run()
    Run.objects.filter(pk=run.pk).update(queued_at=scene.registration.registered_at - timedelta(seconds=1))
    with pytest.raises(StoreError) as refusal:
        score_run(run=Run.objects.get(pk=run.pk), vault=scene.lab.vault, now=NOON, blobs=scene.lab.blobs)
    assert refusal.value.error_code == "lab.scoring_registration"
    assert not Use.objects.exists()


def test_a_run_that_lost_its_lease_is_not_scored(scene: Scene) -> None:
    run = scene.run()
    Run.objects.filter(pk=run.pk).update(fencing=5)
    with pytest.raises(StoreError) as refusal:
        score_run(run=run, vault=scene.lab.vault, now=NOON, blobs=scene.lab.blobs)
    assert refusal.value.error_code == "lab.scoring_state"
    assert not ScoreRow.objects.exists()


def test_a_case_without_output_stops_the_scoring(scene: Scene) -> None:
    run = scene.run()
    gone = run.outputs.count() - 1
    other = scene.run(submitter="other")
    CaseOutputs = type(run.outputs.first())
    CaseOutputs._base_manager.filter(pk=run.outputs.last().pk)._raw_delete(using="default")
    assert run.outputs.count() == gone
    with pytest.raises(StoreError) as refusal:
        score_run(run=run, vault=scene.lab.vault, now=NOON, blobs=scene.lab.blobs)
    assert refusal.value.error_code == "lab.scoring_outputs"
    assert scene.score(other).comparison.verdict


def test_an_unreadable_output_counts_as_wrong(scene: Scene) -> None:
    run = scene.score(scene.run(answer=lambda case_id: None if case_id.endswith("2") else right(case_id)))
    assert run.comparison.comparison.missing > 0
    assert run.comparison.verdict == "undecidable"


def test_the_confirm_set_is_opened_once_for_an_organisation(scene: Scene) -> None:
    scene.score(scene.run())
    with pytest.raises(StoreError) as refusal:
        scene.score(scene.run())
    assert refusal.value.error_code == "lab.confirm_spent"
    assert scene.score(scene.run(submitter="other")).opening.number == 1
    assert ConfirmOpening.objects.count() == 2


def test_feedback_shows_only_what_the_ladder_lets_through(scene: Scene) -> None:
    def half(case_id: str) -> list[float]:
        return [float(truth_of(case_id)) if case_id < "t025" else 0.0]

    shown = []
    for answer in (half, right, half):
        run = scene.score(scene.run("feedback", answer=answer))
        assert not ComparisonRecord.objects.filter(run=run).exists()
        shown.append((run.ladder.number, round(run.ladder.shown, 4), run.ladder.improved))
    step = 24**-0.5
    first = shown[0][1]
    assert shown[0] == (1, first, True)
    assert shown[1] == (2, round(round(1 / step) * step, 4), True)
    assert shown[2] == (3, shown[1][1], False)
    assert first % step == pytest.approx(0, abs=1e-3) or first % step == pytest.approx(step, abs=1e-3)
    assert LadderBoard.objects.filter(submitter=run.submitter).count() == 3


def test_another_organisation_has_a_ladder_of_its_own(scene: Scene) -> None:
    scene.score(scene.run("feedback"))
    other = scene.score(scene.run("feedback", submitter="other", answer=lambda _: [0.0]))
    assert (other.ladder.number, other.ladder.improved) == (1, True)
    assert other.ladder.shown < 0.7


def test_a_retrieval_is_answered_by_the_nearest_picture(pictures: Scene) -> None:
    run = pictures.score(pictures.run())
    found = run.comparison.comparison
    assert found.endpoints[0].metric == "recall_at_1"
    # The model answers "red" to all; half of the queries are red.
    assert found.endpoints[0].model.value == pytest.approx(0.5, abs=0.2)


def test_the_lab_hands_finished_runs_to_the_scoring(monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[dict[str, object]] = []
    monkeypatch.setattr("pandok.fields.lab.acts.scoring.scoring.score_run", lambda **given: called.append(given))
    assert len(SCORERS) == 1
    hooks_score(run=None, vault=None, now=NOON)  # type: ignore[arg-type]
    assert called == [{"run": None, "vault": None, "now": NOON}]


def test_a_scored_run_keeps_its_state(scene: Scene) -> None:
    run = scene.run()
    score_run(run=run, vault=scene.lab.vault, now=NOON, blobs=scene.lab.blobs)
    assert Run.objects.get(pk=run.pk).stands is RunState.SCORING
