"""Threat detection reports of DICOS (NEMA IIC 1, TDR): objects with boxes, bitmaps and assessments."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from pydicom import Dataset

from pandok.core.text import Text
from pandok.readers.xray.formats import refusals
from pandok.readers.xray.formats.dicom_values import Values
from pandok.readers.xray.formats.limits import Limits
from pandok.readers.xray.scan import Assessment, Reference, Report, Threat

_PLACES = (0x40101001, 0x4010107B, 0x40101079)
"""A box of voxels, a region, a place on a body: one of them tells where an object is."""


def report_of(values: Values, limits: Limits) -> tuple[Report, tuple[NDArray[np.bool_], ...]]:
    """The report and the bitmaps of its objects. Decision and flags are both kept; neither is derived from the other.

    Raises ScanError: scan.threats_missing, scan.pixels_missing, scan.too_many_pixels.
    """
    said = values.whole(0x40101033)
    items = values.items(0x40101011)
    if said is None or not values.text(0x40101031):
        # Both are required; they come after the objects, which a file that ends early has lost.
        raise refusals.damaged(
            Text(ko="보고서에 판정이나 물체 수가 없습니다", en="the report lacks its decision or count")
        )
    if said > len(items):
        raise refusals.threats_missing(said, len(items))
    if said < len(items):
        values.remark(
            "scan.more_threats",
            "보고서에 적힌 수보다 물체 기록이 많습니다.",
            "The report holds more objects than it says.",
        )
    masks: list[NDArray[np.bool_]] = []
    threats = tuple(_threat(one, values, masks, limits) for one in items)
    decided_at, _ = values.moment(0x4010102B)
    return (
        Report(
            decision=values.text(0x40101031),
            decided_at=decided_at,
            objects_said=said,
            alarms_said=values.whole(0x40101034),
            made_by=values.text(0x40101027),
            algorithm=values.texts(0x40101029),
            aborted=values.text(0x40101024),
            processing_ms=values.number(0x40101069),
            scale=values.number(0x40101075),
            images=tuple(map(_reference, values.items(0x00081110))),
            threats=threats,
        ),
        tuple(masks),
    )


def _threat(item: Dataset, outer: Values, masks: list[NDArray[np.bool_]], limits: Limits) -> Threat:
    own = Values(item)
    objects = own.items(0x40101037)
    shown = Values(objects[0] if objects else Dataset())
    boxes = shown.items(0x40101001)
    box = Values(boxes[0] if boxes else Dataset())
    if not any(shown.has(one) for one in _PLACES):
        raise refusals.damaged(Text(ko="물체의 자리가 없습니다", en="an object lacks its place"))
    base, extents = box.numbers(0x40101004), box.numbers(0x40101005)
    if boxes and not (len(base) == len(extents) == 3 and box.has(0x40101006)):
        raise refusals.damaged(Text(ko="물체의 상자가 온전하지 않습니다", en="the box of an object is not whole"))
    bitmap, mask = box.raw(0x40101006), None
    if isinstance(bitmap, bytes) and bitmap:
        mask = len(masks)
        masks.append(_mask(bitmap, extents, limits))
    found = Threat(
        object_id=own.whole(0x40101010) or 0,
        base=base,
        extents=extents,
        polygon=shown.numbers(0x4010101D),
        mass=shown.number(0x40101017),
        density=shown.number(0x40101018),
        z_effective=shown.number(0x40101019),
        location=shown.text(0x40101078),
        images=tuple(map(_reference, shown.items(0x0008114A))),
        assessments=tuple(_assessment(Values(one)) for one in own.items(0x40101038)),
        mask=mask,
    )
    for one in (own, shown, box):
        outer.remarks.update(one.remarks)
    return found


def _reference(item: Dataset) -> Reference:
    values = Values(item)
    return Reference(sop_class=values.text(0x00081150), instance_uid=values.text(0x00081155))


def _mask(bitmap: bytes, extents: tuple[float, ...], limits: Limits) -> NDArray[np.bool_]:
    """One bit a voxel, the lowest bit first, columns fastest."""
    sides = tuple(int(one) for one in extents)
    if len(sides) != 3 or min(sides) < 1:
        raise refusals.damaged(Text(ko="물체 그림의 크기가 없습니다", en="a bitmap does not say its size"))
    bits = math.prod(sides)
    if bits > limits.pixels:
        raise refusals.too_many_pixels(bits, limits.pixels)
    wanted = -(-bits // 8)
    if len(bitmap) not in (wanted, wanted + (wanted & 1)):
        raise refusals.pixels_missing(wanted, len(bitmap))
    flat = np.unpackbits(np.frombuffer(bitmap, np.uint8), count=bits, bitorder="little")
    return flat.astype(np.bool_).reshape(sides[2], sides[1], sides[0])


def _assessment(values: Values) -> Assessment:
    return Assessment(
        flag=values.text(0x40101015),
        category=values.text(0x40101012),
        description=values.text(0x40101013),
        ability=values.text(0x40101014),
        probability=values.number(0x40101016),
    )
