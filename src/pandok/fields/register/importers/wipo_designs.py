"""Designs as WIPO's XML standards nest them: an application or registration with several designs, each with its views.

ST.96 and its forerunner ST.86 differ in the names of elements only, so that one reader serves both with a table of
names (`Names`). What the application says (numbers, applicant, dates)
holds for each of its designs, which may say it more
closely.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pandok.fields.register.import_findings import finding
from pandok.fields.register.importers.nearby import beside
from pandok.fields.register.importers.unread import unread_of
from pandok.fields.register.importers.xml_stream import Node
from pandok.fields.register.paths import PathRefused
from pandok.fields.register.records import RawRecord, RawView, SourceFinding


@dataclass(frozen=True)
class Names:
    """Element names of one standard, the first that has a text counts. `facts` maps a fact of the register to them;
    `elsewhere` have numbers and dates of their own; `passed` are not taken over at all."""

    facts: Mapping[str, tuple[str, ...]]
    design_number: tuple[str, ...]
    holders: tuple[str, ...]
    party_names: tuple[str, ...]
    first_name: str
    last_name: str
    view: str
    view_file: tuple[str, ...]
    view_name: tuple[str, ...]
    classified: str
    """The element round one classification, which may name its kind in `class_kind`; only Locarno is read."""
    class_kind: str
    elsewhere: frozenset[str]
    passed: frozenset[str]

    @property
    def read(self) -> frozenset[str]:
        """All names that are read for something."""
        groups = (*self.facts.values(), self.design_number, self.party_names, self.view_file, self.view_name)
        return frozenset(name for names in groups for name in names) | {
            self.first_name,
            self.last_name,
            self.class_kind,
        }


def read_designs(
    node: Node, file: Path, done: int, names: Names, said: Mapping[str, str] | None = None
) -> Iterator[RawRecord | SourceFinding]:
    """Records of one application or registration. `said`: facts that stand elsewhere and count more than its own."""
    designs = list(node.all("Design")) or [node]
    shared = _shared(node, designs, names)
    around = _outside(node, designs, names)
    whole = _facts(around, names)
    for index, design in enumerate(designs, 1):
        inside = _outside(design, (), names)
        own = _facts(inside, names)
        own["holder"] = _holder(inside, names)
        facts = whole | shared | {fact: value for fact, value in own.items() if value} | dict(said or {})
        design_id = _design_id(shared, own, _value(inside, names.design_number), index, len(designs))
        views: list[RawView] = []
        for view in design.all(names.view):
            written = view.value(*names.view_file)
            try:
                found = beside(file.parent, written) if written and "://" not in written else None
            except PathRefused as refused:
                yield finding(refused.code, file.name, view.line, design_id, path=written)
                continue
            if found:
                name = view.value(*names.view_name) or str(len(views) + 1)
                views.append(RawView(name, found.name, file.parent, view.line, found))
            else:
                yield finding("sheet.missing", file.name, view.line, design_id, path=written or "?")
        unread = unread_of([design], names.read, names.passed | names.elsewhere)
        if designs != [node]:
            others = frozenset({"Design"}) | names.passed | names.elsewhere
            unread = unread_of(node.children, names.read, others) | unread
        yield RawRecord(design_id, facts, file.name, design.line, tuple(views), done=done, unread=unread)


def _facts(nodes: list[Node], names: Names) -> dict[str, str]:
    facts = {fact: _value(nodes, found) for fact, found in names.facts.items()}
    return facts | {"locarno_class": _all_classes(nodes, names)}


def _outside(node: Node, designs: Collection[Node], names: Names) -> list[Node]:
    """Elements below `node`, but not those of `designs`, views and earlier rights, which have dates of their own."""
    found: list[Node] = []
    for child in node.children:
        if child.name in names.elsewhere or any(child is design for design in designs):
            continue
        if child.name == names.classified and not _is_locarno(child, names):
            continue
        found.append(child)
        found.extend(_outside(child, designs, names))
    return found


def _is_locarno(classified: Node, names: Names) -> bool:
    """A classification that does not say what it is counts as Locarno."""
    kind = classified.value(names.class_kind).casefold()
    return not kind or "locarno" in kind or kind == "loc"


def _value(nodes: list[Node], names: tuple[str, ...]) -> str:
    return next((node.text.strip() for name in names for node in nodes if node.name == name and node.text.strip()), "")


def _all_classes(nodes: list[Node], names: Names) -> str:
    """Every class that stands under the first name that is used at all."""
    wanted = names.facts["locarno_class"]
    found = next((name for name in wanted if any(node.name == name and node.text.strip() for node in nodes)), None)
    return "; ".join(dict.fromkeys(node.text.strip() for node in nodes if node.name == found and node.text.strip()))


_SHARED = ("application_number", "registration_number", "international_number")


def _shared(node: Node, designs: list[Node], names: Names) -> dict[str, str]:
    """What the application says for all its designs. With a single `Design` its own values are looked at later."""
    around = _outside(node, [] if designs == [node] else designs, names)
    return {"holder": _holder(around, names)} | {fact: _value(around, names.facts[fact]) for fact in _SHARED}


def _holder(nodes: list[Node], names: Names) -> str:
    holders, applicant = names.holders[:-1], names.holders[-1]
    parties = [node for node in nodes if node.name in holders]
    parties = parties or [node for node in nodes if node.name == applicant]
    return "; ".join(dict.fromkeys(name for name in (_party(party, names) for party in parties) if name))


def _party(party: Node, names: Names) -> str:
    name = party.value(*names.party_names)
    return name or f"{party.value(names.first_name)} {party.value(names.last_name)}".strip()


def _design_id(shared: dict[str, str], own: dict[str, str], number: str, index: int, count: int) -> str:
    """The design's own registration number, else the application's with the design's number where it has many."""
    base = own["registration_number"] or shared["registration_number"] or shared["application_number"]
    if own["registration_number"] or count == 1 or not base:
        return base
    return f"{base}-{number or index}"
