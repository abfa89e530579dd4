"""A machine of the site is measured: dark and air of its channels, and the spectra with which it sees, from a wedge."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np

from pandok.common.audit import writing as audit
from pandok.common.reasons import checked_reason
from pandok.core.audit import Detail
from pandok.engines.files.durable import write_durably
from pandok.fields.xray.acts.machines import channels_known, palettes_known
from pandok.fields.xray.refusals import refusal
from pandok.readers.xray.channel_file import channels_as_json
from pandok.readers.xray.physics.calibration import ChannelResponse, measure_channels
from pandok.readers.xray.physics.spectra import shipped, shipped_names, table_of
from pandok.readers.xray.physics.step_wedge import FittedResponse, Step, fitted_response
from pandok.readers.xray.physics.wedge_table import wedge_steps
from pandok.readers.xray.scan import Energy, Scan, ScanKind
from pandok.readers.xray.standardise import MachineProfile, standardise

NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


@dataclass(frozen=True)
class MeasuredSpectra:
    """The fit, with each step of the wedge that it took and by how much the spectra miss it."""

    fitted: FittedResponse

    @property
    def used(self) -> tuple[Step, ...]:
        return self.fitted.steps

    @property
    def median_misfit(self) -> float:
        return float(np.median(np.abs(self.fitted.misfit)))


def measure_detectors(
    home: Path, name: str, dark: Scan, air: Scan, *, reason: str, now: datetime
) -> dict[Energy, ChannelResponse]:
    """Of each energy that both scans hold; kept for the machine `name` in place of what was there.

    Raises RequestError where the name or the reason cannot be kept or the scans are no counts, InputError where they do
    not fit each other, StoreError where the file cannot be written.
    """
    reason = check_machine(name, reason)
    layers = [{one.layer.energy: one for one in scan.images} for scan in (dark, air)]
    if any(scan.facts.kind is not ScanKind.COUNTS for scan in (dark, air)) or set(layers[0]) != set(layers[1]):
        raise refusal("not_counts")
    found = {}
    for energy, image in layers[1].items():
        full_scale = (1 << image.layer.bits) - 1
        found[energy] = measure_channels(layers[0][energy].pixels, image.pixels, full_scale)
    bad = sum(len(one.bad) for one in found.values())
    said = {"channels": sum(len(one.span) for one in found.values()), "bad_channels": bad}
    _keep(home, "channels", f"{name}.json", channels_as_json(found), "scanner.channels", name, reason, now, said)
    return found


def measure_spectra(
    home: Path,
    name: str,
    scan: Scan,
    wedge: str,
    *,
    reason: str,
    now: datetime,
    most_kev: float | None = None,
    air_counts: float | None = None,
) -> MeasuredSpectra:
    """From one scan of a step wedge: kept for the machine `name` in place of what was there. `wedge`: the table of its
    steps (`pandok.readers.xray.physics.wedge_table`). Channels of that name are corrected first.

    Raises RequestError where the name or the reason cannot be kept or the scan has one energy, ScanError and InputError
    where scan or wedge cannot be used, StoreError where the file cannot be written.
    """
    reason = check_machine(name, reason)
    known = MachineProfile(
        shipped(shipped_names()[0]), tuple(palettes_known(home)), air_counts, channels_known(home, name)
    )
    standard = standardise(scan, known)
    view = standard.views[0]
    if view.low is None or standard.approximate:
        raise refusal("wedge_one_energy")
    steps = wedge_steps(wedge, view.low, view.high)
    made = MeasuredSpectra(fitted_response(steps, name, most_kev))
    fit: dict[str, Detail] = {"steps": len(made.used), "misfit_percent": f"{100 * made.median_misfit:.2f}"}
    _keep(home, "spectra", f"{name}.csv", table_of(made.fitted.response), "scanner.spectra", name, reason, now, fit)
    return made


def check_machine(name: str, reason: str) -> str:
    """The reason as it is kept; asked before anything is read. Raises RequestError for a name or a reason that cannot
    be kept."""
    if NAME.fullmatch(name) is None:
        raise refusal("machine_name")
    if name in shipped_names():
        raise refusal("spectra_shipped")
    return checked_reason(reason)


def _keep(
    home: Path,
    what: str,
    file: str,
    text: str,
    action: str,
    name: str,
    reason: str,
    now: datetime,
    said: Mapping[str, Detail],
) -> None:
    """Written first: an entry without its file would tell of what is not there."""
    (home / "xray" / what).mkdir(parents=True, exist_ok=True)
    write_durably(home / "xray" / what / file, text.encode(), overwrite=True)
    audit.tell(None, action, f"scanner:{name}", reason, now, said)
