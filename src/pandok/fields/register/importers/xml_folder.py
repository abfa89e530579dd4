"""XML files of the kinds that Pandok knows, one or a whole folder of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from pandok.core.errors import ImportRefused
from pandok.fields.register.import_findings import finding
from pandok.fields.register.importers import kipris_xml, st86_xml, st96_xml, uspto_xml
from pandok.fields.register.importers.service_answer import HEADS, heard, heard_in_json
from pandok.fields.register.importers.xml_stream import Node, XmlBroken, elements, records, root_of
from pandok.fields.register.records import RawRecord, SourceFinding


class Kind(Protocol):
    """What a module for one kind of XML offers.

    `is_mine(element)`: a file that holds this element is of the kind; `is_root`: it is the outermost one.
    `read_node(record, file, bytes_read)` makes records of one element.
    """

    NAME: str
    RECORDS: frozenset[str]

    def is_mine(self, element: Node, *, is_root: bool) -> bool: ...

    def read_node(self, node: Node, file: Path, done: int) -> Iterator[RawRecord | SourceFinding]: ...


MOST_HEADS = 50
"""A file that repeats them without end says nothing new."""

KINDS: tuple[Kind, ...] = (kipris_xml, st96_xml, st86_xml, uspto_xml)


class XmlFiles:
    """`folder` is where findings and paths are counted from. A dangerous or broken file among others is a finding."""

    def __init__(self, files: list[Path]):
        self.files = files
        self.name = _name(files[0])

    def size(self) -> int:
        """Bytes."""
        return sum(file.stat().st_size for file in self.files)

    def read(self) -> Iterator[RawRecord | SourceFinding]:
        before = 0
        for file in self.files:
            try:
                yield from read_file(file, before)
            except ImportRefused:
                if len(self.files) == 1:
                    raise
                yield finding("xml.dangerous", file.name, 1)
            before += file.stat().st_size


def _name(file: Path) -> str:
    try:
        kind = kind_of(file)
    except ImportRefused:
        return "xml"
    return kind.NAME if kind else "xml"


def kind_of(file: Path) -> Kind | None:
    """The module that reads a file. What the records are decides; offices wrap them in elements of their own."""
    for index, element in enumerate(elements(file)):
        for kind in KINDS:
            if kind.is_mine(element, is_root=index == 0):
                return kind
    return None


def read_file(file: Path, before: int = 0) -> Iterator[RawRecord | SourceFinding]:
    """Records of one file; `before` bytes were read from other files. A file that gives nothing says so."""
    root, kind = root_of(file), kind_of(file)
    if root is None:
        yield heard_in_json(file) or _broken(file, next(_breaks(file), XmlBroken(1, "no root element")))
        return
    if kind is None:
        yield finding("xml.unknown", file.name, root.line, root=root.name)
        return
    if kind.NAME == st96_xml.NAME and (version := st96_xml.strange_version(root)):
        yield finding("xml.version", file.name, root.line, value=version)
    beside = HEADS if kind.NAME == kipris_xml.NAME else frozenset()
    heads: list[Node] = []
    silent = True
    for item in records(file, kind.RECORDS | beside):
        if isinstance(item, XmlBroken):
            yield _broken(file, item)
        elif item.name in beside:
            heads = [*heads, item][-MOST_HEADS:]
            continue
        else:
            yield from kind.read_node(item, file, before + item.end)
        silent = False
    for said in heard(heads, file):
        silent = False
        yield said
    if silent:
        yield finding("records.none", file.name, root.line)


def _breaks(file: Path) -> Iterator[XmlBroken]:
    return (item for item in records(file, ()) if isinstance(item, XmlBroken))


def _broken(file: Path, broken: XmlBroken) -> SourceFinding:
    if broken.encoding:
        return finding("xml.encoding", file.name, broken.line, encoding=broken.encoding)
    return finding("xml.broken", file.name, broken.line, detail=broken.detail)
