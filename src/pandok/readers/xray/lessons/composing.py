"""An article finds its place in a bag: one proposal after the other until one can be, or an honest no."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from pandok.core.errors import InputError
from pandok.readers.xray.projection.placing import BagRoom, room_of
from pandok.readers.xray.projection.projecting import Projection, projected
from pandok.readers.xray.projection.refusals import REFUSALS, refused
from pandok.readers.xray.projection.solids import PlacedItem
from pandok.readers.xray.projection.views import BagView

MOST_TRIES = 24


@dataclass(frozen=True, eq=False)
class Composed:
    """`views`: one projection for each view of the bag. `tries`: proposals that were looked at, the last one held."""

    views: tuple[Projection, ...]
    tries: int


def composed(
    bags: Sequence[BagView],
    proposals: Iterable[Sequence[PlacedItem]],
    random: np.random.Generator,
    *,
    largest_px: Sequence[float] | None = None,
    rooms: Sequence[BagRoom] | None = None,
) -> Composed:
    """The first proposal that can be. `proposals`: the article posed and placed, one for each view. At most
    `MOST_TRIES` are looked at.

    Raises `InputError` projection.no_place with the reason that was met most often; a reason that no other place would
    change (`without_place`) is raised as it is.
    """
    spaces = [room_of(bag) for bag in bags] if rooms is None else rooms
    met: Counter[str] = Counter()
    tries = 0
    for tries, items in zip(range(1, MOST_TRIES + 1), proposals, strict=False):
        try:
            return Composed(tuple(projected(bags, items, random, largest_px=largest_px, rooms=spaces)), tries)
        except InputError as error:
            if error.error_code in WITHOUT_PLACE:
                raise
            met[error.error_code] += 1
    raise refused("no_place", tries=tries, **_why(met))


WITHOUT_PLACE = frozenset(
    {"projection.cut_off", "projection.rim", "projection.blurrier", "projection.scale", "projection.too_soft"}
    | {"projection.blur_unknown"}
)
"""Of the article or the scan itself: no place and no pose mends it."""


def _why(met: Counter[str]) -> dict[str, str]:
    if not met:
        return {"why_ko": "둘 자리가 제안되지 않았습니다", "why_en": "no place was proposed"}
    name = met.most_common(1)[0][0].removeprefix("projection.")
    return {"why_ko": _SHORT_KO.get(name, name), "why_en": _SHORT_EN.get(name, name)}


_SHORT_KO = {
    "outside_scan": "영상 밖으로 나감",
    "outside_bag": "가방 밖으로 나감",
    "in_wall": "가방 벽과 겹침",
    "too_deep": "가방보다 높음",
    "height": "가방 속 높이를 벗어남",
    "opaque": "겹쳐서 불투명해짐",
    "unsolved": "물질의 양으로 풀리지 않음",
    "blur_unsure": "장비의 흐림을 정확히 알지 못함",
    "views_disagree": "방향마다 위치가 다름",
}
_SHORT_EN = {
    "outside_scan": "it leaves the image",
    "outside_bag": "it lies outside the bag",
    "in_wall": "it sticks in a wall",
    "too_deep": "it is higher than the bag",
    "height": "it lies above or below the inside of the bag",
    "opaque": "what lies there makes it opaque",
    "unsolved": "amounts of matter cannot be solved there",
    "blur_unsure": "the blur of the machine is not known well enough",
    "views_disagree": "the views disagree about the place",
}
assert set(_SHORT_KO) == set(_SHORT_EN) <= set(REFUSALS)
