"""Ability, measures and curves of answers; whose results are whose; and a ledger that shows what was changed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from django.db import connection

from pandok.core.errors import RequestError
from pandok.fields.academy.acts.sittings.ending import end
from pandok.fields.academy.kinds import Said
from pandok.fields.academy.ledger_chain import Broken
from pandok.fields.academy.lists.learning import learning_of
from pandok.fields.academy.lists.ledger import ledger_of
from pandok.fields.academy.lists.results import person_answers, rating_of, results_of, sitting_answers
from pandok.fields.academy.lists.visible import members_of, person_of, sitting_of, view_ahead, view_on_screen
from pandok.fields.academy.models import GroupMember, PictureView, Shown, TrialAnswer
from pandok.fields.academy.sensitivity import Counts, counts_of, measured
from tests.fields.academy.school import School
from tests.fields.academy.school import school as school
from tests.roles import Role

pytestmark = pytest.mark.django_db


@contextmanager
def untriggered() -> Iterator[Any]:
    """As somebody who may change the database itself."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what waits for the end would hold the tables
        for table in ("academy_trialanswer", "academy_trainingminutes"):
            if connection.vendor == "sqlite":
                cursor.execute(f"DROP TRIGGER {table}_append_only")
            else:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {table}_append_only")
        yield cursor


def trained(school: School, *, right: bool = True, said: Said | None = None, pictures: int = 40) -> list[TrialAnswer]:
    school.bank(articles=6, each=10)
    sitting = school.begin(school.course(minutes=60))
    for _ in range(pictures):
        school.answer(sitting, right=right, **({"said": said} if said else {}))
    end(sitting_id=sitting.pk, trainee=sitting.trainee, now=school.now)
    return sitting_answers(sitting)


def test_who_tells_threats_from_harmless_goods_gets_a_level_with_intervals(school: School) -> None:
    rows = trained(school)
    found = results_of(rows)
    assert found.ability is not None
    assert found.sensitivity is not None
    assert found.ability.level.number in (1, 2, 3, 4)
    assert found.ability.theta.low < found.ability.theta.value < found.ability.theta.high
    assert found.sensitivity.d_prime.low > 0
    assert [one.slope for one in found.sensitivity.at] == [0.5, 0.6]
    assert found.sensitivity.fitted is not None
    assert found.counts.located == found.counts.hits == found.counts.threats
    assert found.seconds is not None
    assert found.seconds.value == 3
    assert {line.name.en for line in found.by_kind} == {"Blades", "Harmless goods"}
    assert [line.name.en for line in found.by_site] == ["Incheon"]
    assert all(line.hit_share is None or line.hit_share.low < 1 for line in found.by_article)


@pytest.mark.parametrize("said", [Said.STOP, Said.CLEAR])
def test_whoever_always_says_the_same_gets_none(school: School, said: Said) -> None:
    found = results_of(trained(school, said=said))
    assert found.ability is not None
    assert (found.ability.level.number, found.ability.level.why) == (None, "alike")


def test_few_answers_give_no_level(school: School) -> None:
    found = results_of(trained(school, pictures=4))
    assert found.ability is not None
    assert (found.ability.level.number, found.ability.level.why) == (None, "few")
    assert found.sensitivity is None


def test_a_time_out_is_a_miss_of_a_threat_and_nothing_of_a_harmless_picture(school: School) -> None:
    rows = trained(school, said=Said.TIMED_OUT, pictures=12)
    counts = counts_of(rows)
    threats = sum(row.threat for row in rows)
    assert counts == Counts(threats, 0, 0, 0, 0, 12)
    assert [rating_of(row) for row in rows] == [None] * 12
    assert results_of(rows).seconds is None


def test_measures_agree_with_the_formulas() -> None:
    found = measured(Counts(40, 32, 30, 40, 8, 0), np.random.default_rng(1), 0.6)
    # z(.793) = .816, z(.207) = -.816: d_a = √(2/1.36)·(.816 + .6·.816)
    assert found["d_prime"].value == pytest.approx(1.632, abs=0.005)
    assert found["criterion"].value == pytest.approx(0, abs=1e-9)
    assert found["d_a"].value == pytest.approx(1.583, abs=0.005)
    assert found["d_a"].low < 1.583 < found["d_a"].high


def test_a_curve_needs_five_sittings(school: School) -> None:
    school.bank(articles=8, each=40)
    course = school.course(minutes=60)
    for place in range(5):
        sitting = school.begin(course, seed=place)
        for number in range(40):
            school.answer(sitting, right=number % (place + 3) != 0)
        end(sitting_id=sitting.pk, trainee=sitting.trainee, now=school.now)
        school.now += timedelta(days=15)
        learning = learning_of(sitting.trainee)
        assert (learning.curve is None) == (place < 4)
    assert [point.images for point in learning.points] == [20, 60, 100, 140, 180]
    assert learning.curve is not None
    assert learning.curve.end_interval[0] <= learning.curve.end <= learning.curve.end_interval[1]


def test_a_ledger_shows_a_changed_row_and_a_changed_answer(school: School) -> None:
    rows = trained(school, pictures=3)
    person = rows[0].trainee
    sound = ledger_of(person)
    assert (sound.broken, sound.rows, sound.pictures) == (None, 1, 3)
    with untriggered() as cursor:
        cursor.execute("UPDATE academy_trialanswer SET confidence = 1 WHERE number = 2")
        assert ledger_of(person).broken == Broken(1, "answers")
        cursor.execute("UPDATE academy_trainingminutes SET seconds = seconds + 600")
    assert ledger_of(person).broken == Broken(1, "hash")


def test_results_belong_to_the_reader_and_to_the_trainer_while_the_membership_stands(school: School) -> None:
    rows = trained(school, pictures=2)
    person, sitting = rows[0].trainee, rows[0].sitting
    trainer, other = school.person(Role.TRAINER), school.person(Role.TRAINER, "another trainer")
    peer, supervisor = school.person(name="peer"), school.person(Role.SCAN_SUPERVISOR)
    for who in (trainer, other, peer, supervisor):
        with pytest.raises(RequestError):
            person_of(who, person.pk)
        with pytest.raises(RequestError):
            sitting_of(who, sitting.pk)
    school.group(person.username)
    assert person_of(trainer, person.pk) == person
    assert sitting_of(trainer, sitting.pk) == sitting
    for who in (other, peer, supervisor):
        with pytest.raises(RequestError):
            person_of(who, person.pk)
    GroupMember.objects.update(until=school.now)
    assert list(members_of(trainer)) == []
    with pytest.raises(RequestError):
        person_of(trainer, person.pk)


def test_a_picture_is_seen_while_it_stands_on_ones_own_screen_alone(school: School) -> None:
    school.bank()
    sitting = school.begin(school.course())
    trainee, peer = sitting.trainee, school.person(name="peer")
    view = Shown.objects.get().picture.views.get()
    with pytest.raises(RequestError):
        view_on_screen(trainee, view.pk)
    assert view_ahead(trainee, view.pk) == view
    with pytest.raises(RequestError):
        view_ahead(peer, view.pk)
    school.answer(sitting)
    assert view_on_screen(trainee, view.pk) == view  # the feedback
    others = PictureView.objects.exclude(picture__in=[view.picture_id]).exclude(
        picture__in=[one for one in (view.picture.twin_id,) if one]
    )
    with pytest.raises(RequestError):
        view_on_screen(trainee, others.exclude(picture__twin=view.picture_id).latest("pk").pk)
    end(sitting_id=sitting.pk, trainee=trainee, now=school.now)
    with pytest.raises(RequestError):
        view_on_screen(trainee, view.pk)
    assert person_answers(peer) == []
