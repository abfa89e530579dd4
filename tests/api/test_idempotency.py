"""Asking twice does once: by Idempotency-Key, by the sender's UUID, also under two threads."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from pandok.common.models import ApiCall, WebhookEndpoint
from pandok.common.records.idempotency import KeptAnswer, do_once
from pandok.core.errors import RequestError
from pandok.fields.counterfeit.models import Case, CaseEvent
from pandok.fields.designs.models import Signal
from tests.api.world import ApiSite, Form
from tests.fields.designs.fakes import photograph
from tests.roles import Role


def note(site: ApiSite, case: Case, key: str, text: str = "메모") -> Any:
    officer = site.member(Role.OFFICER)
    return site.ask(officer, "post", f"/cases/{case.id}/note", {"text": text}, headers={"Idempotency-Key": key})


def test_the_same_key_repeats_the_answer(site: ApiSite) -> None:
    case = site.opened_case()
    first, again = note(site, case, "k1"), note(site, case, "k1")
    assert (first.status_code, first.json()) == (again.status_code, again.json()) == (201, first.json())
    assert CaseEvent.objects.filter(case=case, kind="noted").count() == 1
    assert note(site, case, "k2").json()["sequence"] == first.json()["sequence"] + 1


def test_the_same_key_with_another_body_is_refused(site: ApiSite) -> None:
    case = site.opened_case()
    note(site, case, "k1")
    refused = note(site, case, "k1", "다른 메모")
    assert (refused.status_code, refused.json()["code"]) == (422, "api.idempotency_key_used")


@pytest.mark.parametrize("key", ["", "x" * 101, "한글"])
def test_a_key_that_cannot_be_one_is_refused(site: ApiSite, key: str) -> None:
    case = site.opened_case()
    assert note(site, case, key.encode().decode("latin-1")).status_code == 422


def test_what_was_refused_may_be_tried_again(site: ApiSite) -> None:
    case = site.opened_case()
    officer = site.member(Role.OFFICER)
    body = {"design_id": "99-unknown", "reason": "r"}
    headers = {"Idempotency-Key": "k"}
    path = f"/cases/{case.id}/choose-candidate"
    assert site.ask(officer, "post", path, body, headers=headers).status_code == 422
    assert not ApiCall.objects.exists()


@pytest.mark.django_db
def test_a_key_is_forgotten_after_a_day() -> None:
    now = timezone.now()
    facts: dict[str, Any] = {"caller": "c", "key": "k", "request_sha256": "0"}
    runs: list[int] = []

    def run() -> KeptAnswer:
        runs.append(1)
        return KeptAnswer(200, {"n": len(runs)})

    assert do_once(**facts, now=now, run=run).value == {"n": 1}
    assert do_once(**facts, now=now + timedelta(hours=23), run=run).again
    assert do_once(**facts, now=now + timedelta(hours=25), run=run).value == {"n": 2}
    with pytest.raises(RequestError):
        do_once(**(facts | {"request_sha256": "1"}), now=now + timedelta(hours=25), run=run)


def test_a_secret_is_given_once(site: ApiSite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pandok.common.api.webhooks.check_url", lambda _: None)
    body = {"title": "t", "url": "https://desk.example/hook", "events": ["case.opened"]}
    headers = {"Idempotency-Key": "w"}
    officer = site.member(Role.OFFICER)
    first = site.ask(officer, "post", "/webhooks", body, headers=headers).json()
    again = site.ask(officer, "post", "/webhooks", body, headers=headers).json()
    assert first["secret"]
    assert again == first | {"secret": ""}
    assert WebhookEndpoint.objects.count() == 1
    assert first["secret"] not in str(list(ApiCall.objects.values())) + str(list(WebhookEndpoint.objects.values()))


def test_a_capture_sent_twice_is_one(site: ApiSite) -> None:
    capture = str(uuid.uuid4())
    officer = site.member(Role.OFFICER)
    files = {"photographs": ("a.jpg", photograph(), "image/jpeg")}
    first = site.ask(officer, "post", "/captures", Form({"capture_id": capture, "item_name": "유리병"}, files))
    again = site.ask(officer, "post", "/captures", Form({"capture_id": capture, "item_name": "유리병"}, files))
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert first.json()["state"] == "read"
    assert Signal.objects.count() == 1
    opened = site.ask(officer, "post", "/cases", {"reading_id": first.json()["reading_id"]})
    assert opened.json()["item_name"] == "유리병"
    assert site.ask(officer, "get", f"/captures/{capture}").json() == first.json()
    other = site.world.account(Role.OFFICER, "another")
    assert site.ask(other, "post", "/captures", Form({"capture_id": capture}, files)).status_code == 404


@pytest.mark.parametrize(("data", "status"), [(photograph(), 201), (photograph()[:200], 422)])
def test_a_file_is_decoded_before_the_transaction_of_the_call(site: ApiSite, data: bytes, status: int) -> None:
    """A watcher (tests/conftest.py) refuses every decoding inside a transaction."""
    case, officer = site.opened_case(), site.member(Role.OFFICER)
    form = Form({"kind": "other"}, {"file": ("scan.jpg", data, "image/jpeg")})
    headers = {"Idempotency-Key": uuid.uuid4().hex}
    for _ in range(2):
        answer = site.ask(officer, "post", f"/cases/{case.id}/documents", form, headers=headers)
        assert answer.status_code == status
    assert case.documents.count() == int(status == 201)
