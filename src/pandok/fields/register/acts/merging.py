"""Rows that belong to one design are put together; a row that contradicts an earlier one of its run is left out.

Rows of a design that stand together become one record. Rows that come later in the source make a second record with
more views, so that nothing is held in memory. A fact that only one row gives is not a contradiction.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from pandok.fields.register.import_findings import finding
from pandok.fields.register.lists.designs_of_run import Seen
from pandok.fields.register.records import RawRecord, SourceFinding
from pandok.fields.register.row_checks import check_id

_ORDER_OF_NOTICE = ("status", "holder", "article", "locarno_class", "registration_number")


def said(record: RawRecord) -> dict[str, str]:
    """The facts that a record really gives, trimmed."""
    return {name: value.strip() for name, value in record.facts.items() if value and value.strip()}


def contradiction(earlier: dict[str, str], later: dict[str, str]) -> str | None:
    """The name of the first fact on which the two disagree; None where they agree."""
    names = [*_ORDER_OF_NOTICE, *sorted(later.keys() - set(_ORDER_OF_NOTICE))]
    return next((name for name in names if name in earlier and name in later and earlier[name] != later[name]), None)


def joined(earlier: str, later: str) -> str:
    """Two parts of one fact, each part once: `joined("26-05", "26-03")` is `"26-05; 26-03"`."""
    parts = [part.strip() for part in f"{earlier};{later}".split(";")]
    return "; ".join(dict.fromkeys(part for part in parts if part))


def merged(records: Iterable[RawRecord | SourceFinding], seen: Seen) -> Iterator[RawRecord | SourceFinding]:
    """Records with their rows put together, and findings, in the order of the source."""
    current: RawRecord | None = None
    facts: dict[str, str] = {}
    for item in records:
        if isinstance(item, SourceFinding):
            yield item
            continue
        record = replace(item, design_id=item.design_id.strip())
        bad_id = check_id(record)
        if bad_id:
            yield bad_id
            continue
        if current is None or record.design_id != current.design_id:
            if current is not None:
                seen.add(current.design_id, facts)
                yield replace(current, facts=facts)
            current, facts = replace(record, views=(), citations=(), unread={}), seen.facts(record.design_id) or {}
        new = said(record)
        for name in record.joined & facts.keys() & new.keys():
            new[name] = joined(facts[name], new[name])
        fact = contradiction({name: value for name, value in facts.items() if name not in record.joined}, new)
        if fact:
            first, second = facts[fact], new[fact]
            yield finding(
                "id.conflict", record.file, record.line, record.design_id, fact=fact, first=first, second=second
            )
            continue
        facts = {**facts, **new}
        current = replace(
            current,
            views=current.views + record.views,
            citations=current.citations + record.citations,
            done=record.done,
            unread={**current.unread, **record.unread},
        )
    if current is not None:
        seen.add(current.design_id, facts)
        yield replace(current, facts=facts)
