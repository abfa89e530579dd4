"""One form of dates: one place defines it, every template uses it, machines read it."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.template import engines
from django.utils import translation

import pandok
from tests.web.dates_shown import foreign_dates

SOURCE = Path(pandok.__file__).parent
TEMPLATES = sorted(SOURCE.rglob("web/templates/**/*.*"))
OURS = r"\|(?:day|day_short|moment|moment_short|moment_exact|month|day_field|days_left)\b"
OTHER_FILTERS = re.compile(
    r"\|\s*(?:date|time|timesince|timeuntil|naturaltime|naturalday)\b|\{%\s*now\b|_(?:at|on|until)\|slice"
)
A_DATE = re.compile(r"(?:^|[._])(?:at|on|until|since|day|month|begins|expires|deadline|date)$")
NO_DATES = frozenset(
    {"sent.day", "day", "until", "at", "since", "on", "month", "died_at|speak", "term.last_day|speak", "one.found_at"}
)
"""What a person typed, and names inside a translated sentence, whose values come through the filters;
words that were made of a date, and an address."""


def test_templates_print_no_date_by_themselves() -> None:
    assert len(TEMPLATES) > 100
    found = []
    for path in TEMPLATES:
        text = path.read_text(encoding="utf-8")
        found += [f"{path.name}: {one.group(0)}" for one in OTHER_FILTERS.finditer(text)]
        for printed in re.findall(r"\{\{\s*([^}]+?)\s*\}\}", text) + re.findall(r"\bwith ([^%]*)%\}", text):
            for one in printed.split():
                value = one.partition("=")[2] or one
                if A_DATE.search(value.partition("|")[0]) and not re.search(OURS, value) and value not in NO_DATES:
                    found.append(f"{path.name}: {one}")
    assert found == []


def test_pages_prepare_no_date_by_themselves() -> None:
    own_form = re.compile(r"\.isoformat\(|strftime|:%[Yd]")
    pages = sorted(SOURCE.rglob("web/shown/*.py"))
    assert len(pages) > 30
    assert [path.name for path in pages if own_form.search(path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize(
    ("template", "ko", "en"),
    [
        ("{{ x|day }}", "2026년 3월 3일(화)", "Tuesday 3 March 2026"),
        ("{{ x|day_short }}", "2026.03.03(화)", "Tue 03 Mar 2026"),
        ("{{ x|moment }}", "2026년 3월 3일(화) 00:30", "Tuesday 3 March 2026, 00:30"),
        ("{{ x|moment_short }}", "2026.03.03(화) 00:30", "Tue 03 Mar 2026, 00:30"),
        ("{{ x|moment_exact }}", "2026.03.03(화) 00:30:05", "Tue 03 Mar 2026, 00:30:05"),
    ],
)
def test_a_moment_is_said_in_the_time_of_the_office_and_for_machines(template: str, ko: str, en: str) -> None:
    late = datetime(2026, 3, 2, 15, 30, 5, tzinfo=UTC)
    for language, words in (("ko", ko), ("en", en)):
        with translation.override(language):
            shown = engines["django"].from_string(template).render({"x": late})
            same = engines["django"].from_string(template).render({"x": late.isoformat()})
        assert shown == same
        assert re.fullmatch(r'<time datetime="2026-03-03[^"]*">(.+)</time>', shown)[1] == words  # type: ignore[index]
        assert foreign_dates(shown) == []


def test_nothing_is_said_of_no_date() -> None:
    for name in ("day", "day_short", "moment", "moment_short", "moment_exact", "days_left", "day_field"):
        assert engines["django"].from_string("{{ x|" + name + " }}").render({"x": None}) == ""


def test_a_form_field_gets_the_machines_form() -> None:
    assert engines["django"].from_string("{{ x|day_field }}").render({"x": date(2026, 3, 3)}) == "2026-03-03"


def test_other_forms_are_noticed() -> None:
    for html in ("<p>bis 2026-03-03</p>", "<td>03-03 09:00</td>", "<b>2026/3/3</b>"):
        assert foreign_dates(html)
    for html in ('<time datetime="2026-03-03">3.3</time>', "<code>2026-03-03</code>", "<b>2026-000001</b>"):
        assert not foreign_dates(html)
