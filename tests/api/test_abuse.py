"""Hostile calls: refused in the one shape of refusals, never a page, never a traceback, nothing kept."""

from __future__ import annotations

import io
import json
import uuid
import zlib
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from pandok.fields.counterfeit.models import CaseDocument
from pandok.fields.designs.models import Capture, Signal
from tests.api.world import PDF, ApiSite, Form
from tests.fields.designs.fakes import photograph
from tests.roles import Role


def assert_refused(answer: Any, status: int) -> dict[str, Any]:
    assert answer.status_code == status, answer.content[:500]
    assert answer.headers["Content-Type"].startswith("application/json")
    assert "Traceback" not in answer.content.decode()
    body: dict[str, Any] = answer.json()
    assert set(body) == {"code", "turn", "what", "next_step", "fields"}
    return body


def bomb() -> bytes:
    """A PNG that claims 60,000 by 60,000 pixels in a few kilobytes."""
    small = io.BytesIO()
    Image.new("L", (8, 8)).save(small, "PNG")
    data = bytearray(small.getvalue())
    data[16:24] = (60_000).to_bytes(4, "big") * 2
    data[29:33] = zlib.crc32(bytes(data[12:29])).to_bytes(4, "big")
    return bytes(data)


@pytest.mark.parametrize(
    ("name", "data", "status"),
    [
        ("bomb.png", bomb(), 422),
        ("empty.jpg", b"", 422),
        ("script.svg", b"<svg onload='alert(1)'/>", 422),
        ("page.html.jpg", b"<html><script>alert(1)</script>", 422),
        ("cut.jpg", photograph()[:2000], 422),
        ("archive.zip", b"PK\x03\x04" + b"0" * 400, 422),
        ("large.jpg", b"\xff\xd8\xff" + b"0" * 25_000_001, 413),
    ],
)
def test_a_file_that_is_no_photograph(site: ApiSite, name: str, data: bytes, status: int) -> None:
    form = Form({"capture_id": str(uuid.uuid4())}, {"photographs": (name, data, "image/jpeg")})
    assert_refused(site.ask(site.member(Role.OFFICER), "post", "/captures", form), status)
    assert not Capture.objects.exists()
    assert not Signal.objects.exists()


@pytest.mark.parametrize(
    ("data", "status"),
    [(b"", 422), (b"MZ" + b"0" * 99, 422), (b"%PDF-1.4 cut", 422), (b"%PDF-" + b"0" * 20_000_001, 413)],
)
def test_a_paper_that_is_none(site: ApiSite, data: bytes, status: int) -> None:
    case = site.opened_case()
    form = Form({"kind": "other"}, {"file": ("paper.pdf", data, "application/pdf")})
    assert_refused(site.ask(site.member(Role.OFFICER), "post", f"/cases/{case.id}/documents", form), status)
    assert not CaseDocument.objects.exists()


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd", "..\\..\\boot.ini", 'a"; filename="b.html', "<script>.pdf", "con.pdf", "감정서\u202efdp.exe"],
)
def test_a_name_that_is_a_path_or_a_trick(site: ApiSite, name: str) -> None:
    case, officer = site.opened_case(), site.member(Role.OFFICER)
    form = Form({"kind": "other"}, {"file": (name, PDF, "text/html")})
    kept = site.ask(officer, "post", f"/cases/{case.id}/documents", form).json()
    assert kept["media_type"] == "application/pdf"
    assert kept["filename"].endswith(".pdf")
    assert not set('/\\<>"\u202e') & set(kept["filename"])
    answer = site.ask(officer, "get", f"/documents/{kept['id']}/content")
    assert answer.content == PDF
    assert answer.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("content_type", "body", "status"),
    [
        ("text/plain", '{"text": "x"}', 415),
        ("application/xml", "<x/>", 415),
        ("application/json", "{", 400),
        ("application/json", "[" * 100_000, 400),
        ("application/json", '{"text": "\\u0000"}', 400),
        ("application/json", '{"text": "\\ud800"}', 400),
        ("application/json", "null", 422),
        ("application/json", "{}", 422),
        ("application/json", '{"text": "x", "more": 1}', 422),
        ("application/json", json.dumps({"text": "x" * 1_100_000}), 413),
    ],
)
def test_bodies(site: ApiSite, content_type: str, body: str, status: int) -> None:
    case = site.opened_case()
    token = site.token_of(site.member(Role.OFFICER))
    answer = Client().post(
        f"/api/v1/cases/{case.id}/note", body, content_type=content_type, headers={"Authorization": f"Bearer {token}"}
    )
    assert_refused(answer, status)


def test_json_where_a_form_is_read(site: ApiSite) -> None:
    assert_refused(site.ask(site.member(Role.OFFICER), "post", "/captures", {"capture_id": str(uuid.uuid4())}), 415)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("get", "/nowhere", 404),
        ("get", "/cases/1", 404),
        ("get", "/cases/%00", 404),
        ("get", "/pictures/..%2f..%2fsecret-key", 404),
        ("get", "/pictures/" + "g" * 64, 422),
        ("get", "/parties/99999999999999999999", 422),
        ("get", "/designs?number=%00", 422),
        ("get", "/cases?limit=0", 422),
        ("get", "/cases?limit=100000", 422),
        ("get", "/cases?cursor=xyz", 422),
        ("get", "/readings?cursor=WyJhIiwgImIiXQ==", 422),
        ("get", "/cases?opened_from=0001-01-01", 422),
        ("get", "/cases?state=fake", 422),
        ("put", "/cases", 405),
        ("patch", "/me", 405),
        ("delete", "/cases/00000000-0000-0000-0000-000000000000", 405),
    ],
)
def test_addresses(site: ApiSite, method: str, path: str, status: int) -> None:
    answer = site.ask(site.member(Role.OFFICER), method, path)
    assert_refused(answer, status)
    assert status != 405 or answer.headers["Allow"]


def test_text_is_kept_as_text(site: ApiSite) -> None:
    case, officer = site.opened_case(), site.member(Role.OFFICER)
    text = "<script>alert(1)</script>'; DROP TABLE desk_case; --"
    assert site.ask(officer, "post", f"/cases/{case.id}/note", {"text": text}).json()["reason"] == text
    assert site.ask(officer, "get", "/cases?text=" + "%27%20OR%201%3D1%20--").json()["items"] == []


def test_a_fault_is_answered_with_a_reference_only(site: ApiSite, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: object) -> None:
        raise RuntimeError("secret inside")

    monkeypatch.setattr("pandok.common.api.me.site_of", broken)
    answer = site.ask(site.member(Role.OFFICER), "get", "/me")
    body = assert_refused(answer, 500)
    assert len(body["fields"]["reference"]) == 12
    assert "secret inside" not in answer.content.decode()
