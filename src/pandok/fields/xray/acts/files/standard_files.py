"""A scan on the one scale as files: transmission with air at 1, a picture in standard colours, and how good it is."""

from __future__ import annotations

import json
from datetime import datetime

import numpy as np

from pandok.fields.xray.acts.files.gathering import QUALITY
from pandok.readers.xray.formats.writing import WriteForm, WrittenFile, written
from pandok.readers.xray.quality.object_report import ObjectPlaces, object_findings
from pandok.readers.xray.scan import Energy, Layer, Scan, ScanImage, ScanKind, Step, locked
from pandok.readers.xray.standard import StandardScan, StandardView
from pandok.readers.xray.standardise import MachineProfile, standardise


def standard_files(
    scan: Scan,
    profile: MachineProfile,
    *,
    name: str,
    now: datetime,
    program: str,
    test_object: ObjectPlaces | None = None,
) -> tuple[WrittenFile, ...]:
    """TIFF of float32 with its JSON file, a PNG for each view, and `NAME.quality.json`, with what the `test_object` in
    the first view says. Raises as `standardise`, `object_findings` and `written`."""
    made = standardise(scan, profile)
    step = Step(what="standard scale: air 1", program=program, at=now, sha256_before=scan.facts.sha256)
    facts = scan.facts.model_copy(update={"kind": ScanKind.TRANSMISSION, "steps": (*scan.facts.steps, step)})
    images = tuple(image for view in made.views for image in _images(view))
    files = written(Scan(facts, images), WriteForm.TIFF, name=name, now=now, program=program)
    pictures = tuple(
        WrittenFile(f"{name}{f'_view{number}' if len(made.views) > 1 else ''}.png", view.picture_png())
        for number, view in enumerate(made.views, 1)
    )
    return (*files, *pictures, WrittenFile(f"{name}{QUALITY}", _report(made, test_object)))


def _images(view: StandardView) -> list[ScanImage]:
    planes = ((Energy.LOW if view.low is not None else None, view.low), (Energy.HIGH, view.high))
    return [
        ScanImage(
            Layer(view=view.name, energy=energy, bits=32, pitch_mm=view.pitch_mm),
            locked(np.clip(plane, 0.0, 2.0).astype(np.float32)),
        )
        for energy, plane in planes
        if energy is not None and plane is not None
    ]


def _report(made: StandardScan, test_object: ObjectPlaces | None) -> bytes:
    said = {"format": made.format, "machine": made.machine, "approximate": made.approximate, **made.quality}
    if test_object is not None:
        first = made.views[0]
        said["test_object"] = [one.as_dict() for one in object_findings(test_object, first.high, first.pitch_mm)]
    return json.dumps(said, ensure_ascii=False, indent=1).encode()
