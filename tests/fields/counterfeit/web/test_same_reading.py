"""One photograph, three doors: page, API and command read the same pixels and say the same to the last digit."""

from __future__ import annotations

import hashlib
import io
import json
import uuid
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image
from typer.testing import CliRunner

from pandok.cli.main import app
from pandok.common.models import ApiToken
from pandok.common.people.scopes import scope_of, scopes_of
from pandok.core.reading import MarksFound
from pandok.fields.designs.models import ReadingRecord, SignalPhotograph
from pandok.fields.designs.open_desk import Desk
from pandok.fields.register.acts.importing import import_source
from pandok.settings import Settings
from tests.fields.designs.fakes import NOON, drawing, photograph
from tests.roles import Role
from tests.world import Site

FORMATS = {
    "JPEG": {"quality": 93},
    "PNG": {},
    "HEIF": {"quality": 80},
    "TIFF": {"compression": "tiff_lzw"},
    "WEBP": {"quality": 80},
    "AVIF": {"quality": 80},
}


def sent(kind: str) -> bytes:
    """A photograph as a device stores it: 1,800 pixels high, on its side, with the place where it was taken."""
    upright = Image.open(io.BytesIO(photograph(4))).resize((1350, 1800), Image.Resampling.BICUBIC)
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8825).update({1: "N", 2: (37.0, 33.0, 0.0), 3: "E", 4: (126.0, 58.0, 0.0)})
    target = io.BytesIO()
    upright.transpose(Image.Transpose.ROTATE_90).save(target, kind, exif=exif, **FORMATS[kind])
    return target.getvalue()


@pytest.fixture
def desk(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The shipped reader on a small register, in the place of the one that needs no model."""
    chosen = Settings(home=tmp_path, threads=2)
    source = tmp_path / "source"
    source.mkdir()
    rows = ["design_id,article,view,path"]
    for wide in (100, 92, 84, 76, 68):
        (source / f"{wide}.png").write_bytes(drawing(wide))
        rows.append(f"D{wide},병,front,{wide}.png")
    (source / "register.csv").write_text("\n".join(rows), encoding="utf-8")
    import_source(source, actor="operator", now=NOON, blobs=site.blobs)
    real = Desk(chosen)
    real.index()
    monkeypatch.setattr("pandok.fields.designs.server_desk._desk", real)
    # The command works on one thread, as a worker does; text is read the same way at every door and takes long.
    monkeypatch.setattr(
        "pandok.fields.designs.cli.designs.open_desk", lambda: Desk(chosen.model_copy(update={"threads": 1}))
    )
    monkeypatch.setattr(Desk, "read_marks", lambda *_: MarksFound())
    return real


def said(reading: dict[str, Any]) -> list[Any]:
    """All that a reading says of the register."""
    return [reading["outcome"], reading["probability_in_register"], reading["candidates"], reading["goods"]]


def alike(one: Any, other: Any) -> bool:
    """The same but for the eighth digit, where sums differ with threads and with where numbers lie in memory."""
    if isinstance(one, float) and isinstance(other, float):
        return abs(one - other) < 1e-6
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(alike(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(alike(a, b) for a, b in zip(one, other, strict=True))
    return bool(one == other)


@pytest.mark.parametrize("kind", FORMATS)
def test_the_same_photograph_gives_the_same_reading_by_page_api_and_command(
    site: Site,
    officer: Client,
    desk: Desk,
    tmp_path: Path,
    kind: str,
) -> None:
    data, name = sent(kind), f"goods.{kind.lower()}"
    officer.post("/", {"photographs": [SimpleUploadedFile(name, data)], "in_force_only": ""})
    by_page = ReadingRecord.objects.get()
    assert len(by_page.reading.candidates) == 5
    assert by_page.reading.reader == desk.reader.name

    token = f"pdk_{uuid.uuid4().hex[:8]}_{uuid.uuid4().hex}"
    account = site.account(Role.OFFICER)
    ApiToken.objects.create(
        account=account,
        title="test",
        prefix=token.split("_")[1],
        sha256=hashlib.sha256(token.encode()).hexdigest(),
        scopes=[scope_of(one) for one in scopes_of(account.roles)],
        made_by=account,
        made_at=timezone.now(),
        expires_at=timezone.now() + timedelta(days=1),
    )
    headers = {"Authorization": f"Bearer {token}"}
    form = {"capture_id": str(uuid.uuid4()), "photographs": [SimpleUploadedFile(name, data)], "in_force_only": "false"}
    answer = Client().post("/api/v1/captures", form, headers=headers)
    assert answer.status_code == 201, answer.content
    by_api = Client().get(f"/api/v1/readings/{answer.json()['reading_id']}", headers=headers).json()
    assert by_api["photographs"][0]["original_sha256"] == hashlib.sha256(data).hexdigest()

    file = tmp_path / name
    file.write_bytes(data)
    done = CliRunner().invoke(app, ["designs", "read", str(file), "--any-status", "--json"])
    assert done.exit_code == 0, done.output
    by_command = json.loads(done.stdout)

    assert alike(said(by_page.value), said(by_command))
    assert alike(said(by_api["reading"]), said(by_command))


def test_the_file_that_was_sent_is_kept_and_only_a_clean_picture_is_shown(site: Site, officer: Client) -> None:
    data = sent("JPEG")
    officer.post("/", {"photographs": [SimpleUploadedFile("goods.jpg", data)]})
    kept = SignalPhotograph.objects.get()
    assert site.blobs.get(kept.original_sha256) == data
    assert site.desk.calls[0]["photos"] == [data]
    shown = officer.get(f"/pictures/{kept.sha256}")
    assert not Image.open(io.BytesIO(shown.content)).getexif()
    # The original carries the place where it was taken: no page gives it, to nobody.
    assert officer.get(f"/pictures/{kept.original_sha256}").status_code == 404
    assert site.client(Role.ADMINISTRATOR).get(f"/pictures/{kept.original_sha256}").status_code in (403, 404)


def test_reading_again_reads_the_file_that_was_sent(site: Site, officer: Client) -> None:
    data = sent("PNG")
    officer.post("/", {"photographs": [SimpleUploadedFile("goods.png", data)]})
    first = ReadingRecord.objects.get()
    officer.post(f"/readings/{first.id}/again/", {"in_force_only": ""})
    assert [call["photos"] for call in site.desk.calls] == [[data], [data]]


def test_a_photograph_kept_before_originals_were_is_read_as_it_is_shown(site: Site, officer: Client) -> None:
    officer.post("/", {"photographs": [SimpleUploadedFile("goods.jpg", sent("JPEG"))]})
    SignalPhotograph.objects.update(original_sha256="")
    first = ReadingRecord.objects.get()
    officer.post(f"/readings/{first.id}/again/", {"in_force_only": ""})
    assert site.desk.calls[1]["photos"] == [site.blobs.get(SignalPhotograph.objects.get().sha256)]
