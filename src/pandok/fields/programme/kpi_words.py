"""A KPI in words, the same on its page, on a certificate and in a hand-over: what was promised, what came out."""

from __future__ import annotations

from collections.abc import Sequence

from pandok.core.text import Text


def promised(target: float, unit: str, baseline: float, direction: Text) -> Text:
    """
    >>> promised(0.2, "%", 0.4, Text(ko="낮을수록 좋음", en="lower is better")).en
    'target 0.2 %, baseline 0.4, lower is better'
    """
    return Text(
        ko=f"목표 {target:.4g} {unit}, 기준값 {baseline:.4g}, {direction.ko}",
        en=f"target {target:.4g} {unit}, baseline {baseline:.4g}, {direction.en}",
    )


def measured(value: float | None, interval: Sequence[float] | None, unit: str) -> Text:
    """
    >>> measured(0.25, (0.2, 0.3), "%").ko
    '0.25 (0.2–0.3) %'
    >>> measured(None, None, "%").en
    'no value'
    """
    if value is None:
        return Text(ko="값 없음", en="no value")
    bounds = "" if interval is None else f" ({interval[0]:.4g}–{interval[1]:.4g})"
    words = f"{value:.4g}{bounds} {unit}"
    return Text(ko=words, en=words)
