"""A program that calls SensorThings with a token of its account."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import quote

from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone

from pandok.common.models import Account
from pandok.common.people.accounts import ensure_role_groups
from pandok.common.people.scopes import scope_of, scopes_of
from pandok.common.people.tokens import make_token
from tests.roles import Role

ROOT = "/street/sensorthings/v1.1"
MEASUREMENT = "http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement"


def token_of(role: Any, name: str = "street-program") -> str:
    ensure_role_groups()
    account = Account.objects.create(username=name)
    account.groups.add(Group.objects.get(name=role.value))
    now, scopes = timezone.now(), [scope_of(one) for one in scopes_of(account.roles)]
    end = now + timedelta(days=2)
    return make_token(account=account, title="t", scopes=scopes, expires_at=end, actor=account, now=now)[1]


@dataclass
class Service:
    word: str

    def call(self, method: str, path: str, body: Any = None, **other: Any) -> Any:
        where, mark, query = path.partition("?")
        address = f"{ROOT}/{where}{mark}{quote(query, safe='=&$')}"
        content = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        return Client().generic(
            method, address, content, "application/json", HTTP_AUTHORIZATION=f"Bearer {self.word}", **other
        )

    def get(self, path: str, status: int = 200) -> Any:
        answer = self.call("GET", path)
        assert answer.status_code == status, answer.content[:2000]
        return answer.json() if answer.content else None

    def values(self, path: str) -> list[Any]:
        found: list[Any] = self.get(path)["value"]
        return found

    def made(self, path: str, body: Any) -> int:
        answer = self.call("POST", path, body)
        assert answer.status_code == 201, answer.content[:2000]
        assert answer.headers["Location"] == answer.json()["@iot.selfLink"]
        return int(answer.json()["@iot.id"])


def operator() -> Service:
    return Service(token_of(Role.STREET_OPERATOR))


def thing(name: str = "thing 1", **other: Any) -> dict[str, Any]:
    return {"name": name, "description": f"{name} described", "properties": {"reference": name}} | other


def location(longitude: float = 126.9, latitude: float = 35.2) -> dict[str, Any]:
    return {
        "name": "place",
        "description": "a place",
        "encodingType": "application/vnd.geo+json",
        "location": {"type": "Point", "coordinates": [longitude, latitude]},
    }


def datastream(name: str = "stream 1", **other: Any) -> dict[str, Any]:
    return {
        "name": name,
        "description": f"{name} described",
        "observationType": MEASUREMENT,
        "unitOfMeasurement": {"name": "Lumen", "symbol": "lm", "definition": "http://qudt.org/vocab/unit/LM"},
        "Sensor": {
            "name": "sensor 1",
            "description": "a sensor",
            "encodingType": "application/pdf",
            "metadata": "Light flux sensor",
        },
        "ObservedProperty": {"name": "Luminous Flux", "definition": "http://qudt.org/flux", "description": "flux"},
    } | other


def observation(result: float = 3, at: str = "2015-03-03T00:00:00Z", **other: Any) -> dict[str, Any]:
    return {"phenomenonTime": at, "result": result} | other


def whole_thing() -> dict[str, Any]:
    """With two streams of two observations each."""
    streams = [
        datastream(f"stream {n}", Observations=[observation(n), observation(n + 10, "2015-03-04T00:00:00Z")])
        for n in (1, 2)
    ]
    return thing(Locations=[location()], Datastreams=streams)
