"""What the correction of detector channels says of a machine: channels that were filled, and how far air drifted."""

from __future__ import annotations

from collections.abc import Mapping

from pandok.core.text import Text
from pandok.readers.xray.physics.calibration import Calibrated
from pandok.readers.xray.quality.report import Finding, Grade
from pandok.readers.xray.scan import Energy

MOST_DRIFT = 0.05
"""Of air since dark and air were taken; beyond it they should be taken anew."""
ENERGIES = {
    Energy.LOW: Text(ko="저에너지", en="Low energy"),
    Energy.HIGH: Text(ko="고에너지", en="High energy"),
    Energy.UNKNOWN: Text(ko="검출기", en="Detectors"),
}


def channel_findings(corrected: Mapping[Energy, Calibrated | None]) -> list[Finding]:
    """Two of each energy that was corrected: channels whose pixels come from their neighbours, and the drift of air."""
    found = []
    for energy, one in corrected.items():
        if one is not None:
            found += [_filled(ENERGIES[energy], one), _drift(ENERGIES[energy], one)]
    return found


def _filled(words: Text, one: Calibrated) -> Finding:
    numbers = ", ".join(str(bad.channel) for bad in one.bad[:8]) + (" …" if len(one.bad) > 8 else "")
    text = (
        Text(
            ko=f"{words.ko}: 이웃으로 메운 채널 {len(one.bad)}개({numbers}).",
            en=f"{words.en}: channels filled from their neighbours: {len(one.bad)} ({numbers}).",
        )
        if one.bad
        else Text(ko=f"{words.ko}: 모든 채널이 살아 있습니다.", en=f"{words.en}: all channels are alive.")
    )
    return Finding("channels_filled", Grade.ATTENTION if one.bad else Grade.GOOD, float(len(one.bad)), "", text)


def _drift(words: Text, one: Calibrated) -> Finding:
    known = [level for level in (one.drift.at_start, one.drift.at_end) if level is not None]
    if not known:
        text = Text(
            ko=f"{words.ko}: 영상 양끝에 공기가 없어 변동을 재지 못했습니다.",
            en=f"{words.en}: no air at either end, so that the drift could not be measured.",
        )
        return Finding("air_drift", Grade.ATTENTION, None, "%", text)
    percent = 100 * (max(known, key=lambda level: abs(level - 1)) - 1)
    text = Text(
        ko=f"{words.ko}: 보정한 날보다 공기가 {percent:+.1f} % 변했습니다.",
        en=f"{words.en}: air has changed by {percent:+.1f} % since the channels were measured.",
    )
    return Finding("air_drift", Grade.ATTENTION if abs(percent) > 100 * MOST_DRIFT else Grade.GOOD, percent, "%", text)
