"""A test ends as a whole: by the server's clock, from its beginning, whatever was paused."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pandok.fields.academy.acts.sittings.answering import show
from pandok.fields.academy.acts.sittings.ending import go_on, pause
from pandok.fields.academy.acts.sittings.limit import BETWEEN_S, ends_at
from pandok.fields.academy.kinds import PictureSet, SittingMode
from pandok.fields.academy.models import Shown, Sitting
from pandok.fields.academy.states import SittingState
from tests.fields.academy.school import School
from tests.fields.academy.school import school as school


def begun(school: School, mode: SittingMode) -> Sitting:
    for set_ in (PictureSet.TRAINING, PictureSet.TRANSFER, PictureSet.BLIND):
        school.bank(set_, articles=12, each=2)
    return school.begin(school.course(minutes=5), mode)


def test_a_fixed_test_lasts_as_long_as_its_pictures_and_what_lies_between(school: School) -> None:
    sitting = begun(school, SittingMode.PRETEST)
    assert ends_at(sitting) == sitting.begun_at + timedelta(seconds=len(sitting.order) * (10 + BETWEEN_S))


@pytest.mark.parametrize("mode", [SittingMode.PRETEST, SittingMode.MEASURE])
def test_after_its_end_no_further_picture_is_given_and_what_was_answered_counts(
    school: School, mode: SittingMode
) -> None:
    sitting = begun(school, mode)
    assert school.answer(sitting)
    end = ends_at(sitting)
    assert end is not None
    assert show(sitting_id=sitting.pk, trainee=sitting.trainee, number=2, now=end) is None
    sitting.refresh_from_db()
    assert sitting.stands is SittingState.ENDED
    assert sitting.answers.count() == 1
    assert not Shown.objects.filter(sitting=sitting).exists()


def test_a_pause_does_not_stop_the_clock_of_a_test(school: School) -> None:
    sitting = begun(school, SittingMode.MEASURE)
    assert school.answer(sitting)
    pause(sitting_id=sitting.pk, trainee=sitting.trainee, now=school.now)
    later = school.now + timedelta(minutes=30)
    go_on(sitting_id=sitting.pk, trainee=sitting.trainee, now=later)
    assert show(sitting_id=sitting.pk, trainee=sitting.trainee, number=2, now=later) is None
    sitting.refresh_from_db()
    assert sitting.stands is SittingState.ENDED


def test_a_picture_on_the_screen_may_still_be_answered_and_is_the_last(school: School) -> None:
    sitting = begun(school, SittingMode.MEASURE)
    end = ends_at(sitting)
    assert end is not None
    school.now = end - timedelta(seconds=1)
    assert school.answer(sitting)
    sitting.refresh_from_db()
    assert sitting.stands is SittingState.ENDED
    assert sitting.answers.count() == 1


def test_training_has_no_such_end(school: School) -> None:
    sitting = begun(school, SittingMode.TRAIN)
    assert ends_at(sitting) is None
    assert school.answer(sitting)
    late = school.now + timedelta(hours=3)
    assert show(sitting_id=sitting.pk, trainee=sitting.trainee, number=2, now=late) is not None
