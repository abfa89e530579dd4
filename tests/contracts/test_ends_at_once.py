"""What ends once is ended by one of two who ask at one moment; the other is told so. On both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pandok.fields.street.acts.silencing import end_silence, silence
from pandok.fields.street.acts.trials import conclude_trial
from pandok.fields.street.models import SilenceEnd, TrialResult
from tests.contracts.test_numbers_at_once import ASKED, at_once, db, prepared  # noqa: F401
from tests.fields.street.acts.test_trials import trial_of
from tests.fields.street.bed import NOON, later, pole


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
