"""How much each machine of the site blurs, as it was measured with a test object: `xray/blur.json` in the home folder.

A blur belongs to a machine and the pitch at which its scans are kept. Without it no article can be put into a scan as
the machine would have shown it (`pandok.readers.xray.projection`).
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

from pydantic import Field, TypeAdapter, ValidationError

from pandok.common.audit import writing as audit
from pandok.common.reasons import checked_reason
from pandok.core.errors import InputError
from pandok.core.reading import Value
from pandok.core.text import Text
from pandok.engines.files.durable import write_durably
from pandok.fields.xray.refusals import refusal

FILE = "blur.json"
MOST_PX = 20.0
SAME_PITCH = 0.01
"""Relative: how far a pitch may be off to be that of the measurement."""
_Millimetres = Annotated[float, Field(gt=0, le=1000)]
_Pixels = Annotated[float, Field(ge=0, le=MOST_PX)]


class MeasuredBlur(Value):
    """`sigma_px`: σ of a Gaussian, in pixels of `pitch_mm` (row, column); it may be off by `error_px`."""

    machine: Annotated[str, Field(min_length=1, max_length=120)]
    pitch_mm: tuple[_Millimetres, _Millimetres]
    sigma_px: _Pixels
    error_px: _Pixels

    def is_of(self, machine: str, pitch_mm: tuple[float, float]) -> bool:
        off = max(abs(one / own - 1) for one, own in zip(pitch_mm, self.pitch_mm, strict=True))
        return self.machine == machine and off <= SAME_PITCH


_ALL = TypeAdapter(list[MeasuredBlur])


def measured_blurs(home: Path) -> list[MeasuredBlur]:
    """Raises InputError xray.blur_unreadable where the file is none."""
    file = home / "xray" / FILE
    if not file.is_file():
        return []
    try:
        return _ALL.validate_json(file.read_bytes())
    except ValidationError as error:
        raise InputError(
            Text(ko=f"장비 흐림 파일 xray/{FILE}을 읽을 수 없습니다.", en=f"The file xray/{FILE} cannot be read."),
            Text(
                ko="파일을 지우고 pandok xray machine blur로 다시 등록하십시오.",
                en="Remove it, and keep the blurs again with pandok xray machine blur.",
            ),
            code="xray.blur_unreadable",
        ) from error


def blur_of(home: Path, machine: str, pitch_mm: tuple[float, float]) -> MeasuredBlur | None:
    """None: nobody measured this machine at this pitch. Raises InputError xray.blur_unreadable."""
    return next((one for one in measured_blurs(home) if one.is_of(machine, pitch_mm)), None)


def keep_blur(home: Path, blur: MeasuredBlur, *, reason: str, now: datetime) -> None:
    """In place of what was kept for this machine and pitch. Raises RequestError for the reason, xray.blur_machine for a
    machine without a name; InputError xray.blur_unreadable; StoreError where the file cannot be written."""
    reason = checked_reason(reason)
    if not blur.machine.strip():
        raise refusal("blur_machine")
    kept = [one for one in measured_blurs(home) if not one.is_of(blur.machine, blur.pitch_mm)]
    (home / "xray").mkdir(parents=True, exist_ok=True)
    write_durably(home / "xray" / FILE, _ALL.dump_json([*kept, blur], indent=1), overwrite=True)
    said = {"blur_px": f"{blur.sigma_px:g}", "blur_error_px": f"{blur.error_px:g}"}
    audit.tell(None, "scanner.blur", f"scanner:{blur.machine}", reason, now, said)
