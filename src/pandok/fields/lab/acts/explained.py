"""What a stored code says to people: the lab's own list and those of gate, feeding and sandbox, as one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pandok.core.lab.refusals import REASONS, Reason
from pandok.core.text import Text
from pandok.engines.feeding.codes import REASONS as FEEDING_REASONS
from pandok.engines.feeding.codes import FeedingCode
from pandok.engines.onnx_gate.refusals import REASONS as GATE_REASONS
from pandok.engines.sandbox.codes import SandboxCode


@dataclass(frozen=True)
class Explained:
    """A refusal with its sentences."""

    code: str
    where: str
    what: Text
    next_step: Text
    said: Text | None = None


def explained(stored: Mapping[str, Any]) -> Explained:
    """Of `Refusal.as_dict()`. Raises KeyError for a code that is on no list: a slip in the code."""
    code = stored["code"]
    reason = REASONS.get(code) or _of_engines(code)
    said = Text.model_validate(stored["said"]) if stored.get("said") else None
    return Explained(code, stored.get("where", ""), reason.what, reason.next_step, said)


def _of_engines(code: str) -> Reason:
    if code.startswith("feeding."):
        return Reason(*FEEDING_REASONS[FeedingCode(code)])
    if code.startswith("sandbox."):
        return Reason(SandboxCode(code).what, SandboxCode(code).next_step)
    return Reason(*GATE_REASONS[code])
