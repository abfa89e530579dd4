"""What phones send, row by row: kept once, refused as a whole with reasons, and told to nobody else."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from pandok.core.errors import ModelError
from pandok.core.text import Text
from pandok.fields.counterfeit.web import app_shell
from pandok.fields.designs.models import Capture, ReadingRecord, Signal
from tests.fields.counterfeit.web.test_capture import upload
from tests.fields.designs.fakes import photograph
from tests.roles import Role
from tests.world import Site

NUMBER = "1d4f5bf0-5a9b-4a3e-9d2e-6f0a7c1b2e3d"


def send(client: Client, **changes: Any) -> Any:
    sent = {"capture_id": NUMBER, "photographs": [upload(photograph())], "taken_at": "2026-03-02T11:00:00.123Z"}
    return client.post("/captures/", sent | changes)


def test_a_capture_is_confirmed_with_its_number_and_address(officer: Client) -> None:
    answer = send(officer, parcel_number="6012-3456-7890", hs_code="4202.92", recorded_only="on")
    reading = ReadingRecord.objects.get()
    assert answer.status_code == 201
    assert answer.json() == {
        "capture_id": NUMBER,
        "state": "read",
        "address": f"/readings/{reading.id}/",
        "reason": None,
    }
    capture = Capture.objects.get()
    assert (capture.parcel_number, capture.hs_code) == ("601234567890", "420292")
    assert capture.filters == {"locarno_class": "", "in_force_only": False, "recorded_only": True}
    assert capture.taken_at.isoformat() == "2026-03-02T11:00:00.123000+00:00"


def test_sent_again_it_answers_with_the_first_result(officer: Client) -> None:
    first = send(officer)
    again = send(officer, photographs=[upload(photograph(60)), upload(b"no picture")], hs_code="nonsense")
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert (Signal.objects.count(), ReadingRecord.objects.count()) == (1, 1)


def test_a_lost_reading_is_made_when_the_phone_asks_again(site: Site) -> None:
    client = site.client(Role.OFFICER, raise_request_exception=False)
    right = site.desk.read
    site.desk.read = None  # type: ignore[method-assign, assignment]
    assert send(client).status_code == 500
    assert (Signal.objects.count(), ReadingRecord.objects.count()) == (1, 0)
    site.desk.read = right  # type: ignore[method-assign]
    answer = send(client)
    assert (answer.status_code, answer.json()["state"]) == (200, "read")
    assert (Signal.objects.count(), ReadingRecord.objects.count()) == (1, 1)


def test_a_failed_reading_is_confirmed_with_its_reason_and_page(site: Site, officer: Client) -> None:
    site.desk.answer = ModelError(Text(ko="모형이 없습니다.", en="No model."), Text(ko="넣으십시오.", en="Add it."))
    answer = send(officer).json()
    assert (answer["state"], answer["address"]) == ("failed", f"/captures/{NUMBER}/")
    assert answer["reason"] == {"ko": "모형이 없습니다.", "en": "No model."}
    page = officer.get(answer["address"])
    assert page.status_code == 422
    assert "모형이 없습니다." in page.content.decode()


def test_one_bad_file_of_three_is_named_and_nothing_is_kept(officer: Client) -> None:
    files = [upload(photograph()), upload(b"%PDF-1.7", "papers.pdf"), upload(photograph(9))]
    answer = send(officer, photographs=files, hs_code="1")
    assert answer.status_code == 422
    faults = answer.json()["fields"]["faults"]
    assert [(one.get("photograph"), one.get("name"), one.get("field")) for one in faults] == [
        (1, "papers.pdf", None),
        (None, None, "hs_code"),
    ]
    assert set(faults[0]["message"]) == {"ko", "en"}
    assert Signal.objects.count() == 0
    assert send(officer).status_code == 201


def test_eight_photographs_are_too_many(officer: Client) -> None:
    answer = send(officer, photographs=[upload(photograph(shade)) for shade in range(0, 80, 10)])
    assert (answer.status_code, answer.json()["code"]) == (422, "request.too_many_photographs")
    assert Signal.objects.count() == 0


def test_seven_photographs_are_not(officer: Client) -> None:
    assert send(officer, photographs=[upload(photograph(shade)) for shade in range(0, 70, 10)]).status_code == 201


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"capture_id": "7; DROP TABLE"}, "request.capture_id"),
        ({"capture_id": ""}, "request.capture_id"),
        ({"photographs": []}, "photograph.none"),
        ({"taken_at": "yesterday"}, "request.capture"),
        ({"taken_at": "2026-02-31T99:00"}, "request.capture"),
        ({"locarno_class": "99' OR 1=1"}, "request.capture"),
        ({"box": "0,0,1,1;x"}, "request.capture"),
        ({"item_name": "가" * 201}, "request.capture"),
    ],
)
def test_what_cannot_be_meant_is_refused(officer: Client, changes: dict[str, Any], code: str) -> None:
    answer = send(officer, **changes)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert Capture.objects.count() == 0


def test_another_accounts_capture_is_not_there(site: Site, officer: Client) -> None:
    send(officer, item_name="손가방")
    colleague = site.client(Role.OFFICER, "colleague")
    answer = send(colleague)
    assert answer.status_code == 404
    assert "손가방" not in answer.content.decode()
    assert "/readings/" not in answer.content.decode()
    for address in (f"/captures/{NUMBER}/", f"/captures/{uuid.uuid4()}/"):
        assert colleague.get(address).status_code == 404
        assert colleague.post(f"{address}read/").status_code == 404
    assert Capture.objects.count() == 1


def test_what_one_person_took_is_not_sent_by_another(site: Site, officer: Client) -> None:
    key = officer.get("/captures/session/").json()["account"]
    colleague = site.client(Role.OFFICER, "colleague")
    assert colleague.get("/captures/session/").json()["account"] != key
    assert send(colleague, account=key).status_code == 409
    assert Capture.objects.count() == 0
    assert send(officer, account=key).status_code == 201


def test_without_a_token_nothing_is_taken_and_with_the_sessions_token_it_is(site: Site) -> None:
    client = site.client(Role.OFFICER, enforce_csrf_checks=True)
    assert send(client).status_code == 403
    token = client.get("/captures/session/").json()["csrf_token"]
    assert Capture.objects.count() == 0
    client.defaults["HTTP_X_CSRFTOKEN"] = token
    assert send(client).status_code == 201


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.OFFICER, Role.SUPERVISOR, Role.ADMINISTRATOR}, key=str))
def test_who_may_not_photograph_may_not_send(site: Site, role: Role) -> None:
    client = site.client(role)
    assert send(client).status_code == 403
    assert client.get("/captures/session/").status_code == 403
    assert client.post("/captures/codes/", {"still": upload(photograph())}).status_code == 403
    assert Capture.objects.count() == 0


def test_nobody_is_led_to_the_sign_in(site: Site) -> None:  # noqa: ARG001
    answer = send(Client())
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/")
    assert Capture.objects.count() == 0


def test_a_label_is_read_and_not_kept(site: Site, officer: Client) -> None:
    import io

    import zxingcpp
    from PIL import Image

    code = zxingcpp.create_barcode("RR123456785KR", zxingcpp.BarcodeFormat.Code128)
    image = Image.fromarray(zxingcpp.write_barcode_to_image(code, scale=3, add_quiet_zones=True)).convert("RGB")
    target = io.BytesIO()
    image.save(target, "PNG")
    before = len(list(site.blobs.folder.rglob("*")))
    answer = officer.post("/captures/codes/", {"still": upload(target.getvalue(), "label.png", "image/png")})
    assert answer.json() == {"codes": [{"symbology": "Code 128", "text": "RR123456785KR"}]}
    assert len(list(site.blobs.folder.rglob("*"))) == before
    nothing = officer.post("/captures/codes/", {"still": upload(photograph())})
    assert (nothing.status_code, nothing.json()["code"]) == (422, "photograph.no_code")
    assert officer.post("/captures/codes/", {"still": upload(b"<svg/>")}).status_code == 422


def test_the_offline_page_is_the_same_for_everybody(officer: Client) -> None:
    for language in ("ko", "en"):
        page = officer.get(f"/offline/{language}/")
        assert page.content == Client().get(f"/offline/{language}/").content
        assert "csrf" not in page.content.decode()
        assert f'<html lang="{language}"' in page.content.decode()
        assert " style=" not in page.content.decode()
        assert "<script>" not in page.content.decode()
        assert not page.cookies
    assert officer.get("/offline/fr/").status_code == 404


def test_the_service_worker_keeps_only_the_shell(officer: Client) -> None:
    answer = officer.get("/service-worker.js?language=en")
    script = answer.content.decode()
    assert answer["Content-Type"].startswith("text/javascript")
    assert answer["Cache-Control"] == "no-cache"
    assert "unsafe" not in answer["Content-Security-Policy"]
    kept = re.findall(r'"(/[^"]+)"', script.split("files: [")[1].split("]")[0])
    assert kept == app_shell.addresses()
    assert all(address.startswith("/static/") for address in kept)
    assert 'page: "/offline/en/"' in script
    assert officer.get("/service-worker.js?language=../x").status_code == 404


def test_every_module_of_the_page_is_in_the_shell() -> None:
    """A module that the shell lacks would make the offline page dead."""
    needed, open_ends = set(), ["pandok/capture.js", "pandok/page.js"]
    while open_ends:
        name = open_ends.pop()
        needed.add(name)
        with open(str(finders.find(name)), encoding="utf-8") as file:
            imported = re.findall(r'from "\./([a-z]+\.js)"', file.read())
        open_ends += [f"pandok/{one}" for one in imported if f"pandok/{one}" not in needed]
    assert needed <= set(app_shell.FILES)
    assert {name for name in app_shell.FILES if name.endswith(".js")} == needed


def test_the_version_follows_the_contents(monkeypatch: pytest.MonkeyPatch) -> None:
    before = app_shell.version()
    app_shell.version.cache_clear()
    assert app_shell.version() == before
    app_shell.version.cache_clear()
    monkeypatch.setattr(app_shell, "FILES", app_shell.FILES[:-1])
    assert app_shell.version() != before
    app_shell.version.cache_clear()


@pytest.mark.parametrize(("language", "name"), [("ko", "판독"), ("en", "Pandok")])
def test_the_app_can_be_installed_in_both_languages(
    officer: Client, english: Callable[[Client], Client], language: str, name: str
) -> None:
    manifest = json.loads(Client().get(f"/app-{language}.webmanifest").content)
    assert (manifest["short_name"], manifest["lang"], manifest["display"]) == (name, language, "standalone")
    sizes = {(icon["sizes"], icon.get("purpose", "any")) for icon in manifest["icons"]}
    assert {("192x192", "any"), ("512x512", "any"), ("512x512", "maskable")} <= sizes
    for icon in manifest["icons"]:
        assert finders.find(icon["src"].removeprefix("/static/"))
    client = english(officer) if language == "en" else officer
    assert f'href="/app-{language}.webmanifest"' in client.get("/").content.decode()


def test_a_photograph_that_the_phone_made_smaller_says_so_in_its_reading(
    site: Site,  # noqa: ARG001
    officer: Client,
) -> None:
    number = str(uuid.uuid4())
    photographs = [upload(photograph()), upload(photograph(20))]
    sent = {"capture_id": number, "photographs": photographs, "box": ["", ""], "reduced": ["", "1"]}
    answer = officer.post("/captures/", sent)
    assert answer.status_code == 201, answer.content
    remarks = ReadingRecord.objects.get().reading.remarks
    assert [(one.code, one.photograph_index, one.blocking) for one in remarks] == [("photograph.reduced", 1, False)]
    assert "줄여 보낸 사진" in officer.get(answer.json()["address"]).content.decode()
