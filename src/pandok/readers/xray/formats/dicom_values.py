"""Values of a DICOM data set, each by its tag: what cannot be read is left out with a remark, never guessed."""

from __future__ import annotations

import logging
import math
import re
import warnings
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from pydicom import Dataset, config
from pydicom.charset import python_encoding

from pandok.core.hidden_letters import without_hidden
from pandok.readers.xray.formats.refusals import remark
from pandok.readers.xray.scan import ScanRemark

_DATE, _TIME = re.compile(r"\d{8}"), re.compile(r"(\d{2})(\d{2})?(\d{2})?(\.\d{1,6})?")
_DATE_TIME = re.compile(r"(\d{8})(\d{2,6}(?:\.\d{1,6})?)?([+-]\d{4})?")
MOST_TEXT = 2_000
# What does not fit the standard is judged here; pydicom would say it on the console of whoever reads.
config.settings.reading_validation_mode = config.IGNORE
logging.getLogger("pydicom").setLevel(logging.CRITICAL)


class Values:
    """Reads of one data set; `remarks` gathers what was odd in it."""

    def __init__(self, data_set: Dataset):
        self._set = data_set
        self.remarks: dict[str, ScanRemark] = {}

    def remark(self, code: str, ko: str, en: str) -> None:
        self.remarks.setdefault(code, remark(code, ko, en))

    def has(self, tag: int) -> bool:
        return tag in self._set

    def raw(self, tag: int) -> Any:
        """The value, or None; here, or in the shared functional groups and the sequences at the top."""
        for place in self._places():
            if tag in place:
                return self._value(place, tag)
        return None

    def _value(self, place: Dataset, tag: int) -> Any:
        try:
            with warnings.catch_warnings(record=True) as odd:
                warnings.simplefilter("always")
                value = place[tag].value
            if any("decode" in str(one.message) for one in odd):
                self._letters()
            return value
        except Exception:  # pydicom's converters raise whatever Python raises
            self.remark(
                "scan.value_unreadable",
                f"읽을 수 없는 값이 있어 비워 두었습니다({tag >> 16:04X},{tag & 0xFFFF:04X}).",
                f"A value could not be read and was left out ({tag >> 16:04X},{tag & 0xFFFF:04X}).",
            )
            return None

    def _places(self) -> Iterator[Dataset]:
        yield self._set
        for shared in self.items(0x52009229, self._set):
            for element in list(shared.keys()):
                yield from self.items(int(element), shared)
        yield from self.items(0x40100004, self._set)

    def items(self, tag: int, place: Dataset | None = None) -> list[Dataset]:
        """Items of a sequence; none where it is no sequence."""
        at = self._set if place is None else place
        value = self._value(at, tag) if tag in at else None
        return list(value) if value is not None and not isinstance(value, str | bytes) and _is_sets(value) else []

    def text(self, tag: int) -> str:
        value = self.raw(tag)
        if value is None:
            return ""
        if isinstance(value, bytes):
            value = value.decode("utf-8", "replace")
        joined = value if isinstance(value, str) else "\\".join(map(str, value)) if _many(value) else str(value)
        return without_hidden(joined.replace("\0", "").strip())[:MOST_TEXT]

    def texts(self, tag: int) -> tuple[str, ...]:
        return tuple(one for one in self.text(tag).split("\\") if one)

    def number(self, tag: int) -> float | None:
        found = self.numbers(tag)
        return found[0] if found else None

    def numbers(self, tag: int) -> tuple[float, ...]:
        value = self.raw(tag)
        if value is None or value == "":
            return ()
        try:
            found = tuple(float(one) for one in (value if _many(value) else (value,)))
        except (TypeError, ValueError, OverflowError):
            found = (math.nan,)
        if all(math.isfinite(one) for one in found):
            return found
        self.remark("scan.number_unreadable", "숫자가 아닌 값을 비워 두었습니다.", "A number could not be read.")
        return ()

    def whole(self, tag: int) -> int | None:
        found = self.number(tag)
        return int(found) if found is not None and found == int(found) else None

    def offset(self) -> timezone | None:
        """The zone that the file says, or None."""
        said = re.fullmatch(r"([+-])(\d{2})(\d{2})", self.text(0x00080201))
        return _zone(*said.groups()) if said else None

    def moment(self, tag: int) -> tuple[datetime | None, str]:
        """A DT as UTC where it, or the file, says its zone; else as the local time that is written."""
        said = _DATE_TIME.fullmatch(self.text(tag))
        if not said:
            return None, ""
        local = _local(said[1], said[2] or "")
        if local is None:
            return None, ""
        zone = _zone(said[3][0], said[3][1:3], said[3][3:5]) if said[3] else self.offset()
        return _utc(local, zone), local.isoformat()

    def day_and_time(self, day: int, time: int) -> tuple[datetime | None, str]:
        local = _local(self.text(day), self.text(time))
        return (None, "") if local is None else (_utc(local, self.offset()), local.isoformat())

    def check_letters(self) -> None:
        """A remark where the file names a set of letters that nobody knows."""
        unknown = [one for one in self.texts(0x00080005) if one not in python_encoding]
        if unknown:
            self._letters()

    def _letters(self) -> None:
        self.remark(
            "scan.unknown_letters",
            "문자 집합을 모르거나 맞지 않아 글자가 깨졌을 수 있습니다.",
            "The set of letters is unknown or wrong; texts may be garbled.",
        )


def _many(value: Any) -> bool:
    return hasattr(value, "__iter__") and not isinstance(value, str | bytes)


def _is_sets(value: Any) -> bool:
    return hasattr(value, "__len__") and all(isinstance(one, Dataset) for one in value)


def _zone(sign: str, hours: str, minutes: str) -> timezone | None:
    shift = timedelta(hours=int(hours), minutes=int(minutes))
    return timezone(-shift if sign == "-" else shift) if shift < timedelta(hours=15) else None


def _local(day: str, time: str) -> datetime | None:
    said = _TIME.fullmatch(time) if time else None
    if not _DATE.fullmatch(day) or (time and not said):
        return None
    hour, minute, second, part = said.groups() if said else ("0", "0", "0", None)
    try:
        return datetime(
            *(int(day[:4]), int(day[4:6]), int(day[6:])),
            *(int(hour), int(minute or 0), min(int(second or 0), 59)),
            int(float(part or 0) * 1e6),
        )
    except ValueError:
        return None


def _utc(local: datetime, zone: timezone | None) -> datetime | None:
    return None if zone is None else local.replace(tzinfo=zone).astimezone(UTC)
