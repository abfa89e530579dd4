"""Bookings as iCalendar (RFC 5545): what other calendars take in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

_FOLDED = 75
"""Octets in a line, without its end."""


@dataclass(frozen=True)
class CalendarEntry:
    """`changed_at`: when it was made or cancelled last."""

    uid: str
    begins_at: datetime
    ends_at: datetime
    summary: str
    location: str
    changed_at: datetime
    cancelled: bool = False


def icalendar(name: str, entries: Iterable[CalendarEntry]) -> bytes:
    """A calendar in UTF-8, lines ended by CRLF and folded between characters."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Pandok//streetlights//EN", f"X-WR-CALNAME:{_text(name)}"]
    for one in entries:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{_text(one.uid)}",
            f"DTSTAMP:{_moment(one.changed_at)}",
            f"SEQUENCE:{int(one.cancelled)}",
            f"STATUS:{'CANCELLED' if one.cancelled else 'CONFIRMED'}",
            f"DTSTART:{_moment(one.begins_at)}",
            f"DTEND:{_moment(one.ends_at)}",
            f"SUMMARY:{_text(one.summary)}",
            f"LOCATION:{_text(one.location)}",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(words: str) -> str:
    r"""
    >>> _text("북문, 지하차도; 7\n")
    '북문\\, 지하차도\\; 7\\n'
    """
    escaped = words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")


def _folded(line: str) -> bytes:
    parts: list[bytes] = []
    held = b""
    for character in line:
        octets = character.encode()
        # A line that goes on begins with a blank, which counts.
        if len(held) + len(octets) > _FOLDED - (1 if parts else 0):
            parts.append(held)
            held = b""
        held += octets
    return b"\r\n ".join([*parts, held]) + b"\r\n"
