"""`pandok xray machine`: an unknown machine is brought onto the one scale, from dark and air to its spectra."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from typer.testing import CliRunner

from pandok.cli.main import app
from pandok.common.models import AuditEntry
from pandok.core.errors import InputError
from pandok.fields.xray.acts.machine_blur import blur_of, measured_blurs
from pandok.readers.xray.formats.reading import NamedBytes, read_files
from pandok.readers.xray.physics.attenuation import mass_attenuation
from pandok.readers.xray.physics.tubes import Sheet
from tests.chosen import Choose
from tests.readers.xray.formats import samples
from tests.readers.xray.physics.test_harmonising import WEDGE, index, machine

RUN = CliRunner()
pytestmark = pytest.mark.django_db
TRUE = machine(120, [Sheet("Al", 1.08)], Sheet("Gd2O2S", 0.06), 0.3, Sheet("Gd2O2S", 0.3))
CHANNELS, LINES, SIDE = 40, 64, 20
DEAD = 7
SALT = ("NaCl", 3.0)


@dataclass
class Hall2:
    """Detectors of uneven gain, one of them dead; `home` is the site's."""

    home: Path
    folder: Path
    random: np.random.Generator
    dark: NDArray[np.float64]
    gain: NDArray[np.float64]

    def counts(self, name: str, low: NDArray[np.float64], high: NDArray[np.float64]) -> list[Path]:
        """Two PNG files of 16 bits for transmissions (channels, columns)."""
        found = []
        for energy, plane in (("low", low), ("high", high)):
            clean = self.dark[:, None] + self.gain[:, None] * plane
            clean[DEAD] = self.dark[DEAD]
            noisy = np.clip(clean + self.random.normal(0, 60, clean.shape), 0, 65535).astype(np.uint16)
            path = self.folder / f"{name}_{energy}.png"
            path.write_bytes(samples.png(noisy))
            found.append(path)
        return found

    def behind(self, goods: list[tuple[str, float]]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """One box after the other along the belt, air at both ends."""
        planes = np.ones((2, CHANNELS, 2 * LINES + SIDE * len(goods)))
        for place, (of, amount) in enumerate(goods):
            at = slice(LINES + SIDE * place, LINES + SIDE * (place + 1))
            planes[0, :, at], planes[1, :, at] = TRUE.behind(mass_attenuation(of, TRUE.energies_kev), amount)
        return planes[0], planes[1]

    def table(self) -> Path:
        lines = ["of,g_per_cm2,left,top,right,bottom"]
        for place, (of, amount) in enumerate(WEDGE):
            left = LINES + SIDE * place + 2
            lines.append(f"{of},{amount},{left},10,{left + SIDE - 4},{CHANNELS}")
        path = self.folder / "wedge.csv"
        path.write_text("\n".join(lines), encoding="utf-8")
        return path


@pytest.fixture
def hall(tmp_path: Path, choose: Choose) -> Hall2:
    home = tmp_path / "home"
    home.mkdir()
    choose(home=home)
    random = np.random.default_rng(4)
    return Hall2(home, tmp_path, random, random.normal(300, 5, CHANNELS), random.normal(48_000, 1200, CHANNELS))


def run(*asked: object) -> Any:
    done = RUN.invoke(app, ["--language", "en", "xray", *map(str, asked)])
    assert "Traceback" not in done.output
    return done


@pytest.fixture
def measure_channels(hall: Hall2) -> Callable[[], Any]:
    nothing, air = np.zeros((CHANNELS, LINES)), np.ones((CHANNELS, LINES))
    dark, bright = hall.counts("dark", nothing, nothing), hall.counts("air", air, air)
    asked = [part for path in dark for part in ("--dark", path)] + [part for path in bright for part in ("--air", path)]
    return lambda: run("machine", "channels", "hall-2", *asked, "--reason", "yearly check", "--json")


def material_of(hall: Hall2, into: str, *more: object) -> tuple[float, dict[str, Any]]:
    """Index of a salt as the converted scan has it, and the report of its view."""
    hall.counts("bag", *hall.behind([SALT]))
    bag = [hall.folder / f"bag_{energy}.png" for energy in ("low", "high")]
    done = run("convert", *bag, "--into", hall.folder / into, "--to", "standard", *more)
    assert done.exit_code == 0, done.output
    tif, said = ((hall.folder / into / f"bag.{ending}").read_bytes() for ending in ("tif", "quality.json"))
    beside = (hall.folder / into / "bag.json").read_bytes()
    scan = read_files([NamedBytes("bag.tif", tif), NamedBytes("bag.json", beside)])
    low, high = (float(one.pixels[12:, LINES + 3 : LINES + SIDE - 3].mean()) for one in scan.images)
    return index(low, high, TRUE), json.loads(said)["views"][0]


def test_a_machine_is_known_after_dark_air_and_a_wedge(hall: Hall2, measure_channels: Callable[[], Any]) -> None:
    told = json.loads(measure_channels().stdout)
    assert {name: one["bad"] for name, one in told.items()} == {
        name: [{"channel": DEAD, "why": "dead"}] for name in ("low", "high")
    }
    wedge = hall.counts("wedge", *hall.behind(WEDGE))
    done = run(
        *(
            "machine",
            "spectra",
            "hall-2",
            *wedge,
            "--wedge",
            hall.table(),
            "--kv",
            "120",
            "--reason",
            "new machine",
            "--json",
        )
    )
    assert done.exit_code == 0, done.output
    fitted = json.loads(done.stdout)
    assert fitted["median_misfit_percent"] < 0.2
    assert len(fitted["steps"]) == len(WEDGE)
    listed = json.loads(run("machine", "list", "--json").stdout)
    assert {"name": "hall-2", "channels": True} in listed
    assert {"name": "cabinet-160kv", "channels": False} in listed

    truth = index(*(float(one) for one in TRUE.behind(mass_attenuation(SALT[0], TRUE.energies_kev), SALT[1])), TRUE)
    found, report = material_of(hall, "out", "--spectrum", "hall-2")
    assert found == pytest.approx(truth, abs=0.01)
    findings = {one["code"]: one for one in report["findings"]}
    assert findings["channels_filled"]["value"] == 1
    assert f"({DEAD})" in findings["channels_filled"]["en"]
    assert abs(findings["air_drift"]["value"]) < 0.5
    entries = AuditEntry.objects.order_by("sequence").values_list("action", "object", "reason")
    assert list(entries) == [
        ("scanner.channels", "scanner:hall-2", "yearly check"),
        ("scanner.spectra", "scanner:hall-2", "new machine"),
    ]


def test_counts_without_the_machine_s_channels_are_refused_or_another_record(
    hall: Hall2, measure_channels: Callable[[], Any]
) -> None:
    """Without channels the value of air must be said; and what was converted before is converted anew with them."""
    bag = hall.counts("bag", *hall.behind([SALT]))
    refused = run("convert", *bag, "--into", hall.folder / "one", "--to", "standard")
    assert refused.exit_code == 1
    assert "[scan.air_unknown]" in refused.output
    measure_channels()
    (hall.home / "xray" / "spectra").mkdir(parents=True)
    table = "energy_kev,w_low,w_high\n60,0.5,0.4\n90,0.5,0.6\n"
    (hall.home / "xray" / "spectra" / "hall-2.csv").write_text(table, encoding="utf-8")
    asked = ("convert", *bag, "--into", hall.folder / "two", "--to", "standard", "--spectrum", "hall-2")
    assert "1 scan converted" in run(*asked).stdout
    assert "1 stood there already" in run(*asked).stdout
    measure_channels()
    (hall.home / "xray" / "channels" / "hall-2.json").write_text(
        (hall.home / "xray" / "channels" / "hall-2.json").read_text(encoding="utf-8").replace('[[7, "dead"]]', "[]"),
        encoding="utf-8",
    )
    assert "1 scan converted" in run(*asked).stdout


def test_all_scans_come_to_one_pitch_where_it_is_asked_for(hall: Hall2, measure_channels: Callable[[], Any]) -> None:
    measure_channels()
    bag = hall.counts("bag", *hall.behind([SALT]))
    asked = ("convert", *bag, "--to", "standard", "--air", "48300", "--pitch-mm", "2", "--into")
    refused = run(*asked, hall.folder / "none")
    assert refused.exit_code == 1
    assert "[scan.pitch_unknown]" in refused.output
    for energy in ("low", "high"):
        said = {"pandok_scan": 1, "layers": [{"energy": energy, "pitch_mm": [1.0, 1.0]}]}
        (hall.folder / f"bag_{energy}.json").write_text(json.dumps(said), encoding="utf-8")
    beside = [hall.folder / f"bag_{energy}.json" for energy in ("low", "high")]
    done = run("convert", *bag, *beside, *asked[3:], hall.folder / "out")
    assert done.exit_code == 0, done.output
    files = [NamedBytes(name, (hall.folder / "out" / name).read_bytes()) for name in ("bag.tif", "bag.json")]
    scan = read_files(files)
    assert {one.pixels.shape for one in scan.images} == {(CHANNELS // 2, (2 * LINES + SIDE) // 2)}
    assert {one.layer.pitch_mm for one in scan.images} == {(2.0, 2.0)}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda asked: ["Hall 2", *asked[1:]], "xray.machine_name"),
        (lambda asked: ["../hall", *asked[1:]], "xray.machine_name"),
        (lambda asked: ["cabinet-160kv", *asked[1:]], "xray.spectra_shipped"),
        (lambda asked: [*asked[:1], *asked[2:]], "xray.wedge_one_energy"),
        (lambda asked: [*asked[:-1], ""], "request.reason"),
        (lambda asked: [*asked[:4], Path("nowhere.csv"), *asked[5:]], "xray.wedge_unreadable"),
        (lambda asked: [*asked[:1], Path("nowhere.png"), *asked[2:]], "scan.unreadable"),
    ],
)
def test_what_cannot_be_measured_is_said_and_nothing_is_kept(
    hall: Hall2, change: Callable[[list[object]], list[object]], code: str
) -> None:
    wedge = hall.counts("wedge", *hall.behind(WEDGE))
    asked = ["hall-2", *wedge, "--wedge", hall.table(), "--air", "48300", "--reason", "new machine"]
    done = run("machine", "spectra", *change(asked))
    assert done.exit_code == 2, done.output
    assert code in done.output
    assert not AuditEntry.objects.exists()
    assert not (hall.home / "xray" / "spectra").exists()


def test_a_row_of_the_wedge_that_does_not_fit_is_named(hall: Hall2) -> None:
    wedge, table = hall.counts("wedge", *hall.behind(WEDGE)), hall.table()
    table.write_text(table.read_text(encoding="utf-8") + "\nAl,2,0,0,9999,20\n", encoding="utf-8")
    done = run("machine", "spectra", "hall-2", *wedge, "--wedge", table, "--air", "48300", "--reason", "new machine")
    assert done.exit_code == 2
    assert f"Row {len(WEDGE) + 2}" in done.output
    assert "[xray.wedge_table]" in done.output


def test_the_blur_of_a_machine_is_kept_with_its_pitch_and_told_in_the_audit(tmp_path: Path, choose: Choose) -> None:
    choose(home=tmp_path)
    asked = ["xray", "machine", "blur", " Maker  4 R-16 ", "--pitch-mm", "0.8", "0.85", "--error-px", "0.01"]
    for sigma in ("0.61", "0.6"):  # the second takes the place of the first
        done = RUN.invoke(app, [*asked, "--sigma-px", sigma, "--reason", "시험체로 다시 잼"])
        assert done.exit_code == 0, done.output
    (kept,) = measured_blurs(tmp_path)
    assert (kept.machine, kept.sigma_px, kept.error_px) == ("Maker 4 R-16", 0.6, 0.01)
    assert blur_of(tmp_path, "Maker 4 R-16", (0.8, 0.85)) == kept
    assert blur_of(tmp_path, "Maker 4 R-16", (1.6, 1.7)) is None
    assert blur_of(tmp_path, "Maker 5", (0.8, 0.85)) is None
    told = AuditEntry.objects.filter(action="scanner.blur").order_by("-pk")[0]
    assert told.details == {"blur_px": "0.6", "blur_error_px": "0.01"}
    assert RUN.invoke(app, [*asked, "--sigma-px", "0.6"]).exit_code != 0  # no reason
    nameless = ["xray", "machine", "blur", " ", "--pitch-mm", "1", "1", "--sigma-px", "1", "--error-px", "0"]
    assert RUN.invoke(app, [*nameless, "--reason", "시험체로 다시 잼"]).exit_code != 0
    (tmp_path / "xray" / "blur.json").write_text("[{}]")
    with pytest.raises(InputError) as error:
        measured_blurs(tmp_path)
    assert error.value.error_code == "xray.blur_unreadable"
