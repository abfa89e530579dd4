"""A certificate: facts and a table on paper, of a deletion or a trial. The same values give the same bytes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from importlib.resources import files
from typing import Any

from pandok.common.papers.printing import printed
from pandok.core.dates import moment_short
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.core.text import Text
from pandok.engines.text_and_codes.square_code import square_code_svg

_STATES = {"planned": Text(ko="계획", en="planned"), "done": Text(ko="완료", en="done")}


def certificate_pdf(
    *,
    title: str,
    facts: Iterable[tuple[Text, str]],
    header: Iterable[Text],
    rows: Iterable[Sequence[str]],
    at: datetime,
    language: str,
    square: tuple[str, Text] | None = None,
) -> bytes:
    """`facts`: a label and what is said of it; `header` and `rows`: five columns, the second and third the widest.
    `square`: an address for cameras, and where it leads in words."""
    values = {
        "language": language,
        "title": title,
        "footer": title,
        "facts": [{"label": label.in_language(language), "value": value} for label, value in facts],
        "header": [one.in_language(language) for one in header],
        "rows": [list(one) for one in rows],
    }
    pictures = {}
    if square is not None:
        values["square"] = square[1].in_language(language)
        pictures["square.svg"] = square_code_svg(square[0])
    return printed(files("pandok.common.papers") / "certificate.typ", values, at=at, pictures=pictures)


def facts_of_deletion(
    content: dict[str, Any], sha256: str, language: str, *more: tuple[Text, str]
) -> list[tuple[Text, str]]:
    """Of files whose term is over: who, when, why; `more` stands before the audit chain. `sha256` is "" before it is
    done."""
    head = content.get("audit_before")
    return [
        (Text(ko="상태", en="State"), _STATES[content["state"]].in_language(language)),
        (Text(ko="사유", en="Reason"), content["reason"]),
        (Text(ko="보존기간 판", en="Version of the periods"), content["policy"]),
        (Text(ko="제안", en="Proposed"), person(content["planned"], language)),
        (Text(ko="확인", en="Confirmed"), person(content["confirmed"], language)),
        (Text(ko="완료", en="Done"), in_words(content["done_at"], language)),
        *more,
        (Text(ko="감사 사슬", en="Audit chain"), f"#{head['sequence']} {breakable(head['hash'])}" if head else "–"),
        (Text(ko="증명서 sha256", en="sha256 of the certificate"), breakable(sha256) or "–"),
    ]


def in_words(iso: str, language: str, *, seconds: bool = False) -> str:
    """A moment of a certificate as the office writes it; "–" for none."""
    return moment_short(datetime.fromisoformat(iso), OFFICE_ZONE, seconds=seconds).in_language(language) if iso else "–"


def person(said: dict[str, str], language: str, *, seconds: bool = False) -> str:
    """Who and when; "–" for nobody, as where a term agreed before stands in for a second person."""
    when = f" · {in_words(said['at'], language, seconds=seconds)}" if said["at"] else ""
    return f"{said['by'] or '–'}{when}"


def breakable(text: str) -> str:
    """With places to break the line, every 16 letters."""
    return "\u200b".join(text[start : start + 16] for start in range(0, len(text), 16))
