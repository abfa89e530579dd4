"""A sitting from beginning to end: one picture at a time, on the server's clock, nothing lost or taken twice."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from pandok.common.audit.writing import verify
from pandok.common.models import AuditEntry
from pandok.core.errors import RequestError, StoreError
from pandok.fields.academy.acts.sittings.answering import LINE_S, confide, say, show
from pandok.fields.academy.acts.sittings.ending import LEFT_AFTER, end, end_those_left, go_on, pause
from pandok.fields.academy.kinds import PictureSet, Said, SittingMode
from pandok.fields.academy.lists.learning import due_today, repeats_of
from pandok.fields.academy.models import Picture, Shown, Sitting, TrainingMinutes, TrialAnswer
from pandok.fields.academy.states import SittingState
from tests.fields.academy.school import ELSEWHERE, MARK, School
from tests.fields.academy.school import school as school

pytestmark = pytest.mark.django_db


@contextmanager
def refused(code: str) -> Iterator[None]:
    with pytest.raises(RequestError) as caught:
        yield
    assert caught.value.error_code == f"academy.{code}"


def state_of(sitting: Sitting) -> SittingState:
    return SittingState(Sitting.objects.get(pk=sitting.pk).state)


def step(sitting: Sitting) -> dict[str, Any]:
    shown = Shown.objects.get(sitting=sitting)
    return {"sitting_id": sitting.pk, "trainee": sitting.trainee, "number": shown.number}


def test_the_whole_way(school: School) -> None:
    school.bank()
    sitting = school.begin(school.course())
    for _ in range(4):
        assert school.answer(sitting)
    end(sitting_id=sitting.pk, trainee=sitting.trainee, now=school.now)
    assert state_of(sitting) is SittingState.ENDED
    answers = list(TrialAnswer.objects.order_by("number"))
    assert [one.number for one in answers] == [1, 2, 3, 4]
    assert all(one.located == one.threat and one.seconds == 3 and one.confidence == 4 for one in answers)
    row = TrainingMinutes.objects.get()
    assert (row.sequence, row.pictures, row.seconds) == (1, 4, 22)
    told = AuditEntry.objects.filter(object=f"sitting:{sitting.pk}").order_by("sequence")
    assert [one.action for one in told] == ["sitting.running", "sitting.ended"]
    assert told.last().details["ledger_hash"] == row.hash  # type: ignore[union-attr]
    assert verify() is None
    with pytest.raises(StoreError):
        TrialAnswer.objects.update(said="stop")
    with pytest.raises(DatabaseError), transaction.atomic():
        Picture.objects.raw("UPDATE academy_trialanswer SET said = 'stop'")._fetch_all()


def test_an_answer_is_kept_before_the_next_picture_is_chosen(school: School) -> None:
    school.bank()
    sitting = school.begin(school.course())
    first = step(sitting)
    show(**first, now=school.now)
    assert Shown.objects.get().number == 1
    say(**first, said=Said.CLEAR, marks=[], functions=[], now=school.now)
    assert (Shown.objects.get().number, TrialAnswer.objects.count()) == (1, 0)
    confide(**first, confidence=2, now=school.now)
    assert (Shown.objects.get().number, TrialAnswer.objects.count()) == (2, 1)
    assert Shown.objects.get().shown_at is None


def test_what_is_pressed_twice_acts_once(school: School) -> None:
    school.bank()
    sitting = school.begin(school.course())
    first = step(sitting)
    begun = school.now
    show(**first, now=begun)
    show(**first, now=begun + timedelta(seconds=4))
    assert Shown.objects.get().shown_at == begun  # loading again gains no time
    say(**first, said=Said.CLEAR, marks=[], functions=[], now=begun + timedelta(seconds=5))
    say(**first, said=Said.STOP, marks=[MARK], functions=[], now=begun + timedelta(seconds=6))
    for confidence in (5, 1):
        confide(**first, confidence=confidence, now=begun + timedelta(seconds=7))
    answer = TrialAnswer.objects.get()
    assert (answer.said, answer.confidence, answer.seconds) == ("clear", 5, 5)


def test_the_servers_clock_decides_what_is_late(school: School) -> None:
    school.bank()
    sitting = school.begin(school.course(seconds=6))
    for extra, said in ((LINE_S, Said.CLEAR), (LINE_S + 0.1, Said.TIMED_OUT)):
        now = step(sitting)
        show(**now, now=school.now)
        school.now += timedelta(seconds=6 + extra)
        say(**now, said=Said.CLEAR, marks=[], functions=[], now=school.now)
        if said is not Said.TIMED_OUT:
            confide(**now, confidence=3, now=school.now)
        assert TrialAnswer.objects.latest("number").said == said
    assert TrialAnswer.objects.latest("number").confidence is None


def test_nobody_answers_for_another(school: School) -> None:
    school.bank()
    sitting = school.begin(school.course())
    other = {**step(sitting), "trainee": school.person(name="other")}
    with refused("not_there"):
        show(**other, now=school.now)
    with refused("not_there"):
        say(**other, said=Said.CLEAR, marks=[], functions=[], now=school.now)
    with refused("not_there"):
        pause(sitting_id=sitting.pk, trainee=other["trainee"], now=school.now)


def test_one_sitting_at_a_time(school: School) -> None:
    school.bank()
    course = school.course()
    school.begin(course)
    with refused("sitting_open"):
        school.begin(course)
    school.begin(course, name="other")


def test_the_time_of_a_pause_counts_for_nothing(school: School) -> None:
    school.bank()
    sitting = school.begin(school.course())
    school.answer(sitting)
    pause(sitting_id=sitting.pk, trainee=sitting.trainee, now=school.now)
    pause(sitting_id=sitting.pk, trainee=sitting.trainee, now=school.now)
    with refused("paused"):
        show(**step(sitting), now=school.now)
    spent = Sitting.objects.get().spent_s
    school.now += timedelta(hours=3)
    go_on(sitting_id=sitting.pk, trainee=sitting.trainee, now=school.now)
    school.answer(sitting)
    assert Sitting.objects.get().spent_s - spent < 10
    end(sitting_id=sitting.pk, trainee=sitting.trainee, now=school.now)
    assert list(TrainingMinutes.objects.order_by("sequence").values_list("first_number", "pictures")) == [
        (1, 1),
        (2, 1),
    ]


def test_it_cannot_pause_while_a_picture_is_shown(school: School) -> None:
    school.bank()
    sitting = school.begin(school.course())
    show(**step(sitting), now=school.now)
    for act in (pause, end):
        with refused("picture_open"):
            act(sitting_id=sitting.pk, trainee=sitting.trainee, now=school.now)


def test_it_ends_when_its_minutes_are_over(school: School) -> None:
    school.bank(articles=10, each=8)
    sitting = school.begin(school.course(minutes=5, seconds=60))
    count = 0
    while school.answer(sitting, seconds=30):
        count += 1
    assert state_of(sitting) is SittingState.ENDED
    assert 8 <= count <= 10


def test_the_clock_ends_what_was_left(school: School) -> None:
    school.bank()
    sitting = school.begin(school.course())
    school.answer(sitting)
    assert end_those_left(now=school.now + LEFT_AFTER - timedelta(minutes=1)) == 0
    assert end_those_left(now=school.now + LEFT_AFTER + timedelta(hours=1)) == 1
    assert state_of(sitting) is SittingState.ENDED
    assert TrainingMinutes.objects.get().pictures == 1


def test_a_missed_article_comes_back_the_next_day_and_pictures_do_not_within_a_fortnight(school: School) -> None:
    school.bank(articles=3, each=6)
    course = school.course()
    sitting = school.begin(course)
    while not TrialAnswer.objects.filter(threat=True).exists():
        school.answer(sitting, right=False)
    missed = TrialAnswer.objects.get(threat=True)
    trainee = sitting.trainee
    end(sitting_id=sitting.pk, trainee=trainee, now=school.now)
    assert due_today(trainee, school.now) == 0
    assert [one.article.pk for one in repeats_of(trainee, school.now)] == [missed.article_id]
    school.now += timedelta(days=1)
    assert due_today(trainee, school.now) == 1
    again = school.begin(course, seed=11)
    while not again.answers.filter(threat=True).exists():
        school.answer(again)
    back = again.answers.get(threat=True)
    assert back.returns
    assert back.article_id == missed.article_id
    seen = list(TrialAnswer.objects.values_list("picture_id", flat=True))
    assert len(set(seen)) == len(seen)


def test_a_mark_at_another_place_is_a_miss_for_what_comes_back(school: School) -> None:
    school.bank()
    sitting = school.begin(school.course())
    while not TrialAnswer.objects.filter(threat=True).exists():
        school.answer(sitting, said=Said.STOP, marks=[ELSEWHERE])
    answer = TrialAnswer.objects.get(threat=True)
    assert (answer.said, answer.located) == ("stop", False)
    assert [one.hits for one in repeats_of(sitting.trainee, school.now)] == [0]


def test_articles_in_review_and_other_sets_are_never_shown(school: School) -> None:
    school.bank(articles=2, each=2)
    hidden = school.article()
    hidden.state = "in_review"
    hidden.save()
    picture = school.picture(hidden)
    school.bank(PictureSet.SEALED)
    sitting = school.begin(school.course())
    while school.answer(sitting):
        pass
    shown = set(TrialAnswer.objects.values_list("picture__set", flat=True))
    assert shown == {"training"}
    assert not TrialAnswer.objects.filter(picture=picture).exists()
    assert TrialAnswer.objects.count() <= 8


def test_nothing_to_show_is_said_and_nothing_begins(school: School) -> None:
    with refused("no_pictures"):
        school.begin(school.course())
    assert not Sitting.objects.exists()
    course = school.course()
    course.closed_at = school.now
    course.save()
    with refused("course_closed"):
        school.begin(course)


def test_measuring_shows_each_picture_once_in_a_life(school: School) -> None:
    school.bank(PictureSet.TRANSFER, articles=2, each=3)
    course = school.course()
    sitting = school.begin(course, SittingMode.MEASURE)
    while school.answer(sitting):
        pass
    assert TrialAnswer.objects.count() >= 6
    school.now += timedelta(days=400)
    with refused("no_pictures"):
        school.begin(course, SittingMode.MEASURE)
