"""A program that lost the answer sends again: with its Idempotency-Key it is done once."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from pandok.common.models import AuditEntry
from pandok.fields.street.models import Pole, TakenMessage
from tests.fields.street.bed import pole
from tests.fields.street.sensorthings.service import Service, operator, token_of
from tests.roles import Role

pytestmark = pytest.mark.django_db


def sent(service: Service, method: str, path: str, body: Any, key: str = "k-1") -> Any:
    return service.call(method, path, body, HTTP_IDEMPOTENCY_KEY=key)


def level_of(service: Service) -> int:
    pole()
    return int(service.values("Datastreams?$filter=unitOfMeasurement/symbol eq 'cm'")[0]["@iot.id"])


def test_sent_again_with_its_key_it_is_one_and_the_answer_the_same() -> None:
    service = operator()
    path, body = f"Datastreams({level_of(service)})/Observations", {"result": 4.5}
    first, again = (sent(service, "POST", path, body) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()
    assert again.headers["Location"] == first.headers["Location"] == first.json()["@iot.selfLink"]
    assert TakenMessage.objects.count() == 1
    assert AuditEntry.objects.filter(action="observations.sent").count() == 1


def test_without_a_key_or_with_another_one_or_token_two_are_two() -> None:
    service = operator()
    other = Service(token_of(Role.STREET_OPERATOR, "another"))
    path = f"Datastreams({level_of(service)})/Observations"
    body = {"phenomenonTime": timezone.now().isoformat(), "result": 4.5}
    answers = [
        service.call("POST", path, body),
        service.call("POST", path, body),
        sent(service, "POST", path, body, "k-1"),
        sent(service, "POST", path, body, "k-2"),
        sent(other, "POST", path, body, "k-1"),
    ]
    assert len({one.json()["@iot.id"] for one in answers}) == 5


def test_a_key_for_another_body_is_refused_and_a_refused_call_may_be_tried_again() -> None:
    service = operator()
    path = f"Datastreams({level_of(service)})/Observations"
    assert sent(service, "POST", path, {"result": 1e9}).status_code == 400
    assert sent(service, "POST", path, {"result": 4.5}).status_code == 201
    refused = sent(service, "POST", path, {"result": 4.6})
    assert (refused.status_code, refused.json()["code"]) == (400, "api.idempotency_key_used")
    assert sent(service, "POST", path, {"result": 4.6}, "k" * 101).status_code == 400
    assert TakenMessage.objects.count() == 1


def test_it_holds_for_arrays_changes_and_deletions() -> None:
    service = operator()
    stream = level_of(service)
    array = [{"Datastream": {"@iot.id": stream}, "components": ["result"], "dataArray": [[1.0], [2.0]]}]
    first, again = (sent(service, "POST", "CreateObservations", array) for _ in range(2))
    assert (first.json(), TakenMessage.objects.count()) == (again.json(), 1)
    thing = service.made("Things", {"name": "a", "description": "b"})
    changed = [sent(service, "PATCH", f"Things({thing})", {"name": "c"}, "k-2") for _ in range(2)]
    assert changed[0].json() == changed[1].json()
    gone = [sent(service, "DELETE", f"Things({thing})", None, "k-3") for _ in range(2)]
    assert [(one.status_code, one.content) for one in gone] == [(200, b"")] * 2
    assert Pole.objects.filter(pk=thing).exclude(gone_at=None).exists()
    assert service.call("DELETE", f"Things({thing})").status_code == 404
