"""The keys of the desk, once: for the script that listens, for the buttons and for the list of keys."""

from __future__ import annotations

from dataclasses import dataclass

from pandok.core.text import Text
from pandok.fields.xray.decisions import Decision


@dataclass(frozen=True)
class DeskKey:
    """`code`: the place of the key (KeyboardEvent.code), so that a Korean input method does not matter. `presses`: the
    id of the button that it presses."""

    code: str
    shown: str
    words: Text
    presses: str


DECISIONS: dict[Decision, DeskKey] = {
    Decision.CLEAR: DeskKey("Space", "Space", Text(ko="통과", en="Clear"), "decide-clear"),
    Decision.OPEN: DeskKey("Enter", "Enter", Text(ko="개장", en="Open"), "decide-open"),
    Decision.SECOND_LOOK: DeskKey("Digit2", "2", Text(ko="재판독", en="Second look"), "decide-second_look"),
}
TAKE_BACK = DeskKey("Digit9", "9", Text(ko="직전 판독 취소", en="Take the last decision back"), "take-back")
NEXT = DeskKey("Enter", "Enter", Text(ko="판독 시작", en="Begin to read"), "next-scan")
KEYS = (*DECISIONS.values(), TAKE_BACK)


def keys_in(language: str) -> list[tuple[str, str]]:
    """For the list of keys of the viewer."""
    return [(key.shown, key.words.in_language(language)) for key in KEYS]
