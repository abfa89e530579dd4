"""Scans that a machine's own computer or another system sends: by the same rules as the page."""

from __future__ import annotations

import random

from django.http import HttpRequest
from django.utils import timezone
from ninja import File, Form, Router, UploadedFile
from ninja.responses import Status
from pydantic import BaseModel, Field, ValidationError

from pandok.common import house
from pandok.common.decoding import parsing_pool
from pandok.common.parties.belonging import site_of
from pandok.fields.xray.acts.importing import import_scan
from pandok.fields.xray.acts.machines import profile
from pandok.fields.xray.acts.site_shares import shares_of_site
from pandok.fields.xray.api.scan_files import named_files
from pandok.fields.xray.api.shapes import InspectionWhole, SpectrumIn, whole
from pandok.fields.xray.declaration import Declaration
from pandok.fields.xray.refusals import refusal
from pandok.fields.xray.roles import Action
from pandok.settings import settings
from pandok.web.api.callers import actor_of, may
from pandok.web.api.idempotency_key import once
from pandok.web.api.refusals import answers

router = Router(tags=["X-ray inspections"])


class ScanIn(SpectrumIn):
    """What was declared, as far as it is known."""

    consignment: str = Field(default="", max_length=60, description="Parcel, bag or container number")
    container_type: str = Field(default="", max_length=4, description="ISO 6346, of containers alone")
    goods: str = Field(default="", max_length=300)
    hs_code: str = Field(default="", max_length=14)
    origin: str = Field(default="", max_length=2)
    quantity: str = Field(default="", max_length=10)
    mass_g: int | None = Field(default=None, ge=1, le=100_000_000)
    value_krw: str = Field(default="", max_length=20)


class ImportedScanOut(BaseModel):
    """`again`: these very files had come before; nothing was added."""

    inspection: InspectionWhole
    again: bool


@router.post(
    "",
    auth=may(Action.IMPORT_SCANS),
    response={201: ImportedScanOut, **answers(ImportedScanOut)},
    summary="Import a scan",
)
@once(repeatable=True)
def import_a_scan(
    request: HttpRequest, asked: Form[ScanIn], files: File[list[UploadedFile]]
) -> Status[ImportedScanOut]:
    """The files of one scan, at most four. 201: it waits for its reader; 200: these files had come before."""
    actor = actor_of(request)
    said = asked.model_dump(exclude={"spectrum", "air_counts"})
    try:
        declaration = Declaration(**said)
    except ValidationError as error:
        wrong = sorted({str(one["loc"][0]) for one in error.errors() if one["loc"]})
        raise refusal("bad_declaration", names=wrong) from error
    imported = import_scan(
        files=named_files(files),
        declaration=declaration,
        profile=profile(settings().home, asked.spectrum, asked.air_counts),
        site=site_of(actor),
        actor=actor,
        now=timezone.now(),
        shares=shares_of_site(),
        chance=random.SystemRandom().random,
        blobs=house.blobs(),
        pool=parsing_pool(),
    )
    answer = ImportedScanOut(inspection=whole(imported.inspection), again=imported.again)
    return Status(200 if imported.again else 201, answer)
