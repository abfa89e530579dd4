"""Difficulties follow the answers of many: with enough of them, once, and with an audit event."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import numpy as np

from pandok.common.jobs.registry import periodic
from pandok.common.models import Account, AuditEntry
from pandok.fields.academy.acts.bank.calibration import LEAST_PEOPLE, LEAST_PICTURES, calibrate_pictures
from pandok.fields.academy.kinds import PictureSet, Said, SittingMode
from pandok.fields.academy.lists.bank import bank_of
from pandok.fields.academy.models import Picture, PictureCalibration, Sitting, TrialAnswer
from tests.fields.academy.school import School
from tests.fields.academy.school import school as school

TRUE = np.linspace(-1.5, 1.5, LEAST_PICTURES)


def answered(school: School, people: int = 60, *, returns: bool = False, first: int = 0) -> list[Picture]:
    """Ten pictures of known difficulty, each answered by everybody."""
    random = np.random.default_rng(3)
    known = list(Picture.objects.filter(threat=True).order_by("made_at", "id"))
    pictures = known or [school.picture(school.article(), difficulty=0.0, difficulty_sd=1.0) for _ in TRUE]
    pictures = sorted(pictures, key=lambda one: int(one.bag.split()[1]))
    course = school.course()
    for number in range(first, first + people):
        person = Account.objects.create_user(f"reader {number}")
        sitting = Sitting.objects.create(
            trainee=person,
            course=course,
            mode=SittingMode.TRAIN.value,
            state="ended",
            state_since=school.now,
            begun_at=school.now,
            touched_at=school.now,
            seed=1,
        )
        theta = float(random.normal())
        for place, picture in enumerate(pictures):
            stop = random.random() < 1 / (1 + np.exp(-(theta - TRUE[place])))
            told: dict[str, Any] = {
                "said": (Said.STOP if stop else Said.CLEAR).value,
                "shown_at": school.now,
                "said_at": school.now + timedelta(seconds=3),
                "answered_at": school.now + timedelta(seconds=4),
            }
            TrialAnswer.objects.create(
                sitting=sitting,
                number=place + 1,
                trainee=person,
                picture=picture,
                article=picture.article,
                threat=True,
                located=bool(stop),
                confidence=3,
                returns=returns,
                **told,
            )
    school.now += timedelta(hours=1)
    return pictures


def test_difficulties_follow_the_answers_and_the_bank_takes_them(school: School) -> None:
    pictures = answered(school)
    done = calibrate_pictures(now=school.now)
    assert (done.pictures, done.people) == (LEAST_PICTURES, 60)
    found = {str(one.picture_id): one for one in PictureCalibration.objects.all()}
    b = [found[str(one.pk)].difficulty for one in pictures]
    assert float(np.corrcoef(b, TRUE)[0, 1]) > 0.9
    assert all(0 < one.difficulty_sd < 1 for one in found.values())
    bank = {one.picture: one.item.difficulty for one in bank_of(PictureSet.TRAINING).threats}
    assert bank[str(pictures[0].pk)] == found[str(pictures[0].pk)].difficulty
    entry = AuditEntry.objects.get(action="academy.calibrated")
    assert entry.details == {"pictures": LEAST_PICTURES, "people": 60}


def test_again_it_writes_nothing_until_more_people_answered(school: School) -> None:
    answered(school)
    calibrate_pictures(now=school.now)
    assert calibrate_pictures(now=school.now + timedelta(days=1)).pictures == 0
    assert AuditEntry.objects.filter(action="academy.calibrated").count() == 1
    answered(school, people=5, first=100)
    assert calibrate_pictures(now=school.now).pictures == LEAST_PICTURES
    assert PictureCalibration.objects.count() == 2 * LEAST_PICTURES


def test_too_few_people_or_answers_to_what_came_back_say_nothing(school: School) -> None:
    answered(school, people=LEAST_PEOPLE - 1)
    assert calibrate_pictures(now=school.now).pictures == 0
    answered(school, people=LEAST_PEOPLE, returns=True, first=100)
    assert calibrate_pictures(now=school.now).pictures == 0
    answered(school, people=1, first=300)
    assert calibrate_pictures(now=school.now).pictures == LEAST_PICTURES


def test_it_runs_every_night_whatever_the_clock_says() -> None:
    """It ends nothing and removes nothing."""
    one = periodic()["fields.academy.acts.bank.calibration_job.calibrate_every_night"]
    assert one.seconds == 24 * 3600
    assert not one.by_clock
