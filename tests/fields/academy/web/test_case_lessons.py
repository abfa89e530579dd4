"""A closed case becomes a lesson by two persons, tells of nobody, and shows the program's answer after the own one."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from pandok.fields.academy.acts.cases.making import prepare_lesson, release_lesson
from pandok.fields.academy.models import DesignAnswer, DesignLesson
from pandok.fields.counterfeit.acts.learning.case_figures import follow_cases
from pandok.fields.counterfeit.models import Case
from pandok.fields.register.models import Design, View
from tests.fields.counterfeit.confirmed_cases import closed_case
from tests.fields.counterfeit.web.conftest import Customs
from tests.fields.counterfeit.web.conftest import customs as customs
from tests.fields.designs.fakes import NOON, VIEW_SIZE, drawing
from tests.roles import Role

pytestmark = pytest.mark.django_db
LOOKED = {"shows_nobody": "on"}


@pytest.fixture
def case(customs: Customs) -> Case:
    for place in range(2, 8):
        design = Design.objects.create(design_id=f"30-{place:04d}", article=f"병 {place}", locarno_class="09-01")
        View.objects.create(
            design=design,
            name="front",
            sha256=customs.blobs.put(drawing(60 + place)),
            media_type="image/png",
            width=VIEW_SIZE[0],
            height=VIEW_SIZE[1],
            added_at=NOON,
        )
    found = closed_case(customs.world, customs.blobs)
    follow_cases()
    return found


def signed_in(customs: Customs, role: Role, name: str = "") -> Client:
    return customs.client(customs.world.account(role, name or role.value, site=customs.world.site), language="ko")


def released(customs: Customs, case: Case) -> DesignLesson:
    world = customs.world
    lesson = prepare_lesson(
        case_id=case.pk,
        photograph=0,
        note_ko="어깨선이 다름",
        note_en="another shoulder",
        actor=world.officer,
        now=timezone.now(),
        seed=4,
        blobs=customs.blobs,
    )
    head = world.account(Role.SUPERVISOR, "head", site=world.site)
    return release_lesson(lesson_id=lesson.pk, actor=head, now=timezone.now())


def test_one_prepares_another_releases_and_both_look(customs: Customs, case: Case) -> None:
    officer, head = customs.client(language="ko"), signed_in(customs, Role.SUPERVISOR, "head")
    address = f"/academy/cases/material/{case.pk}/prepare/"
    assert case.number in officer.get("/academy/cases/material/").content.decode()
    assert officer.get(f"/academy/cases/material/{case.pk}/photographs/0/").content[:3] == b"\xff\xd8\xff"
    assert officer.post(address, {"photograph": "0"}).status_code == 422  # nobody looked
    assert officer.post(address, LOOKED | {"photograph": "9"}).status_code == 422
    assert officer.post(address, LOOKED | {"photograph": "0", "note_ko": "어깨선"}).status_code == 302
    lesson = DesignLesson.objects.get()
    assert (lesson.state, len(lesson.choices)) == ("in_review", 5)
    assert lesson.answer is not None
    assert lesson.answer.pk in lesson.choices
    assert officer.get(address).status_code == 404  # it is one already
    release = f"/academy/cases/lessons/{lesson.pk}/release/"
    assert officer.post(release, LOOKED).status_code == 403
    assert head.post(release, {}).status_code == 422
    assert head.post(release, LOOKED).status_code == 302
    assert head.post(release, LOOKED).status_code == 422
    lesson.refresh_from_db()
    assert (lesson.state, lesson.released_by) == ("in_use", customs.world.accounts["head"])
    assert head.post(f"/academy/cases/lessons/{lesson.pk}/retire/", {"reason": "사진이 흐림"}).status_code == 302


def test_who_prepared_it_does_not_release_it(customs: Customs, case: Case) -> None:
    head = signed_in(customs, Role.SUPERVISOR, "head")
    head.post(f"/academy/cases/material/{case.pk}/prepare/", LOOKED | {"photograph": "0"})
    lesson = DesignLesson.objects.get()
    refused = head.post(f"/academy/cases/lessons/{lesson.pk}/release/", LOOKED)
    assert refused.status_code == 422
    assert "자신이 만든" in refused.content.decode()


def test_a_trainee_answers_before_the_program_and_sees_of_nobody(customs: Customs, case: Case) -> None:
    lesson = released(customs, case)
    trainee = signed_in(customs, Role.TRAINEE)
    page = trainee.get("/academy/cases/").content.decode()
    hidden = (case.number, "한빛용기", "도담상사", "판독 프로그램", "어깨선이 다름", "ip@hanbit.example")
    assert [one for one in hidden if one in page] == []
    assert len(re.findall(r'name="choice"', page)) == 6  # five entries, or nothing close
    assert trainee.get(f"/academy/cases/{lesson.pk}/photograph/").content[:3] == b"\xff\xd8\xff"
    assert all(trainee.get(f"/academy/cases/{lesson.pk}/choices/{at}/").status_code == 200 for at in range(5))
    assert trainee.get(f"/academy/cases/{lesson.pk}/choices/5/").status_code == 404

    say = f"/academy/cases/{lesson.pk}/answer/"
    for wrong in ({}, {"choice": "x"}, {"choice": "999999"}, {"choice": "9" * 30}):
        assert trainee.post(say, wrong).status_code == 422, wrong
    right = str(lesson.answer_id)
    answer = trainee.post(say, {"choice": right, "confidence": "4"})
    kept = DesignAnswer.objects.get()
    assert (kept.right, kept.confidence, kept.shown_at <= kept.answered_at) == (True, 4, True)
    assert answer["Location"] == f"/academy/cases/answers/{kept.pk}/"
    # Pressed twice: the same answer.
    assert trainee.post(say, {"choice": "none"})["Location"] == answer["Location"]
    page = trainee.get(answer["Location"]).content.decode()
    assert "판독 프로그램" in page
    assert "어깨선이 다름" in page
    assert [one for one in hidden[:3] if one in page] == []
    assert "기다리는 학습 사례가 없습니다" in trainee.get("/academy/cases/").content.decode()


def test_an_answer_is_its_trainees_alone_and_the_lesson_only_while_in_use(customs: Customs, case: Case) -> None:
    lesson = released(customs, case)
    one = signed_in(customs, Role.TRAINEE, "one")
    one.post(f"/academy/cases/{lesson.pk}/answer/", {"choice": "none"})
    kept = DesignAnswer.objects.get()
    assert not kept.right
    for role in (Role.TRAINEE, Role.TRAINER, Role.SUPERVISOR):
        assert signed_in(customs, role, f"b {role.value}").get(f"/academy/cases/answers/{kept.pk}/").status_code == 404
    assert signed_in(customs, Role.AUDITOR).get(f"/academy/cases/answers/{kept.pk}/").status_code == 403
    # Whose case it was is not asked.
    assert "기다리는 학습 사례가 없습니다" in customs.client(language="ko").get("/academy/cases/").content.decode()
    DesignLesson.objects.update(state="retired")
    other = signed_in(customs, Role.TRAINEE, "other")
    assert other.get(f"/academy/cases/{lesson.pk}/photograph/").status_code == 404
    assert other.post(f"/academy/cases/{lesson.pk}/answer/", {"choice": "none"}).status_code == 404


def test_the_photograph_goes_at_its_term_and_the_lesson_with_it(customs: Customs, case: Case) -> None:
    lesson = released(customs, case)
    customs.blobs.remove(lesson.photograph_sha256)
    page = signed_in(customs, Role.TRAINEE).get("/academy/cases/").content.decode()
    assert "기다리는 학습 사례가 없습니다" in page


@pytest.mark.usefixtures("case")
def test_cases_of_another_site_are_nobodys_lesson(customs: Customs) -> None:
    from pandok.common.models import Site

    found: Any = Case.objects.get()
    elsewhere = Site.objects.create(code="PUS", name_ko="부산", name_en="Busan")
    stranger = customs.client(customs.world.account(Role.OFFICER, "far", site=elsewhere))
    assert found.number not in stranger.get("/academy/cases/material/").content.decode()
    assert stranger.get(f"/academy/cases/material/{found.pk}/prepare/").status_code == 404
    assert stranger.get(f"/academy/cases/material/{found.pk}/photographs/0/").status_code == 404
