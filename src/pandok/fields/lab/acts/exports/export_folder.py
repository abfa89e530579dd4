"""The files of requests, sealed at rest: what wants to leave may hold what must not, and lies on disk until then."""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Callable
from pathlib import Path

from pandok.core.errors import StoreError
from pandok.core.text import Text
from pandok.engines.vault.ciphers import AesGcm, SealBroken
from pandok.engines.vault.envelope import SiteKey, seal, unsealed
from pandok.engines.vault.secrets import derived_key
from pandok.fields.lab.acts.exports.refusals import refused


class ExportFolder:
    """Sealed files named by request and content; the key follows from the site's secret key."""

    def __init__(self, folder: Path, *, secret_key: str, random: Callable[[int], bytes] = os.urandom):
        self._folder = folder
        self._key = SiteKey(derived_key(secret_key, "export files"), AesGcm())
        self._random = random

    def put(self, request: str, data: bytes) -> str:
        """Keep bytes; returns their sha256. The same bytes of one request are kept once."""
        sha256 = hashlib.sha256(data).hexdigest()
        path = self._path(request, sha256)
        if path.exists():
            return sha256
        target = io.BytesIO()
        name = f"{request}/{sha256}"
        seal(io.BytesIO(data), target, name=name, version=1, site_key=self._key, cipher=AesGcm(), random=self._random)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            beside = path.with_suffix(".unfinished")
            beside.write_bytes(target.getvalue())
            os.replace(beside, path)
        except OSError as error:
            raise StoreError(
                Text(ko="파일을 저장하지 못했습니다.", en="A file could not be stored."),
                Text(ko="디스크 공간과 권한을 확인하십시오.", en="Check disk space and permissions."),
                code="store.export",
            ) from error
        return sha256

    def get(self, request: str, sha256: str) -> bytes:
        """The plain bytes, which have this sha256. Raises RequestError (export.broken) where they do not."""
        try:
            with self._path(request, sha256).open("rb") as file:
                data = b"".join(unsealed(file, name=f"{request}/{sha256}", version=1, site_key=self._key))
        except (FileNotFoundError, SealBroken) as error:
            raise refused("broken") from error
        if hashlib.sha256(data).hexdigest() != sha256:
            raise refused("broken")
        return data

    def drop(self, request: str, sha256: str) -> None:
        self._path(request, sha256).unlink(missing_ok=True)

    def _path(self, request: str, sha256: str) -> Path:
        if not all(letter in "0123456789abcdef-" for letter in request + sha256):
            raise refused("broken")
        return self._folder / request / f"{sha256}.sealed"
