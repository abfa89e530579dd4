"""Articles that were never trained stand apart from those that were, each with its interval."""

from __future__ import annotations

import pytest

from pandok.fields.academy.acts.sittings.ending import end
from pandok.fields.academy.kinds import PictureSet, SittingMode
from pandok.fields.academy.lists.transfer import transfer_of
from tests.fields.academy.school import School
from tests.fields.academy.school import school as school

pytestmark = pytest.mark.django_db


def answered(school: School, mode: SittingMode, *, pictures: int, right: bool) -> None:
    sitting = school.begin(school.course(minutes=60), mode)
    for _ in range(pictures):
        school.answer(sitting, right=right)
    end(sitting_id=sitting.pk, trainee=sitting.trainee, now=school.now)


def test_who_knows_only_what_was_trained_is_seen(school: School) -> None:
    school.bank(articles=4, each=6)
    trainee = school.person()
    assert transfer_of(trainee) is None
    answered(school, SittingMode.TRAIN, pictures=30, right=True)
    assert transfer_of(trainee) is None  # nothing of the transfer set was answered
    school.bank(PictureSet.TRANSFER, articles=4, each=4)
    answered(school, SittingMode.MEASURE, pictures=12, right=False)
    found = transfer_of(trainee)
    assert found is not None
    assert found.trained.counts.hits == found.trained.counts.threats > 0
    assert found.never_trained.counts.hits == 0
    assert found.never_trained.counts.threats + found.never_trained.counts.harmless == 12
    assert found.trained.hit_share is not None
    assert found.never_trained.hit_share is not None
    assert found.never_trained.hit_share.high < found.trained.hit_share.low
    assert found.trained.d_a is not None
    assert found.never_trained.d_a is None  # below ten of each kind
    assert found.other_machines is None  # the pictures of this bank name no machine


def test_machines_that_were_never_trained_on_stand_apart_again(school: School) -> None:
    for machine, set_ in (
        ("cabinet-1", PictureSet.TRAINING),
        ("cabinet-1", PictureSet.TRANSFER),
        ("cabinet-9", PictureSet.TRANSFER),
    ):
        article = school.article(set_=set_)
        pictures = school.picture(article, set_, machine=machine), school.picture(None, set_, machine=machine)
        if set_.looked_through:
            school.accept(*pictures)
    answered(school, SittingMode.TRAIN, pictures=2, right=True)
    answered(school, SittingMode.MEASURE, pictures=4, right=True)
    found = transfer_of(school.person())
    assert found is not None
    assert found.never_trained.counts.threats == 2
    assert found.other_machines is not None
    assert found.other_machines.counts.threats == 1
