"""A form sent after its session had ended loses nothing: its writer sees it after sign-in and sends it; nobody else."""

from __future__ import annotations

import re
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse
from django.utils import timezone

from pandok.common.models import KeptForm, PersonSession
from pandok.common.people.kept_forms import forget_kept_forms
from pandok.common.people.sessions import end_all_sessions
from tests.fields.counterfeit.web.conftest import Customs, customs, step, words  # noqa: F401
from tests.roles import Role
from tests.web.access_table import TABLE
from tests.world import Site

PASSWORD = "open sesame 27"
WRITTEN = "손잡이의 곡선이 다릅니다 & <b>"


def ended(client: Client, customs: Customs) -> Client:  # noqa: F811
    """The session of this browser is over, and the browser does not know."""
    client.get("/account/")
    end_all_sessions(account=customs.world.officer, actor=None, reason="idle", now=timezone.now())
    return client


def test_a_correction_is_kept_shown_after_sign_in_and_sent(customs: Customs) -> None:  # noqa: F811
    case, client = customs.case(item_name="유리병"), customs.client()
    sent = step(case, "", phrase="", item_name="유리 화병", reason=WRITTEN)
    page = f"http://testserver/cases/{case.id}/"
    answer = ended(client, customs).post(f"/cases/{case.id}/declared/", sent, headers={"referer": page})
    assert urlsplit(answer["Location"]).path == "/sign-in/"
    address = parse_qs(urlsplit(answer["Location"]).query)["next"][0]
    signed_in = client.post(answer["Location"], {"username": "officer", "password": PASSWORD, "next": address})
    assert signed_in["Location"] == address
    shown = client.get(address)
    assert WRITTEN in words(shown)
    assert f'href="/cases/{case.id}/"' in shown.content.decode()
    form = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', shown.content.decode()))
    assert form["item_name"] == "유리 화병"
    assert "csrfmiddlewaretoken" in form
    again = client.post(f"/cases/{case.id}/declared/", sent | {"kept_form": form["kept_form"]})
    assert again.status_code == 302
    case.refresh_from_db()
    assert case.item_name == "유리 화병"
    assert not KeptForm.objects.exists()


def test_an_idle_session_is_an_ended_one(customs: Customs) -> None:  # noqa: F811
    case, client = customs.case(), customs.client()
    client.get("/account/")
    PersonSession.objects.update(last_seen_at=timezone.now() - timedelta(hours=3))
    answer = client.post(f"/cases/{case.id}/act/", step(case, "nothing_close", reason=WRITTEN))
    assert "kept" in answer["Location"]
    assert KeptForm.objects.get().account == customs.world.officer


def test_nobody_else_sees_it_and_passwords_are_never_kept(customs: Customs) -> None:  # noqa: F811
    case, client = customs.case(), customs.client()
    ended(client, customs).post(f"/cases/{case.id}/act/", step(case, "nothing_close", reason=WRITTEN))
    kept = KeptForm.objects.get()
    other = customs.client(customs.world.account(Role.OFFICER, "another", site=customs.world.site))
    answer = other.get(f"/kept/{kept.id}/")
    assert (answer.status_code, answer["Location"]) == (302, "/")
    other.post(f"/kept/{kept.id}/")
    assert KeptForm.objects.filter(id=kept.id).exists()
    client.post("/account/password/", {"old_password": "a", "new_password1": "b", "reason": WRITTEN})
    assert KeptForm.objects.count() == 1
    Client().post(f"/cases/{case.id}/act/", step(case, "nothing_close", reason=WRITTEN))  # who never was signed in
    assert KeptForm.objects.count() == 1


def test_what_is_not_wanted_is_thrown_away_and_old_ones_are_forgotten(customs: Customs) -> None:  # noqa: F811
    case, client = customs.case(), customs.client()
    for _ in range(12):
        ended(client, customs).post(f"/cases/{case.id}/act/", step(case, "nothing_close", reason=WRITTEN))
        client.force_login(customs.world.officer)
    assert KeptForm.objects.count() == 10
    kept = KeptForm.objects.order_by("-at")[0]
    assert client.post(f"/kept/{kept.id}/").status_code == 302
    assert KeptForm.objects.count() == 9
    KeptForm.objects.update(at=timezone.now() - timedelta(days=2))
    assert client.get(f"/kept/{KeptForm.objects.all()[0].id}/")["Location"] == "/"
    forget_kept_forms(SimpleNamespace(now=timezone.now()))  # type: ignore[arg-type]
    assert not KeptForm.objects.exists()


def test_a_form_with_a_file_keeps_its_words(customs: Customs) -> None:  # noqa: F811
    case, client = customs.case(), customs.client()
    file = SimpleUploadedFile("a.pdf", b"%PDF", content_type="application/pdf")
    ended(client, customs).post(f"/cases/{case.id}/documents/", {"kind": "other", "note": WRITTEN, "file": file})
    kept = KeptForm.objects.get()
    client.force_login(customs.world.officer)
    page = words(client.get(f"/kept/{kept.id}/"))
    assert WRITTEN in page
    assert "Files could not be kept" in page
    assert "Send it now" not in page


ROWS = [
    (name, row)
    for name, rows in TABLE.items()
    for row in rows
    if row.method == "post" and not row.api and row.allowed and not name.startswith(("capture", "sign_"))
]


def _arguments(resolver: URLResolver, name: str) -> dict[str, Any]:
    """Some value of the right kind for each part of an address: who is signed out is not told whether it exists."""
    pattern = next(one for one in resolver.reverse_dict.getlist(name))
    kinds = {"UUIDConverter": uuid4(), "IntConverter": 1}
    return {key: kinds.get(type(one).__name__, "a") for key, one in pattern[3].items()}


def test_every_form_of_every_address_is_kept(site: Site) -> None:
    lost = []
    for name, row in ROWS:
        before = dict(site.accounts)
        with transaction.atomic():
            role = sorted(row.allowed or (), key=str)[0]
            address = reverse(name, kwargs=_arguments(get_resolver(), name))
            account, client = site.account(role), site.client(role)
            client.get("/account/")
            end_all_sessions(account=account, actor=None, reason="idle", now=timezone.now())
            client.post(address, {"reason": f"{WRITTEN} {name}"})
            if not KeptForm.objects.filter(account=account, fields__icontains=name).exists():
                lost.append(name)
            transaction.set_rollback(True)
        site.accounts = before
    assert len(ROWS) > 40
    assert lost == []


@pytest.mark.parametrize("path", ["/api/v1/cases", "/sign-in/", "/language/"])
def test_addresses_that_answer_otherwise_keep_nothing(customs: Customs, path: str) -> None:  # noqa: F811
    ended(customs.client(), customs).post(path, {"reason": WRITTEN})
    assert not KeptForm.objects.exists()
