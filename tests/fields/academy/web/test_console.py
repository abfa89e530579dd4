"""The console through its pages: from the course to the result, with scripts and without; and what is refused."""

from __future__ import annotations

import json
import re
from base64 import b64decode
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from pandok.engines.vault.ciphers import NONCE_BYTES, AesGcm
from pandok.fields.academy.kinds import PictureSet, SittingMode
from pandok.fields.academy.models import Certificate, Course, Shown, Sitting, TrialAnswer
from pandok.fields.xray.acts.ahead import LENGTH_BYTES
from tests.chosen import Choose
from tests.fields.academy.school import MARK, School
from tests.fields.academy.school import school as school
from tests.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def served(school: School, choose: Choose) -> School:
    choose(home=school.blobs.folder.parent)
    school.now = timezone.now()
    school.bank()
    return school


def signed_in(school: School, role: Any = None, name: str = "") -> Client:
    client = Client()
    client.force_login(school.person(role, name))
    return client


def told(page: str) -> dict[str, Any]:
    found = re.search(r"data-scan=(?:\"([^\"]*)\"|'([^']*)')", page)
    assert found is not None
    told: dict[str, Any] = json.loads(unescape(found[1] or found[2]))
    return told


def begun(school: School, client: Client, mode: str = "train") -> str:
    course = school.course(pass_d_a=0.5)
    answer = client.post("/academy/begin/", {"course": course.pk, "mode": mode})
    assert answer.status_code == 302
    return str(answer["Location"])


def test_without_scripts_from_the_course_to_the_result(served: School) -> None:
    client = signed_in(served)
    assert "소포 판독" not in client.get("/academy/").content.decode()
    address = begun(served, client)
    page = client.get(address).content.decode()
    assert "다음 영상이 준비됐습니다" in page
    for number in (1, 2):
        answer = client.post(f"{address}next/", {"number": number}, follow=True)
        page = answer.content.decode()
        assert "남은 시간" in page
        assert told(page)["candidates"] == []
        assert "칼" not in page
        threat = Shown.objects.get().picture.threat
        marks = json.dumps([MARK] if threat else [])
        say = {"number": number, "decision": "stop" if threat else "clear", "marks": marks}
        page = client.post(f"{address}decide/", say, follow=True).content.decode()
        assert "얼마나 확신합니까" in page
        page = client.post(f"{address}confidence/", {"number": number, "confidence": 4}, follow=True).content.decode()
        assert "맞았습니다" in page
        assert "P 키: 같은 가방 나란히 보기." in page
        if threat:
            assert told(page)["candidates"][0]["box"] == MARK["box"]
            assert told(page)["past"][0]["title"] == "같은 가방, 물품 없음"
    assert TrialAnswer.objects.count() == 2
    page = client.post(f"{address}pause/", follow=True).content.decode()
    assert "멈췄습니다" in page
    client.post(f"{address}go-on/")
    page = client.post(f"{address}end/", follow=True).content.decode()
    assert "아직 없음: 위협과 정상 영상이 10장씩 필요합니다" in page
    assert client.get(address).status_code == 302
    for shown in ("/academy/results/", "/academy/ledger/", "/academy/"):
        assert client.get(shown).status_code == 200


def test_what_is_fetched_ahead_is_opened_by_the_key_alone(served: School) -> None:
    client = signed_in(served)
    address = begun(served, client)
    views = client.post(f"{address}ahead/").json()["views"]
    sealed = client.get(views[0]["address"]).content
    view = Shown.objects.get().picture.views.get()
    planes = served.blobs.get(view.planes_sha256)
    assert planes[:64] not in sealed
    assert client.get(f"/academy/views/{view.pk}/planes/").status_code == 404
    sent = {"number": 1, "within_page": "on", "held": json.dumps([view.pk])}
    answer = client.post(f"{address}next/", sent).json()
    assert answer["address"] == address
    key = b64decode(answer["held"][0]["key"])
    whole = AesGcm().open(key, sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], b"")
    length = int.from_bytes(whole[:LENGTH_BYTES], "big")
    assert whole[LENGTH_BYTES + length :] == planes
    assert client.post(f"{address}ahead/").json() == {"views": []}
    assert client.get(f"/academy/views/{view.pk}/planes/").status_code == 200
    assert signed_in(served, name="peer").get(f"/academy/views/{view.pk}/planes/").status_code == 404


def test_a_test_tells_nothing_of_what_was_right(served: School) -> None:
    served.bank(PictureSet.TRANSFER)
    client = signed_in(served)
    address = begun(served, client, "measure")
    client.post(f"{address}next/", {"number": 1})
    client.post(f"{address}decide/", {"number": 1, "decision": "clear"})
    page = client.post(f"{address}confidence/", {"number": 1, "confidence": 4}, follow=True).content.decode()
    assert "맞았습니다" not in page
    assert "틀렸습니다" not in page
    assert told(page)["views"] == []
    view = TrialAnswer.objects.get().picture.views.get()
    assert client.get(f"/academy/views/{view.pk}/preview/").status_code == 404


def test_a_late_form_and_a_bad_one_change_nothing(served: School) -> None:
    client = signed_in(served)
    address = begun(served, client)
    client.post(f"{address}next/", {"number": 1})
    bad = {"number": 1, "decision": "stop", "marks": '[{"view":"1","box":[0,0,9999,9]}]'}
    assert client.post(f"{address}decide/", bad).status_code == 422
    assert client.post(f"{address}decide/", {"number": 7, "decision": "clear"}).status_code == 302
    assert client.post(f"{address}pause/").status_code == 422
    for data in ({}, {"number": "x"}, {"number": 1, "decision": "maybe"}):
        assert client.post(f"{address}decide/", data).status_code == 404
    assert Shown.objects.get().said == ""
    client.post(f"{address}decide/", {"number": 1, "decision": "clear"})
    assert client.post(f"{address}confidence/", {"number": 1, "confidence": 6}).status_code == 404
    assert not TrialAnswer.objects.exists()


def test_a_member_is_seen_by_the_trainer_and_nobody_else(served: School) -> None:
    client = signed_in(served)
    address = begun(served, client)
    client.post(f"{address}end/")
    person = served.person()
    shown = (f"/academy/people/{person.pk}/", f"{address}result/")
    trainer = signed_in(served, Role.TRAINER)
    assert [trainer.get(one).status_code for one in shown] == [404, 404]
    served.group(person.username)
    assert [trainer.get(one).status_code for one in shown] == [200, 200]
    assert [signed_in(served, name="peer").get(one).status_code for one in shown] == [403, 404]
    assert signed_in(served, Role.AUDITOR).get("/academy/ledgers/").status_code == 200


def test_a_certificate_on_page_and_paper(served: School) -> None:
    served.bank(PictureSet.SEALED, articles=10, each=2)
    course = served.course(pass_d_a=0.5)
    served.form(course)
    sitting = served.begin(course, SittingMode.CERTIFY)
    while served.answer(sitting):
        pass
    certificate = Certificate.objects.get()
    client = signed_in(served)
    page = client.get(f"/academy/sittings/{sitting.pk}/result/").content.decode()
    assert certificate.number in page
    assert certificate.number in client.get(f"/academy/certificates/{certificate.pk}/").content.decode()
    papers = [client.get(f"/academy/certificates/{certificate.pk}/pdf/").content for _ in range(2)]
    assert papers[0].startswith(b"%PDF-")
    assert papers[0] == papers[1]
    peer = signed_in(served, name="peer")
    assert peer.get(f"/academy/certificates/{certificate.pk}/").status_code == 404


def test_trainers_make_and_close_courses(served: School) -> None:
    client = signed_in(served, Role.TRAINER)
    asked = {
        "title_ko": "컨테이너",
        "title_en": "Containers",
        "seconds": 30,
        "minutes": 20,
        "threat_share": 0.5,
        "test_pictures": 60,
        "valid_months": 12,
    }
    refused = client.post("/academy/courses/", {**asked, "seconds": 90})
    assert refused.status_code == 422
    assert "컨테이너" in refused.content.decode()
    assert client.post("/academy/courses/", asked).status_code == 302
    course = Course.objects.get(title_en="Containers")
    assert client.post(f"/academy/courses/{course.pk}/draw/").status_code == 422
    kept = client.post(f"/academy/courses/{course.pk}/close/", {"reason": "짧"})
    assert kept.status_code == 422
    assert "짧" in kept.content.decode()
    assert client.post(f"/academy/courses/{course.pk}/close/", {"reason": "과정을 나누었음"}).status_code == 302
    assert not Sitting.objects.exists()
    assert "컨테이너" not in client.get("/academy/courses/").content.decode()


def test_a_test_says_how_long_it_lasts_as_a_whole_and_training_what_is_left(served: School) -> None:
    served.bank(PictureSet.TRANSFER, articles=4, each=2)
    client = signed_in(served)
    page = client.get(begun(served, client, "measure")).content.decode()
    assert "시험 전체 시간이며, 멈춘 시간도 셉니다" in page
    assert re.search(r"\d+분 남음", page)


def test_how_long_a_test_may_last_is_said_before_it_begins_in_both_languages(served: School) -> None:
    """120 pictures of 10 s with 10 s beside each are forty minutes; the measurement lasts as its course says."""
    client = signed_in(served)
    served.course(pass_d_a=0.5, test_pictures=120, minutes=20)
    page = " ".join(client.get("/academy/").content.decode().split())
    assert "시험은 쉬는 시간을 포함해" in page
    assert "측정 최대 20분 · 사전 시험 최대 40분 · 자격 시험 최대 40분" in page
    english = " ".join(client.get("/academy/", headers={"accept-language": "en"}).content.decode().split())
    assert "Measuring 20 min at most · Test before 40 min at most · Certificate test 40 min at most" in english


def test_the_page_of_results_shows_what_was_never_trained_apart(served: School) -> None:
    client = signed_in(served)
    assert "아직 답한 영상이 없습니다" in client.get("/academy/results/").content.decode()
    served.bank(PictureSet.TRANSFER, articles=2, each=2)
    sitting = served.begin(served.course(), SittingMode.MEASURE)
    while served.answer(sitting):
        pass
    page = client.get("/academy/results/").content.decode()
    assert "학습하지 않은 물품" in page
    assert "학습이 다른 물품에도 통하는지" in page
    trainer = signed_in(served, Role.TRAINER)
    served.group("trainee")
    member = served.people["trainee"].pk
    assert "학습하지 않은 물품" in trainer.get(f"/academy/people/{member}/").content.decode()
