"""The last moment at which this machine's clock was believed, kept beside the database and signed.

A clock set wrong shows by what it cannot change: how long the machine has been running since (CLOCK_BOOTTIME of the
same boot). After a restart only the distance to the last believed moment is left.
"""

from __future__ import annotations

import fcntl
import hmac
import json
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from pandok.engines.files.durable import make_folder, write_durably

JUMP = timedelta(hours=1)
"""Time services correct less; whatever is further off, somebody set."""
LONGEST_OFF = timedelta(days=7)
"""A machine that was off for longer may have come up with a wrong date."""


@dataclass(frozen=True, slots=True)
class Boot:
    """Which start of the machine this is, and for how many seconds it has been running, sleep included."""

    id: str
    seconds: float


def this_boot() -> Boot | None:
    """None where the machine does not tell."""
    try:
        return Boot(
            Path("/proc/sys/kernel/random/boot_id").read_text().strip(), time.clock_gettime(time.CLOCK_BOOTTIME)
        )
    except (OSError, AttributeError):
        return None


class Believed(BaseModel):
    """`doubted_at`: what the clock said when it was first doubted; None while it is believed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    at: datetime
    boot: str = ""
    seconds: float = 0.0
    doubted_at: datetime | None = None
    signature: str = ""

    def expected(self, boot: Boot | None) -> datetime | None:
        """What the clock must say now; None where the machine was restarted since, or does not tell."""
        if boot is None or boot.id != self.boot:
            return None
        return self.at + timedelta(seconds=boot.seconds - self.seconds)

    def fits(self, now: datetime, boot: Boot | None) -> bool:
        expected = self.expected(boot)
        if expected is not None:
            return abs(now - expected) <= JUMP
        return self.at - JUMP <= now <= self.at + LONGEST_OFF


class ClockNote:
    def __init__(self, path: Path, key: bytes):
        self.path, self._key = path, key

    def read(self) -> Believed | None:
        """None where there is none, or somebody else wrote it."""
        try:
            found = Believed.model_validate_json(self.path.read_bytes())
        except (OSError, ValidationError, ValueError):
            return None
        return found if hmac.compare_digest(found.signature, self._signature(found)) else None

    def write(self, now: datetime, boot: Boot | None, doubted_at: datetime | None = None) -> None:
        self._write(Believed(at=now, boot=boot.id if boot else "", seconds=boot.seconds if boot else 0.0), doubted_at)

    def doubt(self, believed: Believed, now: datetime) -> None:
        self._write(believed, now)

    def _write(self, believed: Believed, doubted_at: datetime | None) -> None:
        said = believed.model_copy(update={"doubted_at": doubted_at, "signature": ""})
        signed = said.model_copy(update={"signature": self._signature(said)})
        make_folder(self.path.parent)
        with self.path.with_suffix(".lock").open("w") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            write_durably(self.path, signed.model_dump_json().encode() + b"\n", overwrite=True)

    def _signature(self, said: Believed) -> str:
        text = json.dumps(said.model_dump(mode="json", exclude={"signature"}), sort_keys=True)
        return hmac.new(self._key, text.encode(), sha256).hexdigest()
