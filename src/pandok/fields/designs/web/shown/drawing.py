"""Boxes over a picture as SVG values: the same numbers and colours on photograph and view."""

from __future__ import annotations

from dataclasses import dataclass, field

from pandok.core.reading import Box

COLOURS = 6
"""Classes `colour-1` to `colour-6` of the style sheet: Okabe and Ito's palette without black and yellow."""

_LABEL_SHARE = 0.042
_LEAST_BOX_SHARE = 0.03


@dataclass(frozen=True)
class DrawnBox:
    """A numbered box; `label_x`, `label_y` is the centre of its number, inside the picture."""

    number: int
    colour: int
    box: Box
    label_x: float
    label_y: float
    value: str = ""


@dataclass(frozen=True)
class Picture:
    """A stored picture with boxes over it, in its own pixels."""

    sha256: str
    width_px: int
    height_px: int
    boxes: list[DrawnBox] = field(default_factory=list)

    @property
    def label_radius(self) -> float:
        return round(_LABEL_SHARE * max(self.width_px, self.height_px), 1)

    @property
    def label_font(self) -> float:
        return round(self.label_radius * 1.3, 1)


def drawn(boxes: list[Box], width_px: int, height_px: int) -> list[DrawnBox]:
    """Number boxes from 1, cut to the picture; very small ones are widened so that they can be seen."""
    radius = _LABEL_SHARE * max(width_px, height_px)
    least = _LEAST_BOX_SHARE * max(width_px, height_px)
    return [_drawn(number, box, width_px, height_px, radius, least) for number, box in enumerate(boxes, start=1)]


def _drawn(number: int, box: Box, width_px: int, height_px: int, radius: float, least: float) -> DrawnBox:
    grow_x, grow_y = max(0.0, least - box.width) / 2, max(0.0, least - box.height) / 2
    cut = Box(
        x1=max(0, min(width_px, round(box.x1 - grow_x))),
        y1=max(0, min(height_px, round(box.y1 - grow_y))),
        x2=max(0, min(width_px, round(box.x2 + grow_x))),
        y2=max(0, min(height_px, round(box.y2 + grow_y))),
    )
    return DrawnBox(
        number=number,
        colour=(number - 1) % COLOURS + 1,
        box=cut,
        label_x=round(min(max(cut.x1, radius), width_px - radius), 1),
        label_y=round(min(max(cut.y1, radius), height_px - radius), 1),
    )
