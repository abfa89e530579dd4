"""Tests before and after a course on separate sets; certificates on forms of pictures that were never seen."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from pandok.common.models import Account, AuditEntry
from pandok.core.errors import RequestError
from pandok.fields.academy.acts.certificates.drawing import draw_form
from pandok.fields.academy.acts.certificates.second_look import look_at_form
from pandok.fields.academy.acts.sittings.beginning import begin_sitting
from pandok.fields.academy.acts.sittings.ending import LEFT_AFTER, end, end_those_left
from pandok.fields.academy.kinds import PictureSet, SittingMode
from pandok.fields.academy.lists.results import gain_in
from pandok.fields.academy.models import Certificate, Course, Sitting, TrialAnswer
from tests.fields.academy.acts.test_sittings import refused
from tests.fields.academy.school import School
from tests.fields.academy.school import school as school
from tests.roles import Role

pytestmark = pytest.mark.django_db


def taken(school: School, course: Course, mode: SittingMode, *, right: bool = True, seed: int = 7) -> Sitting:
    sitting = school.begin(course, mode, seed=seed)
    while school.answer(sitting, right=right):
        pass
    return Sitting.objects.get(pk=sitting.pk)


def test_before_and_after_share_neither_article_nor_picture(school: School) -> None:
    school.bank(PictureSet.BLIND, articles=12, each=2)
    course = school.course()
    with refused("no_pretest"):
        school.begin(course, SittingMode.POSTTEST)
    before = taken(school, course, SittingMode.PRETEST)
    with refused("pretest_taken"):
        school.begin(course, SittingMode.PRETEST)
    after = taken(school, course, SittingMode.POSTTEST)
    with refused("posttest_taken"):
        school.begin(course, SittingMode.POSTTEST)
    assert not set(before.order) & set(after.order)
    articles = [set(one.answers.filter(threat=True).values_list("article_id", flat=True)) for one in (before, after)]
    assert not articles[0] & articles[1]
    bags = [set(one.answers.values_list("picture__twin_id", flat=True)) for one in (before, after)]
    assert not bags[0] & set(map(str, after.order))


def test_a_course_that_changes_nothing_shows_no_gain(school: School) -> None:
    school.bank(PictureSet.BLIND, articles=16, each=3)
    course = school.course(test_pictures=40)
    for mode in (SittingMode.PRETEST, SittingMode.POSTTEST):
        taken(school, course, mode)
    gain = gain_in(school.person(), course.pk)
    assert gain is not None
    assert not gain.shown


def test_who_passes_gets_a_certificate_and_never_sits_on_seen_pictures(school: School) -> None:
    school.bank(PictureSet.SEALED, articles=10, each=2)
    course = school.course(pass_d_a=0.8)
    with refused("no_unseen_form"):
        school.begin(course, SittingMode.CERTIFY)
    form = school.form(course)
    assert len(form.pictures) == 20
    assert form.pictures == sorted(form.pictures)
    sitting = taken(school, course, SittingMode.CERTIFY)
    assert sorted(sitting.order) == form.pictures != sitting.order
    certificate = Certificate.objects.get()
    assert certificate.number == "2026-T-000001"
    assert certificate.d_a_low >= 0.8
    assert certificate.expires_on == date(2027, 3, 2)
    assert AuditEntry.objects.filter(action="certificate.issued").count() == 1
    with refused("no_unseen_form"):
        school.begin(course, SittingMode.CERTIFY)
    # A second form of the other pictures: what was not seen can be sat.
    second = school.form(course, seed=2)
    assert not set(second.pictures) & set(form.pictures)


def test_the_order_differs_from_person_to_person(school: School) -> None:
    school.bank(PictureSet.SEALED, articles=10, each=1)
    course = school.course(pass_d_a=0.8)
    school.form(course)
    orders = [school.begin(course, SittingMode.CERTIFY, name, seed).order for name, seed in (("one", 1), ("two", 2))]
    assert orders[0] != orders[1]
    assert sorted(orders[0]) == sorted(orders[1])


@pytest.mark.parametrize("right", [False])
def test_who_fails_gets_none(school: School, right: bool) -> None:
    school.bank(PictureSet.SEALED, articles=10, each=1)
    course = school.course(pass_d_a=0.8)
    school.form(course)
    taken(school, course, SittingMode.CERTIFY, right=right)
    assert not Certificate.objects.exists()


def test_half_a_test_gives_no_certificate_and_uses_its_pictures_up(school: School) -> None:
    school.bank(PictureSet.SEALED, articles=10, each=1)
    course = school.course(pass_d_a=0.0)
    school.form(course)
    sitting = school.begin(course, SittingMode.CERTIFY)
    for _ in range(18):
        school.answer(sitting)
    end(sitting_id=sitting.pk, trainee=sitting.trainee, now=school.now)
    assert TrialAnswer.objects.count() == 18
    assert not Certificate.objects.exists()
    with refused("no_unseen_form"):
        school.begin(course, SittingMode.CERTIFY)


def test_a_test_that_was_left_is_abandoned(school: School) -> None:
    school.bank(PictureSet.SEALED, articles=10, each=1)
    course = school.course(pass_d_a=0.0)
    school.form(course)
    sitting = school.begin(course, SittingMode.CERTIFY)
    end_those_left(now=school.now + LEFT_AFTER + timedelta(seconds=1))
    assert Sitting.objects.get(pk=sitting.pk).state == "abandoned"


def test_a_form_asks_for_enough_sealed_pictures(school: School) -> None:
    school.bank(PictureSet.SEALED, articles=2, each=2)
    with refused("few_sealed"):
        draw_form(course_id=school.course(pass_d_a=1.0).pk, actor=None, seed=1, now=school.now)
    with refused("no_certificate"):
        draw_form(course_id=school.course().pk, actor=None, seed=1, now=school.now)


def test_nobody_sits_a_form_before_a_second_person_has_looked_at_all_of_it(school: School) -> None:
    school.bank(PictureSet.SEALED, articles=10, each=1)
    course = school.course(pass_d_a=0.3)
    trainer, second = school.person(Role.TRAINER), school.person(Role.TRAINER, "second")
    form = draw_form(course_id=course.pk, actor=trainer, seed=1, now=school.now)

    def told(by: Account, *, accepted: bool = True, reason: str = "") -> None:
        look_at_form(form_id=form.pk, accepted=accepted, reason=reason, actor=by, now=school.now)

    with refused("form_waits"):
        school.begin(course, SittingMode.CERTIFY)
    school.looked_through(form, trainer)
    with refused("own_form"):
        told(trainer)
    with refused("not_looked_at"):
        told(second)
    school.looked_through(form, second)
    told(second)
    with refused("not_there"):  # told once
        told(second, accepted=False, reason="다시 생각함")
    entry = AuditEntry.objects.get(action="certificate_form.accepted")
    assert (entry.actor, entry.details["pictures"]) == ("second", 20)
    assert school.begin(course, SittingMode.CERTIFY).form == form
    with refused("no_unseen_form"):  # who looked through it has seen its pictures
        begin_sitting(trainee=second, course_id=course.pk, mode=SittingMode.CERTIFY, seed=1, now=school.now)


def test_a_rejected_form_is_sat_by_nobody_and_says_why(school: School) -> None:
    school.bank(PictureSet.SEALED, articles=10, each=1)
    course = school.course(pass_d_a=0.3)
    form = draw_form(course_id=course.pk, actor=None, seed=1, now=school.now)
    second = school.person(Role.TRAINER, "second")
    with pytest.raises(RequestError) as error:
        look_at_form(form_id=form.pk, accepted=False, reason="", actor=second, now=school.now)
    assert error.value.error_code == "request.reason"
    look_at_form(form_id=form.pk, accepted=False, reason="칼이 상자 밖에 있음", actor=second, now=school.now)
    assert AuditEntry.objects.get(action="certificate_form.rejected").reason == "칼이 상자 밖에 있음"
    with refused("no_unseen_form"):
        school.begin(course, SittingMode.CERTIFY)
