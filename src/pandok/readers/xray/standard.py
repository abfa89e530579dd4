"""A scan on the one physical scale: transmission of two energies with air at 1, and the material index."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from pandok.readers.xray.colour.standard import pseudo_colour
from pandok.readers.xray.planes import Levels, material_levels, transmission_levels

_PNG_LEVEL = 1
_PREVIEW_QUALITY = 90
Plane = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class StandardView:
    """`high`: transmission (rows, columns); `low` and `material` where the machine has two energies, `material` NaN
    where it cannot be told. `pitch_mm`: row, column distance. Below `penetration_limit` nothing is told.

    `slices`: of a stack, which `high` holds one below the other; 1 for all else. `values`: what a tomography's planes
    are instead of transmission: 1 stands for the first value of the file, 0 for the second."""

    name: str
    high: Plane
    low: Plane | None = None
    material: Plane | None = None
    pitch_mm: tuple[float, float] | None = None
    penetration_limit: float = 0.0
    slices: int = 1
    values: tuple[float, float] | None = None

    def __post_init__(self) -> None:
        if any(plane is not None and plane.shape != self.high.shape for plane in (self.low, self.material)):
            raise ValueError("planes of one view have one shape")

    @property
    def shape(self) -> tuple[int, int]:
        """Rows, columns; of a stack those of one slice."""
        return self.high.shape[0] // self.slices, self.high.shape[1]

    @property
    def projected(self) -> Plane:
        """What a preview shows: of a stack the greatest value along all slices, which is the darkest."""
        stack: Plane = self.high.reshape(self.slices, *self.shape)
        darkest: Plane = stack.min(axis=0)
        return darkest

    @property
    def planes(self) -> tuple[str, ...]:
        """Names of the planes in the order of `levels`."""
        named = (("low", self.low), ("high", self.high), ("material", self.material))
        return tuple(name for name, plane in named if plane is not None)

    def levels(self) -> list[Levels]:
        found = [] if self.low is None else [transmission_levels(self.low)]
        found.append(transmission_levels(self.high))
        return found if self.material is None else [*found, material_levels(self.material)]

    def preview_jpeg(self) -> bytes:
        """8 bits in standard colours, to be on the screen at once: an eighth of the PNG, which noise keeps large, in a
        fifteenth of its time. Colours keep their full resolution."""
        wanted = [cv2.IMWRITE_JPEG_QUALITY, _PREVIEW_QUALITY]
        return self._picture(".jpg", [*wanted, cv2.IMWRITE_JPEG_SAMPLING_FACTOR, cv2.IMWRITE_JPEG_SAMPLING_FACTOR_444])

    def picture_png(self) -> bytes:
        """The same without loss, for files that are given on."""
        return self._picture(".png", [cv2.IMWRITE_PNG_COMPRESSION, _PNG_LEVEL])

    def _picture(self, ending: str, wanted: list[int]) -> bytes:
        colours = cv2.cvtColor(
            pseudo_colour(self.high if self.slices == 1 else self.projected, self.material), cv2.COLOR_RGB2BGR
        )
        fine, data = cv2.imencode(ending, colours, wanted)
        assert fine
        return data.tobytes()


@dataclass(frozen=True, eq=False)
class StandardScan:
    """`format`: of the file; `machine`: maker, model and serial as one line. `approximate`: out of a picture of false
    colours. `facts`, `quality`: as JSON."""

    views: tuple[StandardView, ...]
    format: str
    machine: str = ""
    taken_at: datetime | None = None
    approximate: bool = False
    facts: Mapping[str, Any] = field(default_factory=dict)
    quality: Mapping[str, Any] = field(default_factory=dict)
