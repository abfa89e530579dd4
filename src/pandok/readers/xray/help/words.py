"""Why a place is pointed at, in words: what it may be, its size, its material as far as it can be told, its mass, and
what lies before and behind it. Nothing here names a substance."""

from __future__ import annotations

from dataclasses import dataclass

from pandok.core.text import Text
from pandok.readers.xray.physics.material import METAL, Region

ORGANIC_BELOW, METAL_ABOVE = 0.25, 0.8
"""Of the material index, as in the standard colours."""
MOST_MAGNIFICATION = 1.3
"""Things near the source look larger across the belt; by how much no file says. A pitch is that of the detectors, so a
mass is at most what the pixels say, and at least that divided by this: 25 cm above the belt of a source at 1 m."""
_THIN_G_PER_CM2 = 0.3
_GROUPS = (Text(ko="유기물", en="organic"), Text(ko="혼합", en="mixed"), Text(ko="금속", en="metal"))

CLASSES: dict[str, Text] = {
    "powder_brick": Text(ko="염산염 분말 덩어리로 의심", en="may be a brick of hydrochloride powder"),
    "knife": Text(ko="칼로 의심", en="may be a knife"),
    "pistol": Text(ko="권총으로 의심", en="may be a handgun"),
}
"""Classes of the shipped reader; one of another model stands as it is called."""


@dataclass(frozen=True)
class Seen:
    """`beside`: what lies before and behind, as its surroundings show, g/cm² and index; None: nothing to see.
    `opaque_share`: of the place, at or below the penetration limit. `mass_g`: surroundings taken off, as the pixels
    say."""

    class_name: str
    sides_mm: tuple[float, float]
    material: Region | None
    mass_g: float | None
    beside: tuple[float, float] | None
    opaque_share: float


def reason_of(seen: Seen) -> Text:
    kind = CLASSES.get(seen.class_name, Text(ko=seen.class_name, en=seen.class_name))
    parts = [kind, _size(seen), _material(seen), _mass(seen), _behind(seen)]
    said = [part for part in parts if part is not None]
    return Text(ko=". ".join(one.ko for one in said) + ".", en=". ".join(_capital(one.en) for one in said) + ".")


def _size(seen: Seen) -> Text:
    long, short = (max(1, round(side)) for side in seen.sides_mm)
    return Text(ko=f"영상에서 {long}×{short} mm", en=f"{long} × {short} mm in the image")


def _material(seen: Seen) -> Text:
    if seen.opaque_share > 0.5:
        return Text(
            ko="투과 한계보다 어두워 물질을 알 수 없음",
            en="darker than the penetration limit, so its material cannot be told",
        )
    found = seen.material
    if found is None or not found.told:
        wide = "" if found is None else f" (f {found.f_low:.2f}–{found.f_high:.2f})"
        return Text(ko=f"물질을 가릴 수 없음{wide}", en=f"its material cannot be told{wide}")
    word = index_words(found.f)
    if found.f_low >= METAL:
        return Text(ko=f"물질 지수 f {METAL} 초과: {word.ko}", en=f"material index f above {METAL}: {word.en}")
    span = f"f {found.f:.2f} ({found.f_low:.2f}–{found.f_high:.2f})"
    return Text(ko=f"물질 지수 {span}: {word.ko}", en=f"material index {span}: {word.en}")


def index_words(f: float) -> Text:
    if f < ORGANIC_BELOW:
        return Text(ko="유기물 범위", en="as organic goods have it")
    if f <= METAL_ABOVE:
        return Text(
            ko="유기물과 금속 사이, 유리·소금·염산염이 여기에 있음",
            en="between organic goods and metal, as glass, salts and hydrochlorides have it",
        )
    return Text(ko="금속 범위", en="as metals have it")


def mass_span_g(mass_g: float) -> tuple[float, float]:
    """Least and most, by `MOST_MAGNIFICATION`."""
    return mass_g / MOST_MAGNIFICATION, mass_g


def mass_words(mass_g: float) -> str:
    """`380–500 g`, two digits that count.

    >>> mass_words(496)
    '380–500 g'
    """
    low, high = (_two_digits(one) for one in mass_span_g(mass_g))
    return f"{low:,}–{high:,} g"


def _mass(seen: Seen) -> Text | None:
    if seen.mass_g is None or seen.mass_g <= 0:
        return None
    said = mass_words(seen.mass_g)
    if seen.opaque_share > 0.05:
        return Text(ko=f"{said}보다 무거움", en=f"heavier than {said}")
    return Text(ko=f"약 {said}", en=f"about {said}")


def _behind(seen: Seen) -> Text | None:
    if seen.beside is None:
        return None
    amount, f = seen.beside
    if amount < _THIN_G_PER_CM2:
        return Text(ko="앞뒤에 거의 아무것도 없음", en="nearly nothing before or behind it")
    word = _GROUPS[(f >= ORGANIC_BELOW) + (f > METAL_ABOVE)]
    return Text(
        ko=f"앞뒤에 {amount:.1f} g/cm²가 겹침({word.ko})",
        en=f"{amount:.1f} g/cm² lie before or behind it ({word.en})",
    )


def _two_digits(value: float) -> int:
    if value < 1:
        return 1
    step = 10 ** max(0, len(str(int(value))) - 2)
    return int(round(value / step) * step)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
