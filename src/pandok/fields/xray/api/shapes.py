"""What operations of X-ray answer with."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, Field

from pandok.fields.xray.acts.machines import DEFAULT
from pandok.fields.xray.decisions import Decision, Found
from pandok.fields.xray.models import ImageReading, Inspection, Opening, ScanView
from pandok.fields.xray.states import InspectionState
from pandok.web.api.request_values import Asked, one_of

Box = Annotated[list[int], Field(min_length=4, max_length=4)]


class MarkIn(Asked):
    """A place in pixels of the standard view: x1, y1 within, x2, y2 just behind."""

    view: str = Field(max_length=40)
    box: Box


class SpectrumIn(Asked):
    """What is known of the machine beside its files."""

    spectrum: str = Field(default=DEFAULT, max_length=60, description="Spectra of the machine, by their name")
    air_counts: float | None = Field(
        default=None, ge=1, le=1e9, description="Value of air, where the files do not say it"
    )


class ScanViewOut(BaseModel):
    """`planes`: which of low, high, material `planes_url` holds: uint16, little endian, plane after plane, each row its
    first value and then differences, gzip. Transmission = value / 65535 × 1.05; material index = (value − 1) / 65534 ×
    8 − 1, 0: cannot be told.

    `slices`: of a tomography, which stand below each other in its plane. `values`: values of the file that its
    "transmissions" 1 and 0 stand for; empty for all else."""

    name: str
    rows: int
    columns: int
    planes: list[str]
    planes_url: str
    preview_url: str
    pitch_mm: list[float] | None
    penetration_limit: float
    slices: int
    values: list[float]


class ImageReadingOut(BaseModel):
    decision: Annotated[str, one_of(*Decision)]
    reader: str
    shown_at: datetime
    decided_at: datetime
    marks: list[MarkIn]
    remark: str
    with_help: bool


class OpeningRecordOut(BaseModel):
    found: Annotated[str, one_of(*Found)]
    what: str
    officer: str
    opened_at: datetime
    marks: list[MarkIn]


class InspectionOut(BaseModel):
    id: UUID
    number: str
    state: Annotated[str, one_of(*InspectionState)]
    state_since: datetime
    begun_at: datetime
    due_at: datetime | None
    site: str | None
    consignment: str
    goods: str
    hs_code: str
    origin: str
    quantity: str
    mass_g: int | None
    value_krw: str
    container_type: str
    approximate: bool
    from_generator: bool


class InspectionWhole(InspectionOut):
    machine: str
    views: list[ScanViewOut]
    readings: list[ImageReadingOut]
    opening: OpeningRecordOut | None


def facts_of(one: Inspection) -> dict[str, Any]:
    scans = list(one.scans.all())
    named = ("id", "number", "state", "state_since", "begun_at", "due_at", "consignment", "goods", "hs_code", "origin")
    rest = ("quantity", "mass_g", "value_krw", "container_type", "from_generator")
    return {name: getattr(one, name) for name in (*named, *rest)} | {
        "site": one.site.code if one.site else None,
        "approximate": bool(scans) and scans[-1].approximate,
    }


def whole(one: Inspection) -> InspectionWhole:
    scan = one.scans.order_by("-imported_at").first()
    opening = getattr(one, "opening", None)
    return InspectionWhole(
        **facts_of(one),
        machine=scan.machine if scan else "",
        views=[scan_view_out(view) for view in scan.views.order_by("position")] if scan else [],
        readings=[reading_out(each) for each in one.readings.select_related("reader")],
        opening=opening_out(opening) if opening else None,
    )


def scan_view_out(view: ScanView) -> ScanViewOut:
    pitch = (view.pitch_row_mm, view.pitch_column_mm)
    return ScanViewOut(
        name=view.name,
        rows=view.rows,
        columns=view.columns,
        planes=view.planes,
        planes_url=f"/xray/views/{view.pk}/planes/",
        preview_url=f"/xray/views/{view.pk}/preview/",
        pitch_mm=[one for one in pitch if one is not None] if None not in pitch else None,
        penetration_limit=view.penetration_limit,
        slices=view.slices,
        values=view.values,
    )


def reading_out(one: ImageReading) -> ImageReadingOut:
    return ImageReadingOut(
        decision=one.decision,
        reader=one.reader.get_username(),
        shown_at=one.shown_at,
        decided_at=one.decided_at,
        marks=[MarkIn.model_validate(mark) for mark in one.marks],
        remark=one.remark,
        with_help=one.help_id is not None,
    )


def opening_out(one: Opening) -> OpeningRecordOut:
    return OpeningRecordOut(
        found=one.found,
        what=one.what,
        officer=one.officer.get_username(),
        opened_at=one.opened_at,
        marks=[MarkIn.model_validate(mark) for mark in one.marks],
    )
