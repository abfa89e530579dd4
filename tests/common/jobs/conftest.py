"""A worker with a clock that a test moves, a mail server that a test breaks, and kinds of work of its own."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pandok.common.jobs import registry
from pandok.common.jobs.work import Work
from pandok.common.jobs.worker import Worker
from pandok.core.errors import PandokError
from pandok.engines.files.blobs import FolderBlobs
from pandok.engines.mail.transport import MailMessage
from pandok.engines.webhooks.sender import WebhookSender

START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


@dataclass
class Clock:
    now: datetime = START

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, **time: float) -> None:
        self.now += timedelta(**time)


class Killed(BaseException):
    """The process ends here."""


@dataclass
class FakeMail:
    """`knows`: whether it can say what it has taken. `next`: errors to raise; `kill` ends the process that sends."""

    knows: bool = True
    taken: list[MailMessage] = field(default_factory=list)
    errors: list[PandokError] = field(default_factory=list)
    kill: str = ""
    delivers: bool = True

    def send(self, message: MailMessage) -> str:
        if self.kill == "before":
            raise Killed
        if self.errors:
            raise self.errors.pop(0)
        self.taken.append(message)
        if self.kill == "after":
            raise Killed
        return f"taken-{len(self.taken)}"

    def was_sent(self, message_id: str) -> bool | None:
        return any(one.message_id == message_id for one in self.taken) if self.knows else None


@dataclass
class House:
    clock: Clock
    mail: FakeMail
    work: Work
    alive: Path

    def worker(self, name: str = "worker-1", **options: object) -> Worker:
        return Worker(name, self.work, lease_s=60, alive_folder=self.alive, **options)  # type: ignore[arg-type]


@pytest.fixture
def house(db: None, tmp_path: Path) -> House:  # noqa: ARG001
    clock, mail = Clock(), FakeMail()
    work = Work(
        clock=clock,
        rng=random.Random(1),
        blobs=FolderBlobs(tmp_path / "blobs"),
        mail=mail,
        mail_from="desk@desk.example",
        webhooks=WebhookSender(),
    )
    return House(clock, mail, work, tmp_path / "workers")


@pytest.fixture(autouse=True)
def own_kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Kinds and returning work that a test adds are gone after it; those of the product do not run by themselves."""
    registry.kinds()
    monkeypatch.setattr(registry, "_handlers", dict(registry._handlers))
    monkeypatch.setattr(registry, "_periodic", {})
