"""Stored views as what is joined: the planes of a scan or of a picture, with what is known of the machine."""

from __future__ import annotations

from pathlib import Path

from pandok.core.errors import InputError
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.academy.acts.bank.generator import computed_blur_px
from pandok.fields.academy.lesson_refusals import refusal
from pandok.fields.academy.models import Picture, PictureView
from pandok.fields.xray.acts.machine_blur import blur_of
from pandok.fields.xray.acts.machines import profile
from pandok.fields.xray.machine_class import MEGAVOLT_KEV, MachineClass
from pandok.fields.xray.models import Scan, ScanView
from pandok.readers.xray.physics.basis import DualResponse
from pandok.readers.xray.physics.noise import Noise, noise_of_scan
from pandok.readers.xray.planes import transmission_of, unpacked
from pandok.readers.xray.projection.views import BagView, Plane
from pandok.readers.xray.standardise import NO_AIR_NOISE

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
    """Raises RequestError lesson.one_energy, StoreError, InputError xray.blur_unreadable."""
    response = named_response(picture.response, home)
    found = []
    for view in picture.views.order_by("position"):
        low, high = planes_of(view, blobs)
        blur = _blur_of(picture, view, home)
        noise = [noise_of_scan(plane) or Noise(air_share=NO_AIR_NOISE) for plane in (low, high)]
        found.append(
            BagView(
                low=low,
                high=high,
                response=response,
                pitch_mm=(view.pitch_row_mm or 1.0, view.pitch_column_mm or 1.0),
                blur_px=blur[0] if blur else 0.0,
                blur_known=blur is not None,
                blur_error_px=blur[1] if blur else 0.0,
                noise=(noise[0], noise[1]),
                wall_mm=WALL_MM,
            )
        )
    return found


def _blur_of(picture: Picture, view: PictureView, home: Path) -> tuple[float, float] | None:
    """σ in pixels and its error: of a computed bag as it was computed, else as it was measured; None: nobody did."""
    if picture.from_generator:
        computed = computed_blur_px(picture.machine, view.name)
        if computed is not None:
            return computed, 0.0
    if view.pitch_row_mm is None or view.pitch_column_mm is None:
        return None
    measured = blur_of(home, picture.machine, (view.pitch_row_mm, view.pitch_column_mm))
    return (measured.sigma_px, measured.error_px) if measured else None
