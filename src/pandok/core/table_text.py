"""Tables as offices send them: which encoding, and what stands between the fields.

Excel's "Unicode text" is UTF-16 with tabs, spreadsheets of countries with a decimal comma write semicolons, and Korean
offices write CP949.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

SEPARATORS = (",", ";", "\t", "|")
_SAID = re.compile(r'"?sep=(,|;|\||\t|\\t)"?', re.IGNORECASE)


def marked_encoding(start: bytes) -> str | None:
    """The encoding that the first bytes of a file show; None where only its letters can tell.

    >>> marked_encoding("design_id;path".encode("utf-16")), marked_encoding(b"design_id")
    ('utf-16', None)
    """
    if start.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if b"\0" in start[:64]:  # UTF-16 without a mark: every other byte of a header in Latin letters is zero
        return "utf-16-le" if start[1:2] == b"\0" else "utf-16-be"
    return None


def likelier_encoding(lines: Iterable[bytes]) -> str:
    """ "utf-8" or "cp949": under which fewer lines are broken; UTF-8 where both are as good."""
    broken = {"utf-8": 0, "cp949": 0}
    for line in lines:
        if not line.isascii():
            for encoding in broken:
                broken[encoding] += not _decodes(line, encoding)
    return "cp949" if broken["cp949"] < broken["utf-8"] else "utf-8"


def text_of(data: bytes) -> str:
    """A whole table as text, without its mark; what cannot be decoded becomes U+FFFD."""
    encoding = marked_encoding(data) or likelier_encoding(data.splitlines(keepends=True))
    return data.decode(encoding, "replace").removeprefix("\ufeff")


def said_separator(line: str) -> str | None:
    """What a first line `sep=;` says, Excel's own way to name the separator; None for any other line."""
    said = _SAID.fullmatch(line.removeprefix("\ufeff").strip(" \r\n"))
    return said[1].replace("\\t", "\t") if said else None


def separator(header: str, columns: Collection[str]) -> str:
    """What stands between the fields of a header: under which most of the known `columns` (small letters) are found.

    >>> separator('"design_id";"path"', {"design_id", "path"}), separator("a,b", {"design_id"})
    (';', ',')
    """
    line = header.removeprefix("\ufeff")
    wanted = frozenset(columns)
    found = {one: {name.strip().strip('"').strip().casefold() for name in line.split(one)} for one in SEPARATORS}
    return max(SEPARATORS, key=lambda one: (len(found[one] & wanted), line.count(one)))


def _decodes(line: bytes, encoding: str) -> bool:
    try:
        line.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
