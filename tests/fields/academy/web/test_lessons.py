"""A seizure becomes a lesson by two persons; realism is judged blind; pictures go out of use by two persons."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from pandok.common.jobs.work import open_work
from pandok.common.jobs.worker import Worker
from pandok.common.models import AuditEntry, Site
from pandok.fields.academy.acts.bank.jobs import FILL_JOB
from pandok.fields.academy.acts.reviewing.realism import next_to_judge
from pandok.fields.academy.acts.seizures.placing import Placement, placed
from pandok.fields.academy.acts.seizures.to_put import find_to_put
from pandok.fields.academy.kinds import PictureSet, Realism
from pandok.fields.academy.lists.pictures import pictures_in_use
from pandok.fields.academy.lists.realism import realism_figures
from pandok.fields.academy.lists.seizures import find_of
from pandok.fields.academy.models import Article, Picture, PictureRetirement, RealismReview
from pandok.fields.xray.models import Scan
from pandok.readers.xray.planes import packed
from pandok.settings import settings
from tests.fields.academy.finds import article_in_use, bag_picture, kept_picture, measure_blur, opened_find
from tests.fields.xray.hall import Hall
from tests.roles import Role

pytestmark = pytest.mark.django_db
NAMED = {"name_ko": "식칼", "name_en": "kitchen knife", "article_kind": "blade", "lesson": "손잡이 심과 날"}


def signed_in(hall: Hall, role: Role, name: str = "", site: Site | None = None) -> Client:
    client = Client()
    client.force_login(hall.person(role, name, site))
    return client


def work_done() -> None:
    chosen = settings()
    work = open_work(chosen, chosen.home)
    Worker("w", work, lease_s=60, alive_folder=chosen.home / "workers", kinds=[FILL_JOB]).run_until_empty()


def made(client: Client, hall: Hall, **more: str) -> Article:
    inspection = opened_find(hall)
    answer = client.post(f"/academy/seizures/{inspection.pk}/", NAMED | more)
    assert answer.status_code == 302, re.findall(r"notice-bad.*?</div>", answer.content.decode())
    return Article.objects.get(inspection_number=inspection.number)


def test_a_find_is_cut_out_put_into_bags_reviewed_by_another_and_then_in_use(served: Hall) -> None:
    bags = [bag_picture(served.blobs, served.now, seed) for seed in (8021, 8022, 8023, 8024)]
    trainer, other = signed_in(served, Role.TRAINER, "maker"), signed_in(served, Role.SCAN_SUPERVISOR, "veteran")
    article = made(trainer, served)
    assert article.state == "draft"
    assert "신고하지 않은 칼" not in trainer.get("/academy/material/").content.decode()
    page = trainer.get(f"/academy/articles/{article.pk}/").content.decode()
    shown = re.findall(r'src="(/academy/articles/[^"]+/previews/\d/)"', page)
    assert 1 <= len(shown) <= 3
    for address in shown:
        answer = trainer.get(address)
        assert answer.status_code == 200
        assert answer.content[:3] == b"\xff\xd8\xff"
    assert other.get(f"/academy/articles/{article.pk}/").status_code == 404  # a draft is its maker's alone
    send = f"/academy/articles/{article.pk}/send/"
    assert trainer.post(send, {}).status_code == 422
    assert trainer.post(send, {"preview": ["0"]}).status_code == 302
    article.refresh_from_db()
    assert article.state == "in_review"
    (picture,) = article.pictures.all()
    assert picture.twin in bags
    assert picture.threat
    assert picture.truth[0]["view"] == "1"
    assert not pictures_in_use().filter(pk=picture.pk).exists()

    accept = f"/academy/articles/{article.pk}/accept/"
    refused = trainer.post(accept, {"said_0": "real"})
    assert refused.status_code == 422
    assert "자신이 만든" in refused.content.decode()
    assert other.post(accept, {}).status_code == 422
    assert other.post(accept, {"said_0": "fake"}).status_code == 422  # it is all of them, and why is not said
    assert other.post(accept, {"said_0": "real"}).status_code == 302
    article.refresh_from_db()
    assert (article.state, article.reviewed_by) == ("in_use", served.people["veteran"])
    assert pictures_in_use().filter(pk=picture.pk).exists()
    told = set(AuditEntry.objects.filter(object=f"article:{article.pk}").values_list("action", flat=True))
    assert told >= {"article.draft", "article.in_review", "article.in_use"}

    assert trainer.post(f"/academy/articles/{article.pk}/retire/", {"reason": "x"}).status_code == 422
    assert trainer.post(f"/academy/articles/{article.pk}/retire/", {"reason": "장비가 바뀌었음"}).status_code == 302
    assert not pictures_in_use().filter(pk=picture.pk).exists()


def test_the_same_place_gives_the_same_picture_and_a_second_lesson_of_a_find_is_refused(served: Hall) -> None:
    bag = bag_picture(served.blobs, served.now)
    trainer = signed_in(served, Role.TRAINER)
    article = made(trainer, served)
    inspection = Scan.objects.get().inspection
    find = find_of(served.people[Role.TRAINER.value], inspection.pk)
    home = served.blobs.folder.parent
    chosen = Placement(**article.recipe["placements"][0])
    assert chosen.bag == str(bag.pk)
    what = find_to_put(find, served.blobs, home)
    one, two = (placed(what, chosen, served.blobs, home) for _ in range(2))
    assert packed(one.views[0].levels()) == packed(two.views[0].levels())
    again = trainer.post(f"/academy/seizures/{inspection.pk}/", NAMED)
    assert again.status_code == 422
    assert "이미 학습 자료" in again.content.decode()


def test_a_find_of_a_machine_whose_blur_nobody_measured_becomes_the_whole_scan(served: Hall) -> None:
    """No article is put into a bag where the join could not be exact; what to do is said."""
    bag_picture(served.blobs, served.now)
    trainer = signed_in(served, Role.TRAINER)
    inspection = opened_find(served, measured=False)
    refused = trainer.post(f"/academy/seizures/{inspection.pk}/", NAMED)
    assert refused.status_code == 422
    page = refused.content.decode()
    assert "흐림을 재지 않아" in page
    assert "pandok xray machine blur" in page
    assert 'name="whole"' in page
    measure_blur(served, error_px=0.3)
    unsure = trainer.post(f"/academy/seizures/{inspection.pk}/", NAMED)
    assert unsure.status_code == 422
    assert "장비의 흐림을 정확히 알지 못함" in unsure.content.decode()
    measure_blur(served)
    assert trainer.post(f"/academy/seizures/{inspection.pk}/", NAMED).status_code == 302


def test_a_find_that_cannot_be_cut_says_why_and_becomes_the_whole_scan(served: Hall) -> None:
    bag_picture(served.blobs, served.now)
    trainer, other = signed_in(served, Role.TRAINER), signed_in(served, Role.SCAN_SUPERVISOR)
    inspection = opened_find(served, crowded=True)
    refused = trainer.post(f"/academy/seizures/{inspection.pk}/", NAMED)
    assert refused.status_code == 422
    page = refused.content.decode()
    assert "겹쳐 있어" in page
    assert 'name="whole"' in page
    assert 'value="식칼"' in page  # what was entered stays
    assert Article.objects.count() == 0
    assert trainer.post(f"/academy/seizures/{inspection.pk}/", NAMED | {"whole": "on"}).status_code == 302
    article = Article.objects.get()
    assert trainer.post(f"/academy/articles/{article.pk}/send/", {}).status_code == 302
    (picture,) = article.pictures.all()
    assert not picture.composed
    view = inspection.scans.get().views.get()
    assert picture.views.get().planes_sha256 == view.planes_sha256
    assert picture.truth == inspection.opening.marks
    assert other.post(f"/academy/articles/{article.pk}/accept/", {"said_0": "real"}).status_code == 302
    assert pictures_in_use().filter(pk=picture.pk).exists()


def test_without_bags_the_whole_scan_is_offered_and_names_and_kind_are_needed(served: Hall) -> None:
    trainer = signed_in(served, Role.TRAINER)
    inspection = opened_find(served)
    page = trainer.post(f"/academy/seizures/{inspection.pk}/", NAMED)
    assert page.status_code == 422
    assert 'name="whole"' in page.content.decode()
    for missing in ({"name_en": " "}, {"article_kind": ""}, {"article_kind": "harmless"}):
        assert trainer.post(f"/academy/seizures/{inspection.pk}/", NAMED | missing).status_code == 422
    assert Article.objects.count() == 0


def test_a_trainer_sees_finds_of_the_own_site_alone_and_no_declaration(served: Hall) -> None:
    inspection = opened_find(served)
    inspection.goods = "비밀 품명"
    inspection.save(update_fields=["goods"])
    elsewhere = Site.objects.create(code="PUS", name_ko="부산", name_en="Busan")
    own, stranger = signed_in(served, Role.TRAINER), signed_in(served, Role.TRAINER, "far", elsewhere)
    page = own.get(f"/academy/seizures/{inspection.pk}/").content.decode()
    assert "신고하지 않은 칼" in page
    assert "비밀 품명" not in page
    assert own.get(f"/academy/seizures/{inspection.pk}/views/0/").status_code == 200
    assert own.get(f"/academy/seizures/{inspection.pk}/views/7/").status_code == 404
    assert AuditEntry.objects.filter(action="academy.looked").count() == 1
    for address in ("", "views/0/"):
        assert stranger.get(f"/academy/seizures/{inspection.pk}/{address}").status_code == 404
    assert "신고하지 않은 칼" not in stranger.get("/academy/material/").content.decode()
    for role in (Role.TRAINEE, Role.SCAN_READER, Role.OFFICER):
        assert signed_in(served, role, f"a {role.value}").get("/academy/material/").status_code == 403


def test_realism_is_judged_blind_and_one_fake_takes_a_picture_out(served: Hall) -> None:
    article = article_in_use(served.now)
    composed = kept_picture(served.blobs, served.now, article, 8021)
    opened_find(served)
    client = signed_in(served, Role.TRAINER, "veteran")
    kinds = set()
    for said, why in ((Realism.FAKE, "둘레가 뚜렷함"), (Realism.FAKE, "그림자가 없음")):
        page = client.get("/academy/realism/").content.decode()
        assert "/academy/realism/image/0/" in page
        assert str(composed.pk) not in page
        assert client.get("/academy/realism/image/0/").status_code == 200
        kinds.add(client.session["academy_realism"]["scan"])
        nonce = re.search(r'name="nonce" value="(\w+)"', page)
        assert nonce is not None
        sent = {"said": said.value, "nonce": nonce[1]}
        assert client.post("/academy/realism/", sent).status_code == 422  # what gave it away is not said
        assert client.post("/academy/realism/", sent | {"why": why}).status_code == 302
        # The same form again changes nothing.
        assert client.post("/academy/realism/", sent | {"why": why}).status_code == 302
    assert kinds == {True, False}
    assert RealismReview.objects.count() == 2
    assert "모두 평가" in client.get("/academy/realism/").content.decode()
    assert not pictures_in_use().filter(pk=composed.pk).exists()
    figures = realism_figures()
    assert (figures.composed.judged, figures.composed.flagged) == (1, 1)
    assert (figures.real.judged, figures.real.flagged) == (1, 1)
    page = signed_in(served, Role.TRAINEE).get("/academy/realism/figures/").content.decode()
    assert "100.0 %" in page
    assert signed_in(served, Role.TRAINEE).get("/academy/realism/").status_code == 403


def test_nobody_judges_own_work_sealed_pictures_or_scans_that_they_read(served: Hall) -> None:
    import numpy as np

    article = article_in_use(served.now)
    veteran = served.person(Role.SCAN_SUPERVISOR, "veteran")
    kept_picture(served.blobs, served.now, article, 8021, actor=veteran)
    sealed = article_in_use(served.now, "봉인 칼", set=PictureSet.SEALED.value)
    kept_picture(served.blobs, served.now, sealed, 8022, of_set=PictureSet.SEALED)
    opened_find(served)
    random = np.random.default_rng(3)
    assert all(isinstance(next_to_judge(veteran, random), Scan) for _ in range(6))
    reader = served.people["reader"]
    assert all(not isinstance(next_to_judge(reader, random), Scan) for _ in range(6))


def test_the_oldest_pictures_go_first_and_by_two_persons(served: Hall) -> None:
    article = article_in_use(served.now)
    pictures = [
        kept_picture(served.blobs, served.now + timedelta(minutes=at), article, 8021 + at % 2) for at in range(3)
    ]
    one, two = signed_in(served, Role.TRAINER, "one"), signed_in(served, Role.TRAINER, "two")
    assert one.post("/academy/retired/propose/", {"count": "0", "reason": "오래됨"}).status_code == 422
    assert one.post("/academy/retired/propose/", {"count": "2", "reason": "이 년이 지났음"}).status_code == 302
    waits = list(PictureRetirement.objects.order_by("proposed_at", "picture__made_at"))
    assert [waiting.picture for waiting in waits] == pictures[:2]
    # Proposed is not out of use.
    assert pictures_in_use().filter(article=article).count() == 3
    confirm = f"/academy/retired/{waits[0].pk}/confirm/"
    assert one.post(confirm).status_code == 422
    assert two.post(confirm).status_code == 302
    assert two.post(confirm).status_code == 422
    assert one.post(f"/academy/retired/{waits[1].pk}/withdraw/", {"reason": "아직 쓸 만함"}).status_code == 302
    assert set(pictures_in_use().filter(article=article)) == set(pictures[1:])
    assert one.post(f"/academy/retired/{uuid4()}/confirm/").status_code == 422
    page = one.get("/academy/retired/").content.decode()
    assert "이 년이 지났음" in page
    assert Picture.objects.count() == 3
    assert timezone.now() > served.now


def test_a_trainer_has_pictures_made_and_proposes_one_to_go(served: Hall) -> None:
    trainer, other = signed_in(served, Role.TRAINER, "one"), signed_in(served, Role.SCAN_SUPERVISOR, "two")
    assert trainer.post("/academy/material/fill/", {"pictures": "0"}).status_code == 422
    assert trainer.post("/academy/material/fill/", {"pictures": "2"}).status_code == 302
    assert "작업기가 계산 영상을 2장까지" in trainer.get("/academy/material/").content.decode()
    work_done()
    assert Picture.objects.count() == 2
    article = article_in_use(served.now, source="seizure")
    picture = kept_picture(served.blobs, served.now, article)
    page = trainer.get(f"/academy/articles/{article.pk}/").content.decode()
    address = f"/academy/pictures/{picture.pk}/retire/"
    assert address in page
    assert trainer.post(address, {"reason": "x"}).status_code == 422
    assert trainer.post(address, {"reason": "둘레가 보임"}).status_code == 302
    assert trainer.post(address, {"reason": "둘레가 보임"}).status_code == 422  # proposed already
    waits = PictureRetirement.objects.get()
    assert other.post(f"/academy/retired/{waits.pk}/confirm/").status_code == 302
    assert not pictures_in_use().filter(pk=picture.pk).exists()
    # What is computed after that takes its place.
    assert trainer.post("/academy/material/fill/", {"pictures": "12"}).status_code == 302
    work_done()
    waits.refresh_from_db()
    assert waits.replaced_by is not None
    assert waits.replaced_by.threat
