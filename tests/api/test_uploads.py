"""Uploads in pieces: a connection that breaks at nine tenths goes on from there, on the site as it is served."""

from __future__ import annotations

import hashlib
import http.client
import json
import os
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from pandok.desk.models import Account
from pandok.desk.roles import Role
from pandok.lab.models import PartialUpload, Submission
from pandok.lab.submissions import partial
from pandok.register.models import AuditEntry
from tests.api.conftest import ApiSite
from tests.lab.submissions.zips import zipped

ROOT = Path(__file__).resolve().parents[2]
PIECE = "application/offset+octet-stream"
LONGEST_START_S = 120
UPLOADS = "/api/v1/lab/uploads"


@dataclass
class Served:
    port: int
    home: Path
    token: str
    problem: str

    def ask(self, method: str, path: str, body: bytes | dict[str, Any] = b"", **headers: str) -> tuple[int, Any]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        sent = {"Authorization": f"Bearer {self.token}", **headers}
        if isinstance(body, dict):
            body, sent["Content-Type"] = json.dumps(body).encode(), "application/json"
        connection.request(method, path, body, sent)
        answer = connection.getresponse()
        told = json.loads(answer.read())
        connection.close()
        return answer.status, told

    def piece(self, upload: str, offset: int, data: bytes) -> tuple[int, Any]:
        return self.ask("PATCH", f"{UPLOADS}/{upload}", data, **{"Content-Type": PIECE, "Upload-Offset": str(offset)})

    def torn_piece(self, upload: str, offset: int, data: bytes, *, sent: int) -> None:
        """The connection goes in the midst of a piece."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=60) as line:
            head = (
                f"PATCH {UPLOADS}/{upload} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {self.token}\r\n"
                f"Content-Type: {PIECE}\r\nUpload-Offset: {offset}\r\nContent-Length: {len(data)}\r\n\r\n"
            )
            line.sendall(head.encode() + data[:sent])


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    home = tmp_path_factory.mktemp("home")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PANDOK_", "DJANGO_"))}
    environment = kept | {"PANDOK_HOME": str(home), "PANDOK_WORKER": "separate"}
    command = [sys.executable, "-m", "tests.api.served_uploads", str(port)]
    process = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    told = json.loads(process.stdout.readline())
    until = time.monotonic() + LONGEST_START_S
    while time.monotonic() < until and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.2)
    yield Served(port, home, told["token"], told["problem"])
    process.terminate()
    process.wait(timeout=60)


def test_a_connection_that_breaks_at_nine_tenths_goes_on_from_there(served: Served) -> None:
    data = zipped()
    tenth = len(data) // 10
    announced = {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    status, begun = served.ask("POST", UPLOADS, announced)
    assert (status, begun["offset"]) == (201, 0)
    upload = begun["id"]
    for place in range(0, 8 * tenth, tenth):
        assert served.piece(upload, place, data[place : place + tenth])[1]["offset"] == place + tenth
    served.torn_piece(upload, 8 * tenth, data[8 * tenth :], sent=tenth)
    status, told = served.ask("GET", f"{UPLOADS}/{upload}")
    assert (status, told["offset"]) == (200, 8 * tenth)
    asked = {"problem_id": served.problem, "upload_key": str(uuid.uuid4())}
    status, early = served.ask("POST", f"{UPLOADS}/{upload}/submission", asked)
    assert (status, early["code"], early["fields"]["offset"]) == (409, "lab.upload_offset", 8 * tenth)
    status, again = served.piece(upload, 7 * tenth, data[7 * tenth : 8 * tenth])
    assert (status, again["fields"]["offset"]) == (409, 8 * tenth)
    status, whole = served.piece(upload, 8 * tenth, data[8 * tenth :])
    assert (status, whole["offset"]) == (200, len(data))
    status, made = served.ask("POST", f"{UPLOADS}/{upload}/submission", asked)
    assert (status, made["accepted"], [run["state"] for run in made["runs"]]) == (201, True, ["under_way"])
    assert served.ask("POST", f"{UPLOADS}/{upload}/submission", asked) == (201, made)
    assert served.ask("GET", f"{UPLOADS}/{upload}")[0] == 404
    assert list((served.home / partial.FOLDER).iterdir()) == []


def test_what_is_damaged_on_the_way_is_no_submission(served: Served) -> None:
    data = zipped()
    announced = {"bytes": len(data), "sha256": hashlib.sha256(b"another").hexdigest()}
    upload = served.ask("POST", UPLOADS, announced)[1]["id"]
    assert served.piece(upload, 0, data)[0] == 200
    asked = {"problem_id": served.problem, "upload_key": str(uuid.uuid4())}
    status, told = served.ask("POST", f"{UPLOADS}/{upload}/submission", asked)
    assert (status, told["code"]) == (422, "lab.upload_checksum")
    assert "처음부터" in told["next_step"]["ko"]
    assert served.ask("GET", f"{UPLOADS}/{upload}")[0] == 404


@pytest.fixture
def company(site: ApiSite) -> Account:
    return site.world.account(Role.SUBMITTER, "company")


def begun(site: ApiSite, who: Account, size: int = 10) -> Any:
    return site.ask(who, "post", "/lab/uploads", {"bytes": size, "sha256": hashlib.sha256(b"x" * size).hexdigest()})


def sent(site: ApiSite, who: Account, upload: str, offset: int, data: bytes, kind: str = PIECE) -> Any:
    more = {"data": data, "content_type": kind, "headers": {"Upload-Offset": str(offset)}}
    return site.ask(who, "patch", f"/lab/uploads/{upload}", **more)


def test_an_organisation_has_room_for_three_and_no_more_than_was_announced(site: ApiSite, company: Account) -> None:
    made = [begun(site, company) for _ in range(4)]
    assert [one.status_code for one in made] == [201, 201, 201, 422]
    assert made[3].json()["code"] == "lab.upload_many"
    first = made[0].json()["id"]
    assert sent(site, company, first, 0, b"x" * 11).json()["code"] == "lab.upload_piece"
    assert sent(site, company, first, 0, b"x", "application/zip").status_code == 415
    assert site.ask(company, "delete", f"/lab/uploads/{first}").status_code == 200
    assert begun(site, company).status_code == 201
    assert begun(site, company, partial.MOST_UPLOAD_BYTES + 1).json()["code"] in ("lab.upload_size", "lab.upload_many")


def test_nobody_else_sees_an_upload_or_adds_to_it(site: ApiSite, company: Account) -> None:
    upload = begun(site, company).json()["id"]
    other = site.world.account(Role.SUBMITTER, "another company")
    officer = site.member(Role.OFFICER)
    assert site.ask(other, "get", f"/lab/uploads/{upload}").status_code == 404
    assert sent(site, other, upload, 0, b"x").status_code == 404
    assert site.ask(other, "delete", f"/lab/uploads/{upload}").status_code == 404
    assert sent(site, officer, upload, 0, b"x").status_code == 403
    assert site.ask(company, "get", f"/lab/uploads/{upload}").json()["offset"] == 0


def test_what_is_a_day_old_is_swept_with_its_file(
    site: ApiSite, company: Account, settings: Any, tmp_path: Path
) -> None:
    settings.HOME = tmp_path
    old, young = begun(site, company).json()["id"], begun(site, company).json()["id"]
    for one in (old, young):
        assert sent(site, company, one, 0, b"x" * 5).json()["offset"] == 5
    PartialUpload.objects.filter(pk=old).update(begun_at=timezone.now() - timedelta(days=2))
    stray = tmp_path / partial.FOLDER / str(uuid.uuid4())
    stray.write_bytes(b"of a row that is gone")
    os.utime(stray, (0, 0))
    assert site.ask(company, "get", f"/lab/uploads/{old}").status_code == 404

    class Work:
        now = timezone.now()

    partial.sweep(Work())  # type: ignore[arg-type]
    assert [one.name for one in (tmp_path / partial.FOLDER).iterdir()] == [young]
    assert [str(one) for one in PartialUpload.objects.values_list("pk", flat=True)] == [young]
    assert AuditEntry.objects.filter(action="lab.upload.removed", reason="a day old").count() == 1
    assert Submission.objects.count() == 0
