"""Residents are warned by officers alone, by two where it sounds on every phone; CAP as receivers read it."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from pandok.common.models import Account, AuditEntry, Delivery
from pandok.core.errors import RequestError
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.street.acts import deciding
from pandok.fields.street.acts.warning import (
    WarningSaid,
    cancel_warning,
    issue_warning,
    withdraw_warning,
    write_warning,
)
from pandok.fields.street.cap import faults
from pandok.fields.street.cap_reading import cap_alerts_in
from pandok.fields.street.models import Alert, Pole, ResidentWarning
from pandok.fields.street.resident_text import LONG, SHORT, length, suggested
from tests.chosen import Choose, choose_in
from tests.fields.street.acts.test_deciding import person
from tests.fields.street.bed import NOON, later, raised
from tests.roles import Role

pytestmark = pytest.mark.django_db
SAID = WarningSaid(
    "emergency", SHORT, "[북구청] 북문 지하차도 침수. 우회하십시오.", "Underpass flooded.", "북문 지하차도", 1, 3, False
)


@pytest.fixture
def choose(monkeypatch: pytest.MonkeyPatch) -> Choose:
    return choose_in(monkeypatch)


@pytest.fixture
def blobs(tmp_path: Path, choose: Choose) -> FolderBlobs:
    choose(home=tmp_path, street_warning_mail="cbs@example.org, room@example.org", address="https://buk.example")
    return FolderBlobs(tmp_path / "blobs")


@pytest.fixture
def room() -> Account:
    return person(Role.CONTROL_ROOM)


def second() -> Account:
    return Account.objects.create_user("second officer")


def confirmed(room: Account) -> Alert:
    alert = raised()
    Pole.objects.update(latitude=35.18, longitude=126.91)
    deciding.confirm(alert.pk, actor=room, reason="", now=later(60))
    return alert


def test_none_is_written_before_an_officer_confirmed(room: Account) -> None:
    with pytest.raises(RequestError) as refused:
        write_warning(raised().pk, SAID, actor=room, now=NOON)
    assert refused.value.error_code == "street.not_confirmed"


@pytest.mark.parametrize("kind", ["critical", "emergency"])
def test_what_sounds_on_every_phone_is_sent_by_another_officer(kind: str, room: Account, blobs: FolderBlobs) -> None:
    warning = write_warning(confirmed(room).pk, replace(SAID, kind=kind), actor=room, now=later(90))
    assert not Delivery.objects.exists()
    with pytest.raises(RequestError) as refused:
        issue_warning(warning.pk, actor=room, blobs=blobs, now=later(95))
    assert refused.value.error_code == "request.second_person"
    assert not Delivery.objects.exists()
    issued = issue_warning(warning.pk, actor=second(), blobs=blobs, now=later(100))
    assert {one.recipient for one in Delivery.objects.all()} == {"cbs@example.org", "room@example.org"}
    names = [one["filename"][-7:] for one in Delivery.objects.first().attachments]  # type: ignore[union-attr]  # two are there
    assert names == ["1.2.xml", "1.1.xml"]
    assert issued.issued_by is not None
    told = AuditEntry.objects.filter(object=f"resident-warning:{warning.pk}").order_by("sequence")
    assert [one.action for one in told] == ["resident-warning.drafted", "resident-warning.issued"]


def test_guidance_is_sent_by_its_author_once_and_cancelled_as_itself(room: Account, blobs: FolderBlobs) -> None:
    warning = write_warning(confirmed(room).pk, replace(SAID, kind="safety"), actor=room, now=later(90))
    issue_warning(warning.pk, actor=room, blobs=blobs, now=later(100))
    with pytest.raises(RequestError):
        issue_warning(warning.pk, actor=room, blobs=blobs, now=later(101))
    gone = cancel_warning(warning.pk, actor=room, reason="배수가 끝났음", blobs=blobs, now=later(900))
    assert Delivery.objects.count() == 4
    for document in (gone.cap12, gone.cap11, gone.cancel12, gone.cancel11):
        (root,) = cap_alerts_in(document.encode())
        assert faults(root) == []
    assert f"pandok-{warning.pk}," in gone.cancel12
    assert "35.18000,126.91000 1" in gone.cap12
    with pytest.raises(RequestError):
        withdraw_warning(warning.pk, actor=room, reason="잘못 썼음을 확인", now=later(901))


def test_over_before_it_was_sent_it_is_not_sent(room: Account, blobs: FolderBlobs) -> None:
    warning = write_warning(confirmed(room).pk, replace(SAID, kind="safety"), actor=room, now=later(90))
    with pytest.raises(RequestError) as refused:
        issue_warning(warning.pk, actor=room, blobs=blobs, now=later(90) + timedelta(hours=3))
    assert refused.value.error_code == "street.warning_over"
    assert ResidentWarning.objects.get().cap12 == ""


@pytest.mark.parametrize(
    ("form", "characters", "fits"), [(SHORT, 90, True), (SHORT, 91, False), (LONG, 157, True), (LONG, 158, False)]
)
def test_ninety_or_157_characters_as_they_are_seen(form: int, characters: int, fits: bool, room: Account) -> None:
    text = unicodedata.normalize("NFD", "침" * characters)
    said, alert = replace(SAID, form=form, text_ko=text), confirmed(room)
    if fits:
        assert length(write_warning(alert.pk, said, actor=room, now=later(90)).text_ko) == characters
        return
    with pytest.raises(RequestError) as refused:
        write_warning(alert.pk, said, actor=room, now=later(90))
    assert refused.value.error_code == "street.bad_text"


def test_what_is_suggested_fits_and_keeps_its_advice() -> None:
    for most in (SHORT, LONG):
        text = suggested("광주광역시 북구청", "아주 긴 이름의 지하차도 " * 20, "flood", NOON, most)
        assert length(text) <= most
        assert text.endswith("우회하십시오.")


@pytest.mark.parametrize(
    "wrong",
    [{"kind": "loud"}, {"form": 91}, {"text_ko": " \n "}, {"area": ""}, {"radius_km": 0.0}, {"hours": 25.0}],
)
def test_what_is_no_warning_is_refused(wrong: dict[str, object], room: Account) -> None:
    with pytest.raises(RequestError):
        write_warning(confirmed(room).pk, replace(SAID, **wrong), actor=room, now=later(90))  # type: ignore[arg-type]  # wrong on purpose
