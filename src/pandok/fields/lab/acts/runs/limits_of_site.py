"""The limits of a model at this site, from its settings, without the records: a machine is looked at alone."""

from __future__ import annotations

from pandok.engines.sandbox.limits import MIB, Limits
from pandok.settings import Settings


def limits_of(chosen: Settings) -> Limits:
    """What one model may take at this site. Values that are no numbers pass, because feeding names them."""
    return Limits(
        seconds_per_case=chosen.run_case_s,
        seconds_in_all=60 * chosen.run_minutes,
        memory_bytes=chosen.run_memory_mb * MIB,
        may_be_nan=True,
        memory_group=chosen.sandbox_cgroup,
    )
