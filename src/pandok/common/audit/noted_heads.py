"""The newest hash of the chain, noted in a file beside the database: it shows when the database is an older one.

A database that was put back from a backup, cut at its end or rehashed from the start is whole in itself. What stood in
it before is known only outside: here, in the anchors that are kept elsewhere, and in the heads that proofs carry.
One note a look, kept for two days; of older days the last one. Signed with a key that follows from the site's secret.
"""

from __future__ import annotations

import fcntl
import hmac
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

from django.conf import settings as django_settings
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from pandok.common.audit import writing as audit
from pandok.common.models import AuditEntry
from pandok.core.audit import AuditEvent, BrokenLink, KnownHead
from pandok.core.errors import StoreError
from pandok.core.text import Text
from pandok.engines.files.durable import make_folder, write_durably
from pandok.engines.vault.secrets import derived_key
from pandok.settings import settings

FILE = "audit-heads.json"
EVERY_NOTE_KEPT = timedelta(days=2)
YOUNG = timedelta(days=1)
"""A chain of so many hours may have no note yet; of an older one the file is gone, or never was."""
NOTED = "noted"


class NotedHead(BaseModel):
    """`given_up`: from this note on the chain was left behind on purpose, with a reason (see `resume`)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    sequence: int = Field(ge=1)
    hash: str = Field(pattern=r"^[0-9a-f]{64}$")
    at: datetime
    given_up: str = ""
    signature: str = ""

    def signed(self, key: bytes) -> NotedHead:
        return self.model_copy(update={"signature": self._signature(key)})

    def holds(self, key: bytes) -> bool:
        return hmac.compare_digest(self.signature, self._signature(key))

    def _signature(self, key: bytes) -> str:
        said = json.dumps(self.model_dump(mode="json", exclude={"signature"}), sort_keys=True)
        return hmac.new(key, said.encode(), sha256).hexdigest()


_FILE = TypeAdapter(list[NotedHead])


class NotedHeads:
    """`path` lies outside the database, best on a disk with backups of its own."""

    def __init__(self, path: Path, secret_key: str):
        self.path = path
        self._key = derived_key(secret_key, "noted audit heads")

    def all(self) -> list[NotedHead]:
        """Oldest first. Raises StoreError where the file was changed, or the site's secret key is another one."""
        try:
            notes = _FILE.validate_json(self.path.read_bytes())
        except FileNotFoundError:
            return []
        except (ValidationError, ValueError) as error:
            raise notes_changed() from error
        if not all(one.holds(self._key) for one in notes):
            raise notes_changed()
        return notes

    def standing(self) -> list[NotedHead]:
        return [one for one in self.all() if not one.given_up]

    def note(self, now: datetime) -> BrokenLink | None:
        """Note where the chain stands; where it does not hold what was noted before, nothing is noted and that is
        given back."""
        with self._alone():
            newest = AuditEntry.objects.order_by("-sequence").values_list("sequence", "hash").first()
            broken = self.differs()
            if broken is not None or newest is None:
                return broken
            notes = self.all()
            if self.are_gone(now):
                # Whoever rewrites the chain takes the file away: that it began again stays in the chain.
                begun = AuditEvent("pandok", "audit.notes_began", "audit:chain", "", now, {"behind": newest[0]})
                entry = audit.record(begun)
                newest = (entry.sequence, entry.hash)
            if notes and (notes[-1].sequence, notes[-1].hash, notes[-1].given_up) == (*newest, ""):
                return None
            self._write(_thinned([*notes, NotedHead(sequence=newest[0], hash=newest[1], at=now)], now))
            return None

    def are_gone(self, now: datetime) -> bool:
        """Whether there is no note of a chain that is old enough to have some: nothing here then says what it was."""
        oldest = AuditEntry.objects.order_by("sequence").values_list("at", flat=True).first()
        return oldest is not None and oldest < now - YOUNG and not self.path.exists()

    def differs(self) -> BrokenLink | None:
        """The first standing note that the chain does not hold: it was cut, rewritten, or is an older one."""
        return audit.compare_heads([KnownHead(one.sequence, one.hash, NOTED) for one in self.standing()])

    def resume(self, *, actor: str, reason: str, now: datetime) -> int:
        """Somebody has looked, and the database that stands here is to be gone on with. Returns how many notes it does
        not hold; they stay in the file, given up, and an audit event tells of the newest of them."""
        with self._alone():
            try:
                notes = self.all()
            except StoreError:
                notes = []
                self.path.replace(self.path.with_suffix(f".unreadable-{now:%Y%m%d%H%M%S}"))
            lost = [
                one
                for one in notes
                if not one.given_up and audit.compare_heads([KnownHead(one.sequence, one.hash, NOTED)])
            ]
            entry = audit.tell(
                actor,
                "audit.resumed",
                "audit:chain",
                reason,
                now,
                {
                    "notes_given_up": len(lost),
                    "newest_noted": lost[-1].sequence if lost else 0,
                    "newest_noted_hash": lost[-1].hash if lost else "",
                },
            )
            kept = [one.model_copy(update={"given_up": reason}) if one in lost else one for one in notes]
            self._write([*kept, NotedHead(sequence=entry.sequence, hash=entry.hash, at=now)])
            return len(lost)

    def _write(self, notes: list[NotedHead]) -> None:
        signed = [one.signed(self._key) for one in notes]
        write_durably(self.path, _FILE.dump_json(signed, indent=1) + b"\n", overwrite=True)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        make_folder(self.path.parent)
        with self.path.with_suffix(".lock").open("w") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            yield


def noted_heads() -> NotedHeads:
    """The notes of this site."""
    return NotedHeads(settings().home / FILE, django_settings.SECRET_KEY)


def notes_changed() -> StoreError:
    return StoreError(
        Text(
            ko="데이터베이스 밖에 적어 둔 감사 해시 파일이 바뀌었거나 이 사이트의 비밀 키가 다릅니다.",
            en="The file of audit hashes outside the database was changed, or this site's secret key is another one.",
        ),
        Text(
            ko="백업의 파일과 비교한 뒤 `pandok audit resume --reason …`으로 이어 가십시오.",
            en="Compare it with the one in a backup, then go on with `pandok audit resume --reason …`.",
        ),
        code="store.noted_heads",
    )


def _thinned(notes: list[NotedHead], now: datetime) -> list[NotedHead]:
    last_of_day = {one.at.date(): one for one in notes}
    kept = []
    for one in notes:
        if one.given_up or one.at > now - EVERY_NOTE_KEPT or last_of_day[one.at.date()] is one:
            kept.append(one)
    return kept
