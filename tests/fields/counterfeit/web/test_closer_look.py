"""The page of a closer look: photograph and registered view in sight together, for those who may see both."""

from __future__ import annotations

import re
from html import unescape

from django.test import Client

from pandok.fields.counterfeit.acts.picture_access import may_see_picture
from pandok.fields.register.models import Design, View
from tests.fields.counterfeit.web.conftest import Customs
from tests.fields.designs.fakes import NOON
from tests.roles import Role


def shown(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def rooms(html: str) -> list[str]:
    """The pictures that stand large on the page, in their order."""
    return re.findall(r'data-zoom-room><span class="look-picture"><img src="([^"]+)"', html)


def further_views(number: int) -> list[str]:
    design = Design.objects.get(design_id="30-0001")
    made = []
    for place in range(number):
        sha256 = f"{place + 10:064x}"
        View.objects.create(
            design=design, name="left", sha256=sha256, media_type="image/png", width=9, height=9, order=place + 5,
            added_at=NOON,
        )  # fmt: skip
        made.append(sha256)
    return made


def test_a_candidate_leads_to_photograph_and_view_together_and_to_every_view(customs: Customs) -> None:
    client, left = customs.client(), further_views(2)
    record = customs.reading()
    html = shown(client, f"/readings/{record.id}/")
    links = {unescape(one) for one in re.findall(r'href="(/pictures/[^"]+look[^"]+)"', html)}
    address = f"/pictures/{customs.photograph}?look&design=30-0001&reading={record.id}&beside={customs.view}"
    assert address in links
    look = shown(client, address)
    assert rooms(look) == [f"/pictures/{customs.photograph}", f"/pictures/{customs.view}"]
    for sha256 in left:
        choice = next(one for one in re.findall(r'href="([^"]+)" data-zoom-choice', look) if f"beside={sha256}" in one)
        assert rooms(shown(client, unescape(choice))) == [f"/pictures/{customs.photograph}", f"/pictures/{sha256}"]


def test_the_regions_that_agree_are_drawn_on_both_and_on_no_other_view(customs: Customs) -> None:
    client, left = customs.client(), further_views(1)
    record = customs.reading()
    address = f"/pictures/{customs.photograph}?look&design=30-0001&reading={record.id}&beside="
    look, other = shown(client, address + customs.view), shown(client, address + left[0])
    marked = rf'data-zoom-boxes="/pictures/{customs.view}"( hidden)?'
    assert f'data-zoom-boxes="/pictures/{customs.photograph}" viewBox' in look
    for html, hidden in ((look, ""), (other, " hidden")):
        found = re.search(marked, html)
        assert found is not None
        assert (found[1] or "") == hidden
        assert f'data-zoom-boxes="/pictures/{left[0]}"' not in html
    numbers = [re.findall(r"<text[^>]*>(\d+)</text>", one) for one in look.split("data-zoom-boxes=")[1:]]
    assert numbers[0] == numbers[1] != []
    assert "data-zoom-show-boxes" in look
    choices = [unescape(one) for one in re.findall(r'href="([^"]+)" data-zoom-choice', look)]
    assert all(f"reading={record.id}" in one for one in choices)


def test_nobody_sees_the_regions_of_a_reading_that_is_not_theirs(customs: Customs) -> None:
    record = customs.reading()
    address = f"/pictures/{customs.photograph}?look&design=30-0001&beside={customs.view}&reading="
    for asked in ("x", "00000000-0000-0000-0000-000000000000"):
        assert "data-zoom-boxes" not in shown(customs.client(), address + asked)
    stranger = customs.client(customs.world.account(Role.OFFICER, name="stranger"))
    assert stranger.get(address + str(record.id)).status_code == 404
    seen = stranger.get(f"/pictures/{customs.view}?look&design=30-0001&reading={record.id}").content.decode()
    assert "data-zoom-boxes" not in seen


def test_the_way_back_survives_choosing_other_views(customs: Customs) -> None:
    client, left = customs.client(), further_views(1)
    case = customs.case()
    first = client.get(
        f"/pictures/{customs.photograph}?look&design=30-0001",
        headers={"referer": f"http://testserver/cases/{case.id}/"},
    ).content.decode()
    choice = next(one for one in re.findall(r'href="([^"]+)" data-zoom-choice', first) if left[0] in one)
    assert f'href="/cases/{case.id}/"' in shown(client, unescape(choice))


def test_no_way_back_leads_to_another_site(customs: Customs) -> None:
    client = customs.client()
    customs.reading()
    for kept in ("https://elsewhere.example/x", "//elsewhere.example", "/\\elsewhere.example", "javascript:1", "x"):
        html = client.get(f"/pictures/{customs.photograph}", {"look": "", "from": kept}).content.decode()
        assert '<a class="button secondary" href="/">' in html, kept


def test_a_photograph_that_one_may_not_see_stands_on_no_look(customs: Customs) -> None:
    stranger = customs.world.account(Role.OFFICER, name="stranger")
    customs.reading()
    client = customs.client(stranger)
    assert not may_see_picture(stranger, customs.photograph)
    assert client.get(f"/pictures/{customs.photograph}?look&design=30-0001").status_code == 404
    html = shown(client, f"/pictures/{customs.view}?look&beside={customs.photograph}")
    assert f'src="/pictures/{customs.photograph}' not in html


def test_withdrawn_views_are_not_among_the_choices(customs: Customs) -> None:
    (left,) = further_views(1)
    View.objects.filter(sha256=left).update(withdrawn_at=NOON)
    assert left not in shown(customs.client(), f"/pictures/{customs.view}?look&design=30-0001")
