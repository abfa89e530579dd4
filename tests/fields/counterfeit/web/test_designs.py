"""The register for officers: numbers as they are printed, today's rights, all views, and who may look."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from pandok.core.terms.zone import OFFICE_ZONE
from pandok.fields.register.lists.look_up import look_up
from pandok.fields.register.models import Design, FactChange, StatusChange, View
from tests.fields.counterfeit.web.conftest import Customs, words
from tests.fields.designs.fakes import NOON

pytestmark = pytest.mark.django_db


def day(days_ago: int = 0) -> date:
    return timezone.now().astimezone(OFFICE_ZONE).date() - timedelta(days=days_ago)


@pytest.mark.parametrize(
    "typed",
    ["30-1234567", "301234567", "30 1234567", "1234567", "30.2020.0012345", "3020200012345", "DM/123456", "dm 123456",
     "３０－１２３４５６７", "병 한빛", "한빛", "TIPA-77"],
)  # fmt: skip
def test_a_design_is_found_as_its_numbers_are_printed(customs: Customs, typed: str) -> None:
    Design.objects.filter(design_id="30-0001").update(
        registration_number="30-1234567", application_number="30-2020-0012345", recordal_number="TIPA 77/DM/123456"
    )
    Design.objects.create(design_id="30-9999", article="등", registration_number="30-7654321")
    assert [one.design_id for one in look_up(typed, on=day())] == ["30-0001"]
    page = words(customs.client().get("/designs/", {"words": typed}))
    assert "한빛용기 주식회사" in page
    assert "30-7654321" not in page


def test_the_list_is_filtered_by_the_status_of_today_and_any_class(customs: Customs) -> None:
    Design.objects.filter(design_id="30-0001").update(expires_on=day(1), further_classes="11-01")
    client = customs.client()
    for query, found in (
        ({"status": "expired"}, True),
        ({"status": "in force"}, False),
        ({"class": "09"}, True),
        ({"class": "11-01"}, True),
        ({"class": "11-02"}, False),
    ):
        assert ("30-0001" in words(client.get("/designs/", query))) is found
    refused = words(client.get("/designs/", {"class": "chairs"}))
    assert "It was not used" in refused


def test_a_page_of_thirty(customs: Customs) -> None:
    Design.objects.bulk_create(Design(design_id=f"X{number:03d}", article="x") for number in range(45))
    client = customs.client()
    first, second = (client.get("/designs/", {"words": "x", "page": page}).content.decode() for page in (1, 2))
    assert "words=x&amp;page=2" in first
    assert first.count('<li><a class="row card"') == 30
    assert second.count('<li><a class="row card"') == 15


def test_a_design_has_a_page_with_all_views_beside_the_photograph(customs: Customs) -> None:
    design = Design.objects.get(design_id="30-0001")
    for name in ("back", "top", "7"):
        View.objects.create(
            design=design, name=name, sha256=customs.view, media_type="image/png", width=9, height=9, added_at=NOON
        )
    View.objects.create(
        design=design, name="left", sha256="c" * 64, media_type="image/png", width=9, height=9, added_at=NOON,
        withdrawn_at=NOON,
    )  # fmt: skip
    StatusChange.objects.create(design=design, old="lapsed", new="in force", source="csv:a", recorded_at=NOON)
    FactChange.objects.create(
        design=design, fact="recorded_with_customs", old="False", new="True", source="csv:b", recorded_at=NOON
    )
    case = customs.case(item_name="유리병")
    from pandok.fields.counterfeit.acts.cases.deciding import choose_candidate

    choose_candidate(case=case, design_id="30-0001", actor=customs.world.officer, reason="Same shape", now=NOON)
    answer = customs.client().get("/designs/30-0001/", {"with": customs.photograph})
    html, page = answer.content.decode(), words(answer)
    assert html.count(f'src="/pictures/{customs.view}"') == 4
    assert html.count(f'href="/pictures/{customs.photograph}?look&amp;design=30-0001&amp;beside={customs.view}"') == 4
    assert f'src="/pictures/{customs.photograph}"' in html
    for said in ("1. Front", "Status : Lapsed → In force", "no → yes", case.number, "유리병", "In force"):
        assert said in page
    assert "Left side" not in page


def test_a_number_with_a_slash_has_its_page(customs: Customs) -> None:
    Design.objects.create(design_id="DM/123456", article="Lamp")
    assert customs.client().get("/designs/DM/123456/").status_code == 200
    assert customs.client().get("/designs/absent/").status_code == 404


def test_a_photograph_of_others_is_not_put_beside(customs: Customs) -> None:
    from tests.roles import Role

    stranger = customs.world.account(Role.OFFICER, name="stranger")
    customs.reading()
    client: Client = customs.client(stranger)
    html = client.get("/designs/30-0001/", {"with": customs.photograph}).content.decode()
    assert customs.photograph not in html.replace(f"?with={customs.photograph}", "")


def test_candidates_lead_to_all_views_with_the_photograph(customs: Customs) -> None:
    record = customs.reading()
    html = customs.client().get(f"/readings/{record.id}/").content.decode()
    assert f"/designs/30-0001/?with={customs.photograph}" in html
