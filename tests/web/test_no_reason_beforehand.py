"""No page chooses a reason for anybody: every form with radio buttons or lists, of every address."""

from __future__ import annotations

from html.parser import HTMLParser

from django.db import transaction
from django.urls import reverse

from tests.web import access_samples
from tests.web.access_table import TABLE
from tests.world import Site

NO_REASONS = frozenset(
    {
        "language", "officer", "roles", "days", "scopes", "system", "kind", "form", "format", "form_id", "tab", "state",
        "turn", "site", "locarno", "locarno_class", "action", "since", "until", "month", "class", "reader", "pack",
        "terms", "importer", "aim", "practice", "rounds",
        "topic", "region", "names_shown",
        "in_force_only", "spectrum", "recorded_only", "events", "keep", "with", "party", "limit", "level",
    }
)  # fmt: skip
"""What a person chooses that is no reason: settings, filters, who does it, on what."""


class Choices(HTMLParser):
    """What a page has chosen beforehand: checked radio buttons, and lists without an empty first entry."""

    def __init__(self) -> None:
        super().__init__()
        self.select, self.options, self.chosen = "", [], []  # type: ignore[var-annotated]
        self.method = "get"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self.method = (given.get("method") or "get").lower()
        if self.method != "post":
            return
        if tag == "input" and given.get("type") == "radio" and "checked" in given:
            self.chosen.append(given.get("name") or "")
        if tag == "select":
            self.select, self.options = given.get("name") or "?", []
        if tag == "option" and self.select:
            self.options.append((given.get("value") or "", "selected" in given))

    def handle_endtag(self, tag: str) -> None:
        if tag == "select" and self.select:
            first = self.options[0][0] if self.options else ""
            if first or any(value and marked for value, marked in self.options):
                self.chosen.append(self.select)
            self.select = ""
        if tag == "form":
            self.method = "get"


def chosen_beforehand(page: str) -> list[str]:
    parser = Choices()
    parser.feed(page)
    return parser.chosen


def test_the_parser_sees_what_is_chosen() -> None:
    assert chosen_beforehand(
        '<form method="post"><input type="radio" name="phrase" checked><select name="why"><option value="a">'
        "</option></select></form>"
    ) == ["phrase", "why"]
    assert chosen_beforehand('<form method="post"><select name="why"><option value=""></option></select></form>') == []


ROWS = [
    (name, row)
    for name, rows in TABLE.items()
    for row in rows
    if row.method == "get" and not row.api and row.allowed and 200 in row.statuses
]


def test_no_page_chooses_a_reason_beforehand(site: Site) -> None:
    found, pages = [], 0
    for name, row in ROWS:
        with transaction.atomic():
            before = dict(site.accounts)
            arguments = getattr(access_samples, row.sample)(site) if row.sample else {}
            answer = site.client(sorted(row.allowed or (), key=str)[0]).get(
                reverse(name, kwargs=arguments), dict(row.data)
            )
            transaction.set_rollback(True)
            site.accounts = before
        if "text/html" not in answer.headers.get("Content-Type", "") or answer.streaming:
            continue
        pages += 1
        found += [f"{name}: {one}" for one in chosen_beforehand(answer.content.decode()) if one not in NO_REASONS]
    assert pages > 40
    assert found == []
