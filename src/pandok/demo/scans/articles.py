"""Articles to be trained on, each beside something harmless that looks like it: shape and composition only; nothing
here says how any of it is made or hidden."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from pandok.core.text import Text
from pandok.demo.scans.goods import Maker, Random
from pandok.demo.scans.parts import Item, Part
from pandok.demo.scans.threats import knife, pistol, powder_brick
from pandok.readers.xray.solids.mesh import rotation
from pandok.readers.xray.solids.shapes import box, cone, cylinder, prism, tube


def cartridges(random: Random) -> Item:
    """A few rows of them in a cardboard box."""
    rows, columns = int(random.integers(2, 5)), int(random.integers(4, 7))
    length, radius, apart = random.uniform(26, 34), random.uniform(4.5, 6), 13.5
    x, y, z = columns * apart + 4, rows * apart + 4, length + 6
    parts = [Part(box(x, y, z), "cardboard"), Part(box(x - 2, y - 2, z - 2), "air", inside="cardboard")]
    for one in range(rows * columns):
        at = ((one % columns - (columns - 1) / 2) * apart, (one // columns - (rows - 1) / 2) * apart)
        case = length * 0.66
        parts += [
            Part(cylinder(radius, case, 12).moved((*at, -(length - case) / 2)), "brass", inside="air"),
            Part(cylinder(radius - 0.8, case - 3, 12).moved((*at, -(length - case) / 2 + 1)), "air", inside="brass"),
            Part(cone(radius, radius * 0.4, length - case, 12).moved((*at, case / 2)), "lead", inside="air"),
        ]
    words = Text(ko="탄약", en="cartridges")
    return Item("cartridges", words, tuple(parts), "brass", threat=True).turned(rotation(x_deg=90))


def batteries(random: Random) -> Item:
    """Cells in rows, as cartridges are packed."""
    rows, columns, apart = int(random.integers(2, 4)), int(random.integers(3, 6)), 15.5
    x, y, z = columns * apart + 4, rows * apart + 4, 56.0
    parts = [Part(box(x, y, z), "cardboard"), Part(box(x - 2, y - 2, z - 2), "air", inside="cardboard")]
    for one in range(rows * columns):
        at = ((one % columns - (columns - 1) / 2) * apart, (one // columns - (rows - 1) / 2) * apart, 0.0)
        parts += [
            Part(cylinder(7, 49, 12).moved(at), "steel", inside="air"),
            Part(cylinder(6.7, 48, 12).moved(at), "cell", inside="steel"),
        ]
    words = Text(ko="건전지", en="batteries")
    return Item("batteries", words, tuple(parts), "cell", hs_code="850610").turned(rotation(x_deg=90))


def hair_dryer(random: Random) -> Item:
    length = random.uniform(150, 190)
    barrel = tube(24, 21, length, 24).turned(rotation(y_deg=90)).moved((0, 40, 0))
    grip = [(-length / 2 + 30, -72), (-length / 2 + 62, -72), (-length / 2 + 70, 18), (-length / 2 + 34, 18)]
    parts = (
        Part(barrel, "ABS"),
        Part(cylinder(15, 38, 20).turned(rotation(y_deg=90)).moved((-length * 0.2, 40, 0)), "copper"),
        Part(tube(17, 15.5, length * 0.35, 20).turned(rotation(y_deg=90)).moved((length * 0.2, 40, 0)), "steel"),
        Part(prism(grip, 28), "ABS"),
        Part(box(14, 40, 12).moved((-length / 2 + 50, -28, 0)), "circuit", inside="ABS"),
    )
    return Item("hair_dryer", Text(ko="머리 건조기", en="hair dryer"), parts, "copper", hs_code="851631")


def spatula(random: Random) -> Item:
    """Of the size of a knife, with a blunt broad end."""
    blade = random.uniform(90, 170)
    outline = [(0, -6), (blade * 0.45, -6), (blade * 0.5, -26), (blade, -26), (blade, 26), (blade * 0.5, 26)]
    outline += [(blade * 0.45, 6), (0, 6)]
    parts = (
        Part(prism(outline, random.uniform(1.2, 2)), "steel"),
        Part(box(110, 22, 16).moved((-55, 0, 0)), "ABS"),
        Part(box(95, 8, 3).moved((-52, 0, 0)), "steel", inside="ABS"),
    )
    return Item("spatula", Text(ko="뒤집개", en="spatula"), parts, "steel", hs_code="821599")


def bar_of_soap(random: Random) -> Item:
    """Or several in one wrapping, of the size of a brick of powder."""
    content = str(random.choice(["soap", "sugar"]))
    x, y, z = random.uniform(90, 180), random.uniform(60, 110), random.uniform(20, 45)
    parts = (Part(box(x, y, z), "polyethylene"), Part(box(x - 1, y - 1, z - 1), content, inside="polyethylene"))
    words = Text(ko="비누", en="soap") if content == "soap" else Text(ko="설탕", en="sugar")
    return Item("bar", words, parts, content, hs_code="340111" if content == "soap" else "170199")


def banknotes(random: Random) -> Item:
    """Bundles of them, side by side and on top of each other."""
    columns, layers = int(random.integers(1, 4)), int(random.integers(2, 6))
    thick = random.uniform(9, 13)
    parts = []
    for one in range(columns * layers):
        at = (0.0, (one % columns - (columns - 1) / 2) * 71.0, one // columns * (thick + 0.6))
        shift = float(random.uniform(-3, 3))
        parts.append(Part(box(152, 67, thick).moved((at[0] + shift, at[1], at[2])), "paper"))
    return Item("banknotes", Text(ko="현금 다발", en="bundles of banknotes"), tuple(parts), "paper", threat=True)


def notepads(random: Random) -> Item:
    """Stacked, larger and of other thickness than bundles of notes."""
    parts, height = [], 0.0
    x, y = random.uniform(120, 150), random.uniform(80, 110)
    for _ in range(int(random.integers(2, 6))):
        thick = random.uniform(6, 18)
        parts.append(Part(box(x, y, thick).moved((0, 0, height + thick / 2)), "paper"))
        parts.append(Part(box(x * 0.8, 2, 2).moved((0, y / 2 + 1.2, height + thick / 2)), "steel"))
        height += thick + 0.6
    return Item("notepads", Text(ko="수첩 묶음", en="notepads"), tuple(parts), "paper", hs_code="482010")


@dataclass(frozen=True)
class ArticleKind:
    """`category`: a word for programs, of what is threatened with. `look_alike`: makes what is harmless and looks like
    it."""

    name: str
    category: str
    maker: Maker
    look_alike: Maker


KINDS: tuple[ArticleKind, ...] = (
    ArticleKind("pistol", "firearm", pistol, hair_dryer),
    ArticleKind("knife", "blade", knife, spatula),
    ArticleKind("powder_brick", "drugs", powder_brick, bar_of_soap),
    ArticleKind("cartridges", "firearm", cartridges, batteries),
    ArticleKind("banknotes", "cash", banknotes, notepads),
)


def article(name: str, number: int, *, look_alike: bool = False) -> Item:
    """The article `number` of a kind, or its harmless pair, always the same; about the origin. Raises KeyError."""
    at = next((at for at, one in enumerate(KINDS) if one.name == name), None)
    if at is None:
        raise KeyError(name)
    random = np.random.default_rng([number, at, int(look_alike), 13])
    item = (KINDS[at].look_alike if look_alike else KINDS[at].maker)(random)
    low, high = item.box_mm
    return replace(item.moved(-(low + high) / 2), threat=not look_alike)
