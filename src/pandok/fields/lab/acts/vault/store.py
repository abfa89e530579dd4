"""The vault's door: `put` seals, `open` unseals for who holds a grant, and every opening is written down first.

Promise: plain bytes are never on disk. A crash leaves a sealed file without row (swept later) or nothing. A use is
committed before the first byte is given, so `open` may not stand inside a transaction that could still be undone.
"""

from __future__ import annotations

import hashlib
import os
import uuid
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.db import transaction

from pandok.common.models import Account
from pandok.common.models.locking import locked
from pandok.core.audit import Detail
from pandok.engines.files.durable import move_durably
from pandok.engines.vault.ciphers import Cipher, SealBroken
from pandok.engines.vault.deposit_keys import DepositKeys, KeyDestroyed
from pandok.engines.vault.ledger_key import LedgerKey
from pandok.engines.vault.site_keys import SiteKeyProvider
from pandok.fields.lab.acts.vault.access import being_deleted
from pandok.fields.lab.acts.vault.admitting import admitted, admitted_for_care
from pandok.fields.lab.acts.vault.object_names import checked_name
from pandok.fields.lab.acts.vault.object_trail import note
from pandok.fields.lab.acts.vault.refusals import broken, refused
from pandok.fields.lab.acts.vault.sealed_files import SealedFiles
from pandok.fields.lab.models import Deposit, LabProject, Lineage, ObjectKind, VaultObject, VaultRecord

Clock = Callable[[], datetime]
Random = Callable[[int], bytes]
Keep = Callable[[VaultObject], None]
BEFORE_PUT: list[Callable[[str, bytes, LedgerKey], Keep]] = []
"""Who needs the plain bytes once more in the moment of sealing: called with kind and bytes before the transaction,
since foreign bytes are never parsed under the lock; what is returned keeps what was found, in the transaction."""


class Vault:
    """`folder` holds objects/ and keys/; `site_key` wraps the deposits' keys; `ledger` makes the keyed hashes."""

    def __init__(
        self,
        folder: Path,
        site_key: SiteKeyProvider,
        clock: Clock,
        random: Random = os.urandom,
        *,
        ledger: LedgerKey | None = None,
        cipher: Cipher | None = None,
    ):
        self.folder = folder
        self.clock = clock
        self.keys = DepositKeys(folder / "keys", site_key, random)
        self.files = SealedFiles(folder / "objects", random=random, cipher=cipher)
        self.ledger = ledger or LedgerKey(folder.parent / "keys" / "ledger.key")

    @property
    def quarantine(self) -> Path:
        """What no row of the database names, set aside: objects/ and keys/."""
        return self.folder / "quarantine"

    def bring_back(self, files: Collection[str], keys: Collection[str]) -> int:
        """Move back what was set aside and is named now (by a database that was put back). Returns how many."""
        count = 0
        for path in sorted(self.quarantine.glob("*/*")):
            name = path.name
            wanted = f"{name[:2]}/{name}" in files if path.parent.name == "objects" else name in keys
            place = self.files.folder / name[:2] / name if path.parent.name == "objects" else self.keys.folder / name
            if wanted and not place.exists():
                move_durably(path, place)
                count += 1
        return count

    def put(
        self,
        deposit: Deposit,
        name: str,
        data: bytes,
        kind: str,
        *,
        actor: Account | None = None,
        media_type: str = "application/octet-stream",
        made_from: Sequence[VaultObject] = (),
        step: str = "",
        tool: str = "",
        records: Iterable[str] = (),
        same_ids: bool = False,
        report: dict[str, Any] | None = None,
    ) -> VaultObject:
        """Seal bytes into a deposit. The same name with the same bytes is kept once; with other bytes it is a new
        version.

        `records` are the ids of what is inside (rows, cases), so that each can be found again; only their keyed hashes
        are kept. `made_from`, `step` and `tool` (name and version) are the lineage; `same_ids`: the records have the
        ids that they have in what it was made from, so that a record left out counts as left out. `actor` None: who
        deposited.
        Raises RequestError for a closed deposit or a wrong name or kind, StoreError where the disk fails.
        """
        name, now, sha256 = checked_name(name), self.clock(), hashlib.sha256(data).hexdigest()
        if kind not in ObjectKind.values:
            raise refused("vault.kind")
        keyed = self.ledger.of_content(sha256)
        keeps = [look(kind, data, self.ledger) for look in BEFORE_PUT]
        with transaction.atomic():
            deposit = locked(Deposit, deposit.pk)
            if deposit.deleted or being_deleted(deposit):
                raise refused("vault.deleted")
            if not deposit.open_at(now):
                raise refused("vault.expired")
            if any(one.deposit_id != deposit.pk or one.deleted_at for one in made_from):
                raise refused("vault.lineage")
            earlier = VaultObject.objects.filter(deposit=deposit, name=name).order_by("-version").first()
            if earlier is not None and earlier.keyed_hash == keyed and earlier.deleted_at is None:
                return earlier
            by = actor or deposit.deposited_by
            made = self._seal(
                VaultObject(
                    id=uuid.uuid4(),
                    deposit=deposit,
                    name=name,
                    kind=kind,
                    media_type=media_type,
                    version=earlier.version + 1 if earlier else 1,
                    sha256=sha256,
                    keyed_hash=keyed,
                    size_bytes=len(data),
                    report=report or {},
                    stored_by=by,
                    stored_at=now,
                ),
                data,
                records,
            )
            Lineage.objects.bulk_create(
                Lineage(source=one, made=made, step=step or kind, by_records=same_ids, tool=tool, at=now)
                for one in made_from
            )
            details: dict[str, Detail] = {"kind": kind, "bytes": len(data), "step": step or kind}
            note(by.get_username(), "vault.stored", made, "", now, details)
            for keep in keeps:
                keep(made)
            return made

    def open(
        self,
        object: VaultObject,
        *,
        actor: Account | None,
        purpose: str,
        project: LabProject,
        run_id: str = "",
        model_sha256: str = "",
        what_left: str = "",
    ) -> bytes:
        """The plain bytes, for who holds a standing grant; see `read_stream`."""
        return b"".join(
            self.read_stream(
                object,
                actor=actor,
                purpose=purpose,
                project=project,
                run_id=run_id,
                model_sha256=model_sha256,
                what_left=what_left,
            )
        )

    def read_stream(self, object: VaultObject, **asked: Any) -> Iterator[bytes]:
        """The plain chunks in order; the use is written at the call, before the first chunk.

        `actor` None is the lab's runner and needs `run_id`. Raises RequestError (no grant, expired, deleted; the
        refusal itself is in the audit log) and StoreError (seal broken, file missing).
        """
        [allowed] = admitted([object], now=self.clock(), **asked)
        return self._chunks(allowed)

    def open_for_care(self, object: VaultObject, *, actor: Account, purpose: str) -> bytes:
        """For the steward's own work on a deposit (masking), without grant or project; written as a use all the same.
        The bytes are for the program alone: no page, command or answer shows them."""
        fresh = admitted_for_care(object, now=self.clock(), actor=actor, purpose=purpose)
        return b"".join(self._chunks(fresh))

    def pseudonym_key(self, deposit: Deposit) -> bytes:
        """Under it equal values of a deposit become equal pseudonyms; it goes when the deposit's key goes."""
        try:
            secret = self.keys.get(str(deposit.pk)).key
        except KeyDestroyed as error:
            raise refused("vault.deleted") from error
        return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"pandok pseudonyms").derive(secret)

    def _seal(self, made: VaultObject, data: bytes, records: Iterable[str]) -> VaultObject:
        try:
            if not VaultObject.objects.filter(deposit_id=made.deposit_id).exists():
                self.keys.make(str(made.deposit_id))
            sealed = self.files.write(str(made.pk), made.version, data, self._key(made))
        except OSError as error:
            raise broken("store.vault_write") from error
        made.sealed_path, made.sealed_sha256, made.cipher = sealed.path, sealed.sha256, sealed.cipher
        hashes = sorted({self.ledger.of_record(one) for one in records})
        made.lists_records = bool(hashes)
        made.save(force_insert=True)
        VaultRecord.objects.bulk_create((VaultRecord(object=made, keyed_hash=one) for one in hashes), batch_size=2000)
        return made

    def _chunks(self, object: VaultObject) -> Iterator[bytes]:
        try:
            yield from self.files.read(object.sealed_path, str(object.pk), object.version, self._key(object))
        except FileNotFoundError as error:
            raise broken("store.vault_missing", object=str(object.pk)) from error
        except SealBroken as error:
            raise broken("store.vault_broken", object=str(object.pk)) from error

    def _key(self, object: VaultObject) -> Any:
        try:
            return self.keys.get(str(object.deposit_id))
        except KeyDestroyed as error:
            raise refused("vault.deleted") from error
