"""What a record says under names that its importer does not read: kept as written, and reported by name."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from pandok.fields.register.importers.xml_stream import Node

LONGEST_VALUE = 500
MOST_NAMES = 60


def unread_of(nodes: Collection[Node], read: Collection[str], passed: Collection[str]) -> dict[str, str]:
    """Leaf elements with text whose name is not among `read`, with their first value; `passed` elements are left out
    with all below them."""
    found: dict[str, str] = {}
    for node in nodes:
        for leaf in _leaves(node, passed):
            text = " ".join(leaf.text.split())
            if text and leaf.name not in read and (leaf.name in found or len(found) < MOST_NAMES):
                found.setdefault(leaf.name, text[:LONGEST_VALUE])
    return found


def _leaves(node: Node, passed: Collection[str]) -> Iterator[Node]:
    if node.name in passed:
        return
    if not node.children:
        yield node
    for child in node.children:
        yield from _leaves(child, passed)
