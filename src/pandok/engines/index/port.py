"""The port of vector search: which registered views look most like these photographs?

Promise, kept by every implementation and tested in `tests/contracts/test_vector_index.py`:

- A row is a key (one registered view), a unit vector, and three attributes to filter by.
- `add`, `remove` and `set_attributes` may be called twice with the same arguments; the second call changes nothing.
  Adding a key that is there replaces its row. Within one call the last of equal keys counts.
- A change can be found by the next `search` of the same object. `flush` makes it durable and shows it to other
  processes; after a crash the index holds exactly what a finished `flush` left.
- `search` returns min(k, rows that pass the filter) rows, however rare the class. Equal scores come in order of key.
- `close` flushes. It may be called twice; nothing else may be called afterwards.
- `rebuild` may be called at any time and does not stop searches; call it when `state().rebuild_due` is true.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

UNKNOWN_CLASS = 0


@dataclass(frozen=True)
class IndexFilter:
    """Which rows may be returned. `True` means: only such rows; `classes=None` means: every class.

    `classes` holds class codes (Locarno class × 100 + subclass: "09-01" is 901; 0 is unknown). Whoever wants a
    whole class lists all its codes. An empty set lets nothing through.
    """

    classes: frozenset[int] | None = None
    in_force: bool = False
    recorded: bool = False


EVERYTHING = IndexFilter()


@dataclass(frozen=True)
class Attributes:
    """What rows are filtered by; each array has shape (n,)."""

    class_code: NDArray[np.int32]
    in_force: NDArray[np.bool_]
    recorded: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.class_code)

    def take(self, rows: NDArray[np.int64]) -> Attributes:
        """The attributes of `rows`, in that order."""
        return Attributes(self.class_code[rows], self.in_force[rows], self.recorded[rows])


class Found(NamedTuple):
    """The nearest rows of each query, best first.

    keys: (q, k) int64, padded with -1. scores: (q, k) float32 inner products, higher is nearer, padded with -inf.
    """

    keys: NDArray[np.int64]
    scores: NDArray[np.float32]


@dataclass(frozen=True)
class IndexState:
    """What an operator may want to know. `generation` grows with every rebuild."""

    engine: str
    rows: int
    dimension: int
    generation: int = 0
    rows_since_rebuild: int = 0
    rebuild_due: bool = False


class VectorIndex(Protocol):
    """See the head of this file for what is promised. Errors: StoreError (disk, server, dimension, wrong arrays)."""

    dimension: int

    def __len__(self) -> int: ...

    def add(self, keys: NDArray[np.int64], vectors: NDArray[np.float32], attributes: Attributes) -> None:
        """Add or replace rows. keys: (n,) not negative; vectors: (n, dimension) of unit length."""
        ...

    def remove(self, keys: NDArray[np.int64]) -> int:
        """Remove rows; keys that are not there are passed over. Returns how many rows went."""
        ...

    def set_attributes(self, keys: NDArray[np.int64], attributes: Attributes) -> None:
        """Give rows new attributes; keys that are not there are passed over."""
        ...

    def search(self, queries: NDArray[np.float32], k: int, filter: IndexFilter = EVERYTHING) -> Found:
        """The k rows of largest inner product for each of the (q, dimension) queries."""
        ...

    def reconstruct(self, keys: NDArray[np.int64]) -> NDArray[np.float32]:
        """The stored vectors (n, dimension), possibly rounded to half floats. StoreError for an absent key."""
        ...

    def rebuild(self) -> None:
        """Put the rows in the best order for search. Flushes first."""
        ...

    def state(self) -> IndexState: ...

    def flush(self) -> None: ...

    def close(self) -> None: ...
