"""The bytes of an XML file as UTF-8, piece by piece, in whatever encoding it declares.

expat reads no multi-byte encodings, and Korean offices deliver EUC-KR and CP949. By XML 1.0, 4.3.3, the declaration
holds; without one the file is UTF-8, or UTF-16 where its first bytes say so.
"""

from __future__ import annotations

import codecs
import re
from pathlib import Path

PIECE_BYTES = 65_536
_DECLARED = re.compile(rb"""<\?xml[^>]{0,500}?encoding\s*=\s*["']([A-Za-z][\w.:-]{0,60})["']""")
_DECLARATION = re.compile(rb"<\?xml\s")
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_OTHER_NAMES = {"windows-949": "cp949", "x-windows-949": "cp949", "ksc_5601": "cp949", "ms_949": "cp949"}


class NotInItsEncoding(Exception):
    """Internal to the import: bytes that the encoding of the file does not know. `line` counts from 1."""

    def __init__(self, line: int, encoding: str):
        super().__init__(f"no {encoding}")
        self.line, self.encoding = line, encoding


def encoding_of(start: bytes) -> str:
    """The Python codec for a file that begins with `start`. Raises LookupError for a name that no codec of text has.

    >>> encoding_of(b'<?xml version="1.0" encoding="EUC-KR"?>'), encoding_of(b"<response/>")
    ('cp949', 'utf-8')
    """
    for mark, encoding in _MARKS:
        if start.startswith(mark):
            return encoding
    declared = _DECLARED.search(start)
    name = declared[1].decode("ascii").casefold() if declared else "utf-8"
    if name.replace("_", "-").startswith(("utf-16", "utf-32", "ucs-2", "unicode")):
        return "utf-8"  # what can be read in letters of one byte is none of these, whatever a program wrote there
    codec = codecs.lookup(_OTHER_NAMES.get(name, name)).name
    b"".decode(codec)  # raises LookupError where the codec is none of text
    # CP949 holds all of EUC-KR (KS C 5601-1987), and files that are called so use its further syllables.
    return "cp949" if codec == "euc_kr" else codec


class Utf8Pieces:
    """`read` gives the next piece and nothing at the end; `unread` puts bytes back. `line` is that of the next byte,
    `position` how many bytes of the file have been read."""

    def __init__(self, path: Path):
        self._file = path.open("rb")
        try:
            self.encoding = encoding_of(self._file.read(1024))
        except LookupError:
            self._file.close()
            raise
        self._file.seek(0)
        self._decoder = codecs.getincrementaldecoder(self.encoding)()
        self._back = self._raw = b""
        self._broken: UnicodeDecodeError | None = None
        self._first, self._over = True, False
        self.line = 1
        self.position = 0

    def __enter__(self) -> Utf8Pieces:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def read(self) -> bytes:
        """Raises NotInItsEncoding once for each place that cannot be decoded; the next call goes on behind it."""
        piece, self._back = self._back, b""
        while not piece and not self._over:
            piece = self._next()
        self.line += piece.count(b"\n")
        return piece

    def unread(self, piece: bytes) -> None:
        self._back = piece + self._back
        self.line -= piece.count(b"\n")

    def skip_to_declaration(self) -> bool:
        """Leave out everything before the next XML declaration. False where there is none."""
        kept = b""
        while True:
            try:
                piece = self.read()
            except NotInItsEncoding:
                continue
            if not piece:
                return False
            seen = kept + piece
            found = _DECLARATION.search(seen)
            if found:
                self.unread(seen[found.start() :])
                return True
            kept = seen[-5:]

    def _next(self) -> bytes:
        if self._broken is not None:
            broken, self._broken = self._broken, None
            self._raw = broken.object[broken.end :]
            raise NotInItsEncoding(self.line, self.encoding)
        raw, self._raw = self._raw or self._file.read(PIECE_BYTES), b""
        self.position = self._file.tell()
        try:
            text = self._decoder.decode(raw, not raw)
            self._over = not raw
        except UnicodeDecodeError as error:
            self._decoder.reset()
            self._broken = error
            text = error.object[: error.start].decode(self.encoding)
        if self._first and text:
            text, self._first = text.removeprefix("\ufeff"), False
        return text.encode("utf-8", "replace")
