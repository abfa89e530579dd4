"""Reading through the API: the same rules as on the pages, and answers that programs can follow."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from pandok.common.models import Account
from pandok.fields.xray.decisions import Decision
from pandok.fields.xray.marks import Mark
from pandok.fields.xray.models import ImageReading, Inspection
from tests.chosen import Choose
from tests.fields.xray.acts.test_similar import goods, work_done
from tests.fields.xray.hall import PLACE, Hall
from tests.roles import Role

pytestmark = pytest.mark.django_db


def ask(account: Account, method: str, path: str, body: Any = None) -> HttpResponse:
    client = Client(headers={"origin": "http://testserver"})
    client.force_login(account)
    more = {} if body is None else {"data": body}
    return getattr(client, method)(f"/api/v1/xray/{path}", content_type="application/json", **more)


def test_a_console_reads_decides_and_takes_back(hall: Hall) -> None:
    helped = hall.inspection(candidates=(Mark(**PLACE),), goods="오렌지")
    withheld = hall.inspection(withheld=True, candidates=(Mark(**PLACE),))
    reader = hall.person(Role.SCAN_READER)
    taken = ask(reader, "post", "reading/next").json()
    assert (taken["inspection"]["number"], taken["withheld"]) == (helped.number, False)
    assert taken["candidates"][0]["mark"] == PLACE
    assert taken["inspection"]["views"][0]["planes"] == ["low", "high", "material"]
    path = f"reading/{helped.pk}/decision"
    refused = ask(reader, "post", path, {"decision": "open"})
    assert (refused.status_code, refused.json()["code"]) == (422, "xray.no_mark")
    decided = ask(reader, "post", path, {"decision": "open", "marks": [PLACE], "remark": "벽 속"})
    assert (decided.status_code, decided.json()["state"]) == (200, "opening")
    assert decided.json()["readings"][0]["with_help"]
    back = ask(reader, "post", f"reading/{helped.pk}/take-back")
    assert back.json()["state"] == "waiting"
    ask(reader, "post", path, {"decision": "clear"})
    taken = ask(reader, "post", "reading/next").json()
    assert (taken["inspection"]["number"], taken["withheld"], taken["candidates"]) == (withheld.number, True, [])
    ask(reader, "post", f"reading/{withheld.pk}/decision", {"decision": "clear"})
    assert ask(reader, "post", "reading/next").json()["inspection"] is None
    assert ImageReading.objects.count() == 3


def test_an_opening_comes_through_the_api(hall: Hall) -> None:
    inspection = hall.inspection()
    hall.read("one", Decision.OPEN)
    opener = hall.person(Role.OPENING_OFFICER)
    path = f"inspections/{inspection.pk}"
    assert ask(opener, "post", f"{path}/opening", {"found": "prohibited"}).json()["code"] == "xray.what_missing"
    asked = {"found": "prohibited", "what": "가스총 한 점", "marks": [PLACE]}
    answer = ask(opener, "post", f"{path}/opening", asked).json()
    assert (answer["state"], answer["opening"]["found"], answer["opening"]["marks"]) == (
        "opened",
        "prohibited",
        [PLACE],
    )
    assert ask(opener, "get", path).json() == answer


def test_lists_are_paged_and_narrowed(hall: Hall) -> None:
    made = [hall.inspection() for _ in range(3)]
    supervisor = hall.person(Role.SCAN_SUPERVISOR)
    first = ask(supervisor, "get", "inspections?limit=2").json()
    assert [one["number"] for one in first["items"]] == [made[2].number, made[1].number]
    second = ask(supervisor, "get", f"inspections?limit=2&cursor={first['next']}").json()
    assert ([one["number"] for one in second["items"]], second["next"]) == ([made[0].number], None)
    assert ask(supervisor, "get", "inspections?state=cleared").json()["items"] == []
    assert ask(supervisor, "get", "inspections?state=nonsense").status_code == 422
    assert Inspection.objects.count() == 3


@pytest.mark.parametrize("mark", [{"view": "1", "box": [1, 2, 3]}, {"view": "9", "box": [1, 2, 3, 4]}, {"x": 1}])
def test_what_is_no_mark_is_refused(hall: Hall, mark: dict[str, Any]) -> None:
    inspection = hall.inspection()
    reader = hall.person(Role.SCAN_READER)
    ask(reader, "post", "reading/next")
    answer = ask(reader, "post", f"reading/{inspection.pk}/decision", {"decision": "open", "marks": [mark]})
    assert answer.status_code == 422


def test_a_console_is_told_of_similar_past_scans(hall: Hall, choose: Choose) -> None:
    choose(home=hall.blobs.folder.parent)
    past = hall.inspection(image=goods("bottles", 1), goods="생수", hs_code="220110")
    hall.read("one", Decision.CLEAR)
    work_done()
    now = hall.inspection(image=goods("bottles", 2))
    hall.now = timezone.now()
    reader = hall.person(Role.SCAN_READER, "two")
    path = f"inspections/{now.pk}/similar"
    early = ask(reader, "get", path)
    assert (early.status_code, early.json()["code"]) == (422, "xray.not_shown")
    ask(reader, "post", "reading/next")
    told = ask(reader, "get", path).json()
    assert not told["withheld"]
    assert [(one["inspection"]["number"], one["found"]) for one in told["similar"]] == [(past.number, None)]
    assert ask(reader, "get", f"{path}?heading=1701").json()["similar"] == []
    assert ask(reader, "get", f"{path}?heading=17").status_code == 422


def test_figures_are_those_of_the_page_and_of_their_period(hall: Hall) -> None:
    hall.inspection(candidates=(Mark(**PLACE),))
    hall.read("one", Decision.OPEN, seconds=3)
    hall.inspection(withheld=True, candidates=(Mark(**PLACE),))
    hall.read("one", Decision.CLEAR, seconds=7)
    reader = hall.person(Role.SCAN_READER)
    told = ask(reader, "get", "figures").json()
    assert told["with_help"]["stopped"] == {
        "hits": 1, "count": 1, "value": 1.0, "low": pytest.approx(0.025), "high": 1.0,
    }  # fmt: skip
    assert (told["without_help"]["readings"], told["without_help"]["seconds_median"]) == (1, 7)
    assert (told["with_help"]["d_prime"], told["with_help"]["detected"], told["uncounted"]) == (None, None, 0)
    assert ask(reader, "get", "figures?computed=true").json()["with_help"]["readings"] == 0
    assert ask(reader, "get", "figures?last=2020-01-01").json()["with_help"]["readings"] == 0
    turned = ask(reader, "get", "figures?first=2026-02-01&last=2026-01-01")
    assert (turned.status_code, turned.json()["code"]) == (422, "xray.bad_period")
    assert ask(reader, "get", "figures?first=0001-01-01").status_code == 422
    assert ask(hall.person(Role.OPENING_OFFICER), "get", "figures").status_code == 403
