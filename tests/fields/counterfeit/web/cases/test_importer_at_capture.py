"""The importer may be written down with the photographs, and leads straight into the case: no tap more."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from pandok.core.declaration import declare
from pandok.fields.designs.models import Capture
from tests.fields.counterfeit.web.conftest import Customs
from tests.fields.designs.fakes import NOON, photograph


def upload(data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("goods.jpg", data, content_type="image/jpeg")


@pytest.mark.parametrize("typed", ["도담상사", " 도담상사 ", "HBL-99 0001"])
def test_an_importer_written_at_the_capture_is_chosen_at_the_notice(typed: str, customs: Customs) -> None:
    """By its name, or by the number of a shipment that the desk has seen: no further tap."""
    earlier = customs.case(bl_number="HBL990001")
    earlier.importer = customs.world.importer
    earlier.save()
    reading = customs.reading()
    declared = declare(importer=typed)
    Capture.objects.create(
        id=uuid4(), account=customs.world.officer, signal=reading.signal, reading=reading,
        received_at=NOON, taken_at=NOON, importer=declared.importer,
    )  # fmt: skip
    client = customs.client()
    page = client.get(f"/readings/{reading.id}/notify/?design_id=30-0001").content.decode()
    chosen = re.search(rf'id="importer-{customs.world.importer.pk}"[^>]*checked', page)
    assert chosen
    assert "written at the capture" in page
    found = client.get("/captures/importers/", {"q": typed.strip()}).json()["importers"]
    assert [one["name"] for one in found] == ["도담상사"]


def test_an_unknown_importer_written_at_the_capture_is_kept_and_told(customs: Customs) -> None:
    reading = customs.reading()
    Capture.objects.create(
        id=uuid4(), account=customs.world.officer, signal=reading.signal, reading=reading,
        received_at=NOON, taken_at=NOON, importer="처음 보는 상사",
    )  # fmt: skip
    page = customs.client().get(f"/readings/{reading.id}/notify/?design_id=30-0001").content.decode()
    assert "처음 보는 상사" in page
    assert not re.search(r'name="importer"[^>]*checked', page)


def test_the_importer_travels_with_the_capture_by_page_and_by_call(officer: Client) -> None:
    sent = {"photographs": [upload(photograph())], "importer": "  한빛  무역 "}
    assert officer.post("/", sent).status_code == 302
    assert Capture.objects.get().importer == "한빛 무역"
    number = str(uuid4())
    call = {"capture_id": number, "photographs": [upload(photograph())], "importer": "다온"}
    assert officer.post("/api/v1/captures", call).status_code in (200, 201)
    assert Capture.objects.get(id=number).importer == "다온"
