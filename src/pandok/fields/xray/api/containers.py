"""Container structure: empty containers come in, what comparing with them finds, and having it measured."""

from __future__ import annotations

import random
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import File, Form, Router, UploadedFile
from pydantic import BaseModel, Field

from pandok.common import house
from pandok.common.decoding import parsing_pool
from pandok.common.parties.belonging import site_of
from pandok.fields.xray.acts.machines import profile
from pandok.fields.xray.acts.structure.empties import import_empty, withdraw_empty
from pandok.fields.xray.acts.structure.jobs import MOST_SEED, ask_for_figure
from pandok.fields.xray.api.scan_files import named_files
from pandok.fields.xray.api.shapes import SpectrumIn
from pandok.fields.xray.lists.structure import BankKey, KnownType, empties_visible_to, known_types, recall_interval
from pandok.fields.xray.models import EmptyContainer, StructureFigure
from pandok.fields.xray.roles import Action
from pandok.settings import settings
from pandok.web.api.callers import actor_of, may
from pandok.web.api.idempotency_key import once
from pandok.web.api.refusals import answers, not_found
from pandok.web.api.request_values import Asked, FullReason

router = Router(tags=["X-ray containers"])
_IMPORTS = may(Action.IMPORT_SCANS)


class EmptyIn(SpectrumIn):
    container_type: str = Field(min_length=4, max_length=4, description="ISO 6346, as 22G1")
    spectrum: str = Field(default="cargo-4mv-6mv", max_length=60, description="Spectra of the machine, by their name")


class EmptyContainerOut(BaseModel):
    """`again`: these very files had come before; nothing was added."""

    id: UUID
    container_type: str
    spectrum: str
    imported_at: datetime
    again: bool


class StructureFigureOut(BaseModel):
    """Simulated: masses that were computed into scans of empty containers. `recall_interval`: 95 %, Clopper and
    Pearson. `alarms`: empty containers beyond `limit` (z), of `empties`. `by_zone`: found and all."""

    measured_at: datetime
    empties: int
    limit: float
    alarms: int
    found: int
    recall: float
    recall_interval: list[float]
    by_zone: dict[str, list[int]]
    depth_mm: float
    density_g_cm3: float


class ContainerTypeOut(BaseModel):
    """`computed`: the scans of the empty containers were computed, not taken. `figure` null: not measured yet."""

    container_type: str
    spectrum: str
    site: str | None
    computed: bool
    empties: int
    figure: StructureFigureOut | None


class MeasureIn(Asked):
    container_type: str = Field(min_length=4, max_length=4, description="ISO 6346, as 22G1")
    spectrum: str = Field(max_length=60, description="Spectra of the machine, by their name")


class WithdrawIn(Asked):
    reason: FullReason


class MeasureAsked(BaseModel):
    """A worker measures it; ask for the types again."""

    container_type: str
    spectrum: str


@router.get(
    "", auth=may(Action.SEE_SCAN_FIGURES), response=answers(list[ContainerTypeOut]), summary="Types of containers"
)
def list_container_types(request: HttpRequest) -> list[ContainerTypeOut]:
    return [_type_out(one) for one in known_types(actor_of(request))]


@router.post(
    "/empty", auth=_IMPORTS, response=answers(EmptyContainerOut, 201), summary="Import the scan of an empty container"
)
@once(status=201, repeatable=True)
def import_an_empty_container(
    request: HttpRequest, asked: Form[EmptyIn], files: File[list[UploadedFile]]
) -> EmptyContainerOut:
    """The files of one scan. The same files again are the same container."""
    actor = actor_of(request)
    kept = import_empty(
        files=named_files(files),
        container_type=asked.container_type,
        profile=profile(settings().home, asked.spectrum, asked.air_counts),
        site=site_of(actor),
        actor=actor,
        now=timezone.now(),
        blobs=house.blobs(),
        pool=parsing_pool(),
    )
    return _empty_out(kept.empty, again=kept.again)


@router.post(
    "/empty/{uuid:empty_id}/withdraw",
    auth=_IMPORTS,
    response=answers(EmptyContainerOut),
    summary="Withdraw what was no empty container",
)
@once
def withdraw_an_empty_container(request: HttpRequest, empty_id: UUID, asked: WithdrawIn) -> EmptyContainerOut:
    actor = actor_of(request)
    if not empties_visible_to(actor).filter(pk=empty_id).exists():
        raise not_found()
    return _empty_out(withdraw_empty(empty_id=empty_id, actor=actor, reason=asked.reason, now=timezone.now()))


@router.post("/measure", auth=_IMPORTS, response=answers(MeasureAsked, 202), summary="Have it measured what is found")
@once(status=202)
def measure_container_structure(request: HttpRequest, asked: MeasureIn) -> MeasureAsked:
    """One mass is computed into each scan of an empty container of the own customs office."""
    actor = actor_of(request)
    key = BankKey(site_of(actor), asked.container_type, asked.spectrum, from_generator=False)
    ask_for_figure(key, actor=actor, seed=random.SystemRandom().randrange(MOST_SEED), now=timezone.now())
    return MeasureAsked(container_type=asked.container_type, spectrum=asked.spectrum)


def _empty_out(one: EmptyContainer, *, again: bool = False) -> EmptyContainerOut:
    return EmptyContainerOut(
        id=one.pk,
        container_type=one.container_type,
        spectrum=one.response,
        imported_at=one.imported_at,
        again=again,
    )


def _type_out(one: KnownType) -> ContainerTypeOut:
    return ContainerTypeOut(
        container_type=one.key.container_type,
        spectrum=one.key.response,
        site=one.key.site.code if one.key.site else None,
        computed=one.key.from_generator,
        empties=one.empties,
        figure=_figure_out(one.figure) if one.figure else None,
    )


def _figure_out(one: StructureFigure) -> StructureFigureOut:
    return StructureFigureOut(
        measured_at=one.measured_at,
        empties=one.empties,
        limit=one.limit,
        alarms=one.alarms,
        found=one.found,
        recall=one.found / one.empties,
        recall_interval=list(recall_interval(one)),
        by_zone=one.by_zone,
        depth_mm=one.depth_mm,
        density_g_cm3=one.density_g_cm3,
    )
