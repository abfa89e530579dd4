"""Types of containers after ISO 6346: which are built alike, and what stands where in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from pandok.core.text import Text

_LENGTHS_MM = {"2": 6058.0, "4": 12192.0, "L": 13716.0, "M": 14630.0}
_HEIGHTS_MM = {"0": 2438.0, "2": 2591.0, "5": 2896.0}
_TYPE = re.compile(r"[1-9A-P][0-9C-FL-P][A-Z][0-9A-Z]")


class Zone(StrEnum):
    ROOF = "roof"
    FLOOR = "floor"
    WALL = "wall"
    INSULATION = "insulation"
    FRONT = "front"
    DOOR = "door"
    MACHINERY = "machinery"
    CASTING = "casting"


ZONE_WORDS = {
    Zone.ROOF: Text(ko="천장", en="ceiling"),
    Zone.FLOOR: Text(ko="바닥", en="floor"),
    Zone.WALL: Text(ko="옆벽", en="side walls"),
    Zone.INSULATION: Text(ko="단열벽", en="insulated walls"),
    Zone.FRONT: Text(ko="앞벽", en="front wall"),
    Zone.DOOR: Text(ko="문", en="door"),
    Zone.MACHINERY: Text(ko="냉동기", en="reefer machinery"),
    Zone.CASTING: Text(ko="모서리쇠", en="corner casting"),
}


@dataclass(frozen=True)
class ContainerKind:
    """`code`: size and type, four characters. Seen from the side, front end left."""

    code: str
    length_mm: float
    height_mm: float
    cooled: bool

    @property
    def zones(self) -> tuple[tuple[Zone, tuple[float, float, float, float]], ...]:
        """Boxes (left, top, right, bottom) in shares of the container, later ones over earlier ones."""
        front = 420.0 if self.cooled else 150.0
        x, y = 1 / self.length_mm, 1 / self.height_mm
        top, bottom = 130.0 if self.cooled else 110.0, 260.0 if self.cooled else 190.0
        middle = Zone.INSULATION if self.cooled else Zone.WALL
        cast_x, cast_y = 180 * x, 120 * y
        castings = [(a, b) for a in (0.0, 1 - cast_x) for b in (0.0, 1 - cast_y)]
        return (
            (middle, (0.0, 0.0, 1.0, 1.0)),
            (Zone.ROOF, (0.0, 0.0, 1.0, top * y)),
            (Zone.FLOOR, (0.0, 1 - bottom * y, 1.0, 1.0)),
            (Zone.MACHINERY if self.cooled else Zone.FRONT, (0.0, 0.0, front * x, 1.0)),
            (Zone.DOOR, (1 - 180 * x, 0.0, 1.0, 1.0)),
            *((Zone.CASTING, (a, b, a + cast_x, b + cast_y)) for a, b in castings),
        )


def kind_of(code: str) -> ContainerKind:
    """Of 22G1, 45R1 … Raises ValueError for what is no such code, or a length or height that is not known here.

    >>> kind_of("22g1").length_mm, kind_of("45R1").cooled
    (6058.0, True)
    """
    code = code.strip().upper()
    if not _TYPE.fullmatch(code) or code[0] not in _LENGTHS_MM or code[1] not in _HEIGHTS_MM:
        raise ValueError(code)
    return ContainerKind(code, _LENGTHS_MM[code[0]], _HEIGHTS_MM[code[1]], code[2] in "RH")
