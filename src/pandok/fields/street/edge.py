"""A pole that reads by itself: the readers of the street, on the spot, with or without the network.

What it measured goes into its spool with the states of its readers and what they told, in one transaction; then it
acts. Pandok reads the same readings with the same readers later and finds the same ids: nothing is raised twice. Levels
of sound stay here: they are read and not sent.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any

from pandok.core.errors import StoreError
from pandok.fields.street.hazards import Hazard, Said, Seen
from pandok.fields.street.messages import ReadingSent
from pandok.fields.street.observed import FORGOTTEN, OBSERVED
from pandok.fields.street.spool import PoleSpool

Act = Callable[[dict[str, Any]], None]
"""Lamp, siren, sign on the spot. Called again where the pole stopped in between: it must be harmless twice."""


class EdgePole:
    def __init__(self, spool: PoleSpool, hazards: Sequence[Hazard], act: Act):
        """Goes on from the states that the spool holds; a reader of another version begins anew."""
        self.spool, self._hazards, self._act = spool, hazards, act
        self.begun_anew: list[str] = []
        states = spool.states()
        for one in hazards:
            if one.name in states:
                try:
                    one.restore(states[one.name])
                except StoreError:
                    self.begun_anew.append(one.name)

    def measured(self, readings: Sequence[ReadingSent]) -> list[Said]:
        """On disk when this returns, and acted upon; what cannot be is left out. Gives what the readers told."""
        good = [one for one in readings if _can_be(one)]
        told = [
            said
            for one in good
            for hazard in self._hazards
            for said in hazard.take(Seen(one.sensor, one.property, one.at_ms, one.value))
        ]
        sent = [one.model_dump() for one in good if one.property not in FORGOTTEN]
        states = {one.name: one.saved() for one in self._hazards}
        self.spool.put(sent, states, [_as_json(one) for one in told])
        self.act()
        return told

    def act(self) -> None:
        """Also what was told before a stop, and not acted upon."""
        for number, said in self.spool.not_acted():
            self._act(said)
            self.spool.acted(number)


def _can_be(one: ReadingSent) -> bool:
    known = OBSERVED.get(one.property)
    return known is not None and one.unit == known.unit and known.lowest <= one.value <= known.highest


def _as_json(said: Said) -> dict[str, Any]:
    return asdict(said) | {"reason": {"ko": said.reason.ko, "en": said.reason.en}}
