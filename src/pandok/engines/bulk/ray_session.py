"""The Ray of this process: one of its own, or a cluster's."""

from __future__ import annotations

import os
from importlib.util import find_spec
from typing import Any

from pandok.core.errors import Unavailable
from pandok.core.text import Text

NO_SPILLING = {"automatic_object_spilling_enabled": False}


def require_ray() -> None:
    """Raises Unavailable where Ray is not installed."""
    if find_spec("ray") is None:
        raise Unavailable(
            Text(ko="Ray가 설치되어 있지 않습니다.", en="Ray is not installed."),
            Text(
                ko="Ray를 설치하거나 PANDOK_BULK=local로 두십시오. 결과는 같습니다.",
                en="Install Ray, or leave PANDOK_BULK=local; the results are the same.",
            ),
            code="unavailable.ray",
        )


def connected(address: str, lanes: int) -> tuple[Any, int]:
    """Ray, and how many of `lanes` actors find a place. `address` empty: a Ray of this process.

    Ray must not write to disk what it is handed: inputs may be sealed. So spilling is off.
    """
    # A lab tells nobody what it runs.
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    import ray

    if not ray.is_initialized():
        own: dict[str, Any] = {} if address else {"num_cpus": lanes, "_system_config": NO_SPILLING}
        ray.init(address=address or None, include_dashboard=False, log_to_driver=False, **own)
    # An actor that finds no place would keep its work for ever.
    places = int(ray.cluster_resources().get("CPU", 1))  # type: ignore[no-untyped-call]  # Ray says no types here
    return ray, max(1, min(lanes, places))
