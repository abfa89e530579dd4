"""An agency's scan of an article by itself becomes a lesson by two persons, or is refused with what to do."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

import cv2
import numpy as np
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from pandok.common.models import AuditEntry
from pandok.demo.scans.articles import article
from pandok.demo.scans.coarse import seen
from pandok.demo.scans.scenes import Scene
from pandok.demo.scans.training import TRAINING_MACHINES, scene_with
from pandok.fields.academy.kinds import PictureSet
from pandok.fields.academy.lists.bank import bank_of
from pandok.fields.academy.lists.pictures import pictures_in_use
from pandok.fields.academy.models import Article, ArticleScan
from pandok.fields.xray.acts.machine_blur import MeasuredBlur, keep_blur
from tests.fields.academy.finds import bag_picture, measure_blur
from tests.fields.academy.web.test_lessons import signed_in
from tests.fields.xray.hall import Hall
from tests.roles import Role

pytestmark = pytest.mark.django_db
(_, MACHINE), *_ = TRAINING_MACHINES[0].views
ADDRESS = "/academy/articles/scan/"
NAMED = {
    "name_ko": "식칼",
    "name_en": "kitchen knife",
    "article_kind": "blade",
    "lesson": "손잡이 심과 날",
    "spectrum": MACHINE.spectrum,
}
AIR = 60_000


@cache
def knife_alone() -> tuple[np.ndarray, np.ndarray]:
    """A generated solid on the belt of a machine, with its noise and its blur."""
    found = scene_with(article("knife", 21), "parcel", 7021)
    assert found is not None
    scene, lies = found
    return seen(Scene(scene.recipe, lies, ()), MACHINE, np.random.default_rng(1))


def files(
    planes: tuple[np.ndarray, np.ndarray], machine: str = "test", pitch_mm: tuple[float, float] | None = None
) -> list[SimpleUploadedFile]:
    """A PNG of each energy, with its .json file."""
    pitch = pitch_mm or (MACHINE.scanner.pitch_y, MACHINE.scanner.pitch_x)
    made = []
    for energy, plane in zip(("low", "high"), planes, strict=True):
        _, data = cv2.imencode(".png", np.clip(np.rint(plane * AIR), 0, 65535).astype(np.uint16))
        layer = {"energy": energy, "air_counts": AIR, "pitch_mm": pitch}
        beside = {"pandok_scan": 1, "layers": [layer], "facts": {"machine": {"maker": machine}}}
        made.append(SimpleUploadedFile(f"knife_{energy}.png", data.tobytes()))
        made.append(SimpleUploadedFile(f"knife_{energy}.json", json.dumps(beside).encode()))
    return made


def sent(client: Client, *scan: SimpleUploadedFile, **more: str) -> Any:
    return client.post(ADDRESS, {**NAMED, **more, "scan": list(scan)})


def test_an_article_scanned_by_itself_is_put_into_bags_and_reviewed_by_another(served: Hall) -> None:
    bag_picture(served.blobs, served.now, 8021)
    bag_picture(served.blobs, served.now, 8022)
    measure_blur(served)
    trainer, other = signed_in(served, Role.TRAINER, "maker"), signed_in(served, Role.SCAN_SUPERVISOR, "veteran")
    assert ADDRESS in trainer.get("/academy/material/").content.decode()
    answer = sent(trainer, *files(knife_alone()))
    assert answer.status_code == 302, re.findall(r"notice.{0,600}", answer.content.decode(), re.DOTALL)
    one = Article.objects.get(source="scan")
    assert (one.state, one.inspection_number, one.scan.machine) == ("draft", "", "test")
    page = trainer.get(f"/academy/articles/{one.pk}/").content.decode()
    assert "자세 하나만 압니다" in page
    assert trainer.get(f"/academy/articles/{one.pk}/scan/0/").content[:3] == b"\xff\xd8\xff"
    shown = re.findall(r'src="(/academy/articles/[^"]+/previews/\d/)"', page)
    assert shown
    assert all(trainer.get(address).status_code == 200 for address in shown)
    assert other.get(f"/academy/articles/{one.pk}/").status_code == 404  # a draft is its maker's alone
    assert trainer.post(f"/academy/articles/{one.pk}/send/", {"preview": ["0"]}).status_code == 302
    assert trainer.post(f"/academy/articles/{one.pk}/accept/", {"said_0": "real"}).status_code == 422
    assert other.post(f"/academy/articles/{one.pk}/accept/", {"said_0": "real"}).status_code == 302
    picture = one.pictures.get()
    assert picture.threat
    assert pictures_in_use().filter(pk=picture.pk).exists()
    told = set(AuditEntry.objects.filter(object=f"article:{one.pk}").values_list("action", flat=True))
    assert told >= {"article.draft", "article.in_review", "article.in_use"}
    again = sent(trainer, *files(knife_alone()))
    assert again.status_code == 422
    assert "이미 학습 물품" in again.content.decode()


def test_harmless_goods_scanned_by_themselves_make_bags_that_are_to_pass(served: Hall) -> None:
    bag_picture(served.blobs, served.now, 8021)
    measure_blur(served)
    trainer, other = signed_in(served, Role.TRAINER, "maker"), signed_in(served, Role.SCAN_SUPERVISOR, "veteran")
    unnamed = sent(trainer, *files(knife_alone()), article_kind="")
    assert unnamed.status_code == 422
    assert "물품의 종류를 골라야 합니다" in unnamed.content.decode()
    harmless = {"article_kind": "harmless", "name_ko": "강철 자", "name_en": "steel ruler"}
    assert sent(trainer, *files(knife_alone()), **harmless).status_code == 302
    one = Article.objects.get(source="scan")
    trainer.post(f"/academy/articles/{one.pk}/send/", {"preview": ["0"]})
    assert other.post(f"/academy/articles/{one.pk}/accept/", {"said_0": "real"}).status_code == 302
    picture = one.pictures.get()
    assert (picture.threat, bool(picture.truth)) == (False, True)
    bank = bank_of(PictureSet.TRAINING)
    assert str(picture.pk) in {one.picture for one in bank.harmless}
    assert not bank.threats


def test_what_cannot_be_isolated_or_whose_machine_nobody_knows_is_refused_with_what_to_do(served: Hall) -> None:
    bag_picture(served.blobs, served.now)
    trainer = signed_in(served, Role.TRAINER)
    low, high = knife_alone()

    def told(planes: tuple[np.ndarray, np.ndarray], machine: str = "test") -> str:
        answer = sent(trainer, *files(planes, machine))
        assert answer.status_code == 422
        assert not Article.objects.exists()
        assert not ArticleScan.objects.exists()
        page = answer.content.decode()
        assert 'value="식칼"' in page  # what was entered stays
        return page

    assert "흐림을 재지 않아" in told((low, high))
    measure_blur(served)
    assert "장비 이름이 없습니다" in told((low, high), machine="")
    columns = np.flatnonzero((high < 0.9).any(axis=0))
    middle = int(columns.mean())
    assert "가장자리에 닿습니다" in told((low[:, :middle], high[:, :middle]))
    air = np.ascontiguousarray(high[: max(32, int(np.flatnonzero((high < 0.9).any(axis=1))[0]) - 8)])
    assert "물품이 보이지 않습니다" in told((air, air))
    one = trainer.post(ADDRESS, {**NAMED, "scan": files((low, high))[2:]})
    assert "두 에너지 영상이 아니거나" in one.content.decode()
    assert trainer.post(ADDRESS, NAMED).status_code == 422  # no files


def test_a_scan_with_other_pixels_is_not_guessed_at(served: Hall) -> None:
    bag_picture(served.blobs, served.now)
    measure_blur(served)
    trainer = signed_in(served, Role.TRAINER)
    other = 1.3 * MACHINE.scanner.pitch_y, 1.3 * MACHINE.scanner.pitch_x
    blur = MeasuredBlur(machine="test", pitch_mm=other, sigma_px=0.3, error_px=0.0)
    keep_blur(served.blobs.folder.parent, blur, reason="시험체로 잼", now=timezone.now())
    answer = sent(trainer, *files(knife_alone(), pitch_mm=other))
    assert answer.status_code == 422
    assert "정확히 넣을 수 없습니다" in answer.content.decode()
    assert signed_in(served, Role.TRAINEE).get(ADDRESS).status_code == 403
