"""What one file may cost."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """`bytes`: of the file; `inflated_bytes`: of what a deflated one holds. `pixels`: of all its images together.
    `elements`: of a DICOM or XML file; a tomography of 2,000 slices has 20,000."""

    bytes: int = 400_000_000
    inflated_bytes: int = 150_000_000
    pixels: int = 200_000_000
    depth: int = 32
    elements: int = 120_000


LIMITS = Limits()
