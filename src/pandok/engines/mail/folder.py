"""Mail as files in a folder, one `.eml` a Message-ID: for a site without a mail server, and for tests.

A mail is written beside, then linked to its name; linking refuses a name that exists. So a mail is whole or absent,
and one Message-ID is one file, whoever writes and whenever a writer is killed.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from pandok.engines.mail.transport import MailMessage, not_sent


class FolderMail:
    delivers: bool = False

    def __init__(self, folder: Path):
        self.folder = folder

    def send(self, message: MailMessage) -> str:
        path = self.path(message.message_id)
        try:
            self._write(path, message.as_bytes())
        except OSError as error:
            raise not_sent(f"{path.parent.name}: {error.strerror}") from error
        return path.name

    def was_sent(self, message_id: str) -> bool | None:
        return self.path(message_id).exists()

    def forget(self, message_id: str) -> bool:
        """Erase a mail for good, when its term is over; False where there is none."""
        try:
            self.path(message_id).unlink()
        except FileNotFoundError:
            return False
        return True

    def path(self, message_id: str) -> Path:
        return self.folder / f"{hashlib.sha256(message_id.encode()).hexdigest()[:40]}.eml"

    def _write(self, path: Path, data: bytes) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(dir=self.folder, prefix=".mail-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            with suppress(FileExistsError):
                os.link(beside, path)
        finally:
            Path(beside).unlink(missing_ok=True)
