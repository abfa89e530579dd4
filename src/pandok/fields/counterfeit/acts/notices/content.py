"""What one notice says, frozen when it is issued: page, mail and PDF are drawn from these values and nothing else."""

from __future__ import annotations

from datetime import datetime

from pandok.core.reading import Region, Value
from pandok.core.text import Text


class Fact(Value):
    label: Text
    value: Text


class Section(Value):
    title: Text
    paragraphs: tuple[Text, ...] = ()
    items: tuple[Text, ...] = ()


class StoredPicture(Value):
    """A picture in the blobs; the size is in its own pixels."""

    sha256: str
    width_px: int
    height_px: int


class ShownEvidence(Value):
    """One photograph beside one registered view, with the regions that agree."""

    photograph: StoredPicture
    view: StoredPicture
    view_name: str
    regions: tuple[Region, ...]


class NoticeContent(Value):
    """`photographs` and `evidence` are empty where the party may not see them.

    What later versions added is empty in older notices.
    """

    template: str
    version: str
    case_number: str
    office: Text
    party_name: str
    issued_at: datetime
    due_at: datetime | None
    address: str
    subject: Text
    title: Text
    lead: tuple[Text, ...]
    facts: tuple[Fact, ...]
    sections: tuple[Section, ...]
    photographs: tuple[StoredPicture, ...]
    evidence: ShownEvidence | None
    source: Text
    """Where the terms come from."""
    document_number: str = ""
    sender: Text | None = None
    """Who sends it: the head of the customs house."""
    contact: tuple[Fact, ...] = ()
    """Who is to be asked: department, person, telephone."""
    appeal: Section | None = None
    """Remedies against a decision."""
    drawings: tuple[StoredPicture, ...] = ()
    """Registered views of the design."""

    def pictures(self) -> tuple[str, ...]:
        """The sha256 of every picture that the notice shows."""
        shown = [one.sha256 for one in (*self.photographs, *self.drawings)]
        if self.evidence:
            shown += [self.evidence.photograph.sha256, self.evidence.view.sha256]
        return tuple(dict.fromkeys(shown))
