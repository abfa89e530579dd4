"""What is said of comparing containers: how much of what is hidden it finds, on whose images, and why not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pandok.core.text import Text, counted
from pandok.fields.xray.help_sources import HelpSource
from pandok.fields.xray.lists.structure import KnownType, bank_key, newest_figure, recall_interval
from pandok.fields.xray.lists.uncompared import can_be_compared, not_yet_compared, shows_no_container
from pandok.fields.xray.models import HelpReading, Scan, StructureFigure
from pandok.proof.shares import exact_interval
from pandok.readers.xray.containers.comparing import LEAST_BANK
from pandok.readers.xray.containers.kinds import ZONE_WORDS, Zone
from pandok.readers.xray.containers.recall import LEAST_EMPTY

NOT_MEASURED = Text(
    ko="이 기관의 빈 컨테이너로 탐지율을 재지 않았습니다.",
    en="what it finds was not measured on empty containers of this office.",
)


@dataclass(frozen=True)
class TypeRow:
    """`missing`: empty containers that are needed before it can be measured; `zones`: zone, found, of how many.
    `uncompared`: scans of this type that nobody has compared yet."""

    known: KnownType
    claim: Text
    alarms: Text | None
    zones: list[tuple[Text, int, int]]
    missing: int
    uncompared: int


def claim_of(figure: StructureFigure) -> Text:
    """The one figure, with its interval and what it was measured on."""
    low, high = (f"{100 * bound:.0f}" for bound in recall_interval(figure))
    share = f"{figure.found}/{figure.empties} = {100 * figure.found / figure.empties:.0f} % ({low}–{high})"
    depth, density = f"{figure.depth_mm:.0f} mm", f"{figure.density_g_cm3:g} g/cm³"
    return Text(
        ko=f"오경보 100대에 1대일 때 탐지율 {share}. 모의 수치: {_whose(figure).ko} 빈 컨테이너 영상 "
        f"{figure.empties}건에 계산으로 넣은 질량({depth}, {density})으로 쟀습니다.",
        en=f"recall at one false alarm in 100: {share}. Simulated figure: masses ({depth}, {density}) computed into "
        f"{figure.empties} scans of empty containers {_whose(figure).en}.",
    )


def alarms_of(figure: StructureFigure) -> Text:
    """How sure the rate of false alarms is."""
    interval = exact_interval(figure.alarms, figure.empties)
    assert interval is not None
    low, high = (f"{100 * bound:.0f}" for bound in interval)
    return Text(
        ko=f"한계 z {figure.limit:.1f}. 빈 컨테이너 {figure.empties}대 가운데 {figure.alarms}대가 넘었습니다"
        f"(95 % 구간 {low}–{high} %).",
        en=f"Limit z {figure.limit:.1f}, exceeded by {figure.alarms} of {figure.empties} empty containers "
        f"(95 % interval {low}–{high} %).",
    )


def structure_origin(reading: HelpReading) -> Text:
    """Beside the places of one comparison."""
    key = bank_key(reading.scan)
    figure = newest_figure(key)
    said = claim_of(figure) if figure else NOT_MEASURED
    if key.from_generator and figure is None:
        return Text(
            ko=f"빈 컨테이너 영상은 계산으로 만든 것입니다. {said.ko}", en=f"computed empty containers; {said.en}"
        )
    return said


def not_compared(scan: Scan, shown: Sequence[HelpReading]) -> Text | None:
    """Why a container stands without a comparison; None where it is no container, or was compared."""
    inspection = scan.inspection
    if not inspection.container_type or any(one.source == HelpSource.STRUCTURE for one in shown):
        return None
    if not can_be_compared(scan):
        return Text(
            ko="구조를 비교할 수 없는 영상입니다. 비교에는 투과율을 잰 투과 영상이 필요합니다.",
            en="Structure not compared: that takes a scan with measured transmissions, and no tomography.",
        )
    if shows_no_container(scan):
        return Text(
            ko="구조를 비교하지 못했습니다. 영상에서 컨테이너의 네 변을 찾지 못했습니다.",
            en="Structure not compared: the four edges of a container were not found.",
        )
    count = bank_key(scan).rows.count()
    if count < LEAST_BANK:
        return Text(
            ko=f"아직 비교하지 않았습니다. {inspection.container_type} 빈 컨테이너 영상이 {count}건이라 "
            f"{LEAST_BANK}건이 되면 비교합니다.",
            en=f"Not compared yet: {counted(count, 'scan')} of empty {inspection.container_type} known; structure is "
            f"compared from {LEAST_BANK} on.",
        )
    return Text(
        ko="아직 비교하지 않았습니다. 작업자가 비는 대로 빈 컨테이너와 구조를 비교합니다.",
        en="Not compared yet: structure is compared with empty containers as soon as a worker is free.",
    )


def type_row(known: KnownType) -> TypeRow:
    figure = known.figure
    return TypeRow(
        known,
        claim_of(figure) if figure else NOT_MEASURED,
        alarms_of(figure) if figure else None,
        [(ZONE_WORDS[Zone(zone)], hits, count) for zone, (hits, count) in figure.by_zone.items()] if figure else [],
        max(0, LEAST_EMPTY - known.empties),
        not_yet_compared(known.key).count(),
    )


def _whose(figure: StructureFigure) -> Text:
    if figure.from_generator:
        return Text(ko="계산으로 만든", en="that were computed too")
    return Text(ko="이 기관이 가져온", en="that this office imported")
