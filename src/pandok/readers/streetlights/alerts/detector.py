"""What a hazard is to the rest of Pandok: something that scores one observation, learns from it and says why.

| promise | |
|---|---|
| `score_one(o)` | score including `o`, higher is worse; None: it abstains. Changes nothing |
| `learn_one(o)` | takes `o` in. Called once for each observation, after `score_one`, in order of time |
| `state()`, `restore(s)` | JSON-ready; restored, it goes on exactly as the one that was saved would have |
| `reason(...)` | one sentence in both languages: which value, how much, for how long |

`name` and `version` go into every alert's id: a change that can move an onset is a new version.
"""

from __future__ import annotations

from typing import Any, Protocol

from pandok.core.text import Text
from pandok.readers.streetlights.alerts.observation import Observation


class Detector(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def version(self) -> str: ...
    def score_one(self, observation: Observation) -> float | None: ...
    def learn_one(self, observation: Observation) -> None: ...
    def reason(self, score: float, held_s: float) -> Text: ...
    def state(self) -> dict[str, Any]: ...
    def restore(self, state: dict[str, Any]) -> None: ...


def for_how_long(held_s: float) -> Text:
    """Words for a hold, to go behind a value: empty for one observation.

    >>> for_how_long(150).en, for_how_long(20).en, for_how_long(0).en
    (' for 2 min', ' for 20 s', '')
    """
    if held_s >= 120:
        return Text(ko=f" {held_s // 60:.0f}분간", en=f" for {held_s // 60:.0f} min")
    return Text(ko=f" {held_s:.0f}초간", en=f" for {held_s:.0f} s") if held_s >= 1 else Text(ko="", en="")
