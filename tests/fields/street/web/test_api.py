"""Silences and trials by API: begun, listed, ended; registered before they begin, and refused in words."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from pandok.core.terms.zone import OFFICE_ZONE
from pandok.fields.street.models import Silence, Trial
from tests.fields.street.bed import pole
from tests.roles import Role
from tests.world import Site


def post(client: Client, path: str, body: dict[str, Any]) -> Any:
    return client.post(f"/api/v1{path}", body, content_type="application/json")


def test_a_silence_is_begun_listed_and_ended(site: Site) -> None:
    pole()
    client = site.client(Role.CONTROL_ROOM)
    until = (timezone.now() + timedelta(hours=2)).isoformat()
    sent = {"pole": "buk-1", "reader": "not-heard", "until": until, "reason": "통신 공사로 끊김"}
    wrong = ({"reader": "nothing"}, {"until": "soon"}, {"pole": "nowhere"}, {"reader": "", "pole": ""}, {"reason": "."})
    for other in wrong:
        assert post(client, "/street/silences", sent | other).status_code == 422, other
    made = post(client, "/street/silences", sent).json()
    assert (made["pole"], made["reader"], made["ended_at"]) == ("buk-1", "not-heard", None)
    assert [one["id"] for one in client.get("/api/v1/street/silences").json()] == [made["id"]]
    ended = post(client, f"/street/silences/{made['id']}/end", {"reason": "공사가 끝남"}).json()
    assert ended["ended_at"]
    assert client.get("/api/v1/street/silences").json() == []
    assert [one["id"] for one in client.get("/api/v1/street/silences?over=true").json()] == [made["id"]]
    assert post(client, f"/street/silences/{made['id']}/end", {"reason": "공사가 끝남"}).status_code == 422
    assert client.get(f"/api/v1/street/silences/{2**70}").status_code in (404, 422)
    assert Silence.objects.count() == 1


def test_a_trial_is_registered_before_its_first_day(site: Site) -> None:
    pole()
    client = site.client(Role.STREET_OPERATOR)
    day = timezone.now().astimezone(OFFICE_ZONE).date()
    sent = {
        "test_bed": "buk", "hazard": "flood", "question": "지하차도 침수를 몇 분 전에 알 수 있는지 알아본다.",
        "plan": "119 기록과 견주어 놓친 비율을 센다. 기록은 매일 받는다.", "measure": "missed-share", "threshold": 0.1,
        "first": (day + timedelta(days=1)).isoformat(), "last": (day + timedelta(days=30)).isoformat(),
    }  # fmt: skip
    for other in ({"first": day.isoformat()}, {"plan": "짧다"}, {"test_bed": "nowhere"}, {"measure": "luck"}):
        assert post(client, "/street/trials", sent | other).status_code == 422, other
    made = post(client, "/street/trials", sent).json()
    assert client.get(f"/api/v1/street/trials/{made['id']}").json() == made
    assert client.get("/api/v1/street/trials").json() == [made]
    assert (made["result"], len(made["sha256"]), Trial.objects.count()) == (None, 64, 1)
    gone = f"/street/trials/{made['id']}/conclusion"
    assert post(client, gone, {"learnt": "아직 끝나지 않음"}).status_code == 422
    assert post(client, gone, {"learnt": ""}).status_code == 422
    ended = post(client, gone, {"learnt": "수위계를 설치하지 못해 중단합니다.", "given_up": True}).json()
    assert (ended["result"]["given_up"], ended["result"]["value"]) == (True, None)
    assert post(client, gone, {"learnt": "다시", "given_up": True}).status_code == 422
    assert post(client, f"/street/trials/{2**70}/conclusion", {"learnt": "없는 것"}).status_code in (404, 422)
