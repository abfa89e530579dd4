"""What a handler is given: clock, chance, files and the ways out of the house."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pandok.engines.files.blobs import FolderBlobs
from pandok.engines.files.clock_note import Boot, this_boot
from pandok.engines.mail.address import open_mail
from pandok.engines.mail.transport import MailTransport
from pandok.engines.webhooks.sender import WebhookSender, allowed_origins
from pandok.settings import Settings

WORKER = "pandok-worker"
"""Who acts in the audit trail where a worker does."""


@dataclass(frozen=True)
class Work:
    clock: Callable[[], datetime]
    rng: random.Random
    blobs: FolderBlobs
    mail: MailTransport
    mail_from: str
    webhooks: WebhookSender
    boot: Callable[[], Boot | None] | None = None
    """What the clock is compared with before anything ends by it; None: it is believed."""

    @property
    def now(self) -> datetime:
        return self.clock()


def wall_clock() -> datetime:
    return datetime.now(UTC)


def open_work(chosen: Settings, home: Path) -> Work:
    """Join what the settings name. Raises RequestError for a setting that does not fit."""
    return Work(
        clock=lambda: wall_clock(),
        rng=random.Random(),
        blobs=FolderBlobs(home / "blobs"),
        mail=open_mail(chosen.mail, home / "mail"),
        mail_from=chosen.mail_from,
        webhooks=WebhookSender(allowed_origins(chosen.webhook_allow)),
        boot=lambda: this_boot(),
    )
