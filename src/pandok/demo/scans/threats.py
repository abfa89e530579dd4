"""What must not be missed, in shape and composition only: nothing here says how any of it is made or hidden."""

from __future__ import annotations

from pandok.core.text import Text
from pandok.demo.scans.goods import Maker, Random
from pandok.demo.scans.parts import Item, Part
from pandok.readers.xray.solids.mesh import rotation
from pandok.readers.xray.solids.shapes import box, cylinder, prism, tube


def powder_brick(random: Random) -> Item:
    content = str(random.choice(["hydrochloride_a", "hydrochloride_b", "hydrochloride_c"]))
    x, y, z = random.uniform(90, 180), random.uniform(60, 110), random.uniform(20, 45)
    parts = (Part(box(x, y, z), "polyethylene"), Part(box(x - 1, y - 1, z - 1), content, inside="polyethylene"))
    return Item(
        "powder_brick", Text(ko="염산염 분말 덩어리", en="brick of hydrochloride powder"), parts, content, threat=True
    )


def knife(random: Random) -> Item:
    blade = random.uniform(90, 180)
    edge = [(0, -10), (blade, 2), (blade - 14, 10), (0, 12)]
    parts = (
        Part(prism(edge, random.uniform(1.5, 3)), "steel"),
        Part(box(100, 24, 16).moved((-50, 1, 0)), "ABS"),
        Part(box(90, 14, 3).moved((-50, 1, 0)), "steel", inside="ABS"),
    )
    return Item("knife", Text(ko="칼", en="knife"), parts, "steel", threat=True)


def pistol(random: Random) -> Item:
    length = random.uniform(150, 190)
    slide = box(length, 24, 26).moved((0, 40, 0))
    bore = cylinder(5, length * 0.98, 16).turned(rotation(y_deg=90)).moved((0, 40, 0))
    grip = [(-length / 2 + 6, -62), (-length / 2 + 44, -62), (-length / 2 + 58, 27), (-length / 2 + 12, 27)]
    parts = (
        Part(slide, "steel"),
        Part(bore, "air", inside="steel"),
        Part(prism(grip, 26), "ABS"),
        Part(box(22, 78, 14).turned(rotation(z_deg=-9)).moved((-length / 2 + 31, -20, 0)), "steel", inside="ABS"),
        Part(tube(16, 13, 6, 20).moved((-length / 2 + 74, 10, 0)), "steel"),
    )
    return Item("pistol", Text(ko="권총", en="pistol"), parts, "steel", threat=True)


THREATS: tuple[Maker, ...] = (powder_brick, knife, pistol)
