"""Uploads in pieces: a connection that breaks at nine tenths goes on from there, on the site as it is served."""

from __future__ import annotations

import hashlib
import http.client
import json
import os
import re
import socket
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from typer.testing import CliRunner

from pandok.cli.main import app
from pandok.common.models import Account, ApiToken, AuditEntry
from pandok.core.errors import RequestError
from pandok.engines.files.upload_client import Lab
from pandok.fields.lab.acts.submissions import partial
from pandok.fields.lab.models import PartialUpload, Submission
from tests.api.world import ApiSite
from tests.chosen import Choose
from tests.fields.lab.acts.submissions.zips import zipped
from tests.roles import Role

ROOT = Path(__file__).resolve().parents[4]
PIECE = "application/offset+octet-stream"
LONGEST_START_S = 120
UPLOADS = "/api/v1/lab/uploads"


@dataclass
class Served:
    port: int
    home: Path
    token: str
    problem: str

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

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


class Breaking:
    """A line to the site that breaks so many times in the midst of a piece."""

    def __init__(self, to: int, *, breaks: int):
        self._to, self._left = to, breaks
        self._heard = socket.create_server(("127.0.0.1", 0))
        self.port = self._heard.getsockname()[1]

    def __enter__(self) -> Breaking:
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._heard.close()

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self._heard.accept()
            except OSError:
                return
            self._carry(line)

    def _carry(self, line: socket.socket) -> None:
        with line, socket.create_connection(("127.0.0.1", self._to), timeout=60) as beyond:
            line.settimeout(60)
            asked = b""
            while b"\r\n\r\n" not in asked:
                asked += line.recv(65536)
            head, _, body = asked.partition(b"\r\n\r\n")
            found = re.search(rb"Content-Length: (\d+)", head, re.IGNORECASE)
            while len(body) < (int(found[1]) if found else 0):
                body += line.recv(65536)
            if head.startswith(b"PATCH") and self._left:
                self._left -= 1
                beyond.sendall(head + b"\r\n\r\n" + body[: len(body) // 2])
                return
            beyond.sendall(head + b"\r\n\r\n" + body)
            while told := beyond.recv(65536):
                line.sendall(told)


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


def test_the_command_goes_on_after_every_break_and_after_its_own_end(served: Served, tmp_path: Path) -> None:
    """Between command and site stands a line that breaks in the midst of the second piece, again and again."""
    file = tmp_path / "submission.zip"
    file.write_bytes(zipped())
    begun: dict[str, Any] = {"bytes": file.stat().st_size, "sha256": hashlib.sha256(file.read_bytes()).hexdigest()}
    upload = served.ask("POST", UPLOADS, begun)[1]["id"]
    assert served.piece(upload, 0, file.read_bytes()[:100])[0] == 200
    slept: list[float] = []
    with Breaking(served.port, breaks=3) as line:
        lab = Lab(f"http://127.0.0.1:{line.port}", served.token, sleep=slept.append)
        lab.send(file, upload, lambda _done, _total: None)
    assert len(slept) == 3
    state = {"to": served.address, "problem": served.problem, "bytes": begun["bytes"]}
    note = state | {"changed": file.stat().st_mtime_ns, "upload": upload, "upload_key": str(uuid.uuid4())}
    file.with_name("submission.zip.sending").write_text(json.dumps(note), encoding="utf-8")
    asked = ["lab", "submission", "send", str(file), "--to", served.address, "--problem", served.problem]
    done = CliRunner().invoke(app, asked, env={"PANDOK_TOKEN": served.token})
    assert done.exit_code == 0, done.output
    made = json.loads(done.stdout[done.stdout.index("{") :])
    assert made["accepted"] is True
    assert not file.with_name("submission.zip.sending").exists()
    assert served.ask("GET", f"{UPLOADS}/{upload}")[0] == 404
    refused = CliRunner().invoke(app, asked, env={"PANDOK_TOKEN": "pdk_wrong_token"})
    assert "api.not_signed_in" in refused.output + refused.stderr


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
    site: ApiSite, company: Account, choose: Choose, tmp_path: Path
) -> None:
    choose(home=tmp_path)
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


@pytest.mark.parametrize("address", ["http://lab.example", "file:///etc/passwd", "lab.example", "https://", ""])
def test_no_token_leaves_in_clear(address: str) -> None:
    with pytest.raises(RequestError) as refused:
        Lab(address, "token")
    assert refused.value.error_code == "request.lab_address"


@pytest.mark.parametrize("ahead", [timedelta(days=365), timedelta(days=3)], ids=str)
def test_what_was_begun_under_a_clock_that_was_ahead_goes_a_day_after_it_is_right(
    site: ApiSite, company: Account, choose: Choose, tmp_path: Path, ahead: timedelta
) -> None:
    choose(home=tmp_path)
    upload = begun(site, company).json()["id"]
    assert sent(site, company, upload, 0, b"x" * 5).json()["offset"] == 5
    PartialUpload.objects.update(begun_at=timezone.now() + ahead)
    stray = tmp_path / partial.FOLDER / str(uuid.uuid4())
    stray.write_bytes(b"of a row that is gone")
    then = (timezone.now() + ahead).timestamp()
    os.utime(stray, (then, then))
    now = timezone.now()
    for at in (now, now + timedelta(hours=23)):
        partial.sweep(type("Work", (), {"now": at})())
        assert [one.name for one in (tmp_path / partial.FOLDER).iterdir()] == [upload]
    assert sent(site, company, upload, 5, b"x" * 5).json()["offset"] == 10, "nobody loses what was sent"
    partial.sweep(type("Work", (), {"now": now + timedelta(hours=25)})())
    assert not list((tmp_path / partial.FOLDER).iterdir())
    assert not PartialUpload.objects.exists()


@pytest.mark.parametrize("wrong", [timedelta(days=365), timedelta(days=-3)], ids=str)
def test_under_a_wrong_clock_an_upload_stays_and_goes_on_when_it_is_right(
    site: ApiSite, company: Account, choose: Choose, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wrong: timedelta
) -> None:
    choose(home=tmp_path)
    upload = begun(site, company).json()["id"]
    assert sent(site, company, upload, 0, b"x" * 5).json()["offset"] == 5
    right = timezone.now()
    ApiToken.objects.filter(account=company).update(expires_at=right + timedelta(days=900))
    monkeypatch.setattr(timezone, "now", lambda: right + wrong)
    assert site.ask(company, "get", f"/lab/uploads/{upload}").status_code in (200, 404)
    monkeypatch.setattr(timezone, "now", lambda: right)
    assert sent(site, company, upload, 5, b"x" * 5).json()["offset"] == 10
