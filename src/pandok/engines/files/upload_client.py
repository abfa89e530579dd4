"""Sends a file to a lab in pieces, from this side: after a broken connection it asks how far it has come and goes on.

The other side: pandok.fields.lab.acts.submissions.partial.
"""

from __future__ import annotations

import hashlib
import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pandok.core.errors import RequestError, Unavailable
from pandok.core.text import Text

PIECE = "application/offset+octet-stream"
TIMEOUT_S = 120
WAITS_S = (1.0, 2.0, 4.0, 8.0, 16.0, 30.0)
"""Between tries after a break; a piece that comes through begins them again."""
MOST_ANSWER_BYTES = 4_000_000
Progress = Callable[[int, int], None]
_THIS_MACHINE = ("127.0.0.1", "::1", "localhost")


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """A token is sent to the lab that was named, and to nobody else."""

    def redirect_request(self, *_: Any) -> None:
        return None


class Lab:
    """`address`: that of the site, as `https://lab.example`; without TLS only on this machine itself."""

    def __init__(self, address: str, token: str, *, sleep: Callable[[float], None] = time.sleep):
        """Raises RequestError for an address over which the token would travel in clear."""
        self._address, self._token, self._sleep = _private(address).rstrip("/"), token, sleep
        self._opener = urllib.request.build_opener(_NoRedirects)

    def begin(self, file: Path) -> str:
        """The id of a new upload of this file. Raises RequestError, Unavailable."""
        with file.open("rb") as opened:
            sha256 = hashlib.file_digest(opened, "sha256").hexdigest()
        asked = {"bytes": file.stat().st_size, "sha256": sha256}
        return str(self._again(lambda: self._call("POST", "/uploads", asked))["id"])

    def knows(self, upload: str) -> bool:
        """Whether the lab still has what came of an upload."""
        try:
            self._again(lambda: self._call("GET", f"/uploads/{upload}"))
        except RequestError as error:
            if error.error_code == "api.not_found":
                return False
            raise
        return True

    def send(self, file: Path, upload: str, progress: Progress) -> None:
        """What the lab has not got yet. Raises Unavailable where it stays out of reach, RequestError where it
        refuses."""
        tries = 0
        with file.open("rb") as opened:
            while True:
                try:
                    state = self._call("GET", f"/uploads/{upload}")
                    while state["offset"] < state["bytes"]:
                        progress(state["offset"], state["bytes"])
                        opened.seek(state["offset"])
                        piece = opened.read(min(state["piece_bytes"], state["bytes"] - state["offset"]))
                        state = self._call("PATCH", f"/uploads/{upload}", piece, state["offset"])
                        tries = 0
                    progress(state["bytes"], state["bytes"])
                    return
                except (Unavailable, RequestError) as error:
                    # 409 says only that a piece came twice, or that another one is coming in.
                    if isinstance(error, RequestError) and not error.error_code.startswith("lab.upload_"):
                        raise
                    if error.error_code == "lab.upload_piece" or tries == len(WAITS_S):
                        raise
                    self._sleep(WAITS_S[tries])
                    tries += 1

    def hand_in(self, upload: str, *, problem: str, upload_key: str) -> dict[str, Any]:
        """The submission. Raises RequestError, Unavailable."""
        asked = {"problem_id": problem, "upload_key": upload_key}
        return self._again(lambda: self._call("POST", f"/uploads/{upload}/submission", asked))

    def _again(self, call: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        for wait_s in WAITS_S:
            try:
                return call()
            except Unavailable:
                self._sleep(wait_s)
        return call()

    def _call(
        self, method: str, path: str, body: bytes | dict[str, Any] | None = None, offset: int | None = None
    ) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {self._token}"}
        data = json.dumps(body).encode() if isinstance(body, dict) else body
        if data is not None:
            headers["Content-Type"] = PIECE if offset is not None else "application/json"
        if offset is not None:
            headers["Upload-Offset"] = str(offset)
        request = urllib.request.Request(f"{self._address}/api/v1/lab{path}", data, headers, method=method)
        try:
            with self._opener.open(request, timeout=TIMEOUT_S) as answer:
                return dict(json.loads(answer.read(MOST_ANSWER_BYTES)))
        except urllib.error.HTTPError as error:
            raise _said_by(error) from error
        except (OSError, ValueError, HTTPException) as error:
            raise _away(type(error).__name__) from error


def _private(address: str) -> str:
    parts = urlsplit(address)
    if parts.hostname and (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _THIS_MACHINE)):
        return address
    raise RequestError(
        Text(
            ko=f"토큰을 이 주소로 보낼 수 없습니다: {address[:120]}",
            en=f"No token is sent to this address: {address[:120]}",
        ),
        Text(
            ko="https://lab.example처럼 https 주소를 적으십시오.",
            en="Give an address with https, as https://lab.example.",
        ),
        code="request.lab_address",
    )


def _said_by(error: urllib.error.HTTPError) -> RequestError | Unavailable:
    """The lab's own words; those of a proxy before it are none."""
    try:
        said = json.loads(error.read(MOST_ANSWER_BYTES))
        words = {name: Text(**said[name]) for name in ("what", "next_step")}
        code = str(said["code"])
    except (OSError, ValueError, KeyError, TypeError):
        return _away(f"HTTP {error.code}")
    if error.code >= 500 or error.code == 429:
        return Unavailable(words["what"], words["next_step"], code=code)
    return RequestError(words["what"], words["next_step"], code=code)


def _away(why: str) -> Unavailable:
    return Unavailable(
        Text(ko=f"실증랩에 닿지 않습니다({why}).", en=f"The lab is out of reach ({why})."),
        Text(
            ko="주소와 연결을 확인하고 같은 명령을 다시 실행하십시오. 온 데까지는 남아 있습니다.",
            en="Check address and connection and run the same command again: what came is kept.",
        ),
        code="unavailable.lab",
    )
