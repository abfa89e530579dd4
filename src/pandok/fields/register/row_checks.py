"""From the strings of a source to values of the register, one finding for each thing that is wrong.

A wrong value takes only itself out; the design and its good views go in.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from pandok.core.days import OPEN_ENDED_YEAR, is_sensible
from pandok.core.hidden_letters import without_hidden
from pandok.core.rights import LegalStatus, canonical_status
from pandok.fields.register.classification import korean, locarno_classes
from pandok.fields.register.import_findings import finding
from pandok.fields.register.records import DATE_FACTS, TEXT_FACTS, RawRecord, SourceFinding

MAY_BE_OPEN = frozenset({"expires_on", "recordal_valid_until"})
"""Last days that a source may leave open: 9999-12-31 is none."""
_LIMITS = {"holder": 500, "article": 500, "word_mark": 300}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffd]")
_YES = {"1", "true", "t", "yes", "y", "o", "예", "등록", "신고", "recorded"}
_NO = {"0", "false", "f", "no", "n", "x", "아니오", "아니요", "미등록", "미신고", "unrecorded", "not recorded"}
_DATE = re.compile(
    r"(?:(\d{4})(\d{2})(\d{2})"  # ISO 8601, basic form: two digits each
    r"|(\d{4})\s*([-./])\s*(\d{1,2})\s*\5\s*(\d{1,2})\.?"
    r"|(\d{4})\s*년\s*(\d{1,2})\s*월\s*(\d{1,2})\s*일)"
    r"(?:[T ].*|Z|[+-]\d\d:\d\d)?"
)
MOST_FURTHER_CLASSES = 30
_HAGUE = re.compile(r"(?:DM[/-]?)?(\d{1,6})", re.IGNORECASE)
NUMBERS = ("registration_number", "application_number", "international_number", "recordal_number")
_ROUNDED = re.compile(r"[+-]?\d(?:[.,]\d*)?E\+\d{1,3}|[+-]?\d[.,]\d*E\d{1,3}|\d{4,}[.,]0+", re.IGNORECASE)
_LOST = re.compile(r"#+|#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA)|=.+", re.IGNORECASE)
"""What a spreadsheet writes for a value that it does not show: a column too narrow, an error, a formula."""


@dataclass(frozen=True, slots=True)
class Checked:
    """Facts of a design: missing where the source does not say, None where it says that there is none. `status` is None
    where the source names none."""

    values: dict[str, str | bool | date | None]
    status: LegalStatus | None
    status_word: str
    status_since: date | None
    findings: tuple[SourceFinding, ...]


def readable(value: str, limit: int) -> bool:
    """Whether a database can hold the value: not too long, no control characters, no replacement characters."""
    return len(value) <= limit and not _CONTROL.search(value)


def check_id(record: RawRecord) -> SourceFinding | None:
    """What is wrong with the design id, if anything."""
    if not record.design_id:
        return finding("row.no_id", record.file, record.line)
    if rounded(record.design_id):
        return finding("id.rounded", record.file, record.line, record.design_id, value=record.design_id)
    if not readable(record.design_id, 100) or without_hidden(record.design_id) != record.design_id:
        return finding("id.bad", record.file, record.line, record.design_id[:40].encode("ascii", "replace").decode())
    return None


def parse_date(value: str) -> date | None:
    """A day from 2024-05-31, 2024. 5. 31., 20240531, 2024년 5월 31일 or an XML date-time; None where it is no day.

    A month is no day: 2024-05 and 202405 give None.
    """
    match = _DATE.fullmatch(value.strip())
    if not match:
        return None
    groups = match.groups()
    year, month, day = groups[:3] if groups[0] else (groups[3], *groups[5:7]) if groups[3] else groups[7:]
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def rounded(number: str) -> bool:
    """Whether a spreadsheet has written a number in its own way (3.02E+12, 3020200012345.0, ####, #N/A): it is lost.

    >>> rounded("3.02E+12"), rounded("3,02E+12"), rounded("30-2020-0012345"), rounded("DM/2E5")
    (True, True, False, False)
    """
    plain = unicodedata.normalize("NFKC", number).strip()
    return bool(_ROUNDED.fullmatch(plain) or _LOST.fullmatch(plain))


def check(record: RawRecord) -> Checked:
    """All values of a record, as the source says them: whether a right still stands is asked later, for a day."""
    findings: list[SourceFinding] = []
    values: dict[str, str | bool | date | None] = {}

    def wrong(code: str, **fields: str) -> None:
        findings.append(finding(code, record.file, record.line, record.design_id, **fields))

    shown = {name: without_hidden(value or "").strip() for name, value in record.facts.items()}
    said = {name: value for name, value in shown.items() if value}
    for name in (*TEXT_FACTS, "locarno_edition", "korean_class_version"):
        limit = _LIMITS.get(name, 20 if name.endswith(("edition", "version")) else 100)
        if name in NUMBERS and name in said and rounded(said[name]):
            wrong("number.rounded", fact=name, value=said[name])
        elif name in said and readable(said[name], limit):
            values[name] = said[name]
        elif name in said:
            wrong("text.bad", fact=name)
    _check_international(said, values, wrong)
    _check_locarno(said, values, wrong)
    _check_korean(said, values, wrong)
    for name in DATE_FACTS:
        if name in said:
            day = parse_date(said[name])
            if day is None:
                wrong("date.bad", fact=name, value=said[name])
            elif name in MAY_BE_OPEN and day.year == OPEN_ENDED_YEAR:
                values[name] = None
            elif not is_sensible(day):
                wrong("date.far", fact=name, value=said[name])
            else:
                values[name] = day
    _check_recordal(said, values, wrong)
    status, word, since = _check_status(said, wrong)
    return Checked(values, status, word, since, tuple(findings))


def hague_number(written: str) -> str | None:
    """An international registration of the Hague system as WIPO writes it; None where it is none.

    >>> hague_number("DM/087 654"), hague_number("dm87654"), hague_number("DM/2087654"), hague_number("30-2020-1")
    ('DM/087654', 'DM/087654', None, None)
    """
    match = _HAGUE.fullmatch(re.sub(r"[\s.]", "", unicodedata.normalize("NFKC", written)))
    return f"DM/{int(match[1]):06d}" if match and int(match[1]) else None


def _check_international(
    said: dict[str, str], values: dict[str, str | bool | date | None], wrong: Callable[..., None]
) -> None:
    if "international_number" not in said:
        return
    values.pop("international_number", None)
    number = hague_number(said["international_number"])
    if number is None:
        wrong("number.hague", value=said["international_number"])
    else:
        values["international_number"] = number


def _check_locarno(
    said: dict[str, str], values: dict[str, str | bool | date | None], wrong: Callable[..., None]
) -> None:
    """The first class is the main one; all others are kept beside it."""
    if "locarno_class" not in said:
        return
    read = locarno_classes(said["locarno_class"])
    if read.unread:
        wrong("class.locarno", value="; ".join(read.unread))
    if read.codes:
        values["locarno_class"] = read.codes[0]
        values["further_classes"] = " ".join(read.codes[1 : MOST_FURTHER_CLASSES + 1])
        if read.edition:
            values.setdefault("locarno_edition", read.edition)


def _check_korean(
    said: dict[str, str], values: dict[str, str | bool | date | None], wrong: Callable[..., None]
) -> None:
    if "korean_class" not in said:
        return
    code = korean(said["korean_class"])
    if code is None:
        wrong("class.korean", value=said["korean_class"])
    else:
        values["korean_class"] = code


def _check_recordal(
    said: dict[str, str], values: dict[str, str | bool | date | None], wrong: Callable[..., None]
) -> None:
    word = said.get("recorded_with_customs", "").casefold()
    if word in _YES:
        values["recorded_with_customs"] = True
    elif word in _NO:
        values["recorded_with_customs"] = False
    elif word:
        wrong("recordal.word", value=word)


def _check_status(said: dict[str, str], wrong: Callable[..., None]) -> tuple[LegalStatus | None, str, date | None]:
    since = None
    if "status_date" in said:
        since = parse_date(said["status_date"])
        if since is None:
            wrong("date.bad", fact="status_date", value=said["status_date"])
        elif not is_sensible(since):
            wrong("date.far", fact="status_date", value=said["status_date"])
            since = None
    if "status" not in said:
        return None, "", since
    word = _CONTROL.sub("", said["status"])[:100]
    status = canonical_status(word)
    if status is None:
        wrong("status.word", value=word)
        return LegalStatus.UNKNOWN, word, since
    return status, word, since
