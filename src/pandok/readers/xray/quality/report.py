"""A scan's quality as findings: a value, what it means for who reads the scan, and how much it matters."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pandok.core.text import Text, counted
from pandok.readers.xray.physics.noise import Noise, air_of, level_of, noise_of_scan
from pandok.readers.xray.quality.measures import odd_rows


class Grade(StrEnum):
    GOOD = "good"
    ATTENTION = "attention"
    """It can be read, but something about it should be known."""
    POOR = "poor"
    """What is small or thick may be missed."""


@dataclass(frozen=True)
class Finding:
    """`code`: for programs. `value` with its `unit`: None where it could not be measured."""

    code: str
    grade: Grade
    value: float | None
    unit: str
    text: Text

    def as_dict(self) -> dict[str, Any]:
        """As JSON, both languages."""
        said = {"code": self.code, "grade": self.grade.value, "value": self.value, "unit": self.unit}
        return said | self.text.model_dump()


@dataclass(frozen=True)
class Limits:
    """Where a finding is poor, and where it deserves attention. Rules of the house, not of a standard: half and a
    quarter of the signal-to-noise of the cabinets that the test objects model."""

    attention_snr: float = 100.0
    poor_snr: float = 50.0
    attention_opaque_share: float = 0.02
    poor_opaque_share: float = 0.15
    attention_saturated_share: float = 0.0005
    poor_saturated_share: float = 0.02
    attention_air_off: float = 0.005
    poor_air_off: float = 0.03


def quality_of(
    high: NDArray[np.float32],
    low: NDArray[np.float32] | None = None,
    *,
    marked: NDArray[np.bool_] | None = None,
    saturated: NDArray[np.bool_] | None = None,
    noises: tuple[Noise | None, Noise | None] | None = None,
    airs: tuple[NDArray[np.bool_], NDArray[np.bool_] | None] | None = None,
    limits: Limits = Limits(),
) -> tuple[Finding, ...]:
    """Findings of one view, worst first. `marked`: pixels that the solver could not explain; `saturated`: counts at
    full scale, where the calibration knows them. `noises`, `airs` (`air_of`): of high and low where they were measured
    already; a noise None: no air."""
    found = []
    for number, (name, image) in enumerate((("high", high), ("low", low))):
        if image is not None:
            known = None if airs is None else airs[number]
            air = air_of(image) if known is None else known
            noise = noise_of_scan(image, air=air) if noises is None else noises[number]
            found += [_air_noise(name, noise, limits), _air_level(name, image, air, limits), _rows(name, image, air)]
            if name == "high":
                found.append(_opaque(image, noise, limits))
    found.append(_saturated(high if saturated is None else saturated, limits))
    if low is not None:
        found.append(_order(high, low))
    if marked is not None:
        found.append(_unexplained(marked, high))
    worst_first = [Grade.POOR, Grade.ATTENTION, Grade.GOOD]
    return tuple(sorted((one for one in found if one is not None), key=lambda one: worst_first.index(one.grade)))


_NAMES = {"high": Text(ko="고에너지", en="high energy"), "low": Text(ko="저에너지", en="low energy")}


def _grade(value: float, attention: float, poor: float) -> Grade:
    """Larger is worse."""
    return Grade.POOR if value > poor else Grade.ATTENTION if value > attention else Grade.GOOD


def _air_noise(name: str, noise: Noise | None, limits: Limits) -> Finding:
    words = _NAMES[name]
    if noise is None:
        text = Text(
            ko=f"물품이 없는 곳이 보이지 않아 잡음을 잴 수 없습니다({words.ko}).",
            en=f"No air is seen in this scan, so its noise cannot be measured ({words.en}).",
        )
        return Finding(f"air_snr_{name}", Grade.ATTENTION, None, "", text)
    snr = 1 / noise.air_share if noise.air_share else 1e9
    grade = _grade(-snr, -limits.attention_snr, -limits.poor_snr)
    meaning = {
        Grade.GOOD: Text(ko="잡음이 적습니다", en="Little noise"),
        Grade.ATTENTION: Text(ko="잡음이 다소 있습니다", en="Some noise"),
        Grade.POOR: Text(ko="잡음이 많아 작은 물건을 놓칠 수 있습니다", en="Much noise: small things may be missed"),
    }[grade]
    text = Text(
        ko=f"{meaning.ko}({words.ko}, 신호 대 잡음 {snr:.0f}).",
        en=f"{meaning.en} ({words.en}, signal to noise {snr:.0f}).",
    )
    return Finding(f"air_snr_{name}", grade, snr, "", text)


def _air_level(name: str, image: NDArray[np.float32], air: NDArray[np.bool_], limits: Limits) -> Finding | None:
    if not air.any():
        return None
    level = level_of(image, air)
    grade = _grade(abs(level - 1), limits.attention_air_off, limits.poor_air_off)
    words = _NAMES[name]
    text = Text(
        ko=f"공기의 투과율이 {level:.3f}입니다({words.ko}, 1이어야 합니다)."
        + ("" if grade is Grade.GOOD else " 공기 교정을 다시 하십시오."),
        en=f"Air has the transmission {level:.3f} ({words.en}; it should be 1)."
        + ("" if grade is Grade.GOOD else " Calibrate with air again."),
    )
    return Finding(f"air_level_{name}", grade, level, "", text)


def _rows(name: str, image: NDArray[np.float32], air: NDArray[np.bool_]) -> Finding:
    rows, words = odd_rows(image, air), _NAMES[name]
    if not rows:
        text = Text(ko=f"이상한 검출기 채널이 없습니다({words.ko}).", en=f"No detector channel looks odd ({words.en}).")
        return Finding(f"odd_rows_{name}", Grade.GOOD, 0.0, "rows", text)
    named = ", ".join(str(row) for row in rows[:8]) + (" …" if len(rows) > 8 else "")
    grade = Grade.POOR if len(rows) > max(3, image.shape[0] // 100) else Grade.ATTENTION
    text = Text(
        ko=f"검출기 채널 {len(rows)}개가 이웃과 다릅니다({words.ko}, 행 {named}). 장비 담당자에게 알리십시오.",
        en=f"{counted(len(rows), 'detector channel differs', 'detector channels differ')} from the neighbours "
        f"({words.en}, row {named}). Tell who looks after the machine.",
    )
    return Finding(f"odd_rows_{name}", grade, float(len(rows)), "rows", text)


def _opaque(image: NDArray[np.float32], noise: Noise | None, limits: Limits) -> Finding:
    limit = (noise or Noise(air_share=0.01)).penetration_limit()
    goods = image < 0.95
    share = int(np.count_nonzero(image <= max(limit, 1e-4))) / max(int(np.count_nonzero(goods)), 1)
    grade = _grade(share, limits.attention_opaque_share, limits.poor_opaque_share)
    text = Text(
        ko=f"물품의 {100 * share:.1f} %는 투과되지 않아 그 뒤를 알 수 없습니다."
        + ("" if grade is Grade.GOOD else " 다른 방향에서 다시 촬영하거나 여십시오."),
        en=f"{100 * share:.1f} % of the goods let nothing through: what lies behind cannot be told."
        + ("" if grade is Grade.GOOD else " Scan from another side, or open it."),
    )
    return Finding("opaque_share", grade, share, "", text)


def _saturated(image: NDArray[np.float32] | NDArray[np.bool_], limits: Limits) -> Finding:
    share = float(image.mean()) if image.dtype == np.bool_ else float((image >= 1.049).mean())
    grade = _grade(share, limits.attention_saturated_share, limits.poor_saturated_share)
    text = Text(
        ko=f"화소의 {100 * share:.2f} %가 검출기 한계에 닿았습니다."
        + ("" if grade is Grade.GOOD else " 얇은 물건이 보이지 않을 수 있습니다."),
        en=f"{100 * share:.2f} % of the pixels are at the detector's limit."
        + ("" if grade is Grade.GOOD else " Thin things may not be seen."),
    )
    return Finding("saturated_share", grade, share, "", text)


def _order(high: NDArray[np.float32], low: NDArray[np.float32]) -> Finding | None:
    """Every material lets less of the low energy through; goods of which most do the reverse have their images
    swapped."""
    goods = (high < 0.9) & (low < 0.9) & (high > 0.02)
    count = int(np.count_nonzero(goods))
    if count < 64:
        return None
    share = int(np.count_nonzero((low > high) & goods)) / count
    grade = _grade(share, 0.2, 0.5)
    text = Text(
        ko=f"물품의 {100 * share:.0f} %에서 저에너지가 고에너지보다 더 많이 투과되었습니다."
        + ("" if grade is Grade.GOOD else " 두 에너지 영상이 서로 바뀌었는지 확인하십시오."),
        en=f"In {100 * share:.0f} % of the goods more of the low energy came through than of the high one."
        + ("" if grade is Grade.GOOD else " Check whether the two images are swapped."),
    )
    return Finding("energy_order", grade, share, "", text)


def _unexplained(marked: NDArray[np.bool_], high: NDArray[np.float32]) -> Finding:
    seen = high > 0.01
    share = int(np.count_nonzero(marked & seen)) / max(int(np.count_nonzero(seen)), 1)
    grade = _grade(share, 0.001, 0.01)
    text = Text(
        ko=f"화소의 {100 * share:.2f} %는 두 에너지가 서로 맞지 않아 물질을 알 수 없습니다."
        + ("" if grade is Grade.GOOD else " 장비의 스펙트럼 설정을 확인하십시오."),
        en=f"In {100 * share:.2f} % of the pixels the two energies do not go together, so no material is told."
        + ("" if grade is Grade.GOOD else " Check which spectrum is set for this machine."),
    )
    return Finding("unexplained_share", grade, share, "", text)
