"""The report of a result, in both languages: what page, PDF and JSON are drawn from."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from pandok.core.lab.strict_value import StrictValue
from pandok.core.text import Text


class SectionKey(StrEnum):
    """Shaped after what ISO/IEC TS 4213:2022 asks a report to state."""

    PURPOSE = "purpose"
    DATA = "data"
    MODEL = "model"
    METHOD = "method"
    ENVIRONMENT = "environment"
    RESULTS = "results"
    COMPARISON = "comparison"
    LIMITATIONS = "limitations"
    REPRODUCIBILITY = "reproducibility"


class Fact(StrictValue):
    label: Text
    value: Text


class Table(StrictValue):
    title: Text
    head: tuple[Text, ...]
    rows: tuple[tuple[Text, ...], ...]


class Section(StrictValue):
    key: SectionKey
    title: Text
    paragraphs: tuple[Text, ...] = ()
    facts: tuple[Fact, ...] = ()
    tables: tuple[Table, ...] = ()


class Report(StrictValue):
    kind: str = "pandok result report 1"
    title: Text
    verdict: str
    verdict_words: Text
    said: tuple[Text, ...]
    sections: tuple[Section, ...]
    registration_sha256: str
    comparison_sha256: str
    model_sha256: str
    made_at: datetime
