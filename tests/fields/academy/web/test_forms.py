"""The second person's page: every picture of a certificate test, and the two buttons."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone

from pandok.common.models import AuditEntry
from pandok.fields.academy.acts.certificates.drawing import draw_form
from pandok.fields.academy.kinds import PictureSet
from pandok.fields.academy.models import SecondLook
from tests.chosen import Choose
from tests.fields.academy.school import School
from tests.fields.academy.school import school as school
from tests.fields.academy.web.test_console import signed_in
from tests.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def served(school: School, choose: Choose) -> School:
    choose(home=school.blobs.folder.parent)
    school.now = timezone.now()
    school.bank(PictureSet.SEALED, articles=10, each=1)
    return school


def test_a_second_person_looks_through_a_test_and_accepts_it(served: School) -> None:
    drawer, second = signed_in(served, Role.TRAINER), signed_in(served, Role.SCAN_SUPERVISOR)
    course = served.course(pass_d_a=0.5)
    form = draw_form(course_id=course.pk, actor=served.person(Role.TRAINER), seed=1, now=served.now)
    address = f"/academy/forms/{form.pk}/"
    assert "직접 추첨한 시험지입니다" in drawer.get("/academy/forms/").content.decode()
    assert drawer.get(address).status_code == 404  # who drew it sees none of its pictures
    assert address in second.get("/academy/forms/").content.decode()
    page = second.get(address).content.decode()
    images = re.findall(rf'href="({address}views/\d+/)"', page)
    assert len(images) == 20
    early = second.post(f"{address}look/", {"look": "accept"})
    assert early.status_code == 422
    told = early.content.decode()
    assert "아직 보지 않은 영상이 20장" in told, re.findall(r"notice.{0,400}", told, re.DOTALL)
    for one in images:
        assert second.get(one).content[:2] == b"\xff\xd8"
        assert drawer.get(one).status_code == 404
    rejected = second.post(f"{address}look/", {"look": "reject", "reason": "x"})
    assert rejected.status_code == 422
    assert 'value="x"' in rejected.content.decode()  # what was entered stays
    assert second.post(f"{address}look/", {"look": "accept"}).status_code == 302
    assert SecondLook.objects.get().accepted
    assert AuditEntry.objects.filter(action="certificate_form.accepted").count() == 1
    assert second.get(images[0]).status_code == 404  # looked at: it is sealed again
    assert signed_in(served).get("/academy/forms/").status_code == 403


def test_programs_accept_only_what_was_looked_at_on_the_page(served: School) -> None:
    second = signed_in(served, Role.SCAN_SUPERVISOR)
    form = draw_form(course_id=served.course(pass_d_a=0.5).pk, actor=None, seed=1, now=served.now)
    (told,) = second.get("/api/v1/academy/certificate-tests").json()
    assert (told["id"], told["pictures"], told["own"]) == (str(form.pk), 20, False)
    look = f"/api/v1/academy/certificate-tests/{form.pk}/second-look"
    early = second.post(look, {"accepted": True}, content_type="application/json")
    assert early.status_code in (409, 422)
    assert early.json()["code"] == "academy.not_looked_at"
    served.looked_through(form, served.people[Role.SCAN_SUPERVISOR.value])
    done = second.post(look, {"accepted": True}, content_type="application/json")
    assert done.status_code == 200, done.content
    assert done.json()["accepted"]
    assert second.get("/api/v1/academy/certificate-tests").json() == []
