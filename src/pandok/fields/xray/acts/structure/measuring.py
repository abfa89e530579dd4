"""How many masses that are put into a site's own scans of empty containers stand out: the only claim that is made."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.db import transaction

from pandok.common.audit import writing as audit
from pandok.common.models import Account
from pandok.common.reasons import name_of
from pandok.core.audit import Detail
from pandok.core.errors import InputError
from pandok.core.text import Text
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.xray.acts.machines import profile
from pandok.fields.xray.acts.structure.banks import scan_of
from pandok.fields.xray.acts.structure.container_types import kind_named, no_container
from pandok.fields.xray.lists.structure import BankKey, empties_of
from pandok.fields.xray.models import StructureFigure
from pandok.readers.xray.containers.comparing import FewContainers
from pandok.readers.xray.containers.finding import NoContainer
from pandok.readers.xray.containers.inserting import DENSITY_G_CM3, DEPTH_MM
from pandok.readers.xray.containers.recall import LEAST_EMPTY, StructureRecall, recall_of

Progress = Callable[[int, int], None]


def unwatched(done: int, total: int) -> None:
    """Progress that nobody looks at."""
    del done, total


def must_suffice(key: BankKey) -> None:
    """Raises InputError xray.few_empties."""
    count = len(empties_of(key))
    if count < LEAST_EMPTY:
        raise few_empties(count)


def measure_structure(
    key: BankKey,
    *,
    seed: int,
    actor: Account | None,
    home: Path,
    blobs: FolderBlobs,
    clock: Callable[[], datetime],
    progress: Progress = unwatched,
) -> StructureFigure:
    """One mass in each of the site's empty containers. Raises InputError xray.few_empties, xray.container_not_found,
    and where the spectra are no longer known; StoreError."""
    kind = kind_named(key.container_type)
    response = profile(home, key.response).response
    empties = [scan_of(one, blobs) for one in empties_of(key)]
    try:
        found = recall_of(empties, kind, response, seed, progress)
    except FewContainers as error:
        raise few_empties(len(empties)) from error
    except NoContainer as error:
        raise no_container() from error
    now = clock()
    with transaction.atomic():
        figure = StructureFigure.objects.create(
            site=key.site,
            container_type=key.container_type,
            response=key.response,
            from_generator=key.from_generator,
            measured_at=now,
            measured_by=actor,
            seed=seed,
            empties=len(empties),
            limit=found.limit,
            alarms=found.alarms,
            found=found.found,
            by_zone=_by_zone(found),
            depth_mm=DEPTH_MM,
            density_g_cm3=DENSITY_G_CM3,
        )
        details: dict[str, Detail] = {
            "container_type": key.container_type,
            "empties": len(empties),
            "found_masses": found.found,
        }
        audit.tell(name_of(actor), "structure.measured", f"structure:{figure.pk}", "", now, details)
    return figure


def few_empties(count: int) -> InputError:
    return InputError(
        Text(
            ko=f"빈 컨테이너 영상이 {count}건뿐이라 탐지율을 잴 수 없습니다.",
            en=f"Too few scans of empty containers to measure what is found: {count:,}.",
        ),
        Text(
            ko=f"같은 형식의 빈 컨테이너를 {LEAST_EMPTY}대 이상 가져오십시오.",
            en=f"Import {LEAST_EMPTY} or more empty containers of this type.",
        ),
        code="xray.few_empties",
    )


def _by_zone(found: StructureRecall) -> dict[str, list[int]]:
    zones: dict[str, list[int]] = {}
    for one in found.trials:
        counted = zones.setdefault(one.zone.value, [0, 0])
        counted[0] += one.found
        counted[1] += 1
    return zones
