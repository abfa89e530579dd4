"""XML read as a stream of records, without entities, with line numbers, in little memory.

Names are compared without their namespace, because the same office writes one element under several prefixes.
Entity declarations and external entities are refused by defusedxml; a document type by itself is not read.
"""

from __future__ import annotations

from collections.abc import Collection, Generator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import errors

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import XMLParser

from pandok.core.errors import ImportRefused
from pandok.core.text import Text
from pandok.fields.register.import_findings import finding
from pandok.fields.register.importers.xml_source import PIECE_BYTES, NotInItsEncoding, Utf8Pieces

MAX_RECORD_CHARACTERS = 8_000_000
MAX_RECORD_ELEMENTS = 200_000
MAX_DEPTH = 200
MAX_NAME_CHARACTERS = 2_000
"""Of a name with its namespace: expat writes a namespace out before every name that is in it."""
MAX_ATTRIBUTES = 1_000
MAX_TOKEN_BYTES = 4_000_000
"""Of one comment, tag or declaration: expat before 2.6 begins an unfinished one again with every piece that is fed."""
_DECLARATION_INSIDE = errors.codes[errors.XML_ERROR_MISPLACED_XML_PI]


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
        left = self.children[::-1]
        while left:
            node = left.pop()
            yield node
            left += node.children[::-1]

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


@dataclass(frozen=True, slots=True)
class XmlBroken:
    """A document breaks off here; everything before was read. `encoding`: that of the file, where its bytes do not keep
    to it."""

    line: int
    detail: str
    encoding: str = ""


class _Dangerous(Exception):
    pass


def _refuse_declaration(*_: object) -> None:
    raise _Dangerous


class _Builder:
    """Target of the parser for one document: keeps only the records, drops everything between them.

    `opened` collects every element as it opens where that is wanted. `first_line` is that of the document in its file.
    """

    def __init__(self, record_names: Collection[str], first_line: int, opened: list[Node] | None):
        self.record_names = record_names
        self.first_line = first_line
        self.opened = opened
        self.position = 0
        self.finished: list[Node] = []
        self.depth = 0
        self.moved = False
        self.has_root = False
        self.parser = XMLParser(
            target=self, encoding="utf-8", forbid_dtd=False, forbid_entities=True, forbid_external=True
        )
        # A default value is written out at every element that leaves the attribute out.
        self.parser.parser.AttlistDeclHandler = _refuse_declaration
        self._open: list[Node] = []
        self._parts: list[list[str]] = []
        self._characters = self._elements = 0

    @property
    def complete(self) -> bool:
        """The root element has been closed."""
        return self.has_root and self.depth == 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        self.has_root = self.moved = True
        if self.depth > MAX_DEPTH or len(tag) > MAX_NAME_CHARACTERS or len(attributes) > MAX_ATTRIBUTES:
            raise _Dangerous
        if attributes and max(map(len, attributes)) > MAX_NAME_CHARACTERS:
            raise _Dangerous
        namespace, _, name = tag.rpartition("}")
        local = {key.rpartition("}")[2]: value for key, value in attributes.items()}
        line = self.parser.parser.CurrentLineNumber + self.first_line - 1
        node = Node(name, namespace.lstrip("{"), local, line)
        if self.opened is not None:
            self.opened.append(node)
        if self._open or name in self.record_names:
            self._elements += 1
            if self._elements > MAX_RECORD_ELEMENTS:
                raise _Dangerous
            if self._open:
                self._open[-1].children.append(node)
            self._open.append(node)
            self._parts.append([])

    def data(self, text: str) -> None:
        self.moved = True
        if self._open:
            self._characters += len(text)
            if self._characters > MAX_RECORD_CHARACTERS:
                raise _Dangerous
            # Text of inline elements belongs to the sentence too, but no fact of the register needs it.
            self._parts[-1].append(text)

    def end(self, _tag: str) -> None:
        self.moved = True
        self.depth -= 1
        if self._open:
            node = self._open.pop()
            node.text = "".join(self._parts.pop())
            if not self._open:
                node.end = self.position
                self.finished.append(node)
                self._characters = self._elements = 0

    def close(self) -> None:
        return None

    def done_with(self) -> None:
        """Let go of the parser, which holds this target and itself in a circle: a file may hold thousands."""
        vars(self.parser).clear()

    def take(self) -> list[Node]:
        """The records that are complete, once."""
        done, self.finished = self.finished, []
        return done


def dangerous_xml(path: Path) -> ImportRefused:
    text = finding("xml.dangerous", path.name, 0).text
    return ImportRefused(
        Text(ko=f"{path.name}: {text.ko}", en=f"{path.name}: {text.en}"),
        Text(ko="이 파일은 가져오지 않았습니다.", en="Nothing of this file was imported."),
        code="import.xml_dangerous",
        file=path.name,
    )


def records(path: Path, record_names: Collection[str]) -> Iterator[Node | XmlBroken]:
    """The outermost elements with one of these names, as soon as each is complete, of every document of the file.

    Offices deliver thousands of documents one after another in one file; lines are counted through the file. A document
    that is not well formed is given as XmlBroken in its place, and reading goes on with the next. Raises ImportRefused
    where a document declares entities or a record is huge.
    """
    return (item for item in _documents(path, record_names) if item is not None)


def elements(path: Path, at_most: int = 5_000) -> Iterator[Node]:
    """The first elements of a file as they open (no children), the root first, as far as it can be read."""
    opened: list[Node] = []
    left = at_most
    for _ in _documents(path, (), opened):
        yield from opened[:left]
        left -= len(opened)
        opened.clear()
        if left <= 0:
            return
    yield from opened[:left]


def root_of(path: Path) -> Node | None:
    """The root element (no children) without reading the rest; None where there is none."""
    return next(elements(path, 1), None)


def _documents(
    path: Path, names: Collection[str], opened: list[Node] | None = None
) -> Iterator[Node | XmlBroken | None]:
    """Records and breaks of all documents of a file, and None after each piece that was read."""
    try:
        source = Utf8Pieces(path)
    except LookupError as error:  # an encoding that Python does not know
        yield XmlBroken(1, str(error))
        return
    with source:
        while True:
            document = _Builder(names, source.line, opened)
            try:
                more = yield from _document(document, source)
            except (DefusedXmlException, _Dangerous):
                raise dangerous_xml(path) from None
            except NotInItsEncoding as wrong:
                yield from document.take()
                yield XmlBroken(wrong.line, str(wrong), wrong.encoding)
                more = source.skip_to_declaration()
            except ParseError as error:
                yield XmlBroken(error.position[0] + document.first_line - 1, str(error))
                more = source.skip_to_declaration()
            finally:
                document.done_with()
            if not more:
                return


def _document(document: _Builder, source: Utf8Pieces) -> Generator[Node | None, None, bool]:
    """Read one document. True where another one follows, at which `source` then stands. Raises ParseError."""
    recent = b""
    fed = unfinished = 0
    while piece := source.read():
        document.position = source.position
        recent = (recent + piece)[-3 * PIECE_BYTES :]
        fed += len(piece)
        try:
            document.parser.feed(piece)
        except ParseError as error:
            yield from document.take()
            place = max(0, len(recent) - fed + document.parser.parser.ErrorByteIndex)
            # At a declaration inside a document that was cut short, the next document begins; elsewhere the error must
            # be left behind, or it would be met again.
            step = 0 if document.complete or error.code == _DECLARATION_INSIDE else 1
            source.unread(recent[place + step :])
            if document.complete:
                return True
            raise
        unfinished = 0 if document.moved else unfinished + len(piece)
        document.moved = False
        if unfinished > MAX_TOKEN_BYTES:
            raise _Dangerous
        yield from document.take()
        yield None
    if document.complete or fed:
        document.parser.close()
    return False
