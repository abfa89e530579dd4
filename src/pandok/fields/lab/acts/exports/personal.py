"""Personal data in what wants to leave, by the finders of the vault: numbers, names and addresses in texts and tables,
hidden data in pictures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pandok.common.decoding import decode_sent
from pandok.core.errors import PandokError
from pandok.core.lab.personal_data import PersonalKind
from pandok.engines.documents.parser import DocumentNotRead, read_document
from pandok.engines.personal_data.columns import decide
from pandok.engines.personal_data.patterns import spans
from pandok.fields.lab.acts.exports.export_findings import PERSONAL, ExportFinding
from pandok.fields.lab.acts.vault.masking.documents import kinds_in
from pandok.fields.lab.acts.vault.masking.table_form import read_text
from pandok.fields.lab.acts.vault.uploads import NamedBytes

LONGEST_LINE = 20_000
MOST_LETTERS = 20_000_000


def personal_in_text(one: NamedBytes) -> Iterator[ExportFinding]:
    """Counts by kind; the values themselves are not kept."""
    if not one.media_type.startswith("text/") and one.media_type != "application/json":
        return
    text = read_text(one.data) or ""
    counts: Counter[PersonalKind] = Counter()
    for line in text[:MOST_LETTERS].splitlines():
        for start in range(0, len(line), LONGEST_LINE):
            counts.update(span.kind for span in spans(line[start : start + LONGEST_LINE]))
    table = one.table()
    for place, heading in enumerate(table.header if table else ()):
        cells = table.column(place) if table else []
        found = decide(heading, cells)
        if found is not None and not counts[found.kind]:
            counts[found.kind] = sum(1 for cell in cells if cell.strip())
    if len(text) > MOST_LETTERS:
        yield ExportFinding("not_read", one.name)
    for kind, count in sorted(counts.items()):
        if count:
            yield ExportFinding(PERSONAL + kind.value, one.name, count)


def document_findings(one: NamedBytes) -> Iterator[ExportFinding]:
    """Finds in the words of a PDF. Its pictures and pages without text still need a person's eyes."""
    try:
        counts = kinds_in(read_document(one.data, one.media_type))
    except DocumentNotRead:
        return
    for kind, count in sorted(counts.items()):
        yield ExportFinding(PERSONAL + kind.value, one.name, count)


def hidden_in_picture(one: NamedBytes) -> Iterator[ExportFinding]:
    try:
        if decode_sent(one.data, max_bytes=len(one.data)).had_location:
            yield ExportFinding(PERSONAL + PersonalKind.METADATA.value, one.name)
    except PandokError:
        yield ExportFinding("not_read", one.name)
