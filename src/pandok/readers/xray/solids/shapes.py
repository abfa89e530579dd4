"""Closed solids from a few measures, in mm, their middle at the origin, their long axis along z. Faces look
outwards."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pandok.readers.xray.solids.mesh import Floats, Mesh

ROUND = 32
"""Sides of what is round; the volume of a cylinder is .6 % short of the round one."""


def box(x: float, y: float, z: float) -> Mesh:
    _positive(x=x, y=y, z=z)
    corners = np.array([[i, j, k] for i in (-1, 1) for j in (-1, 1) for k in (-1, 1)], np.float64)
    quads = [(0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3)]
    return Mesh(corners * (x / 2, y / 2, z / 2), _of_quads(quads))


def prism(outline: Sequence[tuple[float, float]], z: float) -> Mesh:
    """`outline`: corners x, y of a polygon without crossings, turning left; its middle stays where it is. Any such
    polygon: ears are cut off one after the other."""
    _positive(z=z)
    points = np.asarray(outline, np.float64).reshape(-1, 2)
    if len(points) < 3 or _area(points) <= 0:
        raise ValueError("an outline needs three corners or more, turning left")
    count = len(points)
    bottom = np.column_stack([points, np.full(count, -z / 2)])
    top = np.column_stack([points, np.full(count, z / 2)])
    cap = _ears(points)
    sides = [(one, (one + 1) % count, (one + 1) % count + count, one + count) for one in range(count)]
    faces = [_of_quads(sides), cap + count, cap[:, ::-1]]
    return Mesh(np.concatenate([bottom, top]), np.concatenate(faces))


def turned_profile(profile: Sequence[tuple[float, float]], sides: int = ROUND, *, ring: bool = False) -> Mesh:
    """What a profile of radius, z makes when it turns about z. From the axis (radius 0) to the axis, upwards; with
    `ring` a closed loop that does not touch the axis, turning left in (radius, z)."""
    points = np.asarray(profile, np.float64).reshape(-1, 2)
    if sides < 3 or len(points) < 3:
        raise ValueError("a profile needs three points and three sides or more")
    if ring:
        if points[:, 0].min() <= 0 or _area(points) <= 0:
            raise ValueError("a ring's profile turns left and stays off the axis")
        inner = points
    else:
        if points[0, 0] != 0 or points[-1, 0] != 0 or points[1:-1, 0].min() <= 0:
            raise ValueError("a profile runs from the axis to the axis and not along it")
        inner = points[1:-1]
    angle = 2 * np.pi * np.arange(sides) / sides
    circle = np.column_stack([np.cos(angle), np.sin(angle)])
    vertices = [np.column_stack([radius * circle, np.full(sides, z)]) for radius, z in inner]
    quads = []
    for level in range(len(inner) if ring else len(inner) - 1):
        low, high = level * sides, (level + 1) % len(inner) * sides
        quads += [(low + one, low + (one + 1) % sides, high + (one + 1) % sides, high + one) for one in range(sides)]
    faces = [_of_quads(quads)] if quads else []
    if not ring:
        poles = len(inner) * sides
        vertices.append(np.array([[0, 0, points[0, 1]], [0, 0, points[-1, 1]]]))
        last = (len(inner) - 1) * sides
        faces.append(np.array([(poles, (one + 1) % sides, one) for one in range(sides)]))
        faces.append(np.array([(poles + 1, last + one, last + (one + 1) % sides) for one in range(sides)]))
    return Mesh(np.concatenate(vertices), np.concatenate(faces))


def cylinder(radius: float, z: float, sides: int = ROUND) -> Mesh:
    _positive(radius=radius, z=z)
    return turned_profile([(0, -z / 2), (radius, -z / 2), (radius, z / 2), (0, z / 2)], sides)


def cone(bottom: float, top: float, z: float, sides: int = ROUND) -> Mesh:
    """A frustum: radii at the bottom and the top."""
    _positive(bottom=bottom, top=top, z=z)
    return turned_profile([(0, -z / 2), (bottom, -z / 2), (top, z / 2), (0, z / 2)], sides)


def sphere(radius: float, sides: int = ROUND) -> Mesh:
    _positive(radius=radius)
    angle = np.linspace(-np.pi / 2, np.pi / 2, sides // 2 + 1)
    profile = [(radius * float(np.cos(one)), radius * float(np.sin(one))) for one in angle[1:-1]]
    return turned_profile([(0, -radius), *profile, (0, radius)], sides)


def capsule(radius: float, z: float, sides: int = ROUND) -> Mesh:
    """`z`: whole length, both round ends included; more than twice the radius."""
    _positive(radius=radius, z=z)
    straight = z / 2 - radius
    if straight <= 0:
        raise ValueError("a capsule is longer than twice its radius")
    angle = np.linspace(-np.pi / 2, 0, sides // 4 + 1)[1:]
    low = [(radius * float(np.cos(one)), radius * float(np.sin(one)) - straight) for one in angle]
    return turned_profile([(0, -z / 2), *low, *((r, -at) for r, at in reversed(low)), (0, z / 2)], sides)


def tube(outer: float, inner: float, z: float, sides: int = ROUND) -> Mesh:
    """Open at both ends: a wall between two radii."""
    _positive(inner=inner, wall=outer - inner, z=z)
    return turned_profile([(inner, -z / 2), (outer, -z / 2), (outer, z / 2), (inner, z / 2)], sides, ring=True)


def torus(ring: float, wire: float, sides: int = ROUND, around: int = 12) -> Mesh:
    """`ring`: radius of the middle line, `wire`: of the wire."""
    _positive(wire=wire, ring=ring - wire)
    angle = 2 * np.pi * np.arange(around) / around
    return turned_profile([(ring + wire * float(np.cos(a)), wire * float(np.sin(a))) for a in angle], sides, ring=True)


def bottle(radius: float, z: float, neck: float, wall: float = 0.0, sides: int = ROUND) -> Mesh:
    """The body of a bottle with shoulder and neck. `wall` > 0 gives what is inside a wall of that thickness."""
    _positive(inside=radius - wall, z=z - 2 * wall, neck=neck - wall)
    body, shoulder = -z / 2 + 0.62 * z, -z / 2 + 0.8 * z
    radius, neck = radius - wall, neck - wall
    profile = [(radius, -z / 2 + wall), (radius, body), (neck, shoulder), (neck, z / 2 - wall)]
    return turned_profile([(0, -z / 2 + wall), *profile, (0, z / 2 - wall)], sides)


def filled_to(radius: float, z: float, wall: float, share: float, sides: int = ROUND) -> Mesh:
    """The liquid in a `bottle` up to `share` of its straight body, 0 to 1."""
    _positive(share=share, inside=radius - wall)
    level = -z / 2 + wall + min(share, 1.0) * (0.62 * z - wall)
    inside = radius - wall
    return turned_profile([(0, -z / 2 + wall), (inside, -z / 2 + wall), (inside, level), (0, level)], sides)


def _positive(**measures: float) -> None:
    for name, value in measures.items():
        if not (np.isfinite(value) and value > 0):
            raise ValueError(f"{name} must be more than 0 mm, not {value}")


def _of_quads(quads: Sequence[tuple[int, int, int, int]]) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    corners = np.array(quads, np.int64)
    return np.concatenate([corners[:, [0, 1, 2]], corners[:, [0, 2, 3]]])


def _area(points: Floats) -> float:
    x, y = points.T
    return float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2


def _ears(points: Floats) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    """Triangles of a polygon that turns left."""
    left, found = list(range(len(points))), []
    while len(left) > 3:
        for at in range(len(left)):
            one, two, three = left[at - 1], left[at], left[(at + 1) % len(left)]
            if _turn(points[one], points[two], points[three]) <= 0:
                continue
            others = [points[k] for k in left if k not in (one, two, three)]
            if any(_inside(point, points[one], points[two], points[three]) for point in others):
                continue
            found.append((one, two, three))
            left.pop(at)
            break
        else:
            raise ValueError("the outline crosses itself")
    return np.array([*found, tuple(left)], np.int64)


def _turn(a: Floats, b: Floats, c: Floats) -> float:
    return float((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]))


def _inside(p: Floats, a: Floats, b: Floats, c: Floats) -> bool:
    return _turn(a, b, p) >= 0 and _turn(b, c, p) >= 0 and _turn(c, a, p) >= 0
