from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from pandok.core.audit import GENESIS, AuditEvent, AuditLink, chain_hash, verify

AT = datetime(2025, 3, 1, 9, 0, tzinfo=UTC)


def event(action: str = "look", **details: str | int | bool | None) -> AuditEvent:
    return AuditEvent("officer-1", action, "design:1", "이유", AT, details)


def chain(count: int) -> list[AuditLink]:
    links: list[AuditLink] = []
    for sequence in range(1, count + 1):
        previous = links[-1].hash if links else GENESIS
        each = event(f"act-{sequence}")
        links.append(AuditLink(sequence, previous, chain_hash(previous, each, sequence=sequence), each))
    return links


def test_whole_chain_holds() -> None:
    links = chain(4)
    assert verify(links) is None
    assert verify(links, head=links[-1].hash) is None
    assert verify([]) is None


@pytest.mark.parametrize("part", ["actor", "action", "object", "reason", "at", "details"])
def test_every_part_of_an_event_is_covered(part: str) -> None:
    links = chain(3)
    value = {"at": AT + timedelta(microseconds=1), "details": {"n": 1}}.get(part, "another")
    links[1] = replace(links[1], event=replace(links[1].event, **{part: value}))
    broken = verify(links)
    assert broken is not None
    assert (broken.sequence, broken.fault) == (2, "hash")


def test_removed_reordered_and_cut_entries_show() -> None:
    links = chain(4)
    removed = verify([links[0], *links[2:]])
    assert removed is not None
    assert (removed.sequence, removed.fault) == (2, "sequence")
    renumbered = verify([links[0], replace(links[2], sequence=2)])
    assert renumbered is not None
    assert renumbered.fault == "previous"
    cut = verify(links[:3], head=links[3].hash)
    assert cut is not None
    assert cut.fault == "head"


def test_hash_does_not_depend_on_zone_or_key_order() -> None:
    seoul = timezone(timedelta(hours=9))
    one = AuditEvent("a", "b", "c", "", AT, {"x": 1, "y": 2})
    other = AuditEvent("a", "b", "c", "", AT.astimezone(seoul), {"y": 2, "x": 1})
    assert chain_hash(GENESIS, one, sequence=1) == chain_hash(GENESIS, other, sequence=1)


def test_known_hash_stays_the_same() -> None:
    """A change of the canonical form would break every chain that is stored."""
    known = "a623d6ec6e4e276aa58fe8bc275cbbf2e85ecd4cd99a516a363697a184538cc5"
    assert chain_hash(GENESIS, AuditEvent("a", "b", "c", "이유", AT, {"n": 1}), sequence=1) == known


def test_event_needs_a_zone_and_a_who() -> None:
    with pytest.raises(ValueError, match="time zone"):
        AuditEvent("a", "b", "c", "", datetime(2025, 1, 1))
    with pytest.raises(ValueError, match="actor"):
        AuditEvent("", "b", "c", "", AT)
