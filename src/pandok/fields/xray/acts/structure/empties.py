"""Scans of empty containers come in, and one that was none goes out again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from pandok.common.audit import writing as audit
from pandok.common.models import Account, Site
from pandok.common.models.locking import locked
from pandok.common.reasons import checked_reason, name_of
from pandok.core.audit import Detail
from pandok.engines.decoding.pool import DecodingPool
from pandok.engines.files.blobs import FolderBlobs
from pandok.engines.scans.there import read_scan
from pandok.fields.xray.acts.keeping import digest_of
from pandok.fields.xray.acts.structure.container_types import kind_named, no_container
from pandok.fields.xray.acts.structure.jobs import ask_to_catch_up
from pandok.fields.xray.lists.structure import BankKey
from pandok.fields.xray.models import EmptyContainer
from pandok.fields.xray.refusals import refusal
from pandok.readers.xray.containers.comparing import LEAST_BANK
from pandok.readers.xray.containers.finding import NoContainer, corners_of
from pandok.readers.xray.formats.reading import NamedBytes
from pandok.readers.xray.planes import packed, transmission_levels
from pandok.readers.xray.scan import Scan
from pandok.readers.xray.standardise import NO_AIR_NOISE, MachineProfile, standardise


@dataclass(frozen=True)
class KeptEmpty:
    """`again`: these very files had come before; nothing was added."""

    empty: EmptyContainer
    again: bool = False


def import_empty(
    *,
    files: Sequence[NamedBytes],
    container_type: str,
    profile: MachineProfile,
    site: Site | None,
    actor: Account | None,
    now: datetime,
    blobs: FolderBlobs,
    pool: DecodingPool,
    from_generator: bool = False,
) -> KeptEmpty:
    """The files of one scan of an empty container. Raises InputError xray.container_type, xray.container_not_found;
    RequestError xray.no_measurement for a picture in colours; ScanError, StoreError."""
    kind = kind_named(container_type)
    digest = digest_of(files)
    if (known := _known(digest, site)) is not None:
        return KeptEmpty(known, again=True)
    return keep_empty(
        read_scan(pool, files),
        digest,
        container_type=kind.code,
        profile=profile,
        site=site,
        actor=actor,
        now=now,
        blobs=blobs,
        from_generator=from_generator,
    )


def keep_empty(
    scan: Scan,
    digest: str,
    *,
    container_type: str,
    profile: MachineProfile,
    site: Site | None,
    actor: Account | None,
    now: datetime,
    blobs: FolderBlobs,
    from_generator: bool = False,
) -> KeptEmpty:
    """Of a scan that was read. Raises as `import_empty`."""
    standard = standardise(scan, profile)
    if standard.approximate or not standard.views:
        raise refusal("no_measurement")
    view = standard.views[0]
    try:
        corners_of(view.high)
    except NoContainer as error:
        raise no_container() from error
    named = blobs.put(packed([transmission_levels(view.high)]))
    snr = standard.quality["views"][0].get("air_snr")
    with transaction.atomic():
        if (known := _known(digest, site)) is not None:
            return KeptEmpty(known, again=True)
        empty = EmptyContainer.objects.create(
            site=site,
            container_type=container_type,
            response=profile.response.name,
            from_generator=from_generator,
            rows=view.shape[0],
            columns=view.shape[1],
            planes_sha256=named,
            penetration_limit=view.penetration_limit,
            air_share=1 / snr if snr else NO_AIR_NOISE,
            digest=digest,
            imported_at=now,
            imported_by=actor,
        )
        _tell("empty.imported", empty, actor, "", now)
        key = BankKey(site, container_type, profile.response.name, from_generator)
        if key.rows.count() == LEAST_BANK:
            ask_to_catch_up(key, now)
    return KeptEmpty(empty)


def withdraw_empty(*, empty_id: UUID, actor: Account, reason: str, now: datetime) -> EmptyContainer:
    """It was not empty, or of another type: no scan is compared with it any more. Raises RequestError where it is
    withdrawn already."""
    reason = checked_reason(reason)
    with transaction.atomic():
        empty = locked(EmptyContainer, empty_id)
        if empty.withdrawn_at is not None:
            raise refusal("withdrawn")
        empty.withdrawn_at = now
        empty.save(update_fields=["withdrawn_at"])
        _tell("empty.withdrawn", empty, actor, reason, now)
    return empty


def _known(digest: str, site: Site | None) -> EmptyContainer | None:
    return EmptyContainer.objects.filter(digest=digest, site=site, withdrawn_at=None).first()


def _tell(action: str, empty: EmptyContainer, actor: Account | None, reason: str, now: datetime) -> None:
    details: dict[str, Detail] = {"container_type": empty.container_type, "sha256": empty.digest}
    audit.tell(name_of(actor), action, f"empty:{empty.pk}", reason, now, details)
