"""The keys of deposits, one small wrapped file each, apart from the sealed files: destroying one is deleting a deposit.

    <folder>/<deposit>.key      JSON: provider, wrapped key

The key of a deposit wraps the data keys of its objects. It is wrapped by the site's key and bound to its deposit.
"""

from __future__ import annotations

import base64
import binascii
import json
import os
from collections.abc import Callable
from pathlib import Path

from pandok.engines.files.durable import erase, write_durably
from pandok.engines.vault.ciphers import AesGcm, SealBroken
from pandok.engines.vault.envelope import SiteKey
from pandok.engines.vault.site_keys import SiteKeyProvider, another_key

Random = Callable[[int], bytes]
LOOKED_AT = 20
"""Earlier keys that are tried, one of which opens where the site's key is the right one."""


class KeyDestroyed(Exception):
    """There is no key of that deposit."""


class DepositKeys:
    def __init__(self, folder: Path, provider: SiteKeyProvider, random: Random = os.urandom):
        self.folder = folder
        self._provider = provider
        self._random = random

    def path(self, deposit: str) -> Path:
        return self.folder / f"{deposit}.key"

    def make(self, deposit: str) -> None:
        """A fresh key. Nothing happens where the deposit has one.

        Raises StoreError where the site's key is missing or another one than the earlier keys were wrapped with: what
        came in under it would be lost as soon as the right one is put back.
        """
        if self.path(deposit).exists():
            return
        earlier = sorted(self.folder.glob("*.key"))[:LOOKED_AT]
        if earlier and not any(self._opens(one.stem) for one in earlier):
            raise another_key()
        wrapped = self._provider.wrap(self._random(AesGcm.key_bytes), _bound(deposit))
        content = {"provider": self._provider.name, "wrapped": base64.b64encode(wrapped).decode()}
        write_durably(self.path(deposit), json.dumps(content).encode(), overwrite=False)

    def _opens(self, deposit: str) -> bool:
        try:
            self.get(deposit)
        except (KeyDestroyed, SealBroken):
            return False
        return True

    def get(self, deposit: str) -> SiteKey:
        """Raises KeyDestroyed, SealBroken where the file was changed or the site's key is another one, StoreError where
        that key is missing."""
        try:
            content = json.loads(self.path(deposit).read_bytes())
            wrapped = base64.b64decode(content["wrapped"], validate=True)
        except FileNotFoundError as error:
            raise KeyDestroyed from error
        except (ValueError, KeyError, TypeError, binascii.Error) as error:
            raise SealBroken from error
        if content.get("provider") != self._provider.name:
            raise SealBroken
        return SiteKey(self._provider.unwrap(wrapped, _bound(deposit)), AesGcm())

    def destroy(self, deposit: str) -> bool:
        """Overwrite and remove; False where it was gone already."""
        return erase(self.path(deposit))


def _bound(deposit: str) -> bytes:
    return f"pandok deposit key {deposit}".encode()
