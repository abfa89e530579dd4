"""A whole shadow trial on the desk, from registration to verdict."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from pandok.core.errors import ModelError, PhotographError, RequestError
from pandok.core.text import Text
from pandok.engines.proof_pack.signed_report import opened_report
from pandok.engines.proof_pack.signing import SigningKey
from pandok.fields.lab.acts.shadow.blind_counts import blind_counts
from pandok.fields.lab.acts.shadow.give_verdict import give_verdict, holds
from pandok.fields.lab.acts.shadow.handing_over import hand_over
from pandok.fields.lab.acts.shadow.monitor import look
from pandok.fields.lab.acts.shadow.random_checks import open_checks, record_check
from pandok.fields.lab.acts.shadow.unblinding import unblind
from pandok.fields.lab.models import (
    AuditDraw,
    MonitorLook,
    ShadowCase,
    ShadowCommit,
    ShadowDecision,
    ShadowReveal,
    ShadowTrial,
)
from pandok.fields.lab.states.trial_states import TrialState
from tests.fields.lab.acts.shadow.trial_fixtures import REASON, Trials, build_trials

pytestmark = pytest.mark.django_db


def opened(trials: Trials) -> ShadowTrial:
    trial = unblind(trial=trials.fresh(), actor=trials.evaluator, reason=REASON, now=trials.clock())
    return give_verdict(trial=trial, actor=trials.evaluator, reason=REASON, now=trials.clock())


def test_the_whole_way(tmp_path: Path) -> None:
    """Forty goods; the model is right where the officer is, and on five more."""
    trials = build_trials(tmp_path, planned_n=40)
    for number in range(40):
        officer = "30-0002" if number < 5 else "30-0001"
        trials.one(model="30-0001", officer=officer, truth="30-0001")
    look(trial=trials.trial, now=trials.clock())
    assert trials.fresh().state == TrialState.COMPLETED
    trial = opened(trials)
    report = trial.report
    assert report["pairs"] == {
        "only_model": 5,
        "only_practice": 0,
        "equally_right": 35,
        "not_drawn": 0,
        "missing": 0,
    }
    assert report["verdict"] == "proven"
    assert report["primary"]["method"] == "tango"
    assert report["primary"]["difference"] == 5 / 40
    assert report["checks"] == []
    assert report["found"]["model"]["share"] == 1.0
    assert report["found"]["practice"]["share"] == 35 / 40
    assert report["further"]["median_seconds"] == 33
    assert holds(ShadowTrial.objects.get(id=trial.id))
    key = SigningKey.at(tmp_path / "keys" / "site")
    trial = hand_over(
        trial=trials.fresh(), actor=trials.evaluator, reason=REASON, now=trials.clock(), key=key, blobs=trials.blobs
    )
    signed = trials.blobs.get(trial.proof_pack)
    assert opened_report(signed, [key.public]) == (trial.report, key.key_id)
    with pytest.raises(RequestError):
        opened_report(signed, [SigningKey.at(tmp_path / "keys" / "another").public])
    trials.to(TrialState.ACCEPTED, trials.owner)
    assert [one.to_state for one in trial.events.all()][-4:] == ["unblinded", "verdict", "handed_over", "accepted"]


def test_every_commit_comes_before_its_decision_and_every_reveal_after(tmp_path: Path) -> None:
    trials = build_trials(tmp_path)
    for _ in range(10):
        trials.one(model="30-0001", officer="30-0001", truth="30-0001")
    look(trial=trials.trial, now=trials.clock())
    opened(trials)
    for case in ShadowCase.objects.select_related("commit", "decision", "reveal"):
        assert case.enrolled_at <= case.commit.at < case.decision.at < case.reveal.at
        assert case.commit.audit_sequence < case.decision.audit_sequence


def test_a_decision_before_the_commit_is_counted_and_never_dropped(tmp_path: Path) -> None:
    trials = build_trials(tmp_path, most_out_of_order_share=0.05)
    record = trials.read()
    trials.know(trials.decide(record, "30-0001"), "30-0001")
    trials.commit(record)
    for _ in range(10):
        trials.one(model="30-0001", officer="30-0001", truth="30-0001")
    counts = blind_counts(trials.trial)
    assert (counts.decided, counts.in_order, counts.out_of_order, counts.committed) == (11, 10, 1, 11)
    look(trial=trials.trial, now=trials.clock())
    report = opened(trials).report
    assert report["counts"]["out_of_order"] == 1
    assert report["verdict"] == "undecidable"  # 1 of 11 is more than 5 %
    assert report["conditions"]["commits_in_order"] is False


def test_goods_that_were_let_go_are_drawn_and_checked_by_another(tmp_path: Path) -> None:
    trials = build_trials(tmp_path, planned_n=10)
    for _ in range(10):
        trials.one(model="30-0001", officer="")
    assert AuditDraw.objects.filter(drawn=True).count() == 10
    look(trial=trials.trial, now=trials.clock())
    with pytest.raises(RequestError, match="still awaited"):
        unblind(trial=trials.fresh(), actor=trials.evaluator, reason=REASON, now=trials.clock())
    checks = list(open_checks(trials.colleague))
    assert len(checks) == 10
    with pytest.raises(RequestError, match="Whoever decided"):
        record_check(draw=checks[0], design_id="", actor=trials.world.officer, reason=REASON, now=trials.clock())
    for number, draw in enumerate(checks):
        found = "30-0001" if number < 4 else ""
        record_check(draw=draw, design_id=found, actor=trials.colleague, reason=REASON, now=trials.clock())
    with pytest.raises(RequestError, match="recorded already"):
        record_check(draw=checks[0], design_id="", actor=trials.colleague, reason=REASON, now=trials.clock())
    report = opened(trials).report
    assert (report["pairs"]["only_model"], report["pairs"]["only_practice"]) == (4, 6)


def test_draws_follow_the_committed_seed_and_only_half_are_drawn(tmp_path: Path) -> None:
    trials = build_trials(tmp_path, planned_n=60, audit_probability=0.5)
    for _ in range(60):
        trials.one(model="", officer="")
    drawn = AuditDraw.objects.filter(drawn=True).count()
    assert 15 <= drawn <= 45
    assert set(AuditDraw.objects.values_list("probability", flat=True)) == {0.5}


def test_the_harm_boundary_stops_the_trial(tmp_path: Path) -> None:
    trials = build_trials(tmp_path, planned_n=100)
    for _ in range(100):
        trials.one(model="30-0002", officer="30-0001", truth="30-0001")
        look(trial=trials.trial, now=trials.clock())
        if trials.fresh().state != TrialState.RUNNING:
            break
    assert trials.trial.state == TrialState.STOPPED_HARM
    assert 0 < blind_counts(trials.trial).in_order < 20
    report = opened(trials).report
    assert report["verdict"] == "inferior"
    assert report["primary"] is None


def test_the_benefit_boundary_stops_only_where_registered(tmp_path: Path) -> None:
    trials = build_trials(tmp_path, planned_n=100, stop_for_benefit=True)
    for _ in range(100):
        trials.one(model="30-0001", officer="30-0002", truth="30-0001")
        look(trial=trials.trial, now=trials.clock())
        if trials.fresh().state != TrialState.RUNNING:
            break
    assert trials.trial.state == TrialState.STOPPED_BENEFIT
    assert opened(trials).report["verdict"] == "proven"


def test_without_the_rule_a_crossed_benefit_goes_on(tmp_path: Path) -> None:
    trials = build_trials(tmp_path, planned_n=100)
    for _ in range(20):
        trials.one(model="30-0001", officer="30-0002", truth="30-0001")
    found = look(trial=trials.trial, now=trials.clock())
    assert found is not None
    assert (found.benefit, found.harm) == (True, False)
    assert trials.fresh().state == TrialState.RUNNING


def test_looking_again_without_news_leaves_no_row(tmp_path: Path) -> None:
    trials = build_trials(tmp_path)
    look(trial=trials.trial, now=trials.clock())
    look(trial=trials.trial, now=trials.clock())
    assert MonitorLook.objects.count() == 1


def test_the_monitor_waits_for_a_truth_and_no_longer_than_registered(tmp_path: Path) -> None:
    trials = build_trials(tmp_path, truth_within_days=3)
    trials.one(model="30-0001", officer="30-0002")
    trials.one(model="30-0001", officer="30-0002", truth="30-0001")
    found = look(trial=trials.trial, now=trials.clock())
    assert found is not None
    assert found.cases == 0
    trials.now += timedelta(days=4)
    found = look(trial=trials.trial, now=trials.clock())
    assert found is not None
    assert found.cases == 1


def test_ended_by_hand_before_the_plan_is_undecidable(tmp_path: Path) -> None:
    trials = build_trials(tmp_path)
    trials.one(model="30-0001", officer="30-0002", truth="30-0001")
    trials.to(TrialState.COMPLETED)
    report = opened(trials).report
    assert report["verdict"] == "undecidable"
    assert "1" in report["broken"][0]["en"]


def test_missing_truths_beyond_the_limit_make_it_undecidable(tmp_path: Path) -> None:
    trials = build_trials(tmp_path, truth_within_days=3)
    for number in range(10):
        trials.one(model="30-0001", officer="30-0002", truth="30-0001" if number < 8 else None)
    trials.now += timedelta(days=4)
    look(trial=trials.trial, now=trials.clock())
    report = opened(trials).report
    assert report["pairs"]["missing"] == 2
    assert report["verdict"] == "undecidable"


def test_label_noise_that_could_flip_the_verdict_makes_it_undecidable(tmp_path: Path) -> None:
    trials = build_trials(tmp_path, planned_n=40, wrong_truth_share=0.2)
    for number in range(40):
        officer = "30-0002" if number < 5 else "30-0001"
        trials.one(model="30-0001", officer=officer, truth="30-0001")
    look(trial=trials.trial, now=trials.clock())
    report = opened(trials).report
    assert report["label_noise"] == {"turned": 8, "flips": True}
    assert report["verdict"] == "undecidable"


def test_unreadable_goods_count_as_wrong_and_are_told(tmp_path: Path) -> None:
    trials = build_trials(tmp_path)
    unreadable = PhotographError(Text(ko="사진", en="no photograph"), Text(ko="다시", en="again"))
    for number in range(10):
        trials.one(model=unreadable if number == 0 else "30-0001", officer="30-0001", truth="30-0001")  # type: ignore[arg-type]
    look(trial=trials.trial, now=trials.clock())
    report = opened(trials).report
    assert report["further"]["model_unreadable"] == 1
    assert report["pairs"]["only_practice"] == 1


def test_a_commit_is_made_once_however_often_it_is_asked_for(tmp_path: Path) -> None:
    trials = build_trials(tmp_path)
    record = trials.read()
    first, second = trials.commit(record), trials.commit(record)
    assert first == second
    assert len(trials.candidate.asked) == 1
    assert ShadowCommit.objects.count() == 1


def test_another_model_than_the_registered_one_commits_nothing(tmp_path: Path) -> None:
    trials = build_trials(tmp_path)
    trials.candidate.card_sha256 = "0" * 64
    with pytest.raises(RequestError, match="not the model that was registered"):
        trials.commit(trials.read())
    assert not ShadowCommit.objects.exists()


def test_a_candidate_that_fails_may_be_tried_again(tmp_path: Path) -> None:
    trials = build_trials(tmp_path)
    record = trials.read()
    trials.candidate.answers.append(ModelError(Text(ko="모델", en="model"), Text(ko="다시", en="again")))
    with pytest.raises(ModelError):
        trials.commit(record)
    assert trials.commit(record) is not None


def test_reading_again_enrols_nothing_and_a_second_decision_changes_nothing(tmp_path: Path) -> None:
    from pandok.fields.counterfeit.acts.cases.deciding import reopen_choice, say_nothing_close
    from pandok.fields.designs.acts.readings import read_again
    from pandok.fields.designs.photograph_reader import ReadingFilters
    from tests.fields.designs.fakes import FakeDesk, reading

    trials = build_trials(tmp_path)
    record = trials.read()
    read_again(
        record=record,
        filters=ReadingFilters(in_force_only=False),
        boxes=[None],
        actor=trials.world.officer,
        now=trials.clock(),
        desk=FakeDesk(reading([])),
        blobs=trials.blobs,
    )
    assert ShadowCase.objects.count() == 1
    trials.commit(record)
    case = trials.decide(record, "30-0001")
    reopen_choice(case=case, actor=trials.world.officer, reason="다시", now=trials.clock())
    say_nothing_close(case=case, actor=trials.world.officer, reason="다시", now=trials.clock())
    assert ShadowDecision.objects.get().design_id == "30-0001"
    assert not AuditDraw.objects.exists()


def test_testers_and_other_sites_are_no_part_of_it(tmp_path: Path) -> None:
    trials = build_trials(tmp_path, testers=("colleague",), sites=("ICN",))
    trials.read(actor=trials.colleague)
    trials.read(actor=trials.world.account(trials.world.officer.roles.__iter__().__next__(), "elsewhere"))
    assert not ShadowCase.objects.exists()
    record = trials.read()
    trials.commit(record)
    trials.decide(record, "30-0001", actor=trials.colleague)
    counts = blind_counts(trials.trial)
    assert (counts.by_testers, counts.in_order) == (1, 0)


def test_nothing_is_enrolled_before_the_start_and_after_the_stop(tmp_path: Path) -> None:
    trials = build_trials(tmp_path, start=False)
    trials.read()
    trials.to(TrialState.RUNNING)
    record = trials.read()
    trials.to(TrialState.COMPLETED)
    trials.read()
    assert ShadowCase.objects.count() == 1
    assert trials.commit(record) is None
    assert not ShadowReveal.objects.exists()
