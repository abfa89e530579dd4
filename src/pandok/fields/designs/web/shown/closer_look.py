"""A closer look at one picture, or at a photograph and a registered view beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from pandok.fields.designs.web.shown.drawing import Picture


@dataclass(frozen=True)
class Looked:
    """A picture that may be looked at here; `address` is that of its file, `words` what it shows."""

    sha256: str
    address: str
    words: str
    boxes: Picture | None = None
    """Its numbered regions, where a reading found some."""


@dataclass(frozen=True)
class Choice:
    """Another picture for the same place; `page` is the look with it, for a browser without scripts."""

    picture: Looked
    page: str
    current: bool


@dataclass(frozen=True)
class Pane:
    picture: Looked
    choices: list[Choice]
    """Empty where there is no other picture to choose."""
    boxes: list[tuple[Looked, bool]]
    """Pictures of this place that have regions, and whether each is the one that is shown."""
    place: str
    """Which part of the page's address names the picture: `path`, or the parameter `beside`."""


def panes(
    first: Sequence[Looked], chosen: Looked, second: Sequence[Looked], beside: Looked | None, kept: dict[str, str]
) -> list[Pane]:
    """`chosen` of `first`, and `beside` of `second` where there is one; `kept` goes along in every address."""

    def page(left: Looked, right: Looked | None) -> str:
        query = urlencode(kept | ({"beside": right.sha256} if right else {}))
        return f"{left.address}?look" + (f"&{query}" if query else "")

    shown = [Pane(chosen, _choices([(one, page(one, beside)) for one in first], chosen), _boxes(first, chosen), "path")]
    if beside is not None:
        shown.append(
            Pane(
                beside, _choices([(one, page(chosen, one)) for one in second], beside), _boxes(second, beside), "beside"
            )
        )
    return shown


def _boxes(pictures: Sequence[Looked], current: Looked) -> list[tuple[Looked, bool]]:
    return [(one, one.sha256 == current.sha256) for one in pictures if one.boxes is not None]


def _choices(pages: list[tuple[Looked, str]], current: Looked) -> list[Choice]:
    return [Choice(one, page, one == current) for one, page in pages] if len(pages) > 1 else []
