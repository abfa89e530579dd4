"""What this site knows of its machines: spectra and palettes, those that come with Pandok and its own.

Own ones stand in the home folder: `xray/spectra/NAME.csv` (energy_kev, w_low, w_high), `xray/channels/NAME.json` (dark
and air of each detector channel) and `xray/palettes/NAME.png` or `NAME.csv` (pandok.readers.xray.colour.palette).
`pandok xray machine` makes the first two.
"""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from pandok.core.errors import InputError
from pandok.core.text import Text
from pandok.readers.xray.channel_file import channels_of_json
from pandok.readers.xray.colour.palette import Palette, palette_of_picture, palette_of_table
from pandok.readers.xray.physics.basis import DualResponse
from pandok.readers.xray.physics.calibration import ChannelResponse
from pandok.readers.xray.physics.spectra import response_from_table, shipped, shipped_names
from pandok.readers.xray.scan import Energy
from pandok.readers.xray.standardise import MachineProfile

DEFAULT = "cabinet-160kv"


def spectra_known(home: Path) -> list[str]:
    """Names of spectra: those of Pandok, then those of the site."""
    return [*shipped_names(), *(one for one in _own(home, "spectra", ".csv") if one not in shipped_names())]


def profile(home: Path, spectrum: str = DEFAULT, air_counts: float | None = None) -> MachineProfile:
    """Channels of the same name belong to it. Raises InputError where no spectrum has this name, or a file of the site
    is none."""
    return MachineProfile(
        _response(home, spectrum), tuple(palettes_known(home)), air_counts, channels_known(home, spectrum)
    )


def channels_known(home: Path, name: str) -> dict[Energy, ChannelResponse]:
    """Dark and air of the machine `name`; empty where nobody has measured them. Raises InputError for a file that is
    none."""
    if name not in _own(home, "channels", ".json"):
        return {}
    return channels_of_json((_folder(home, "channels") / f"{name}.json").read_bytes())


def palettes_known(home: Path) -> list[Palette]:
    """The palettes of the site's machines. Raises InputError where a file is none."""
    folder = _folder(home, "palettes")
    found = []
    for name in _own(home, "palettes", ".csv"):
        found.append(palette_of_table((folder / f"{name}.csv").read_text(encoding="utf-8"), name))
    for name in _own(home, "palettes", ".png"):
        picture = cv2.imdecode(np.frombuffer((folder / f"{name}.png").read_bytes(), np.uint8), cv2.IMREAD_COLOR)
        if picture is None:
            raise _unreadable(f"{name}.png")
        found.append(palette_of_picture(np.ascontiguousarray(picture[:, :, ::-1]).astype(np.uint8), name))
    return found


def _response(home: Path, name: str) -> DualResponse:
    if name in _own(home, "spectra", ".csv"):
        return response_from_table((_folder(home, "spectra") / f"{name}.csv").read_text(encoding="utf-8"), name=name)
    return shipped(name)


def _folder(home: Path, what: str) -> Path:
    return home / "xray" / what


def _own(home: Path, what: str, ending: str) -> list[str]:
    folder = _folder(home, what)
    return sorted(one.name.removesuffix(ending) for one in folder.glob(f"*{ending}")) if folder.is_dir() else []


def _unreadable(name: str) -> InputError:
    return InputError(
        Text(ko=f"색표 그림 {name}을(를) 읽을 수 없습니다.", en=f"The picture of the palette {name} cannot be read."),
        Text(ko="PNG 파일로 다시 저장하십시오.", en="Save it as PNG again."),
        code="xray.palette_unreadable",
    )
