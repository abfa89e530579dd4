"""Where help is shown, and where it is not: what was not on the screen helped nobody, and the page says where it comes
from."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from pandok.core.text import Text
from pandok.engines.encoders.model_store import site_models
from pandok.engines.scans.help_model import READER
from pandok.fields.xray.decisions import Decision
from pandok.fields.xray.lists.help_figures import read_once
from pandok.fields.xray.marks import Candidate, Mark
from pandok.fields.xray.models import HelpReading, ImageReading, Inspection, ScanLook
from tests.chosen import Choose
from tests.fields.xray.hall import PLACE, Hall
from tests.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def served(hall: Hall, choose: Choose) -> Hall:
    choose(home=hall.blobs.folder.parent)
    hall.now = timezone.now() - timedelta(minutes=2)
    return hall


def reads(hall: Hall, language: str = "ko") -> Client:
    client = Client()
    client.force_login(hall.person(Role.SCAN_READER))
    client.cookies["pandok_language"] = language
    return client


def helped_by(inspection: Inspection, title: str, *, later: timedelta = timedelta(0)) -> HelpReading:
    said = Candidate(mark=Mark(**PLACE), score=0.8, reason=Text(ko="칼로 의심.", en="May be a knife."))
    scan = inspection.scans.get()
    HelpReading.objects.filter(scan=scan)._raw_delete("default")  # what the hall had said
    return HelpReading.objects.create(
        scan=scan, reader=title, read_at=scan.imported_at + later, candidates=[said.model_dump(mode="json")]
    )


@pytest.mark.parametrize(
    ("language", "origin"), [("ko", "계산으로 만든 영상만으로 학습"), ("en", "trained on computed scenes only")]
)
def test_pages_say_what_the_program_was_trained_on(served: Hall, language: str, origin: str) -> None:
    inspection = served.inspection()
    title = site_models(served.blobs.folder.parent).get(READER).card.title
    helped_by(inspection, title)
    client = reads(served, language)
    client.post("/xray/next/")
    page = client.get(f"/xray/read/{inspection.pk}/").content.decode()
    assert page.count(f"{title}: {origin}") == 1
    assert page.count("data-xray-help") == 1
    client.post(f"/xray/read/{inspection.pk}/decide/", {"decision": "clear", "marks": "[]"})
    assert origin in client.get(f"/xray/inspections/{inspection.pk}/").content.decode()
    assert origin in client.get("/xray/figures/").content.decode()


def test_of_a_program_that_is_not_installed_nothing_is_claimed(served: Hall) -> None:
    inspection = served.inspection()
    client = reads(served, "en")
    client.post("/xray/next/")
    assert "what it was trained on is not known" in client.get(f"/xray/read/{inspection.pk}/").content.decode()


def test_help_that_came_later_is_not_shown(served: Hall) -> None:
    inspection = served.inspection()
    helped_by(inspection, "later 1.0", later=timedelta(hours=1))
    reading = served.read("reader", Decision.CLEAR)
    assert reading.help is None
    (once,) = read_once(Inspection.objects.all())
    assert once.with_help is None, "it was not drawn to go without"
    assert len(once.candidates) == 1
    assert ImageReading.objects.get().help is None


def test_the_look_of_the_goods_stands_beside_help_alone(served: Hall) -> None:
    withheld, helped = served.inspection(withheld=True, mass_g=900), served.inspection(mass_g=900, quantity="3")
    for one in (withheld, helped):
        ScanLook.objects.create(
            scan=one.scans.get(),
            made_at=served.now,
            mass_g=2600,
            opaque_share=0,
            pieces=7,
            index=0.1,
            alike_share=0.8,
            profile=[0.1] * 15,
        )
    client = reads(served, "en")
    client.post("/xray/next/")
    assert "Heavier than the declared" not in client.get(f"/xray/read/{withheld.pk}/").content.decode()
    client.post(f"/xray/read/{withheld.pk}/decide/", {"decision": "clear", "marks": "[]"})
    page = client.get(f"/xray/read/{helped.pk}/").content.decode()
    assert "container included: 2.0–2.6 kg. Heavier than the declared 0.9 kg." in page
    assert "stand apart: 7 (3 declared)" in page


def test_where_no_program_can_read_the_scan_the_page_says_why(served: Hall) -> None:
    inspection = served.inspection()
    HelpReading.objects.all()._raw_delete("default")
    client = reads(served, "en")
    client.post("/xray/next/")
    assert "it needs two energies of a known machine" in client.get(f"/xray/read/{inspection.pk}/").content.decode()
