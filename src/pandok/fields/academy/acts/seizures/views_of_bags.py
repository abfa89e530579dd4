"""Stored views as what is joined: the planes of a scan or of a picture, with what is known of the machine."""

from __future__ import annotations

from pathlib import Path

from pandok.core.errors import InputError
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.academy.lesson_refusals import refusal
from pandok.fields.academy.models import Picture, PictureView
from pandok.fields.xray.acts.machines import profile
from pandok.fields.xray.machine_class import MEGAVOLT_KEV, MachineClass
from pandok.fields.xray.models import Scan, ScanView
from pandok.readers.xray.physics.basis import DualResponse
from pandok.readers.xray.physics.noise import Noise, noise_of_scan
from pandok.readers.xray.planes import transmission_of, unpacked
from pandok.readers.xray.projection.views import BagView, Plane
from pandok.readers.xray.standardise import NO_AIR_NOISE

BLUR_PX = 0.7
"""Taken for every machine: what stored views do not say. What was not measured is not undone either: a guess that is
too wide would draw rims around everything. An article of a finer machine goes into a coarser one's bag,
never the other way."""
WALL_MM = 5.0


def planes_of(view: ScanView | PictureView, blobs: FolderBlobs) -> tuple[Plane, Plane]:
    """(T_low, T_high). Raises RequestError lesson.one_energy, StoreError."""
    if not {"low", "high"} <= set(view.planes) or view.pitch_row_mm is None or view.pitch_column_mm is None:
        raise refusal("one_energy")
    planes = unpacked(blobs.get(view.planes_sha256), view.rows, view.columns, len(view.planes))
    low, high = (transmission_of(planes[view.planes.index(name)]) for name in ("low", "high"))
    return low, high


def response_of(scan: Scan, home: Path) -> DualResponse:
    """Spectra of the machine that took it. Raises RequestError lesson.one_energy."""
    name = str(scan.quality.get("response") or "")
    if scan.approximate or not name:
        raise refusal("one_energy")
    return named_response(name, home)


def named_response(name: str, home: Path) -> DualResponse:
    """Raises RequestError lesson.one_energy where the site knows no such spectra any more."""
    try:
        return profile(home, name).response
    except InputError as error:
        raise refusal("one_energy") from error


def class_of(response: DualResponse) -> MachineClass:
    return MachineClass.CARGO if float(response.energies_kev.max()) > MEGAVOLT_KEV else MachineClass.CABINET


def bag_views(picture: Picture, blobs: FolderBlobs, home: Path) -> list[BagView]:
    """Raises RequestError lesson.one_energy, StoreError."""
    response = named_response(picture.response, home)
    found = []
    for view in picture.views.order_by("position"):
        low, high = planes_of(view, blobs)
        noise = [noise_of_scan(plane) or Noise(air_share=NO_AIR_NOISE) for plane in (low, high)]
        found.append(
            BagView(
                low=low,
                high=high,
                response=response,
                pitch_mm=(view.pitch_row_mm or 1.0, view.pitch_column_mm or 1.0),
                blur_px=BLUR_PX,
                blur_known=False,
                noise=(noise[0], noise[1]),
                wall_mm=WALL_MM,
            )
        )
    return found
