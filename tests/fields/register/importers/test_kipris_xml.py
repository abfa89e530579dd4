from __future__ import annotations

import shutil
from typing import Any

from pandok.fields.register.models import Design, View
from tests.fields.register.conftest import SAMPLES, picture


def prepare(register: Any) -> None:
    for name in ("kipris_list.xml", "kipris_six_views.xml"):
        shutil.copy(SAMPLES / name, register.folder)
    for index, name in enumerate(
        ("chair.jpg", "six/1.jpg", "six/2.jpg", "3020990000022-front.jpg", "3020990000022_back.jpg")
    ):
        picture(register.folder / name, 40 * index, (16, 16))


def test_lists_and_six_views_come_together(register: Any, codes: Any) -> None:
    prepare(register)
    report = register.run()
    assert report.importer == "kipris"
    assert codes(report) == [("path.url", 35)]
    assert "3020990000033-1.jpg" in report.findings[0].text.ko
    chair = Design.objects.get(design_id="3020990000011")
    assert (chair.holder.name, chair.article) == ("시험 상사; 둘째 상사", "접이식 의자")
    assert (chair.status, chair.status_word, chair.korean_class) == ("in force", "등록", "D2-20")
    assert (chair.registration_number, str(chair.registered_on)) == ("3099000110000", "2099-06-01")
    assert sorted(view.name for view in chair.views.all()) == ["1", "2", "representative"]


def test_pictures_beside_the_xml_stand_for_web_addresses(register: Any) -> None:
    prepare(register)
    register.run()
    cup = Design.objects.get(design_id="3020990000022-M002")
    assert (cup.status, cup.locarno_class, cup.korean_class) == ("invalidated", "07-01", "")
    assert sorted(view.name for view in cup.views.all()) == ["back", "front"]


def test_twice_is_once(register: Any) -> None:
    prepare(register)
    register.run()
    before = (Design.objects.count(), View.objects.count())
    assert not register.run().changed
    assert (Design.objects.count(), View.objects.count()) == before == (3, 5)


def test_a_path_in_the_xml_cannot_climb_out(register: Any, codes: Any) -> None:
    picture(register.folder.parent / "secret.jpg")
    text = (SAMPLES / "kipris_list.xml").read_text(encoding="utf-8").replace("chair.jpg", "../secret.jpg")
    (register.folder / "a.xml").write_text(text, encoding="utf-8")
    assert ("path.outside", 18) in codes(register.run())
