"""XML files of the kinds that Pandok knows, one or a whole folder of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from pandok.core.errors import ImportRefused
from pandok.register.findings import finding
from pandok.register.importers import kipris_xml, st96_xml, uspto_xml
from pandok.register.importers.xml_stream import Node, XmlBroken, records, root_of
from pandok.register.records import Finding, RawRecord


class Kind(Protocol):
    """What a module for one kind of XML offers. `read_node(record, file, bytes_read)` makes records of one element."""

    NAME: str
    RECORDS: frozenset[str]

    @staticmethod
    def is_mine(root: Node) -> bool: ...

    @staticmethod
    def read_node(node: Node, file: Path, done: int) -> Iterator[RawRecord | Finding]: ...


KINDS: tuple[Kind, ...] = (kipris_xml, st96_xml, uspto_xml)


class XmlFiles:
    """`folder` is where findings and paths are counted from. A dangerous or broken file among others is a finding."""

    def __init__(self, files: list[Path]):
        self.files = files
        self.name = _name(files[0])

    def size(self) -> int:
        """Bytes."""
        return sum(file.stat().st_size for file in self.files)

    def read(self) -> Iterator[RawRecord | Finding]:
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
        root = root_of(file)
    except ImportRefused:
        return "xml"
    kind = kind_of(root) if root else None
    return kind.NAME if kind else "xml"


def kind_of(root: Node) -> Kind | None:
    """The module that reads files with this root element; None where none does."""
    return next((kind for kind in KINDS if kind.is_mine(root)), None)


def read_file(file: Path, before: int = 0) -> Iterator[RawRecord | Finding]:
    """Records of one file; `before` bytes were read from other files."""
    root = root_of(file)
    kind = kind_of(root) if root else None
    if root is not None and kind is None:
        yield finding("xml.unknown", file.name, root.line, root=root.name)
        return
    try:
        if kind is None:
            for _ in records(file, ()):
                pass
            raise XmlBroken(1, "no root element")
        for node in records(file, kind.RECORDS):
            yield from kind.read_node(node, file, before + node.end)
    except XmlBroken as broken:
        yield finding("xml.broken", file.name, broken.line, detail=broken.detail)
