"""The bulk that a setting names."""

from __future__ import annotations

from pandok.engines.bulk.local import LocalBulk
from pandok.engines.bulk.ray_bulk import RayBulk
from pandok.engines.bulk.values import Bulk


def open_bulk(name: str, *, lanes: int) -> Bulk:
    """`local`, `ray`, or `ray:<address>` for a cluster. Raises Unavailable where Ray is asked for and missing."""
    if name == "local":
        return LocalBulk(lanes)
    return RayBulk(lanes, address=name.removeprefix("ray").removeprefix(":"))
