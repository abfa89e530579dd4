"""Who answers in a trial: a second design reader of the model store, on the register as it stands now."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Protocol

from pandok.core.reading import Box
from pandok.fields.designs.acts.readings import CANDIDATES_SHOWN
from pandok.fields.designs.open_desk import Desk
from pandok.fields.designs.photograph_reader import ReadingFilters
from pandok.settings import Settings


@dataclass(frozen=True)
class CaseInput:
    """Exactly what the reader in use was given: photographs, the searched part of the register, drawn boxes."""

    photographs: tuple[bytes, ...]
    filters: dict[str, Any] = field(default_factory=dict)
    boxes: tuple[tuple[int, int, int, int] | None, ...] = ()


class Candidate(Protocol):
    title: str
    card_sha256: str

    def prepare(self) -> None:
        """Whatever takes long and must be done before the first case."""
        ...

    def answer(self, given: CaseInput) -> dict[str, Any]:
        """A JSON-ready value with `outcome` and `candidates` (`design_id`, `score`), the best first. Raises InputError
        for photographs that cannot be read, ModelError and StoreError where it may be tried again."""
        ...


class StoredReader:
    """The design reader with another encoder: its own index, the same register."""

    def __init__(self, name: str, card_sha256: str, chosen: Settings):
        self.card_sha256 = card_sha256
        self._desk = Desk(chosen.model_copy(update={"encoder": name}))
        self.title = self._desk.reader.name

    def prepare(self) -> None:
        self._desk.index()

    def answer(self, given: CaseInput) -> dict[str, Any]:
        self._desk.index()
        boxes = [Box(x1=box[0], y1=box[1], x2=box[2], y2=box[3]) if box else None for box in given.boxes]
        reading = self._desk.read(
            list(given.photographs),
            top=CANDIDATES_SHOWN,
            filters=ReadingFilters.model_validate(given.filters),
            boxes=boxes if any(boxes) else None,
            marks=False,
        )
        return {
            "reader": self.title,
            "outcome": reading.outcome,
            "in_register": round(reading.probability_in_register, 6),
            "searched_views": reading.searched_views,
            "candidates": [
                {"design_id": one.design.design_id, "score": round(one.score, 6)} for one in reading.candidates
            ],
        }
