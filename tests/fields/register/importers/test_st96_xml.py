from __future__ import annotations

import shutil
from typing import Any

import pytest

from pandok.fields.register.models import Design
from tests.fields.register.conftest import SAMPLES, picture


@pytest.fixture
def report(register: Any) -> Any:
    shutil.copy(SAMPLES / "st96.xml", register.folder)
    picture(register.folder / "lamp_1.jpg", 10)
    picture(register.folder / "images" / "LAMP_2.png", 90)
    picture(register.folder.parent / "LAMP_9.JPG", 120)
    return register.run()


def test_each_design_of_an_application_is_its_own(report: Any) -> None:
    assert report.importer == "st96"
    lamp, shade = Design.objects.order_by("pk")
    assert (lamp.design_id, lamp.registration_number, lamp.application_number) == ("XX-R-1", "XX-R-1", "XX-2099-7")
    assert (lamp.holder.name, lamp.article, lamp.status) == ("Sample Lamps", "Desk lamp", "in force")
    assert (lamp.locarno_class, lamp.locarno_edition) == ("26-05", "14")
    assert (str(lamp.registered_on), str(lamp.expires_on), str(lamp.filed_on)) == (
        "2099-03-01",
        "2104-01-05",
        "2099-01-05",
    )
    assert [(view.name, view.media_type) for view in lamp.views.all()] == [
        ("Front view", "image/jpeg"),
        ("1.2", "image/png"),
    ]
    assert (shade.design_id, shade.status, shade.registration_number) == ("XX-2099-7-0002", "lapsed", "")
    assert shade.holder == lamp.holder


def test_a_sheet_outside_is_not_taken(report: Any, codes: Any) -> None:
    assert codes(report) == [("sheet.missing", 51)]
    assert Design.objects.get(article="Lamp shade").views.count() == 0
