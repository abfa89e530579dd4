"""Ordinary goods, each from a few random measures."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from pandok.core.text import Text
from pandok.demo.scans.parts import Item, Part
from pandok.readers.xray.solids.mesh import rotation
from pandok.readers.xray.solids.shapes import bottle, box, capsule, cylinder, filled_to, prism, sphere, torus, tube

Random = np.random.Generator
Maker = Callable[[Random], Item]

LIQUIDS = {"water": "220110", "spirits": "220890", "oil": "151590", "lotion": "330499"}
GRAINS = {"sugar": "170199", "salt": "250100", "rice": "100630", "coffee": "090121", "tablets": "300490"}


def bottle_of_liquid(random: Random) -> Item:
    liquid = str(random.choice(list(LIQUIDS)))
    shell = "glass" if liquid == "spirits" else "PET"
    wall = 2.5 if shell == "glass" else 0.5
    radius, height = random.uniform(24, 42), random.uniform(140, 280)
    parts = (
        Part(bottle(radius, height, radius * 0.35, sides=24), shell),
        Part(bottle(radius, height, radius * 0.35, wall=wall, sides=24), "air", inside=shell),
        Part(filled_to(radius, height, wall, random.uniform(0.7, 0.98), sides=24), liquid, inside="air"),
        Part(cylinder(radius * 0.4, 18, 16).moved((0, 0, height / 2 + 9)), "polyethylene"),
    )
    return Item("bottle", Text(ko="액체 병", en="bottle of liquid"), parts, liquid, hs_code=LIQUIDS[liquid])


def can(random: Random) -> Item:
    content = str(random.choice(["fruit", "meat", "oil"]))
    radius, height = random.uniform(30, 45), random.uniform(60, 120)
    shell = "steel" if random.random() < 0.6 else "aluminium"
    wall = 0.22 if shell == "steel" else 0.12
    parts = (
        Part(cylinder(radius, height, 24), shell),
        Part(cylinder(radius - wall, height - 2 * wall, 24), content, inside=shell),
    )
    return Item(
        "can",
        Text(ko="통조림", en="can"),
        parts,
        content,
        hs_code={"fruit": "200899", "meat": "160250"}.get(content, "151590"),
    )


def bag_of_grains(random: Random) -> Item:
    content = str(random.choice(list(GRAINS)))
    x, y, z = random.uniform(90, 180), random.uniform(60, 120), random.uniform(30, 60)
    parts = (Part(box(x, y, z), "polyethylene"), Part(box(x - 0.4, y - 0.4, z - 0.4), content, inside="polyethylene"))
    return Item("bag_of_grains", Text(ko="포장 식품·분말", en="bag of grains"), parts, content, hs_code=GRAINS[content])


def book(random: Random) -> Item:
    x, y, z = random.uniform(120, 210), random.uniform(90, 150), random.uniform(12, 40)
    return Item("book", Text(ko="책", en="book"), (Part(box(x, y, z), "paper"),), "paper", hs_code="490199")


def clothes(random: Random) -> Item:
    cloth = str(random.choice(["cotton", "polyester"]))
    folds = []
    height = 0.0
    x, y = random.uniform(180, 280), random.uniform(140, 220)
    for _ in range(int(random.integers(3, 7))):
        thick = random.uniform(6, 16)
        folds.append(
            Part(
                box(x * random.uniform(0.85, 1), y * random.uniform(0.85, 1), thick).moved((0, 0, height + thick / 2)),
                cloth,
            )
        )
        height += thick + 0.1
    return Item("clothes", Text(ko="의류", en="clothes"), tuple(folds), cloth, hs_code="610910").moved(
        (0, 0, -height / 2)
    )


def shoe(random: Random) -> Item:
    length = random.uniform(230, 300)
    sole = [(-length / 2, -38), (length / 2 - 30, -42), (length / 2, 0), (length / 2 - 30, 42), (-length / 2, 38)]
    parts = (
        Part(prism(sole, 22), "rubber"),
        Part(capsule(38, length * 0.9, 16).turned(rotation(y_deg=90)).moved((0, 0, 50)), "leather"),
        Part(capsule(35, length * 0.9 - 6, 16).turned(rotation(y_deg=90)).moved((0, 0, 50)), "air", inside="leather"),
    )
    return Item("shoe", Text(ko="신발", en="shoe"), parts, "leather", hs_code="640399")


def phone(random: Random) -> Item:
    x, y, z = random.uniform(140, 165), random.uniform(68, 78), random.uniform(7, 9)
    parts = (
        Part(box(x, y, z), "ABS"),
        Part(box(x - 4, y - 4, 1.4).moved((0, 0, z / 2 - 1)), "screen", inside="ABS"),
        Part(box(x * 0.5, y * 0.6, z * 0.5).moved((-x * 0.15, 0, -0.6)), "cell", inside="ABS"),
        Part(box(x * 0.22, y * 0.7, 1.6).moved((x * 0.33, 0, -0.6)), "circuit", inside="ABS"),
    )
    return Item("phone", Text(ko="휴대전화", en="phone"), parts, "cell", hs_code="851713")


def laptop(random: Random) -> Item:
    x, y, z = random.uniform(300, 350), random.uniform(210, 240), random.uniform(14, 20)
    cells = [
        Part(box(x * 0.2, y * 0.3, z * 0.4).moved(((one - 1) * x * 0.25, -y * 0.28, -1)), "cell", inside="aluminium")
        for one in range(3)
    ]
    parts = (
        Part(box(x, y, z), "aluminium"),
        Part(box(x - 2, y - 2, z - 2), "ABS", inside="aluminium"),
        *(Part(one.mesh, "cell", inside="ABS") for one in cells),
        Part(box(x * 0.7, y * 0.25, 1.8).moved((0, y * 0.25, 0)), "circuit", inside="ABS"),
        Part(box(x - 8, y - 8, 1.6).moved((0, 0, z / 2 + 2)), "screen"),
        Part(cylinder(14, 6, 16).moved((x * 0.3, y * 0.25, -4)), "copper", inside="ABS"),
    )
    return Item("laptop", Text(ko="노트북", en="laptop"), parts, "cell", hs_code="847130")


def power_bank(random: Random) -> Item:
    count = int(random.integers(2, 7))
    x, y, z = 22.0 * count + 6, 74.0, 24.0
    parts = [Part(box(x, y, z), "ABS"), Part(box(x - 3, y - 3, z - 3), "air", inside="ABS")]
    for one in range(count):
        cell = cylinder(9, 65, 16).turned(rotation(x_deg=90)).moved(((one - (count - 1) / 2) * 20, 0, 0))
        parts.append(Part(cell, "cell", inside="air"))
    return Item("power_bank", Text(ko="보조배터리", en="power bank"), tuple(parts), "cell", hs_code="850760")


def charger(random: Random) -> Item:
    x, y, z = random.uniform(40, 70), random.uniform(30, 45), random.uniform(24, 32)
    parts = (
        Part(box(x, y, z), "ABS"),
        Part(box(x - 4, y - 4, z - 4), "air", inside="ABS"),
        Part(box(14, 18, 16), "steel", inside="air"),
        Part(box(x - 8, y - 8, 1.6).moved((0, 0, -z / 2 + 4)), "circuit", inside="air"),
        *(
            Part(cylinder(2, 18, 10).turned(rotation(y_deg=90)).moved((x / 2 + 9, side, 0)), "brass")
            for side in (-9, 9)
        ),
    )
    return Item("charger", Text(ko="충전기", en="charger"), parts, "copper", hs_code="850440")


def cable(random: Random) -> Item:
    radius, wire = random.uniform(30, 55), random.uniform(1.6, 2.6)
    rings = []
    for turn in range(int(random.integers(2, 5))):
        level = turn * (2 * wire + 0.3)
        rings.append(Part(torus(radius, wire, 32, 8).moved((0, 0, level)), "PVC"))
        rings.append(Part(torus(radius, wire * 0.45, 32, 8).moved((0, 0, level)), "copper", inside="PVC"))
    return Item("cable", Text(ko="전선", en="cable"), tuple(rings), "copper", hs_code="854442")


def keys(random: Random) -> Item:
    parts = [Part(torus(14, 1.2, 24, 8), "steel")]
    for number in range(int(random.integers(2, 5))):
        level = 3.0 + 2.6 * number
        angle = float(random.uniform(0, 360))
        key = [(12, -4), (30, -3), (32, 0), (30, 3), (12, 4)]
        parts.append(Part(prism(key, 2.2).turned(rotation(z_deg=angle)).moved((0, 0, level)), "brass"))
    return Item("keys", Text(ko="열쇠", en="keys"), tuple(parts), "brass")


def spanner(random: Random) -> Item:
    length = random.uniform(120, 220)
    parts = (Part(box(length, 18, 6), "steel"), Part(tube(17, 9, 9, 24).moved((length / 2 + 16.5, 0, 0)), "steel"))
    return Item("spanner", Text(ko="공구", en="spanner"), parts, "steel", hs_code="820411")


def cup(random: Random) -> Item:
    radius, height = random.uniform(35, 48), random.uniform(80, 110)
    parts = (
        Part(cylinder(radius, height, 24), "ceramic"),
        Part(cylinder(radius - 4, height - 8, 24), "air", inside="ceramic"),
    )
    return Item("cup", Text(ko="도자기 컵", en="cup"), parts, "ceramic", hs_code="691110")


def cosmetics(random: Random) -> Item:
    radius, height = random.uniform(18, 30), random.uniform(60, 130)
    parts = (
        Part(cylinder(radius, height, 24), "polyethylene"),
        Part(cylinder(radius - 1.2, height - 2.4, 24), "lotion", inside="polyethylene"),
    )
    return Item("cosmetics", Text(ko="화장품", en="cosmetics"), parts, "lotion", hs_code="330499")


def fruit(random: Random) -> Item:
    parts = tuple(
        Part(sphere(random.uniform(30, 38), 16).moved((80 * (one % 3 - 1), 80 * (one // 3) - 40, 0)), "fruit")
        for one in range(6)
    )
    return Item("fruit", Text(ko="과일", en="fruit"), parts, "fruit", hs_code="080510")


GOODS: tuple[Maker, ...] = (
    bottle_of_liquid,
    can,
    bag_of_grains,
    book,
    clothes,
    shoe,
    phone,
    laptop,
    power_bank,
    charger,
    cable,
    keys,
    spanner,
    cup,
    cosmetics,
    fruit,
)
