"""The second look at pictures that people are measured and tested with: the page, the API, and what waits for it."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone

from pandok.common.models import AuditEntry
from pandok.fields.academy.kinds import PictureSet, SittingMode
from pandok.fields.academy.lists.bank import bank_of
from pandok.fields.academy.models import Article, Picture, PictureLook
from tests.chosen import Choose
from tests.fields.academy.acts.test_sittings import refused
from tests.fields.academy.school import School
from tests.fields.academy.school import school as school
from tests.fields.academy.web.test_console import signed_in
from tests.roles import Role

pytestmark = pytest.mark.django_db
ADDRESS = "/academy/sets/transfer/"


@pytest.fixture
def served(school: School, choose: Choose) -> School:
    choose(home=school.blobs.folder.parent)
    school.now = timezone.now()
    return school


def test_a_second_person_says_yes_or_no_with_a_reason(served: School) -> None:
    served.bank(PictureSet.TRANSFER, articles=2, each=1, accepted=False)
    second = signed_in(served, Role.SCAN_SUPERVISOR)
    assert ADDRESS in second.get("/academy/sets/").content.decode()
    assert "측정용 묶음" in second.get("/academy/material/").content.decode()
    page = second.get(ADDRESS).content.decode()
    pictures = [str(one.pk) for one in Picture.objects.order_by("bag", "-threat", "id")]
    said = {f"said_{one.replace('-', '')}": "accept" for one in pictures}
    early = second.post(f"{ADDRESS}look/", said)
    assert early.status_code == 422
    assert "아직 보지 않은 영상이 4장" in early.content.decode()
    images = re.findall(rf'href="({ADDRESS}views/\d+/)"', page)
    assert len(images) == 4
    for one in images:
        assert second.get(one).content[:2] == b"\xff\xd8"
    first = pictures[0].replace("-", "")
    without = second.post(f"{ADDRESS}look/", said | {f"said_{first}": "reject"})
    assert without.status_code == 422
    assert not PictureLook.objects.exists()  # all of them, or none
    said |= {f"said_{first}": "reject", f"why_{first}": "칼이 상자 밖에 있음"}
    assert second.post(f"{ADDRESS}look/", said).status_code == 302
    assert PictureLook.objects.filter(accepted=True).count() == 3
    assert PictureLook.objects.get(accepted=False).reason == "칼이 상자 밖에 있음"
    assert AuditEntry.objects.filter(action="set_picture.accepted").count() == 3
    told = AuditEntry.objects.get(action="set_picture.rejected")
    assert (told.object, told.reason) == (f"set_picture:{pictures[0]}", "칼이 상자 밖에 있음")
    bank = bank_of(PictureSet.TRANSFER)
    assert pictures[0] not in {one.picture for one in bank.threats}
    assert (len(bank.threats), len(bank.harmless)) == (1, 2)
    assert second.get(images[0]).status_code == 404  # looked at: nobody sees it outside of a measurement
    assert second.post(f"{ADDRESS}look/", {}).status_code == 422
    assert second.get("/academy/sets/training/").status_code == 404
    assert signed_in(served).get("/academy/sets/").status_code == 403


def test_the_maker_of_a_picture_or_of_its_article_does_not_look(served: School) -> None:
    maker, second = signed_in(served, Role.TRAINER), signed_in(served, Role.SCAN_SUPERVISOR)
    article = served.article(set_=PictureSet.TRANSFER)
    Article.objects.filter(pk=article.pk).update(made_by=served.person(Role.TRAINER))
    of_article = served.picture(article, PictureSet.TRANSFER)
    own = served.picture(None, PictureSet.TRANSFER, made_by=served.person(Role.TRAINER))
    assert "직접 만든 영상" in maker.get("/academy/sets/").content.decode()
    assert "/views/" not in maker.get(ADDRESS).content.decode()
    for one in (own, of_article):
        view = one.views.get().pk
        assert maker.get(f"{ADDRESS}views/{view}/").status_code == 404
        address = f"/api/v1/academy/measuring-pictures/{one.pk}/second-look"
        answer = maker.post(address, {"accepted": False, "reason": "x" * 5}, content_type="application/json")
        assert answer.json()["code"] == "academy.own_picture"
        early = second.post(address, {"accepted": True}, content_type="application/json")
        assert early.json()["code"] == "academy.set_unseen"
        assert second.get(f"{ADDRESS}views/{view}/").status_code == 200
        assert second.post(address, {"accepted": True}, content_type="application/json").status_code == 200
        again = second.post(address, {"accepted": True}, content_type="application/json")
        assert again.status_code == 404


def test_programs_see_what_waits(served: School) -> None:
    served.bank(PictureSet.BLIND, articles=1, each=1, accepted=False)
    served.bank(PictureSet.BLIND, articles=1, each=2)
    second = signed_in(served, Role.SCAN_SUPERVISOR)
    told = {one["name"]: one for one in second.get("/api/v1/academy/measuring-sets").json()}
    assert set(told) == {"transfer", "blind"}
    blind = told["blind"]
    assert (blind["threats"], blind["harmless"], blind["waits"], blind["own"]) == (2, 2, 2, 0)
    assert len(blind["next"]) == 2


@pytest.mark.parametrize(
    ("set_", "mode"), [(PictureSet.TRANSFER, SittingMode.MEASURE), (PictureSet.BLIND, SittingMode.PRETEST)]
)
def test_nobody_is_measured_with_what_nobody_has_looked_at(school: School, set_: PictureSet, mode: SittingMode) -> None:
    school.bank(set_, articles=16, each=2, accepted=False)
    course = school.course()
    with refused("set_waits"):
        school.begin(course, mode)
    accepted = list(Picture.objects.order_by("made_at", "id")[:48])
    school.accept(*accepted)
    sitting = school.begin(course, mode)
    while school.answer(sitting):
        pass
    shown = set(sitting.answers.values_list("picture_id", flat=True))
    assert shown
    assert shown <= {one.pk for one in accepted}


@pytest.mark.parametrize("mode", [SittingMode.MEASURE, SittingMode.PRETEST])
def test_who_looked_meets_the_picture_in_no_own_measurement(served: School, mode: SittingMode) -> None:
    """Also who looked, and said nothing."""
    course = served.course()
    served.bank(mode.set, articles=12, each=2, accepted=False)
    second = signed_in(served, Role.SCAN_SUPERVISOR)
    address = f"/academy/sets/{mode.set.value}/"
    page = second.get(address).content.decode()
    for one in re.findall(rf'href="({address}views/\d+/)"', page):
        assert second.get(one).status_code == 200
    looked = {str(one) for one in Picture.objects.order_by("bag", "-threat", "id").values_list("pk", flat=True)[:10]}
    served.accept(*Picture.objects.all())
    by = Role.SCAN_SUPERVISOR.value
    sitting = served.begin(course, mode, name=by)
    while served.answer(sitting):
        pass
    shown = {str(one) for one in sitting.answers.values_list("picture_id", flat=True)}
    assert shown
    assert not shown & looked


def test_the_look_itself_keeps_it_too(served: School) -> None:
    """The person by whom a bank was accepted is never measured with it."""
    served.bank(PictureSet.TRANSFER, articles=4, each=1)
    with refused("no_pictures"):
        served.begin(served.course(), SittingMode.MEASURE, name="second trainer")
