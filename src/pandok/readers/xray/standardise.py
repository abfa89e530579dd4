"""A scan of any maker brought onto the one scale: transmission with air at 1, and the material index.

Two energies are solved with the machine's own spectra. A coloured picture is read back through the maker's palette to
intervals; where an interval says too much, nothing is told. One energy has no material index.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from pandok.core.errors import ScanError
from pandok.core.text import Text
from pandok.readers.xray.channel_report import channel_findings
from pandok.readers.xray.colour.inversion import invert
from pandok.readers.xray.colour.palette import Palette
from pandok.readers.xray.colour.recognising import recognised
from pandok.readers.xray.physics.basis import DualResponse
from pandok.readers.xray.physics.calibration import Calibrated, ChannelResponse, calibrated
from pandok.readers.xray.physics.harmonising import Sampling, resampled
from pandok.readers.xray.physics.material import WINDOW_PX, index_of, is_told
from pandok.readers.xray.physics.noise import Noise, air_of, level_of, noise_of_scan
from pandok.readers.xray.physics.solver import solve
from pandok.readers.xray.quality.report import quality_of
from pandok.readers.xray.scan import Energy, Scan, ScanImage, ScanKind
from pandok.readers.xray.standard import StandardScan, StandardView

NO_AIR_NOISE = 0.01
"""Relative noise that is assumed where a scan shows no air; said in its quality report."""
AIR_OFF = 0.03
"""The middle of what should be air may be so far from 1 before the report says that air is not at 1."""
_LOSSY = ("jpeg",)


@dataclass(frozen=True)
class MachineProfile:
    """What is known of a machine beside its files. `response`: its spectra; `palettes`: those that its console may have
    coloured pictures with; the picture itself says which. `air_counts`: its value of air, for files that do not say.
    `channels`: dark and air of each detector channel by energy, for files of counts that nobody has corrected.
    `pitch_mm`: to which scans are averaged or drawn out in both directions; None leaves them as the machine samples."""

    response: DualResponse
    palettes: tuple[Palette, ...] = ()
    air_counts: float | None = None
    channels: Mapping[Energy, ChannelResponse] = field(default_factory=dict)
    pitch_mm: float | None = None


def standardise(scan: Scan, profile: MachineProfile) -> StandardScan:
    """Raises ScanError: scan.not_an_image, scan.air_unknown, scan.energies_differ, scan.pitch_unknown; InputError of
    the palettes where a picture's colours belong to none of them, xray.calibration_channels where the channels are
    those of another machine."""
    facts = scan.facts
    if facts.kind in (ScanKind.VOLUME, ScanKind.REPORT) or not scan.images:
        raise _not_an_image(facts.kind)
    approximate = facts.kind in (ScanKind.PICTURE, ScanKind.PALETTE)
    made = [
        _from_colours(scan, name, profile) if approximate else _from_energies(scan, name, profile)
        for name in scan.views
    ]
    quality: dict[str, Any] = {"views": [said for _, said in made]}
    if not approximate:
        quality["response"] = profile.response.name
    maker = " ".join(filter(None, (facts.machine.maker, facts.machine.model, facts.machine.serial)))
    return StandardScan(
        views=tuple(view for view, _ in made),
        format=facts.format,
        machine=maker,
        taken_at=facts.taken_at,
        approximate=approximate,
        facts=facts.model_dump(mode="json", exclude_defaults=True),
        quality=quality,
    )


def _from_energies(scan: Scan, name: str, profile: MachineProfile) -> tuple[StandardView, dict[str, Any]]:
    layers = {one.layer.energy: one for one in scan.images if one.layer.view == name}
    low, high = (layers.get(energy) for energy in (Energy.LOW, Energy.HIGH))
    if low is None or high is None:
        return _one_energy(scan, next(iter(layers.values())), name, profile)
    channels = {energy: _corrected(scan, layers[energy], profile) for energy in (Energy.LOW, Energy.HIGH)}
    t_low = _transmission(low, channels[Energy.LOW], profile)
    t_high = _transmission(high, channels[Energy.HIGH], profile)
    if t_low.shape != t_high.shape:
        raise _energies_differ(t_low.shape, t_high.shape)
    (t_low, t_high), pitch = _sampled((t_low, t_high), high, profile)
    return _of_pair(name, t_low, t_high, pitch, profile.response, channels)


def view_of_pair(
    name: str, low: NDArray[np.float32], high: NDArray[np.float32], pitch_mm: tuple[float, float], of: DualResponse
) -> StandardView:
    """Two transmissions of one shape, air 1, as the view that a scan of them would be."""
    return _of_pair(name, low, high, pitch_mm, of, {})[0]


def _of_pair(
    name: str,
    t_low: NDArray[np.float32],
    t_high: NDArray[np.float32],
    pitch: tuple[float, float] | None,
    response: DualResponse,
    channels: Mapping[Energy, Calibrated | None],
) -> tuple[StandardView, dict[str, Any]]:
    air_low, air_high = air_of(t_low), air_of(t_high)
    measured = noise_of_scan(t_low, air=air_low), noise_of_scan(t_high, air=air_high)
    noise_low, noise_high = (one or Noise(air_share=NO_AIR_NOISE) for one in measured)
    limit = noise_high.penetration_limit()
    goods = ~air_high
    material, marked = _solved(t_low, t_high, goods, (noise_low, noise_high), limit, response)
    view = StandardView(name, t_high, t_low, material, pitch, limit)
    findings = quality_of(t_high, t_low, marked=marked, noises=(measured[1], measured[0]), airs=(air_high, air_low))
    said = _said(t_high, air_high, noise_high, None not in measured, limit) | {
        "findings": [one.as_dict() for one in (*findings, *channel_findings(channels))],
        "marked_share": _share(marked, goods),
        "told_share": _share(np.isfinite(material), goods),
    }
    return view, said


def _solved(
    low: NDArray[np.float32],
    high: NDArray[np.float32],
    goods: NDArray[np.bool_],
    noises: tuple[Noise, Noise],
    limit: float,
    response: DualResponse,
) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """Material index, NaN where it cannot be told, and the goods that no amounts explain. Air is half of most scans and
    is told nothing of: only as much of it is solved as the means over goods reach into."""
    material, marked = np.full(high.shape, np.nan, np.float32), np.zeros(high.shape, np.bool_)
    near = cv2.dilate(goods.view(np.uint8), np.ones((WINDOW_PX, WINDOW_PX), np.uint8)).view(np.bool_)
    rows, columns = np.flatnonzero(near.any(axis=1)), np.flatnonzero(near.any(axis=0))
    if rows.size:
        cut = np.s_[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
        low, high, inside = low[cut], high[cut], goods[cut]
        basis = solve(low, high, response, among=near[cut])
        index = index_of(basis, low, high, *noises, among=inside)
        np.copyto(material[cut], index.f, where=index.told & inside & (high > limit))
        np.logical_and(basis.marked, inside, out=marked[cut])
    return material, marked


def _one_energy(
    scan: Scan, image: ScanImage, name: str, profile: MachineProfile
) -> tuple[StandardView, dict[str, Any]]:
    channels = {image.layer.energy: _corrected(scan, image, profile)}
    (high,), pitch = _sampled((_transmission(image, channels[image.layer.energy], profile),), image, profile)
    air = air_of(high)
    found = noise_of_scan(high, air=air)
    noise = found or Noise(air_share=NO_AIR_NOISE)
    limit = noise.penetration_limit()
    view = StandardView(name, high, pitch_mm=pitch, penetration_limit=limit)
    said = _said(high, air, noise, found is not None, limit)
    findings = quality_of(high, noises=(found, None), airs=(air, None))
    return view, said | {"findings": [one.as_dict() for one in (*findings, *channel_findings(channels))]}


def _from_colours(scan: Scan, name: str, profile: MachineProfile) -> tuple[StandardView, dict[str, Any]]:
    image = scan.image(view=name)
    colours = np.ascontiguousarray(image.colours())
    compressed = any(word in scan.facts.format.lower() for word in _LOSSY)
    fit = recognised(colours, profile.palettes, compressed)
    found = invert(colours, fit.palette, compressed)
    told = is_told(found.f_low, found.f_high) & ~found.rejected
    high = np.where(found.rejected, 1.0, found.t).astype(np.float32)
    material = np.where(told, found.f, np.nan).astype(np.float32)
    goods = high < 1 - AIR_OFF
    view = StandardView(name, high, None, material, image.layer.pitch_mm, 0.0)
    said = {
        "palette": fit.palette.name,
        "rejected_share": float(found.rejected.mean()),
        "told_share": _share(told & goods, goods),
        "compressed": compressed,
    }
    return view, said


def _sampled(
    planes: tuple[NDArray[np.float32], ...], image: ScanImage, profile: MachineProfile
) -> tuple[tuple[NDArray[np.float32], ...], tuple[float, float] | None]:
    """Transmissions at the pitch that is asked for, and that pitch. Raises ScanError scan.pitch_unknown."""
    own = image.layer.pitch_mm
    if profile.pitch_mm is None:
        return planes, own
    if own is None:
        raise _pitch_unknown()
    to = (profile.pitch_mm, profile.pitch_mm)
    return tuple(resampled(plane, Sampling(own), Sampling(to)) for plane in planes), to


def _corrected(scan: Scan, image: ScanImage, profile: MachineProfile) -> Calibrated | None:
    """Dark and air taken out, channel by channel, where these are counts and the machine's channels are known."""
    response = profile.channels.get(image.layer.energy)
    if response is None or scan.facts.kind is not ScanKind.COUNTS:
        return None
    return calibrated(image.pixels, response)


def _transmission(image: ScanImage, channels: Calibrated | None, profile: MachineProfile) -> NDArray[np.float32]:
    if channels is not None:
        return channels.transmission
    if image.layer.more_is_brighter is False or image.layer.relationship == "log":
        raise _air_unknown()
    if image.layer.air_counts is None and profile.air_counts is not None:
        image = replace(image, layer=image.layer.model_copy(update={"air_counts": profile.air_counts}))
    try:
        return image.transmission()
    except ValueError as error:
        raise _air_unknown() from error


def _said(
    high: NDArray[np.float32], air: NDArray[np.bool_], noise: Noise, from_air: bool, limit: float
) -> dict[str, Any]:
    return {
        "air_measured": from_air,
        "air_level": level_of(high, air) if air.any() else None,
        "air_snr": 1 / noise.air_share if noise.air_share else None,
        "penetration_limit": limit,
        "opaque_share": int(np.count_nonzero(high <= limit)) / high.size,
        "saturated_share": int(np.count_nonzero(high >= 1.049)) / high.size,
    }


def _share(of: NDArray[np.bool_], among: NDArray[np.bool_]) -> float | None:
    count = int(np.count_nonzero(among))
    return int(np.count_nonzero(of)) / count if count else None


def _not_an_image(kind: ScanKind) -> ScanError:
    return ScanError(
        Text(
            ko=f"판독 화면에 올릴 평면 영상이 아닙니다({kind.value}).",
            en=f"This is no flat image that could be read at the desk ({kind.value}).",
        ),
        Text(
            ko="같은 검사의 투시 영상(DX)을 올리십시오. 파일은 `pandok xray inspect`로 볼 수 있습니다.",
            en="Use the projection image (DX) of the same scan. `pandok xray inspect` shows the file.",
        ),
        code="scan.not_an_image",
        kind=kind.value,
    )


def _air_unknown() -> ScanError:
    return ScanError(
        Text(ko="이 파일에는 공기가 어떤 값인지 적혀 있지 않습니다.", en="The file does not say which value air has."),
        Text(
            ko="보정된 투과율로 다시 내보내거나, 공기 값(air_counts)을 적은 .json 설명 파일을 함께 올리십시오.",
            en="Export calibrated transmission, or bring a .json file beside it that gives air_counts.",
        ),
        code="scan.air_unknown",
    )


def _energies_differ(low: Sequence[int], high: Sequence[int]) -> ScanError:
    return ScanError(
        Text(
            ko=f"두 에너지 영상의 크기가 다릅니다({low[0]}×{low[1]}, {high[0]}×{high[1]}).",
            en=f"The images of the two energies differ in size ({low[0]}×{low[1]}, {high[0]}×{high[1]}).",
        ),
        Text(ko="같은 검사의 두 영상을 함께 올리십시오.", en="Bring both images of the same scan."),
        code="scan.energies_differ",
    )


def _pitch_unknown() -> ScanError:
    return ScanError(
        Text(
            ko="이 파일에는 화소 간격(mm)이 적혀 있지 않습니다.",
            en="The file does not say how many millimetres a pixel is.",
        ),
        Text(
            ko="간격을 바꾸지 않고 변환하거나, pitch_mm을 적은 .json 설명 파일을 함께 두십시오.",
            en="Convert it without another pitch, or bring a .json file beside it that gives pitch_mm.",
        ),
        code="scan.pitch_unknown",
    )
