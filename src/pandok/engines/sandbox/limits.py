"""What one model may take."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """`memory_bytes` come on top of the bare runtime; `may_be_nan` lets values through that are not finite.

    `memory_group`: the setting `sandbox_cgroup`; each machine looks for its own group by it.
    """

    seconds_to_load: float = 60.0
    seconds_per_case: float = 10.0
    seconds_in_all: float = 600.0
    memory_bytes: int = 4096 * MIB
    input_bytes: int = 64 * MIB
    output_bytes: int = 16 * MIB
    may_be_nan: bool = False
    memory_group: str = ""

    def __post_init__(self) -> None:
        if min(self.seconds_to_load, self.seconds_per_case, self.seconds_in_all) <= 0:
            raise ValueError("a time limit must be above zero")
        if min(self.memory_bytes, self.input_bytes, self.output_bytes) < 4096:
            raise ValueError("a size limit must be at least one page")


CHECKING = Limits(seconds_to_load=120.0, seconds_in_all=120.0)
