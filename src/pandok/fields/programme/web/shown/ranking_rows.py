"""Ranks with their uncertainty in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pandok.core.text import Text


def rank_shown(one: Mapping[str, Any]) -> dict[str, Any]:
    """`one`: a rank as it is kept (`lists/rankings`)."""
    spread, between, first = one["spread"], one["between"], one["in_first"]
    return {
        "key": one["key"],
        "rank": one["rank"],
        "scores": one["scores"],
        "mean": f"{one['mean']:.1f}",
        "spread": "–" if spread is None else f"{spread:.1f}",
        "range": f"{one['lowest']:.1f}–{one['highest']:.1f}",
        "between": "–" if between is None else f"{between[0]}–{between[1]}",
        "first": "–" if first is None else f"{first:.0%}",
    }


METHOD = Text(
    ko="순위의 범위는 자문위원을 복원추출로 2,000번 다시 뽑아 구한 95% 구간입니다. "
    "자문위원이 적으면 구간이 실제보다 좁을 수 있습니다.",
    en="The range of a rank is its 95 % interval when advisors are drawn again 2,000 times with replacement. With few "
    "advisors it may be narrower than the truth.",
)
