"""What one file may cost."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """`bytes`: of the file, and of what a deflated one holds. `pixels`: of all its images together."""

    bytes: int = 400_000_000
    pixels: int = 200_000_000
    depth: int = 32
    elements: int = 400_000


LIMITS = Limits()
