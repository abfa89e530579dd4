"""A container's scan against empty ones of its type, all of them files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from pandok.core.errors import InputError, ScanError
from pandok.core.text import Text
from pandok.engines.decoding.pool import DecodingPool
from pandok.fields.xray.acts.files.looking import Progress, look, unwatched
from pandok.fields.xray.acts.structure.container_types import kind_named, no_container
from pandok.readers.xray.containers.comparing import (
    LEAST_BANK,
    Compared,
    FewContainers,
    StructureBank,
    bank_of,
    compared,
)
from pandok.readers.xray.containers.finding import NoContainer
from pandok.readers.xray.scan import Scan
from pandok.readers.xray.standard import StandardView
from pandok.readers.xray.standardise import MachineProfile, standardise


@dataclass(frozen=True, eq=False)
class OneCompared:
    """`refused`: why it could not be compared."""

    name: str
    found: Compared | None = None
    refused: ScanError | InputError | None = None


def bank_from(
    empties: Sequence[Path], code: str, profile: MachineProfile, pool: DecodingPool, progress: Progress = unwatched
) -> StructureBank:
    """Of the scans of empty containers in files and folders. Raises InputError: xray.container_type,
    xray.container_bank; ScanError of a file that cannot be read: a bank leaves nothing out unsaid."""
    kind = kind_named(code)
    transmissions = []
    for one in look(empties, pool, progress):
        if one.refused is not None:
            raise one.refused
        view = _view(one.scan, profile)
        transmissions.append(view.high)
    try:
        return bank_of(transmissions, kind)
    except FewContainers as error:
        raise InputError(
            Text(
                ko=f"빈 컨테이너 영상이 {len(transmissions)}건뿐입니다.",
                en=f"Scans of empty containers: only {len(transmissions):,}.",
            ),
            Text(
                ko=f"같은 형식의 빈 컨테이너를 {LEAST_BANK}대 이상 준비하십시오.",
                en=f"Give {LEAST_BANK} or more empty containers of this type.",
            ),
            code="xray.container_bank",
        ) from error
    except NoContainer as error:
        raise no_container() from error


def compared_with(
    sources: Sequence[Path],
    bank: StructureBank,
    profile: MachineProfile,
    pool: DecodingPool,
    *,
    empty: Path | None = None,
    limit: float = 6.0,
) -> list[OneCompared]:
    """Each scan of `sources`; what cannot be compared says why and stops no other. `empty`: the same container, empty.
    Raises ScanError, InputError for `empty`."""
    before = None
    if empty is not None:
        [looked] = list(look([empty], pool))[:1]
        if looked.refused is not None:
            raise looked.refused
        before = _view(looked.scan, profile).high
    done = []
    for one in look(sources, pool):
        if one.refused is not None:
            done.append(OneCompared(one.together.name, refused=one.refused))
            continue
        try:
            view = _view(one.scan, profile)
            found = compared(view.high, bank, empty=before, limit=limit, penetration_limit=view.penetration_limit)
            done.append(OneCompared(one.together.name, found))
        except NoContainer:
            done.append(OneCompared(one.together.name, refused=no_container()))
        except (ScanError, InputError) as refused:
            done.append(OneCompared(one.together.name, refused=refused))
    return done


def comparison_picture(found: Compared, bank: StructureBank) -> bytes:
    """PNG: the scan, the median of its type, and what is darker than usual in red. ln T from 0 to −4."""
    rows = [found.image, bank.median]
    grey = [np.clip(255 + one * 255 / 4, 0, 255).astype(np.uint8) for one in rows]
    shown = [cv2.cvtColor(one, cv2.COLOR_GRAY2BGR) for one in grey]
    marked = shown[0].copy()
    high, wide = found.image.shape
    for one in found.differences:
        left, top, right, bottom = (
            round(share * side) for share, side in zip(one.box, (wide, high, wide, high), strict=True)
        )
        cv2.rectangle(marked, (left, top), (right, bottom), (0, 0, 220), 1)
    darker = np.clip(-found.z["bank"] / 20, 0, 1)[..., None]
    red = (shown[0] * (1 - darker) + np.array([0, 0, 255]) * darker).astype(np.uint8)
    fine, data = cv2.imencode(".png", np.vstack([marked, shown[1], red]))
    assert fine
    return data.tobytes()


def _view(scan: Scan | None, profile: MachineProfile) -> StandardView:
    assert scan is not None
    return standardise(scan, profile).views[0]
