"""Files of machines come in whole, once, on one scale; what cannot be read says why and leaves nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from pydantic import ValidationError

from pandok.core.errors import PandokError, ScanError
from pandok.engines.decoding.pool import DecodingPool
from pandok.engines.scans.there import scan_pool
from pandok.fields.counterfeit.acts.retention.unused_files import used_files
from pandok.fields.xray.acts.beginning import Shares
from pandok.fields.xray.acts.importing import Imported, import_scan
from pandok.fields.xray.acts.machines import profile, spectra_known
from pandok.fields.xray.declaration import Declaration
from pandok.fields.xray.models import Inspection, Scan, ScanFile, ScanView
from pandok.readers.xray.colour.standard import pseudo_colour
from pandok.readers.xray.formats.reading import NamedBytes
from pandok.readers.xray.planes import material_of, transmission_of, unpacked
from tests.fields.xray.hall import NOON, Hall

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def pool() -> Iterator[DecodingPool]:
    with_bounds = scan_pool()
    yield with_bounds
    with_bounds.close()


def png(transmission: np.ndarray) -> bytes:
    done, data = cv2.imencode(".png", np.rint(transmission * 65535).astype(np.uint16))
    assert done
    return data.tobytes()


def two_energies(rows: int = 64, columns: int = 80) -> list[NamedBytes]:
    """Air, and a block of about 2 g/cm² of plastic, in a file for each energy with what air is beside it."""
    high, low = np.full((rows, columns), 0.95), np.full((rows, columns), 0.95)
    high[20:40, 20:40] *= np.exp(-0.34)
    low[20:40, 20:40] *= np.exp(-0.42)
    beside = b'{"pandok_scan": 1, "layers": [{"energy": "%b", "air_counts": 62258.25}]}'
    return [
        NamedBytes("bag_low.png", png(low)),
        NamedBytes("bag_low.json", beside % b"low"),
        NamedBytes("bag_high.png", png(high)),
        NamedBytes("bag_high.json", beside % b"high"),
    ]


def bring(hall: Hall, pool: DecodingPool, files: list[NamedBytes], **declared: Any) -> Imported:
    return import_scan(
        files=files,
        declaration=Declaration(**declared),
        profile=profile(hall.blobs.folder.parent),
        site=hall.site,
        actor=None,
        now=NOON,
        shares=Shares(0, 0),
        chance=lambda: 0.5,
        blobs=hall.blobs,
        pool=pool,
    )


def test_two_energies_come_onto_the_scale(hall: Hall, pool: DecodingPool) -> None:
    inspection = bring(hall, pool, two_energies(), goods="플라스틱 용기", hs_code="3924.10-0000").inspection
    assert (inspection.goods, inspection.hs_code, inspection.state) == ("플라스틱 용기", "3924100000", "waiting")
    view = ScanView.objects.get()
    assert view.planes == ["low", "high", "material"]
    low, high, material = unpacked(hall.blobs.get(view.planes_sha256), view.rows, view.columns, 3)
    assert transmission_of(high)[5, 5] == pytest.approx(1.0, abs=1e-4)
    assert transmission_of(low)[30, 30] == pytest.approx(np.exp(-0.42), abs=1e-4)
    assert np.isnan(material_of(material)[5, 5])  # air is made of nothing
    assert -0.1 < material_of(material)[30, 30] < 0.3
    assert Scan.objects.get().quality["views"][0]["marked_share"] == 0


def test_the_same_files_begin_no_second_inspection(hall: Hall, pool: DecodingPool) -> None:
    first = bring(hall, pool, two_energies())
    again = bring(hall, pool, list(reversed(two_energies())))
    assert (first.again, again.again, again.inspection) == (False, True, first.inspection)
    assert Inspection.objects.count() == 1


def test_one_energy_has_no_material_index(hall: Hall, pool: DecodingPool) -> None:
    bring(hall, pool, [one for one in two_energies() if "high" in one.name])
    assert ScanView.objects.get().planes == ["high"]


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ([NamedBytes("a.png", b"\x89PNG\r\n\x1a\n" + b"x" * 50)], ""),
        ([NamedBytes("a.txt", b"a letter")], "scan.unknown_format"),
        ([NamedBytes("a.png", b"")], "scan.empty"),
        ([two_energies()[0]], "scan.air_unknown"),
        (
            [*two_energies()[:2], *[NamedBytes(x.name, x.data) for x in two_energies(32, 80)[2:]]],
            "scan.energies_disagree",
        ),
    ],
)
def test_what_cannot_be_read_leaves_nothing(hall: Hall, pool: DecodingPool, files: list[NamedBytes], code: str) -> None:
    with pytest.raises(ScanError) as caught:
        bring(hall, pool, files)
    assert not code or caught.value.error_code == code
    assert not Inspection.objects.exists()
    assert not Scan.objects.exists()


def test_a_coloured_picture_is_read_through_a_palette_of_the_site_and_no_other(hall: Hall, pool: DecodingPool) -> None:
    sqrt_t, f = np.meshgrid(np.linspace(0, 1, 128), np.linspace(0, 1.5, 128), indexing="ij")
    colours = pseudo_colour((sqrt_t**2).astype(np.float32), f.astype(np.float32))
    done, palette = cv2.imencode(".png", colours[:, :, ::-1])
    assert done
    picture = np.repeat(np.repeat(colours[20:60, 20:60], 4, axis=0), 4, axis=1)
    done, coloured = cv2.imencode(".png", picture[:, :, ::-1])
    assert done
    files = [NamedBytes("console.png", coloured.tobytes())]
    with pytest.raises(PandokError) as caught:
        bring(hall, pool, files)
    assert caught.value.error_code == "xray.palette_unknown"
    folder = hall.blobs.folder.parent / "xray" / "palettes"
    folder.mkdir(parents=True)
    (folder / "maker-z.png").write_bytes(palette.tobytes())
    bring(hall, pool, files)
    scan = Scan.objects.get()
    assert (scan.approximate, scan.quality["views"][0]["palette"]) == (True, "maker-z")
    assert ScanView.objects.get().planes == ["high", "material"]


def test_a_spectrum_of_the_site_is_known_by_its_name(tmp_path: Path) -> None:
    folder = tmp_path / "xray" / "spectra"
    folder.mkdir(parents=True)
    (folder / "own.csv").write_text("energy_kev,w_low,w_high\n40,1,0\n60,1,1\n90,0,1\n", encoding="utf-8")
    assert spectra_known(tmp_path)[-1] == "own"
    assert profile(tmp_path, "own").response.name == "own"
    with pytest.raises(PandokError) as caught:
        profile(tmp_path, "nobody's")
    assert caught.value.error_code == "xray.spectrum_unknown"


def test_the_sweep_of_unused_files_leaves_scans_alone(hall: Hall, pool: DecodingPool) -> None:
    bring(hall, pool, two_energies())
    every = set(hall.blobs.names())
    view = ScanView.objects.get()
    assert set(ScanFile.objects.values_list("sha256", flat=True)) < every
    assert {view.planes_sha256, view.preview_sha256} < every
    assert used_files(every) == every


@pytest.mark.parametrize(
    "wrong", [{"hs_code": "12"}, {"origin": "KOR"}, {"mass_g": 0}, {"quantity": "many"}, {"value_krw": "-1x"}]
)
def test_a_declaration_of_another_kind_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Declaration(**wrong)


def test_the_value_of_air_may_be_the_machines(hall: Hall, pool: DecodingPool) -> None:
    plain = [one for one in two_energies() if one.name.endswith(".png")]
    import_scan(
        files=plain,
        declaration=Declaration(),
        profile=profile(hall.blobs.folder.parent, air_counts=62258.25),
        site=hall.site,
        actor=None,
        now=NOON,
        shares=Shares(0, 0),
        chance=lambda: 0.5,
        blobs=hall.blobs,
        pool=pool,
    )
    assert ScanView.objects.get().planes == ["low", "high", "material"]
