"""What the physics of a scan refuses, whose turn it is and what to do next."""

from __future__ import annotations

from typing import Any

from pandok.core.errors import InputError
from pandok.core.text import Text

REFUSALS: dict[str, tuple[Text, Text]] = {
    "xray.calibration_shapes": (
        Text(
            ko="암전류(dark) 영상과 공기(air) 영상의 채널 수가 서로 맞지 않습니다(dark {dark}, air {air}).",
            en="The dark and the air image do not have the same channels (dark {dark}, air {air}).",
        ),
        Text(
            ko="같은 장비에서 같은 방향으로 저장한 교정 영상 두 장을 지정하십시오.",
            en="Give two calibration images of the same machine, stored the same way round.",
        ),
    ),
    "xray.calibration_dead": (
        Text(
            ko="교정 영상에 살아 있는 채널이 하나도 없습니다(채널 {channels}개).",
            en="No channel of the calibration images is alive (channels: {channels}).",
        ),
        Text(
            ko="관전압을 켠 상태에서 공기 영상을 다시 촬영하십시오.",
            en="Take the air image again with the tube switched on.",
        ),
    ),
    "xray.calibration_channels": (
        Text(
            ko="스캔({scan})의 채널 수가 교정 영상({channels}개)과 다릅니다.",
            en="The scan ({scan}) does not have as many channels as its calibration ({channels}).",
        ),
        Text(
            ko="이 스캔을 촬영한 장비의 교정 영상을 지정하십시오. 행이 검출기 채널이어야 합니다.",
            en="Give the calibration of the machine that made this scan; rows must be detector channels.",
        ),
    ),
    "xray.channels_wrong": (
        Text(
            ko="장비의 채널 보정 파일을 읽을 수 없습니다.",
            en="The file of the machine's channels cannot be read.",
        ),
        Text(
            ko="`pandok xray machine channels`로 암전류와 공기를 다시 재십시오.",
            en="Measure dark and air again with `pandok xray machine channels`.",
        ),
    ),
    "xray.wedge_table": (
        Text(
            ko="시편 표의 {row}행을 쓸 수 없습니다({why}).",
            en="Row {row} of the wedge's table cannot be used ({why}).",
        ),
        Text(
            ko="of(화학식), g_per_cm2, left, top, right, bottom 열을 쓰고, 상자는 영상 안의 화소로 적으십시오.",
            en="Use the columns of (a formula), g_per_cm2, left, top, right, bottom; boxes in pixels within the scan.",
        ),
    ),
    "xray.spectrum_columns": (
        Text(
            ko="스펙트럼 표에 필요한 열이 없습니다(없는 열: {missing}, 행 {rows}개).",
            en="The table of the spectrum lacks columns (missing: {missing}; rows: {rows}).",
        ),
        Text(
            ko="energy_kev 열과 에너지별 가중치 열(w_low, w_high)이 있는 CSV를 지정하십시오.",
            en="Give a CSV with the column energy_kev and one of weights for each energy (w_low, w_high).",
        ),
    ),
    "xray.spectrum_numbers": (
        Text(
            ko="스펙트럼 표의 값을 읽을 수 없습니다({why}).",
            en="The table of the spectrum holds values that cannot be used ({why}).",
        ),
        Text(
            ko="에너지와 가중치를 0 이상의 숫자로 적어 다시 지정하십시오.",
            en="Write energies and weights as numbers of at least 0 and give the table again.",
        ),
    ),
    "xray.spectrum_unknown": (
        Text(
            ko="‘{name}’ 장비의 스펙트럼은 들어 있지 않습니다(있는 것: {known}).",
            en="No spectrum of a machine “{name}” comes with Pandok (there are: {known}).",
        ),
        Text(
            ko="목록에서 고르거나 장비의 스펙트럼 표를 직접 지정하십시오.",
            en="Choose one of the list, or give a table of the machine's spectrum.",
        ),
    ),
    "xray.wedge_steps": (
        Text(
            ko="계단 시편의 단이 모자랍니다(쓸 수 있는 단 {steps}개, 재질 {materials}가지).",
            en="The step wedge is too small (usable steps: {steps}, materials: {materials}).",
        ),
        Text(
            ko="폴리에틸렌, 알루미늄, 철을 포함해 아홉 단 이상을 촬영하십시오.",
            en="Take at least nine steps of polyethylene, aluminium and steel.",
        ),
    ),
    "xray.wedge_misfit": (
        Text(
            ko="계단 시편의 측정값이 적힌 두께와 맞지 않습니다(중앙값 {percent} % 차이).",
            en="The measured steps do not fit the thicknesses written down (off by {percent} % in the median).",
        ),
        Text(
            ko="시편의 재질과 두께, 공기 교정을 확인하고 다시 촬영하십시오.",
            en="Check materials and thicknesses of the wedge and the air calibration, and take it again.",
        ),
    ),
}


def refused(*, code: str, **fields: Any) -> InputError:
    """The refusal `code` with its numbers put in."""
    what, next_step = REFUSALS[code]
    said = Text(ko=what.ko.format(**fields), en=what.en.format(**fields))
    return InputError(said, next_step, code=code, **fields)
