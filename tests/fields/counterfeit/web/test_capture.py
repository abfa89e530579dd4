"""The first page: what is accepted, what is refused, and that nothing accepted is lost."""

from __future__ import annotations

import io
import uuid
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from pandok.core.errors import ModelError
from pandok.core.reading import Box
from pandok.core.text import Text
from pandok.fields.designs.acts.captures import declaration_of
from pandok.fields.designs.models import Capture, ReadingRecord, Signal, SignalPhotograph
from tests.fields.designs.fakes import photograph
from tests.roles import Role
from tests.world import Site


def upload(data: bytes, name: str = "goods.jpg", kind: str = "image/jpeg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type=kind)


def test_photographs_become_a_reading(site: Site, officer: Client) -> None:
    answer = officer.post("/", {"photographs": [upload(photograph()), upload(photograph(9))], "in_force_only": "on"})
    record = ReadingRecord.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == f"/readings/{record.id}/"
    assert record.signal.photographs.count() == 2
    assert site.desk.calls[0]["filters"].in_force_only is True
    assert officer.get("/").context["pending"] == []


def test_filters_arrive_as_chosen(site: Site, officer: Client) -> None:
    officer.post("/", {"photographs": [upload(photograph())], "locarno_class": "09", "recorded_only": "on"})
    filters = site.desk.calls[0]["filters"]
    assert (filters.locarno_class, filters.in_force_only, filters.recorded_only) == ("09", False, True)


def test_no_metadata_is_kept(site: Site, officer: Client) -> None:
    image = Image.open(io.BytesIO(photograph()))
    exif = Image.Exif()
    exif[0x010F] = "a phone"
    exif[0x8825] = {1: "N", 2: (37.0, 33.0, 0.0), 3: "E", 4: (126.0, 58.0, 0.0)}
    target = io.BytesIO()
    image.save(target, "JPEG", exif=exif)
    officer.post("/", {"photographs": [upload(target.getvalue())]})
    kept = site.blobs.get(SignalPhotograph.objects.get().sha256)
    assert b"a phone" not in kept
    assert not Image.open(io.BytesIO(kept)).getexif()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "goods"),
        (b"%PDF-1.7 no picture", "goods"),
        (photograph()[:2000], "goods"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "goods"),
        (b"\x00" * 26_000_000, "goods"),
    ],
    ids=["empty", "pdf", "truncated", "svg", "too large"],
)
def test_a_bad_file_is_named_and_the_good_ones_are_kept(site: Site, officer: Client, data: bytes, says: str) -> None:
    answer = officer.post("/", {"photographs": [upload(photograph()), upload(data, "goods-2.jpg")]})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f"{says}-2.jpg" in page
    assert "Traceback" not in page
    assert len(answer.context["pending"]) == 1
    assert site.desk.calls == []
    again = officer.post("/", {"read": "1"})
    assert again.status_code == 302
    assert SignalPhotograph.objects.count() == 1


def test_a_refused_model_keeps_the_photographs(site: Site, officer: Client) -> None:
    right = site.desk.answer
    site.desk.answer = ModelError(Text(ko="모형이 없습니다.", en="No model."), Text(ko="넣으십시오.", en="Add it."))
    answer = officer.post("/", {"photographs": [upload(photograph())]})
    assert answer.status_code == 422
    assert "모형이 없습니다." in answer.content.decode()
    assert ReadingRecord.objects.count() == 0
    site.desk.answer = right
    capture = Capture.objects.get()
    assert officer.get("/").context["pending"] == []
    assert list(officer.get("/").context["unread"]) == [capture]
    assert officer.post(f"/captures/{capture.id}/read/").status_code == 302
    assert (Signal.objects.count(), ReadingRecord.objects.count()) == (1, 1)
    assert list(officer.get("/").context["unread"]) == []


def test_a_crash_while_reading_keeps_the_photographs(site: Site) -> None:
    client = site.client(Role.OFFICER, raise_request_exception=False)
    right = site.desk.read
    site.desk.read = None  # type: ignore[method-assign, assignment]
    answer = client.post("/", {"photographs": [upload(photograph())]})
    page = answer.content.decode()
    assert answer.status_code == 500
    assert "프로그램에 문제가" in page
    assert "Something in the program" in page
    assert "Traceback" not in page
    (capture,) = client.get("/").context["unread"]
    site.desk.read = right  # type: ignore[method-assign]
    assert client.post(f"/captures/{capture.id}/read/").status_code == 302
    assert (Signal.objects.count(), ReadingRecord.objects.count()) == (1, 1)


def test_nothing_sent_asks_for_a_photograph(officer: Client) -> None:
    answer = officer.post("/")
    assert answer.status_code == 422
    assert "물품을 촬영" in answer.content.decode()


def test_more_than_seven_keeps_the_first_seven(site: Site, officer: Client) -> None:
    answer = officer.post("/", {"photographs": [upload(photograph(shade)) for shade in range(0, 90, 10)]})
    assert answer.status_code == 422
    assert len(answer.context["pending"]) == 7
    assert officer.post("/").status_code == 302
    assert len(site.desk.calls[0]["photos"]) == 7


DECLARED = {
    "parcel_number": "ｒｒ 123-456-785 kr",
    "bl_number": "abcd 1234",
    "item_name": "  손가방   (가죽) ",
    "hs_code": "4202.92-1000",
}


def test_what_is_declared_is_kept_in_one_spelling(officer: Client) -> None:
    assert officer.post("/", {"photographs": [upload(photograph())], **DECLARED}).status_code == 302
    declaration = declaration_of(Signal.objects.get())
    assert declaration.model_dump(exclude={"taken_at"}) == {
        "parcel_number": "RR123456785KR",
        "bl_number": "ABCD1234",
        "item_name": "손가방 (가죽)",
        "hs_code": "4202921000",
        "value_krw": "",
        "quantity": "",
        "importer": "",
    }


def test_a_wrong_hs_code_is_told_and_nothing_typed_is_lost(officer: Client) -> None:
    answer = officer.post("/", {"photographs": [upload(photograph())], **DECLARED, "hs_code": "42"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "HS 부호는 숫자 6자리에서 10자리입니다." in page
    assert "손가방" in page
    assert len(answer.context["pending"]) == 1
    assert officer.post("/", {**DECLARED}).status_code == 302
    assert Signal.objects.count() == 1


def test_a_form_sent_twice_makes_one_capture_and_other_photographs_another(officer: Client) -> None:
    number = str(uuid.uuid4())
    first = officer.post("/", {"photographs": [upload(photograph())], "capture_id": number})
    again = officer.post("/", {"photographs": [upload(photograph())], "capture_id": number})
    assert first["Location"] == again["Location"]
    officer.post("/", {"photographs": [upload(photograph(40))], "capture_id": number})
    assert (Capture.objects.count(), Signal.objects.count(), ReadingRecord.objects.count()) == (2, 2, 2)


def test_a_box_drawn_before_sending_is_what_is_read(site: Site, officer: Client) -> None:
    officer.post(
        "/", {"photographs": [upload(photograph()), upload(photograph(9))], "box": ["1000,2500,9000,7500", ""]}
    )
    assert site.desk.calls[0]["boxes"] == [Box(x1=90, y1=300, x2=810, y2=900), None]
    assert ReadingRecord.objects.get().boxes == [[90, 300, 810, 900], None]


def test_far_too_many_files_are_answered_kindly(site: Site) -> None:
    client = site.client(Role.OFFICER, raise_request_exception=False)
    answer = client.post("/", {"photographs": [upload(b"x", f"{number}.jpg") for number in range(61)]})
    assert answer.status_code == 400
    assert "60장" in answer.content.decode()


def test_a_photograph_can_be_added_and_removed_without_scripts(site: Site, officer: Client) -> None:
    officer.post("/", {"photographs": [upload(photograph())], "add": "1"})
    answer = officer.post("/", {"photographs": [upload(photograph(30))], "add": "1"})
    first, second = answer.context["pending"]
    answer = officer.post("/", {"remove": first.sha256})
    assert [one.sha256 for one in answer.context["pending"]] == [second.sha256]
    assert site.desk.calls == []


@pytest.mark.parametrize("name", ["../../etc/passwd", "C:\\x\\..\\y.jpg", "<script>alert(1)</script>.jpg", "가" * 300])
def test_a_hostile_file_name_is_only_text(site: Site, officer: Client, name: str) -> None:
    answer = officer.post("/", {"photographs": [upload(b"not a picture", name)]})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "<script>alert" not in page
    assert "/etc/passwd" not in page
    assert not list(site.blobs.folder.rglob("*passwd*"))


def test_a_wrong_class_is_refused_and_keeps_the_photograph(officer: Client) -> None:
    answer = officer.post("/", {"photographs": [upload(photograph())], "locarno_class": "99' OR 1=1"})
    assert answer.status_code == 422
    assert len(answer.context["pending"]) == 1


def test_a_missing_csrf_token_is_explained(site: Site) -> None:
    client = site.client(Role.OFFICER, enforce_csrf_checks=True)
    answer = client.post("/", {"photographs": [upload(photograph())]})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "보안 확인이 만료" in page
    assert "security check" in page


def test_the_page_speaks_english_when_chosen(officer: Client, english: Callable[[Client], Client]) -> None:
    page = english(officer).get("/").content.decode()
    assert '<html lang="en"' in page
    assert "Take a photograph" in page
    assert "사진 찍기" not in page


def test_no_inline_script_or_style(officer: Client) -> None:
    page = officer.get("/").content.decode()
    assert " style=" not in page
    assert "onclick" not in page
    assert "<script>" not in page
