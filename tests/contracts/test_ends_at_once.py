"""What is done once is done by one of two who ask at one moment; the other is told so. On both databases."""

from __future__ import annotations

import threading
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction

from pandok.fields.street.acts.alert_moves import ALERTS, locked
from pandok.fields.street.acts.silencing import end_silence, maintain, silence
from pandok.fields.street.acts.trials import conclude_trial
from pandok.fields.street.models import Alert, RegisteredReplay, SilenceEnd, TrialResult
from tests.contracts.test_numbers_at_once import ASKED, at_once, db, prepared  # noqa: F401
from tests.fields.street.acts.test_registered_replays import registered, street
from tests.fields.street.acts.test_trials import trial_of
from tests.fields.street.bed import NOON, later, pole, raised


@pytest.mark.usefixtures("db")
def test_a_trial_is_concluded_once() -> None:
    number = trial_of().pk
    asked = [
        lambda: conclude_trial(number, learnt="예산이 끊겼다", given_up=True, actor=None, now=NOON).trial_id
        for _ in range(ASKED)
    ]
    assert sorted(map(str, at_once(asked))) == sorted([str(number), *["street.no_trial"] * (ASKED - 1)])
    assert TrialResult.objects.count() == 1


@pytest.mark.usefixtures("db")
def test_a_silence_is_ended_once() -> None:
    key, until = pole().key, NOON + timedelta(hours=1)
    one = silence(pole=key, feeder="", reader="", until=until, actor=None, reason="센서 교체 작업", now=NOON)
    asked = [lambda: end_silence(one.pk, actor=None, reason="작업이 끝났다", now=later(60)).pk for _ in range(ASKED)]
    assert sorted(map(str, at_once(asked))) == sorted([str(one.pk), *["street.no_silence"] * (ASKED - 1)])
    assert SilenceEnd.objects.count() == 1


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("what", ["maintenance", "silence"])
def test_an_end_that_wakes_an_alert_waits_for_nobody_who_waits_for_the_trail(what: str) -> None:
    """Whoever decides holds the alert and then asks for the audit trail: an end must not hold that and ask for it."""
    key, until = pole().key, NOON + timedelta(hours=1)
    alert, held = raised(), threading.Event()
    one = silence(pole=key, feeder="", reader="", until=until, actor=None, reason="센서 교체 작업", now=NOON)
    Alert.objects.update(quiet=True)

    def decide() -> str:
        with transaction.atomic():
            mine = locked(alert.pk)
            held.set()
            time.sleep(0.7)  # the other one has come as far as it can by then
            ALERTS.happened(mine, actor=None, reason="확인 중", now=later(60), action="alert.ticked", columns={})
        return "decided"

    def end() -> str:
        held.wait(30)
        if what == "silence":
            end_silence(one.pk, actor=None, reason="작업이 끝났다", now=later(60))
        else:
            SilenceEnd.objects.create(silence=one, at=NOON, by=None, reason="작업이 끝났다")
            maintain(key, until=None, actor=None, reason="작업이 끝났다", now=later(60))
        return "ended"

    assert at_once([decide, end]) == ["decided", "ended"]
    assert not Alert.objects.get().quiet


@pytest.mark.usefixtures("db")
def test_a_question_to_a_stored_period_is_registered_once(tmp_path: Path) -> None:
    street(tmp_path)
    found = at_once([lambda: bool(registered(tmp_path).pk) for _ in range(ASKED)])
    assert sorted(map(str, found)) == sorted(["True", *["street.plan_there"] * (ASKED - 1)])
    assert RegisteredReplay.objects.count() == 1
