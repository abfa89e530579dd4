"""What an importer says: one record of a design in the source's own strings, with the place where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from pandok.core.text import Text

TEXT_FACTS = (
    "holder",
    "article",
    "word_mark",
    "registration_number",
    "application_number",
    "international_number",
    "recordal_number",
)
CLASS_FACTS = ("locarno_class", "locarno_edition", "korean_class", "korean_class_version")
STATUS_FACTS = ("status", "status_date")
DATE_FACTS = ("recordal_valid_until", "filed_on", "published_on", "registered_on", "expires_on")
FACTS = (*TEXT_FACTS, *CLASS_FACTS, *STATUS_FACTS, "recorded_with_customs", *DATE_FACTS)
"""Names of the facts that a record may carry. A fact that is absent or empty is not said, and changes nothing."""


@dataclass(frozen=True, slots=True)
class RawView:
    """A view as a source names it. `path` is the path as written, inside `folder`; `file` is set where the importer
    itself knows the file (then `path` is only shown)."""

    name: str
    path: str
    folder: Path
    line: int
    file: Path | None = None


@dataclass(frozen=True, slots=True)
class RawCitation:
    country: str
    number: str
    kind: str = ""
    published: str = ""


@dataclass(frozen=True, slots=True)
class RawRecord:
    """`done` is how far the source has been read, in the unit of `Importer.size`. `unread` holds what the source says
    beyond `facts`, by its own names. Of `joined` facts several records of one design may each say a part."""

    design_id: str
    facts: Mapping[str, str]
    file: str
    line: int
    views: tuple[RawView, ...] = ()
    citations: tuple[RawCitation, ...] = ()
    done: int = 0
    unread: Mapping[str, str] = field(default_factory=dict)
    joined: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class SourceFinding:
    """One thing that is wrong in a source, where it stands, and what to do."""

    code: str
    file: str
    line: int
    design_id: str
    text: Text
    fields: Mapping[str, str] = field(default_factory=dict)


class Importer(Protocol):
    """Reads one kind of source. `read` streams and may be called again from the start at any time.

    It yields findings for rows that it cannot make a record of, and raises ImportRefused only where nothing of the
    source can be read.
    """

    name: str

    def size(self) -> int:
        """How much there is to read, in rows or bytes; an estimate for the progress bar."""
        ...

    def read(self) -> Iterator[RawRecord | SourceFinding]: ...
