"""The case page, its history and the work list show people's names; what has no name keeps the account's."""

from __future__ import annotations

from tests.fields.counterfeit.web.conftest import Customs, words


def test_names_departments_and_telephones_stand_on_the_case(customs: Customs) -> None:
    officer = customs.world.officer
    officer.display_name, officer.department, officer.phone = "홍길동", "통관지원과", "032-000-0000"
    officer.save()
    case, client = customs.case(), customs.client()
    page = words(client.get(f"/cases/{case.id}/"))
    assert "홍길동 · 통관지원과 · 032-000-0000" in page
    assert officer.username not in page.partition("History")[2].partition("My account")[0]
    assert "홍길동" in words(client.get("/cases/"))
