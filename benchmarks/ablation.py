"""The product's reader with one component alone, and a memory for descriptions that several readers share."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from pandok.readers.designs.description import Describer, Description
from pandok.readers.designs.looks import Look
from pandok.readers.designs.ranking import Comparisons, Groups, Ranked, RankingModel
from pandok.readers.designs.reader import DesignReader

LOCAL = "local"


@dataclass(frozen=True)
class OneComponent(RankingModel):
    """Ranks by one component's figure as it is. Its "probability" only keeps the order: it is not calibrated."""

    component: str = ""

    def rank(self, seen: Comparisons, alike: Callable[..., Groups] | None = None) -> Ranked:
        del alike  # one component knows no look-alikes
        local = self.component == LOCAL
        scores = np.nan_to_num(seen.local[:, 1], nan=0.0) if local else seen.parts[self.component]
        order = scores / (scores + 10.0) if local else (1.0 + scores) / 2.0
        return Ranked(scores.astype(np.float32), order.astype(np.float32), float(order.max(initial=0.0)))


@dataclass(frozen=True)
class RememberingDescriber(Describer):
    """Describes each picture once, however many readers ask. For benchmarks whose reading times are not reported."""

    memory: dict[bytes, list[Description]] = field(default_factory=dict)

    def describe(self, looks: Sequence[Look]) -> list[Description]:
        key = hashlib.blake2b(b"".join(look.square.tobytes() + look.gray.tobytes() for look in looks)).digest()
        if key not in self.memory:
            self.memory[key] = super().describe(looks)
        return self.memory[key]


def remembering(reader: DesignReader) -> DesignReader:
    """The same reader; its ablations share one memory."""
    d = reader.describer
    fields = (d.encoder, d.vocabulary, d.shape_mean, d.shape_projection, d.lines)
    return replace(reader, describer=RememberingDescriber(*fields))


def components(reader: DesignReader) -> tuple[str, ...]:
    """The names of the reader's components: the parts of its vector, and the local check."""
    return (*(name for name, _ in reader.describer.parts), LOCAL)


def alone(reader: DesignReader, component: str) -> DesignReader:
    """The reader ranking by one component; the first search stays as it is, and so do the views that are checked
    where the component is the local check."""
    values = {name: getattr(reader.ranking, name) for name in RankingModel.__dataclass_fields__}
    checks = reader.checks if component == LOCAL else 0
    return replace(reader, ranking=OneComponent(**values, component=component), checks=checks)
