"""What issuing notices needs of this site: where files are kept and where people find the desk."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pandok.common.jobs.work import Work
from pandok.engines.files.blobs import FolderBlobs
from pandok.settings import Settings


@dataclass(frozen=True)
class Office:
    blobs: FolderBlobs
    address: str
    """Where people reach the desk, for links in mails and on paper."""
    attach_pdf: bool = False
    """Whether mails carry the PDF. Mail goes over other people's machines, so that a link is the default."""
    delivers: bool = True
    """Whether there is a mail server. Without one a mail is a file, and a notice that goes by it is not served."""


def open_office(chosen: Settings, home: Path) -> Office:
    return Office(FolderBlobs(home / "blobs"), chosen.address, chosen.notice_attach_pdf, bool(chosen.mail))


def office_of(work: Work, chosen: Settings) -> Office:
    return Office(work.blobs, chosen.address, chosen.notice_attach_pdf, bool(chosen.mail))
