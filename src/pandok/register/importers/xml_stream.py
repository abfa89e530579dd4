"""XML read as a stream of records, without entities, with line numbers, in little memory.

Names are compared without their namespace, because the same office writes one element under several prefixes.
Entity declarations and external entities are refused by defusedxml; a document type by itself is not read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import XMLParser

from pandok.core.errors import ImportRefused
from pandok.core.text import Text
from pandok.register.findings import finding

MAX_RECORD_CHARACTERS = 8_000_000
MAX_RECORD_ELEMENTS = 200_000
MAX_DEPTH = 200
_CHUNK_BYTES = 65_536


@dataclass(slots=True)
class Node:
    """An element: local name, namespace, attributes by local name, text, children, and the line where it starts."""

    name: str
    namespace: str
    attributes: dict[str, str]
    line: int
    end: int = 0
    text: str = ""
    children: list[Node] = field(default_factory=list)

    def walk(self) -> Iterator[Node]:
        """All elements below this one, in the order of the document."""
        for child in self.children:
            yield child
            yield from child.walk()

    def all(self, *names: str) -> Iterator[Node]:
        """All elements below with one of these names."""
        return (node for node in self.walk() if node.name in names)

    def first(self, *names: str) -> Node | None:
        """The first element below with the first of these names that is there at all."""
        return next((node for name in names for node in self.all(name)), None)

    def value(self, *names: str) -> str:
        """The text of the first element below, by preference of `names`, that has one."""
        return next((node.text.strip() for name in names for node in self.all(name) if node.text.strip()), "")

    def at(self, *path: str) -> Node | None:
        """The element at a path of child names."""
        node: Node | None = self
        for name in path:
            node = next((child for child in node.children if child.name == name), None) if node else None
        return node

    def value_at(self, *path: str) -> str:
        node = self.at(*path)
        return node.text.strip() if node else ""


class XmlBroken(Exception):
    """Internal to the import: the XML breaks off. Everything before was read."""

    def __init__(self, line: int, detail: str):
        super().__init__(detail)
        self.line, self.detail = line, detail


class _Dangerous(Exception):
    pass


class _Builder:
    """Target of the parser: keeps only the records, drops everything between them."""

    def __init__(self, record_names: Collection[str]):
        self.record_names = record_names
        self.finished: list[Node] = []
        self.root: Node | None = None
        self.depth = 0
        self.parser: XMLParser | None = None
        self._open: list[Node] = []
        self._parts: list[list[str]] = []
        self._characters = self._elements = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        namespace, _, name = tag.rpartition("}")
        assert self.parser is not None
        expat = self.parser.parser
        local = {key.rpartition("}")[2]: value for key, value in attributes.items()}
        node = Node(name, namespace.lstrip("{"), local, expat.CurrentLineNumber)
        self.root = self.root or node
        if self._open or name in self.record_names:
            self._elements += 1
            if self.depth > MAX_DEPTH or self._elements > MAX_RECORD_ELEMENTS:
                raise _Dangerous
            if self._open:
                self._open[-1].children.append(node)
            self._open.append(node)
            self._parts.append([])

    def data(self, text: str) -> None:
        if self._open:
            self._characters += len(text)
            if self._characters > MAX_RECORD_CHARACTERS:
                raise _Dangerous
            # Text of inline elements belongs to the sentence too, but no fact of the register needs it.
            self._parts[-1].append(text)

    def end(self, _tag: str) -> None:
        self.depth -= 1
        if self._open:
            node = self._open.pop()
            node.text = "".join(self._parts.pop())
            if not self._open:
                assert self.parser is not None
                node.end = self.parser.parser.CurrentByteIndex
                self.finished.append(node)
                self._characters = self._elements = 0

    def close(self) -> None:
        return None


def dangerous_xml(path: Path) -> ImportRefused:
    text = finding("xml.dangerous", path.name, 0).text
    return ImportRefused(
        Text(ko=f"{path.name}: {text.ko}", en=f"{path.name}: {text.en}"),
        Text(ko="이 파일은 가져오지 않았습니다.", en="Nothing of this file was imported."),
        code="import.xml_dangerous",
        file=path.name,
    )


def records(path: Path, record_names: Collection[str]) -> Iterator[Node]:
    """The outermost elements with one of these names, as soon as each is complete.

    Raises XmlBroken where the XML is not well formed, ImportRefused where it declares entities or a record is huge.
    """
    for item in _parse(path, record_names):
        if item is not None:
            yield item


def root_of(path: Path) -> Node | None:
    """The root element (no children) without reading the rest; None where there is none."""
    builder = _Builder(())
    try:
        for _ in _parse(path, (), builder):
            if builder.root is not None:
                break
    except XmlBroken:
        pass
    return builder.root


def _parse(path: Path, record_names: Collection[str], builder: _Builder | None = None) -> Iterator[Node | None]:
    builder = builder or _Builder(record_names)
    parser = XMLParser(target=builder, forbid_dtd=False, forbid_entities=True, forbid_external=True)
    builder.parser = parser
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK_BYTES):
                parser.feed(chunk)
                yield from builder.finished
                builder.finished.clear()
                yield None
            parser.close()
    except (DefusedXmlException, _Dangerous):
        raise dangerous_xml(path) from None
    except ParseError as error:
        yield from builder.finished
        builder.finished.clear()
        raise XmlBroken(error.position[0], str(error)) from None
    except (LookupError, ValueError) as error:  # an encoding that Python or expat does not know
        raise XmlBroken(1, str(error)) from None
