"""Spread in words: the six regions, what was tried, accepted and refused there; a hand-over with its conditions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pandok.core.programme.hand_over import Became, Conditions, HandOver
from pandok.core.programme.indicators import Direction
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.core.text import Text
from pandok.fields.programme.kpi_words import measured, promised
from pandok.fields.programme.lists.spread import Reached, RegionCounts
from pandok.fields.programme.topics import KoreanRegion
from pandok.fields.programme.web.shown.evidence_facts import BADGES
from pandok.proof.verdict import Verdict

PROVEN_THERE = Text(ko="실증함", en="tried")
BECAME_BADGES = {None: "badge-plain", Became.ACCEPTED: "badge-good", Became.REFUSED: "badge-bad"}
CONDITIONS = {
    "devices": Text(ko="장비", en="Devices"),
    "season": Text(ko="계절·시간", en="Season and times"),
    "prevalence": Text(ko="발생 빈도", en="How often it occurs"),
}


@dataclass(frozen=True)
class RegionShown:
    region: KoreanRegion
    words: Text
    tried: int
    accepted: int
    refused: int


@dataclass(frozen=True)
class ReachedShown:
    title: str
    number: str
    site: str
    region: Text
    day: date
    what: Text
    badge: str
    verdict: Text
    verdict_badge: str
    differences: list[tuple[Text, str, str]]


def regions_shown(counts: dict[KoreanRegion, RegionCounts]) -> list[RegionShown]:
    """The six, in the order in which the map places them; "everywhere" only where something is there."""
    return [
        RegionShown(region, region.words, found.tried, found.accepted, found.refused)
        for region, found in counts.items()
        if region is not KoreanRegion.EVERYWHERE or found != RegionCounts(0, 0, 0)
    ]


def reached_shown(one: Reached) -> ReachedShown:
    verdict = Verdict(one.verdict)
    return ReachedShown(
        one.hand_over.title,
        one.hand_over.number,
        one.site,
        one.region.words,
        one.at.astimezone(OFFICE_ZONE).date(),
        one.became.words if one.became else PROVEN_THERE,
        BECAME_BADGES[one.became],
        verdict.words,
        BADGES[verdict],
        differences_shown(one.hand_over.sheet.conditions, one.here) if one.here else [],
    )


def differences_shown(proven: Conditions, here: Conditions) -> list[tuple[Text, str, str]]:
    """What differs between where it was proven and here."""
    return [
        (words, getattr(proven, name), getattr(here, name))
        for name, words in CONDITIONS.items()
        if getattr(proven, name) != getattr(here, name)
    ]


def kpis_handed(said: HandOver) -> list[tuple[str, Text, Text, Text, str]]:
    """Name, what was promised, what came out, verdict and its badge."""
    rows = []
    for one in said.kpis:
        verdict = Verdict(one.verdict)
        said_before = promised(one.target, one.unit, one.baseline, Direction(one.direction).words)
        came_out = measured(one.value, one.interval, one.unit)
        rows.append((one.name, said_before, came_out, verdict.words, BADGES[verdict]))
    return rows
