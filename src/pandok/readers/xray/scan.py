"""A scan of any maker's machine as one value: views by energies of pixels, and what is known of them.

Pixels are what the file holds; what they mean stands beside them (`ScanKind`, `Layer`). Nothing is scaled, inverted or
coloured on reading.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pandok.core.reading import Value
from pandok.core.text import Text


class ScanKind(StrEnum):
    """What the pixels are."""

    COUNTS = "counts"
    """Detector counts or a maker's grey values, unsigned; `Layer.air_counts` makes transmission of them."""
    TRANSMISSION = "transmission"
    """float32, air 1.0."""
    PALETTE = "palette"
    """Indices into the colours that the file brings."""
    PICTURE = "picture"
    """8-bit colours of a maker's console: no measurement."""
    VOLUME = "volume"
    """Slices, rows, columns of a computed tomography."""
    REPORT = "report"
    """No pixels: what a machine or a person found, or what a scanner said of its scan."""


class Energy(StrEnum):
    LOW = "low"
    HIGH = "high"
    UNKNOWN = ""


class Layer(Value):
    """What is known of one image: one view at one energy.

    `bits`: of one stored value. `pitch_mm`: row distance, column distance. `slope`, `intercept`, `rescale_unit`: as the
    file says them, not applied. `relationship`: "lin", "log" or "" of pixel value to intensity; `more_is_brighter`: the
    value rises with the intensity at the detector. `orientation`: row and column direction, six numbers; `position_mm`:
    of the first pixel. `detector`: "low", "high" as the file says it. `tube_current_ua`: microampere.
    """

    view: str = "1"
    energy: Energy = Energy.UNKNOWN
    bits: int = 16
    air_counts: float | None = None
    pitch_mm: tuple[float, float] | None = None
    slice_mm: float | None = None
    kv: float | None = None
    tube_current_ua: float | None = None
    duration_s: float | None = None
    slope: float = 1.0
    intercept: float = 0.0
    rescale_unit: str = ""
    relationship: str = ""
    more_is_brighter: bool | None = None
    orientation: tuple[float, ...] | None = None
    position_mm: tuple[float, ...] | None = None
    source_position_mm: tuple[float, ...] | None = None
    source_direction: tuple[float, ...] | None = None
    image_type: tuple[str, ...] = ()


class Machine(Value):
    maker: str = ""
    model: str = ""
    serial: str = ""
    software: tuple[str, ...] = ()
    station: str = ""


class Container(Value):
    """`number`: as the file says it. `check_digit_fits`: ISO 6346; None where it is no container number at all.
    `read_share`: what the camera that read it believes, 0 to 1; None unknown. `trailer`: 1 for the first, 0 where the
    file knows none."""

    number: str
    check_digit_fits: bool | None = None
    read_share: float | None = None
    trailer: int = 0


class Plate(Value):
    """`number`: as the file says it. `whole`: it looks like a plate; OCR fragments do not. `trailer` 0: the tractor."""

    number: str
    whole: bool
    read_share: float | None = None
    trailer: int = 0


class Operation(Value):
    """One step on the machine or at its console. `kind`, `verdict`: the maker's numbers; None where unknown."""

    kind: str
    started_at: datetime | None = None
    ended_at: datetime | None = None
    login: str = ""
    workstation: str = ""
    site: str = ""
    verdict: int | None = None


class AutomaticResult(Value):
    """What a recognition program on the machine said. `ended`: "Failure", "Success", … as the file says it."""

    program: str
    ended: str = ""
    result: str = ""
    version: str = ""
    threshold: float | None = None


class Cargo(Value):
    """What a scanner's own file says of vehicle, containers and reading. None: unknown.

    `kind_letter`: the customs' own letter (C, V). `in_training`, `in_reference`: such scans never belong into a test.
    `files`: names of the pictures that belong to it, by their kind.
    """

    scan_number: str = ""
    schema_version: str = ""
    containers: tuple[Container, ...] = ()
    plates: tuple[Plate, ...] = ()
    operations: tuple[Operation, ...] = ()
    automatic: tuple[AutomaticResult, ...] = ()
    declared_empty: bool | None = None
    in_training: bool | None = None
    in_reference: bool | None = None
    x_rayed: bool | None = None
    inspected: bool | None = None
    suspicious: bool | None = None
    searched: bool | None = None
    found: bool | None = None
    kind_letter: str = ""
    comments: str = ""
    speed: float | None = None
    files: tuple[tuple[str, str], ...] = ()


class Assessment(Value):
    """`flag`: THREAT, HIGH_THREAT, NO_THREAT, UNKNOWN …; `probability` None where the report gives none."""

    flag: str = ""
    category: str = ""
    description: str = ""
    ability: str = ""
    probability: float | None = None


class Reference(Value):
    """The DICOS image that a report speaks of."""

    sop_class: str
    instance_uid: str


class Threat(Value):
    """One potential threat object. `base`, `extents`: columns, rows, slices of its box; `mask`: which of
    `Scan.masks` is its bitmap. `mass_g`, `density`: in the unit of the file."""

    object_id: int
    base: tuple[float, ...] = ()
    extents: tuple[float, ...] = ()
    polygon: tuple[float, ...] = ()
    mass: float | None = None
    density: float | None = None
    z_effective: float | None = None
    location: str = ""
    images: tuple[Reference, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    mask: int | None = None


class Report(Value):
    """A threat detection report. `decision`: ALARM, CLEAR, UNKNOWN …, which does not follow from the flags."""

    decision: str = ""
    decided_at: datetime | None = None
    objects_said: int | None = None
    alarms_said: int | None = None
    made_by: str = ""
    algorithm: tuple[str, ...] = ()
    aborted: str = ""
    processing_ms: float | None = None
    scale: float | None = None
    images: tuple[Reference, ...] = ()
    threats: tuple[Threat, ...] = ()


class Step(Value):
    """One step of where the scan comes from: what was done, by which program, to which bytes."""

    what: str
    program: str = ""
    at: datetime | None = None
    sha256_before: str = ""


class ScanRemark(Value):
    """Something odd that did not stop the reading."""

    code: str
    text: Text


class ScanFacts(Value):
    """What is known of the whole scan.

    `sha256`: of the original bytes (of several files: of their digests). `taken_at`: UTC; `taken_local`: the local time
    as said, where the file knows no zone or says both. `masked`: names, numbers and minutes were taken out.
    """

    format: str
    kind: ScanKind
    sha256: str = ""
    machine: Machine = Machine()
    site: str = ""
    institution: str = ""
    taken_at: datetime | None = None
    taken_local: str = ""
    calibration_id: str = ""
    calibrated_local: str = ""
    object_type: str = ""
    object_id: str = ""
    object_id_issuer: str = ""
    scan_type: str = ""
    projected: str = ""
    """TIP type: whether a threat was projected into the image."""
    acquisition: str = ""
    sop_class: str = ""
    instance_uid: str = ""
    series_uid: str = ""
    study_uid: str = ""
    frame_uid: str = ""
    transfer_syntax: str = ""
    photometric: str = ""
    cargo: Cargo | None = None
    report: Report | None = None
    steps: tuple[Step, ...] = ()
    remarks: tuple[ScanRemark, ...] = ()
    masked: bool = False


@dataclass(frozen=True, eq=False)
class ScanImage:
    """`pixels`: (H, W) uint8, uint16, int16, float32; (D, H, W) for a volume; (H, W, 3) uint8 for a picture; not
    writeable. `palette`: (n, 3) uint16 of `palette_bits` bits, index 0 at pixel value `palette_first`."""

    layer: Layer
    pixels: NDArray[Any]
    palette: NDArray[np.uint16] | None = None
    palette_first: int = 0
    palette_bits: int = 16

    def transmission(self) -> NDArray[np.float32]:
        """float32, air 1.0. Raises ValueError where the file does not say what air is."""
        if self.pixels.dtype == np.float32:
            return self.pixels
        if self.layer.air_counts is None or self.pixels.ndim != 2:
            raise ValueError("it is not known what air is")
        return (self.pixels / np.float32(self.layer.air_counts)).astype(np.float32)

    def colours(self) -> NDArray[np.uint8]:
        """(H, W, 3) uint8 of a palette or a picture. Raises ValueError for pixels without colours."""
        if self.pixels.ndim == 3 and self.pixels.shape[2] == 3:
            return self.pixels
        if self.palette is None:
            raise ValueError("these pixels have no colours")
        at = np.clip(self.pixels.astype(np.int64) - self.palette_first, 0, len(self.palette) - 1)
        shift = max(0, self.palette_bits - 8)
        return (self.palette >> shift).astype(np.uint8)[at]


@dataclass(frozen=True, eq=False)
class Scan:
    """`masks`: (slices, rows, columns) bool bitmaps of threats."""

    facts: ScanFacts
    images: tuple[ScanImage, ...] = ()
    masks: tuple[NDArray[np.bool_], ...] = ()

    @property
    def kind(self) -> ScanKind:
        return self.facts.kind

    def image(self, energy: Energy | str = Energy.UNKNOWN, view: str = "") -> ScanImage:
        """The image of an energy (any where unknown) and a view (the first). Raises KeyError."""
        for one in self.images:
            if (not energy or one.layer.energy == energy) and view in ("", one.layer.view):
                return one
        raise KeyError((str(energy), view))

    @property
    def views(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one.layer.view for one in self.images))

    def with_facts(self, **changed: Any) -> Scan:
        return replace(self, facts=self.facts.model_copy(update=changed))

    def with_remarks(self, *remarks: ScanRemark) -> Scan:
        return self.with_facts(remarks=(*self.facts.remarks, *remarks))

    def with_step(self, step: Step) -> Scan:
        return self.with_facts(steps=(*self.facts.steps, step))


def locked(pixels: NDArray[Any]) -> NDArray[Any]:
    """The same array, in one piece, not writeable."""
    whole = np.ascontiguousarray(pixels)
    whole.setflags(write=False)
    return whole


def same_pixels(one: Scan, other: Scan) -> bool:
    """Shape, type and every value of every image, palette and mask."""

    def equal(a: NDArray[Any] | None, b: NDArray[Any] | None) -> bool:
        if a is None or b is None:
            return a is b
        return a.shape == b.shape and a.dtype == b.dtype and bool(np.array_equal(a, b, equal_nan=a.dtype.kind == "f"))

    return (
        len(one.images) == len(other.images)
        and len(one.masks) == len(other.masks)
        and all(
            equal(a.pixels, b.pixels) and equal(a.palette, b.palette)
            for a, b in zip(one.images, other.images, strict=True)
        )
        and all(equal(a, b) for a, b in zip(one.masks, other.masks, strict=True))
    )
