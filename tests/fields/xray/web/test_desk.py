"""The desk through its pages: from the list to the decision, the opening and the figures; and what is refused."""

from __future__ import annotations

import gzip
import json
import re
from base64 import b64decode
from datetime import timedelta
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pandok.common.models import AuditEntry
from pandok.engines.vault.ciphers import NONCE_BYTES, AesGcm
from pandok.fields.xray.acts.ahead import LENGTH_BYTES, PARTS
from pandok.fields.xray.decisions import Decision
from pandok.fields.xray.marks import Mark
from pandok.fields.xray.models import ImageReading, Inspection, Opening, ScanAhead, ScanView, ShownScan
from pandok.readers.xray.planes import transmission_of, unpacked
from tests.chosen import Choose
from tests.fields.xray.acts.test_importing import two_energies
from tests.fields.xray.acts.test_similar import goods, work_done
from tests.fields.xray.hall import COLUMNS, PLACE, ROWS, Hall, standard_scan
from tests.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def served(hall: Hall, choose: Choose) -> Hall:
    """The hall's files where the pages look for them."""
    choose(home=hall.blobs.folder.parent)
    hall.now = timezone.now() - timedelta(minutes=5)
    return hall


def signed_in(hall: Hall, role: Role, name: str = "") -> Client:
    client = Client()
    client.force_login(hall.person(role, name))
    return client


def told(page: str) -> dict[str, Any]:
    found = re.search(r'data-scan="([^"]*)"', page)
    assert found is not None
    told: dict[str, Any] = json.loads(unescape(found[1]))
    return told


def address(inspection: Inspection, what: str = "") -> str:
    return f"/xray/read/{inspection.pk}/{what}"


def test_a_whole_session_by_pages(served: Hall) -> None:
    first, second = served.inspection(goods="오렌지", mass_g=1500), served.inspection()
    reader = signed_in(served, Role.SCAN_READER, "one")
    assert "판독 시작" in reader.get("/xray/").content.decode()
    answer = reader.post("/xray/next/")
    assert answer["Location"] == address(first)
    page = reader.get(address(first)).content.decode()
    assert "오렌지" in page
    assert "1.500 kg" in page
    assert "신고되지 않음: HS 부호" in page
    sent = {"decision": "open", "marks": json.dumps([PLACE]), "functions": '["inverse"]', "remark": "벽 속"}
    answer = reader.post(address(first, "decide/"), sent)
    assert answer["Location"] == address(second)
    assert "직전 판독 취소" in reader.get(address(second)).content.decode()
    answer = reader.post(address(second, "decide/"), {"decision": "clear", "marks": "[]"})
    assert answer["Location"] == "/xray/?nothing"
    assert "모두 판독했습니다" in reader.get("/xray/?nothing").content.decode()
    reading = ImageReading.objects.get(inspection=first)
    assert (reading.marks, reading.functions, reading.remark) == ([PLACE], ["inverse"], "벽 속")

    opener = signed_in(served, Role.OPENING_OFFICER)
    assert first.number in opener.get("/xray/inspections/").content.decode()
    page = opener.get(f"/xray/inspections/{first.pk}/").content.decode()
    assert told(page)["marks"] == [PLACE]
    assert "벽 속" in page
    elsewhere = PLACE | {"box": [6, 2, 9, 5]}
    half = {"what": "시계", "marks": json.dumps([elsewhere])}
    refused = opener.post(f"/xray/inspections/{first.pk}/opening/", half)
    assert (refused.status_code, "시계" in refused.content.decode()) == (422, True)
    assert told(refused.content.decode())["marks"] == [elsewhere]
    answer = opener.post(
        f"/xray/inspections/{first.pk}/opening/", {"found": "undeclared", "what": "시계 열두 점", "marks": "[]"}
    )
    assert answer.status_code == 302
    assert Opening.objects.get().what == "시계 열두 점"

    supervisor = signed_in(served, Role.SCAN_SUPERVISOR)
    assert "1/1 = 100 %" in supervisor.get("/xray/figures/").content.decode()
    again = f"/xray/inspections/{second.pk}/again/"
    assert supervisor.post(again, {"reason": ""}).status_code == 422
    assert supervisor.post(again, {"reason": "정보 입수: 같은 발송인"}).status_code == 302
    assert Inspection.objects.get(pk=second.pk).state == "waiting"


def test_a_refused_decision_keeps_what_was_drawn(served: Hall) -> None:
    inspection = served.inspection()
    reader = signed_in(served, Role.SCAN_READER)
    reader.post("/xray/next/")
    answer = reader.post(address(inspection, "decide/"), {"decision": "open", "marks": "[]", "remark": "왼쪽 아래"})
    assert answer.status_code == 422
    assert "표시하지 않았습니다" in answer.content.decode()
    assert "왼쪽 아래" in answer.content.decode()
    answer = reader.post(address(inspection, "decide/"), {"decision": "", "marks": json.dumps([PLACE])})
    assert answer.status_code == 422
    assert told(answer.content.decode())["marks"] == [PLACE]
    outside = PLACE | {"box": [0, 0, 99, 99]}
    answer = reader.post(
        address(inspection, "decide/"), {"decision": "open", "marks": json.dumps([PLACE, outside, "x"])}
    )
    assert answer.status_code == 422
    assert told(answer.content.decode())["marks"] == [PLACE]
    for marks in ("", "{", "[" * 5000, "null", "7", "x" * 30_000):
        answer = reader.post(address(inspection, "decide/"), {"decision": "open", "marks": marks})
        assert answer.status_code == 422
    assert not ImageReading.objects.exists()


def unsealed(sealed: bytes, key: str) -> tuple[bytes, bytes]:
    """Preview and planes, as a browser opens them."""
    end = LENGTH_BYTES + int.from_bytes(sealed[:LENGTH_BYTES], "big")
    preview, planes = (
        AesGcm().open(b64decode(key), part[:NONCE_BYTES], part[NONCE_BYTES:], name)
        for part, name in zip((sealed[LENGTH_BYTES:end], sealed[end:]), PARTS, strict=True)
    )
    return preview, planes


def looks() -> int:
    return AuditEntry.objects.filter(action="scan.looked").count()


def test_what_is_fetched_ahead_is_sealed_until_it_is_shown(served: Hall) -> None:
    first, second = served.inspection(), served.inspection()
    view = second.scans.get().views.get()
    reader, other = (signed_in(served, Role.SCAN_READER, name) for name in ("one", "two"))
    sealed = f"/xray/views/{view.pk}/sealed/"
    # Nothing stands on the screen yet: nothing comes next.
    assert reader.post("/xray/ahead/").json() == {"views": []}
    assert reader.get(sealed).status_code == 404
    reader.post("/xray/next/")
    assert reader.post("/xray/ahead/").json() == {"views": [{"view": view.pk, "address": sealed}]}
    fetched = reader.get(sealed).content
    preview = served.blobs.get(view.preview_sha256)
    assert preview not in fetched
    assert served.blobs.get(view.planes_sha256) not in fetched
    assert other.get(sealed).status_code == 404
    assert reader.get(f"/xray/views/{view.pk}/preview/").status_code == 404
    assert looks() == 0
    assert not ShownScan.objects.filter(inspection=second).exists()

    sent = {"decision": "clear", "marks": "[]", "within_page": "on", "held": f"[{view.pk}, 999, null]"}
    told = reader.post(address(first, "decide/"), sent).json()
    assert told["address"] == address(second)
    (held,) = told["held"]
    assert unsealed(fetched, held["key"]) == (preview, served.blobs.get(view.planes_sha256))
    # The key is the look at it.
    assert looks() == 1
    assert ShownScan.objects.get().inspection == second
    assert not ScanAhead.objects.exists()
    sent = {"decision": "clear", "marks": "[]", "within_page": "on", "held": "["}
    assert reader.post(address(second, "decide/"), sent)["Location"] == "/xray/?nothing"


def test_a_decision_within_the_page_writes_no_session(served: Hall) -> None:
    """Each transaction that is made durable is time before the next scan stands there."""
    first, second = served.inspection(), served.inspection()
    reader = signed_in(served, Role.SCAN_READER)
    reader.post("/xray/next/")
    sent = {"decision": "clear", "marks": "[]", "within_page": "on", "held": "[]"}
    with CaptureQueriesContext(connection) as asked:
        assert reader.post(address(first, "decide/"), sent).json()["address"] == address(second)
    written = [one["sql"] for one in asked if one["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert any("xray_imagereading" in one for one in written)
    assert not [one for one in written if "django_session" in one]
    # What was decided on just before can be taken back all the same.
    assert first.number in reader.get(address(second)).content.decode()


def test_a_refused_decision_within_the_page_gives_no_key(served: Hall) -> None:
    first, second = served.inspection(), served.inspection()
    view = second.scans.get().views.get()
    reader = signed_in(served, Role.SCAN_READER)
    reader.post("/xray/next/")
    reader.post("/xray/ahead/")
    sent = {"decision": "open", "marks": "[]", "within_page": "on", "held": f"[{view.pk}]"}
    answer = reader.post(address(first, "decide/"), sent)
    assert answer.status_code == 422
    assert "표시하지 않았습니다" in answer.content.decode()
    assert looks() == 0


def test_readers_fetch_different_scans_ahead_and_none_is_kept_from_others(served: Hall) -> None:
    _, _, third, fourth = (served.inspection() for _ in range(4))
    one, two = (signed_in(served, Role.SCAN_READER, name) for name in ("one", "two"))
    ahead = []
    for reader in (one, two):
        reader.post("/xray/next/")
    for reader in (one, two):
        ahead += [each["view"] for each in reader.post("/xray/ahead/").json()["views"]]
    assert ahead == [inspection.scans.get().views.get().pk for inspection in (third, fourth)]
    three = signed_in(served, Role.SCAN_READER, "three")
    # Nothing else waits: what another fetched ahead is read by whoever comes first.
    assert three.post("/xray/next/")["Location"] == address(third)


def test_who_presses_twice_changes_nothing(served: Hall) -> None:
    inspection = served.inspection()
    reader = signed_in(served, Role.SCAN_READER)
    reader.post("/xray/next/")
    sent = {"decision": "clear", "marks": "[]"}
    assert reader.post(address(inspection, "decide/"), sent)["Location"] == "/xray/?nothing"
    answer = reader.post(address(inspection, "decide/"), sent, follow=True)
    assert "바뀐 것은 없습니다" in answer.content.decode()
    assert ImageReading.objects.count() == 1


def test_a_scan_of_another_screen_is_not_decided_on(served: Hall) -> None:
    inspection = served.inspection()
    signed_in(served, Role.SCAN_READER, "one").post("/xray/next/")
    other = signed_in(served, Role.SCAN_READER, "two")
    assert other.get(address(inspection))["Location"] == f"/xray/inspections/{inspection.pk}/"
    for sent in ({"decision": "clear", "marks": "[]"}, {}, {"decision": "nonsense"}):
        assert other.post(address(inspection, "decide/"), sent)["Location"].endswith("?overtaken")
    assert not ImageReading.objects.exists()


def test_who_reads_sees_a_waiting_scan_on_their_own_screen_alone(served: Hall) -> None:
    inspection = served.inspection()
    view = ScanView.objects.get()
    reader, other = (signed_in(served, Role.SCAN_READER, name) for name in ("one", "two"))
    auditor = signed_in(served, Role.AUDITOR)
    pictures = [f"/xray/views/{view.pk}/{what}/" for what in ("preview", "planes")]
    page = f"/xray/inspections/{inspection.pk}/"
    assert [reader.get(one).status_code for one in pictures] == [404, 404]
    shown = reader.get(page).content.decode()
    assert ("data-scan" in shown, "판독 화면에서만 보입니다" in shown) == (False, True)
    assert "preview" not in reader.get("/xray/inspections/?tab=to_read").content.decode()
    reader.post("/xray/next/")
    assert [reader.get(one).status_code for one in pictures] == [200, 200]
    assert [other.get(one).status_code for one in pictures] == [404, 404]
    assert [auditor.get(one).status_code for one in pictures] == [200, 200]
    reader.post(address(inspection, "decide/"), {"decision": "clear", "marks": "[]"})
    assert [other.get(one).status_code for one in pictures] == [200, 200]
    assert "data-scan" in other.get(page).content.decode()


def test_looking_takes_no_scan(served: Hall) -> None:
    served.inspection()
    reader = signed_in(served, Role.SCAN_READER)
    for page in ("/xray/", "/xray/inspections/", "/xray/figures/"):
        assert reader.get(page).status_code == 200
    assert not ShownScan.objects.exists()


def test_help_that_was_drawn_to_be_withheld_leaves_no_trace_in_the_page(served: Hall) -> None:
    place = Mark(**PLACE)
    helped = served.inspection(candidates=(place,))
    reader = signed_in(served, Role.SCAN_READER)
    reader.post("/xray/next/")
    page = reader.get(address(helped)).content.decode()
    assert [one["reason"] for one in told(page)["candidates"]] == ["밀도 높음"]
    reader.post(address(helped, "decide/"), {"decision": "clear", "marks": "[]"})
    withheld = served.inspection(withheld=True, candidates=(place,))
    reader.post("/xray/next/")
    page = reader.get(address(withheld)).content.decode()
    assert told(page)["candidates"] == []
    assert "밀도 높음" not in page
    assert "보조 없이 판독합니다" in page


@pytest.mark.parametrize("language", ["ko", "en"])
def test_what_was_drawn_to_be_opened_is_not_told(served: Hall, language: str) -> None:
    drawn, plain = served.inspection(drawn=True), served.inspection()
    reader = signed_in(served, Role.SCAN_READER)
    reader.cookies["pandok_language"] = language
    pages = []
    for inspection in (drawn, plain):
        reader.post("/xray/next/")
        page = reader.get(address(inspection)).content.decode()
        pages.append(re.sub(rf"{inspection.number}|[0-9a-f-]{{36}}|views/\d+|value=\"[^\"]{{60,}}\"", "", page))
        Inspection.objects.filter(pk=inspection.pk).update(state="cleared")
        served.inspection()  # as many wait as before
    assert pages[0] == pages[1]


def test_pictures_carry_all_that_was_measured(served: Hall) -> None:
    served.inspection()
    view = ScanView.objects.get()
    reader = signed_in(served, Role.SCAN_READER)
    reader.post("/xray/next/")
    preview = reader.get(f"/xray/views/{view.pk}/preview/")
    assert (preview["Content-Type"], preview.content[:4]) == ("image/jpeg", b"\xff\xd8\xff\xe0")
    answer = reader.get(f"/xray/views/{view.pk}/planes/")
    assert (answer["Content-Encoding"], answer["Cache-Control"]) == ("gzip", "private, no-store")
    assert len(gzip.decompress(answer.content)) == 2 * 3 * ROWS * COLUMNS
    _, high, _ = unpacked(answer.content, ROWS, COLUMNS, 3)
    assert abs(transmission_of(high) - standard_scan().views[0].high).max() <= 1.05 / 65535
    assert AuditEntry.objects.filter(action="scan.looked").count() == 1


def test_what_is_not_there_is_not_found(served: Hall) -> None:
    reader = signed_in(served, Role.SCAN_READER)
    for page in (f"/xray/read/{uuid4()}/", f"/xray/inspections/{uuid4()}/", "/xray/views/7/preview/"):
        assert reader.get(page).status_code == 404
    assert reader.get("/xray/inspections/?tab=nonsense&page=x").status_code == 200


def test_a_reader_takes_back_a_slip_through_the_page(served: Hall) -> None:
    inspection = served.inspection()
    reader = signed_in(served, Role.SCAN_READER)
    reader.post("/xray/next/")
    reader.post(address(inspection, "decide/"), {"decision": "clear", "marks": "[]"})
    assert "take-back" in reader.get("/xray/").content.decode()
    assert reader.post(address(inspection, "take-back/"))["Location"] == address(inspection)
    other = signed_in(served, Role.SCAN_READER, "two")
    answer = other.post(address(inspection, "take-back/"))
    assert (answer.status_code, "본인이 판독한 영상이 아닙니다" in answer.content.decode()) == (422, True)


def test_a_scan_is_brought_through_the_page(served: Hall) -> None:
    supervisor = signed_in(served, Role.SCAN_SUPERVISOR)
    assert "X-ray 영상 가져오기" in supervisor.get("/xray/import/").content.decode()
    files = [SimpleUploadedFile(one.name, one.data) for one in two_energies()]
    sent: dict[str, Any] = {"spectrum": "cabinet-160kv", "goods": "플라스틱 용기", "hs_code": "3924.10-0000"}
    answer = supervisor.post("/xray/import/", sent | {"scan": files, "hs_code": "39"})
    assert (answer.status_code, "맞지 않습니다" in answer.content.decode()) == (422, True)
    assert "플라스틱 용기" in answer.content.decode()
    bad = SimpleUploadedFile("a.dcs", b"\x00" * 128 + b"DICM" + b"x" * 99)
    answer = supervisor.post("/xray/import/", sent | {"scan": [bad]})
    assert (answer.status_code, "플라스틱 용기" in answer.content.decode()) == (422, True)
    assert not Inspection.objects.exists()
    for file in files:
        file.seek(0)
    answer = supervisor.post("/xray/import/", sent | {"scan": files})
    inspection = Inspection.objects.get()
    assert answer["Location"] == f"/xray/inspections/{inspection.pk}/"
    assert (inspection.site, inspection.hs_code) == (served.site, "3924100000")
    page = supervisor.get(answer["Location"]).content.decode()
    assert "영상 품질" in page
    assert ScanView.objects.get().scan.quality["views"][0]["findings"][0]["ko"] in unescape(page)


@pytest.mark.parametrize(
    ("language", "nothing", "alone"), [("ko", "개장하지 않음", "비교"), ("en", "not opened", "Compare")]
)
def test_past_images_stand_beside_and_looking_is_kept(served: Hall, language: str, nothing: str, alone: str) -> None:
    past = served.inspection(image=goods("bottles", 1), goods="생수", hs_code="220110")
    served.read("one", Decision.CLEAR)
    elsewhere = served.inspection(image=goods("rods", 1))
    served.read("one", Decision.CLEAR)
    work_done()
    served.inspection(image=goods("bottles", 2), hs_code="220110", withheld=False)
    reader = signed_in(served, Role.SCAN_READER, "two")
    reader.cookies["django_language"] = language
    page = reader.get(reader.post("/xray/next/")["Location"], headers={"accept-language": language}).content.decode()
    assert told(page)["past"][0]["title"].startswith(past.number)
    assert elsewhere.number not in {one["title"].split(" · ")[0] for one in told(page)["past"][:1]}
    for words in (nothing, alone, "생수", 'data-xray-past="0"'):
        assert words in page
    view = ScanView.objects.get(scan__inspection=past)
    stamp = reader.get(f"/xray/views/{view.pk}/small/")
    assert (stamp.status_code, stamp["Content-Type"], stamp["Cache-Control"]) == (
        200,
        "image/jpeg",
        "private, no-store",
    )
    looks = AuditEntry.objects.filter(action="scan.looked", object=f"picture:{view.preview_sha256}")
    assert [(one.actor, one.details["in"]) for one in looks] == [("two", f"inspection:{past.pk}")]


def test_a_scan_without_help_stands_without_past_images(served: Hall) -> None:
    past = served.inspection(image=goods("bottles", 1))
    served.read("one", Decision.CLEAR)
    work_done()
    served.inspection(image=goods("bottles", 2), withheld=True)
    reader = signed_in(served, Role.SCAN_READER, "two")
    page = reader.get(reader.post("/xray/next/")["Location"]).content.decode()
    assert told(page)["past"] == []
    assert past.number not in page
    assert "판독 보조와 함께 숨겼습니다." in page
