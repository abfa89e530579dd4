"""Places on a scan: which view, and a box in pixels of the standard view."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from pandok.core.text import Text

MOST_MARKS = 20
Size = tuple[int, int]
Pixel = Annotated[int, Field(ge=0, le=1_000_000)]


class Mark(BaseModel):
    """`box`: x1, y1 within, x2, y2 just behind the last pixel; `view`: by its name."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    view: str = Field(max_length=40)
    box: tuple[Pixel, Pixel, Pixel, Pixel]

    def lies_in(self, sizes: Mapping[str, Size]) -> bool:
        """Whether it is a box of at least one pixel in its view; `sizes`: rows and columns by the name of the view."""
        rows, columns = sizes.get(self.view, (0, 0))
        x1, y1, x2, y2 = self.box
        return x1 < x2 <= columns and y1 < y2 <= rows

    def overlap(self, other: Mark) -> float:
        """Intersection over union; 0 in different views.

        >>> Mark(view="1", box=(0, 0, 2, 2)).overlap(Mark(view="1", box=(1, 0, 3, 2)))
        0.3333333333333333
        """
        if self.view != other.view:
            return 0.0
        wide = min(self.box[2], other.box[2]) - max(self.box[0], other.box[0])
        high = min(self.box[3], other.box[3]) - max(self.box[1], other.box[1])
        both = max(wide, 0) * max(high, 0)
        return both / (self.area + other.area - both) if both else 0.0

    def touches(self, other: Mark) -> bool:
        """Whether the middle of one lies in the other: so a reader's mark counts as a hit."""
        return self.view == other.view and (self._middle_in(other) or other._middle_in(self))

    @property
    def area(self) -> int:
        x1, y1, x2, y2 = self.box
        return (x2 - x1) * (y2 - y1)

    def _middle_in(self, other: Mark) -> bool:
        x, y = (self.box[0] + self.box[2]) / 2, (self.box[1] + self.box[3]) / 2
        return other.box[0] <= x <= other.box[2] and other.box[1] <= y <= other.box[3]


class Candidate(BaseModel):
    """A place that a reader program points at: `score` from 0 to 1, `reason` in words."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    mark: Mark
    score: float = Field(ge=0, le=1)
    reason: Text


def hit(marks: Iterable[Mark], places: Sequence[Mark]) -> bool:
    """Whether one of the marks points at one of the places."""
    return any(mark.touches(place) for mark in marks for place in places)
