"""Keyed hashes of records: who holds the record and this site can find it in the ledger, nobody else can guess it.

HMAC-SHA256 with a key of its own that is kept apart from the vault's keys and outlives them: so a record can be looked
up after deletion, while the hash tells nothing to somebody who only has the database.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from pandok.engines.vault.site_keys import secret_file

_SHA256 = re.compile(r"[0-9a-f]{64}")


class LedgerKey:
    """`may_make`: asked where the file is missing. A key that was lost is never made again while hashes stand that were
    made with it: every record of before would be answered as unknown."""

    def __init__(self, path: Path, *, may_make: Callable[[], bool] = lambda: True):
        self._path = path
        self._may_make = may_make

    def of_content(self, content_sha256: str) -> str:
        """For a file, by the sha256 of its plain bytes. Raises ValueError for anything else, StoreError without key."""
        if not _SHA256.fullmatch(content_sha256):
            raise ValueError("not a sha256")
        return self._keyed(f"content:{content_sha256}")

    def of_record(self, record_id: str) -> str:
        """For a record by its id (declaration number, case id), blanks around it left out."""
        return self._keyed(f"record:{record_id.strip()}")

    def _keyed(self, text: str) -> str:
        secret = secret_file(self._path, make=not self._path.exists() and self._may_make())
        return hmac.new(secret, text.encode(), sha256).hexdigest()
