"""Bags, shoes, hats, eyewear."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pandok.articles import curves, solids
from pandok.articles.article import Group, Knobs, Pieces
from pandok.articles.curves import section, spline
from pandok.articles.mesh import Part
from pandok.articles.solids import Solid

NDArrayF = NDArray[np.float64]


def _bag(k: Knobs) -> Pieces:
    w, d, h = k.real("width", 0.8, 1.3), k.real("depth", 0.25, 0.55), k.real("height", 0.55, 1.1)
    form = k.choice("form")
    leather = Part("body", "body", "leather", decal="front")
    if form == "tote":
        body = solids.box(w, d, h, 0.08).taper(k.real("taper", 0.0, 0.3))
    elif form == "trapezoid":
        body = solids.box(w, d, h, 0.1).taper(-k.real("taper", 0.2, 0.4))
    elif form == "barrel":
        body = solids.prism(section("round", 28) * h * 0.45, w, 0.08).rotate("y", 90).move(x=-w / 2, z=h * 0.45)
    elif form == "moon":
        t = np.linspace(-1, 1, 20)
        upper = np.stack([t * w / 2, h * 0.8 - 0.25 * h * (1 - t**2)], 1)
        lower = np.stack([t * w / 2, h * 0.8 - h * 0.8 * np.sqrt(np.maximum(1 - t**2, 0.02))], 1)
        body = solids.slab(upper, lower, d * 0.7, 0.08)
    else:
        body = solids.revolve(
            spline([(w * 0.33, 0), (w * 0.38, 0.05), (w * 0.4, h * 0.5), (w * 0.3, h * 0.85), (w * 0.36, h)], 20),
            section("round", 28),
        )
    pieces: Pieces = [(body, leather)]
    strap, rise = k.choice("handle"), k.real("rise", 0.25, 0.75)
    thick, foot = k.real("strap", 0.025, 0.05), w * k.real("foot", 0.15, 0.3)
    trim = Part("handle", "accent", "leather")
    top = h * (0.9 if form in ("barrel", "moon") else 0.97)
    if strap == "twin":
        loop = solids.tube(
            spline(
                [
                    (-foot, 0, top - 0.1),
                    (-foot * 0.9, 0, top + rise * 0.7),
                    (foot * 0.9, 0, top + rise * 0.7),
                    (foot, 0, top - 0.1),
                ],
                22,
            ),
            thick,
        )
        pieces += [(loop.move(y=-d * 0.4), trim), (loop.move(y=d * 0.4), trim)]
    elif strap == "single":
        flat = section("oblong", 12, 0.1)
        pieces.append(
            (
                solids.tube(
                    spline(
                        [(-w * 0.35, 0, top), (-foot, 0, top + rise), (foot, 0, top + rise), (w * 0.35, 0, top)], 22
                    ),
                    thick * 1.4,
                    flat,
                    up=(0, 1, 0),
                ),
                trim,
            )
        )
    elif strap == "shoulder":
        pieces.append(
            (
                solids.tube(
                    spline(
                        [
                            (-w * 0.48, 0, top * 0.9),
                            (-w * 0.4, 0, top + rise * 1.6),
                            (w * 0.4, 0, top + rise * 1.6),
                            (w * 0.48, 0, top * 0.9),
                        ],
                        26,
                    ),
                    thick * 0.7,
                ),
                trim,
            )
        )
    elif strap == "chain":
        path = spline(
            [(-w * 0.45, 0, top * 0.9), (-w * 0.3, 0, top + rise), (w * 0.3, 0, top + rise), (w * 0.45, 0, top * 0.9)],
            17,
        )
        for i, p in enumerate(path):
            link = solids.torus(0.07, 0.018, section("round", 5), 10).scale(1.2)
            pieces.append((link.rotate("x", 90 * (i % 2)).move(*p), Part("chain", "trim", "metal")))
    closing = k.choice("front")
    y = (
        -d / 2 - 0.01
        if form in ("tote", "trapezoid")
        else (-h * 0.45 if form == "barrel" else (-d * 0.36 if form == "moon" else -w * 0.4))
    )
    if closing == "flap":
        fh = h * k.real("flap", 0.35, 0.65)
        t = np.linspace(-1, 1, 16)
        curve = np.stack([t * w * 0.49, h * 0.97 - fh * (1 - k.real("round", 0.1, 0.6) * t**2)], 1)
        pieces.append(
            (
                solids.slab(np.stack([t * w * 0.49, np.full(16, h * 0.99)], 1), curve, 0.05).move(y=y),
                Part("flap", "body", "leather"),
            )
        )
        pieces.append(
            (solids.box(0.14, 0.06, 0.1, 0.02).move(y=y - 0.04, z=h * 0.97 - fh + 0.03), Part("clasp", "trim", "metal"))
        )
    elif closing == "pocket":
        pw, ph = w * k.real("pocket_w", 0.4, 0.7), h * k.real("pocket_h", 0.25, 0.45)
        pieces.append((solids.box(pw, 0.1, ph, 0.04).move(y=y, z=h * 0.12), Part("pocket", "accent", "leather")))
        pieces.append(
            (solids.box(pw * 0.9, 0.02, 0.025).move(y=y - 0.06, z=h * 0.12 + ph * 0.8), Part("zip", "trim", "metal"))
        )
    elif closing == "belts":
        for x in (-w * 0.25, w * 0.25):
            pieces.append(
                (solids.box(0.08, 0.03, h * 0.8).move(x=x, y=y, z=h * 0.12), Part("belt", "accent", "leather"))
            )
            pieces.append(
                (
                    solids.torus(0.07, 0.016, section("round", 6), 12)
                    .rotate("x", 90)
                    .move(x=x, y=y - 0.03, z=h * k.real("buckle", 0.3, 0.6)),
                    Part("buckle", "trim", "metal"),
                )
            )
    elif closing == "quilt":
        n = k.whole("quilt", 2, 4)
        for i in range(-n, n + 1):
            rail = solids.box(w * 0.94, 0.02, 0.012).move(y=y, z=h * 0.5 + i * h * 0.4 / n)
            pieces.append((rail, Part("seam", "accent", "fabric")))
    return pieces


def _foot_loops(k: Knobs, top: NDArrayF, spread: float = 1.0) -> NDArrayF:
    """Loops along the length of a foot from heel to toe; `top` (20,) height of the upper."""
    s = np.linspace(0, 1, 20)
    width = np.interp(s, [0, 0.06, 0.3, 0.5, 0.72, 0.9, 1.0], [0.04, 0.2, 0.21, 0.2, 0.27 * spread, 0.2, 0.04])
    toe = {"round": 1.0, "pointed": 0.55, "square": 1.35}[k.choice("toe")]
    width = np.where(s > 0.75, width * (1 + (toe - 1) * (s - 0.75) / 0.25), width)
    ring = curves.section("square", 16, 0.5)
    loops = []
    for si, wi, ti in zip(s, width, top, strict=True):
        loops.append(np.column_stack([np.full(16, si * 1.6 - 0.8), ring[:, 0] * wi, (ring[:, 1] + 1) / 2 * ti]))
    return np.array(loops)


def _shoe(k: Knobs) -> Pieces:
    kind = k.choice("upper")
    ankle = {"low": 0.45, "high": 0.8, "boot": 1.2, "slip": 0.33, "sandal": 0.1}[kind] * k.real("ankle", 0.9, 1.15)
    toe_h = k.real("toe_height", 0.2, 0.3)
    s = np.linspace(0, 1, 20)
    throat = k.real("throat", 0.36, 0.46)
    top = np.interp(
        s,
        [0, 0.05, throat - 0.08, throat, 0.75, 0.93, 1],
        [ankle * 0.7, ankle, ankle, ankle * 0.85, toe_h * 1.15, toe_h, 0.07],
    )
    if kind == "sandal":
        top = np.full(20, 0.07)
    upper = solids.stack(_foot_loops(k, top))
    heel_kind, heel = k.choice("sole"), k.real("heel", 0.12, 0.3)
    lift = {"flat": 0.0, "wedge": heel * 1.6, "block": heel * 1.3, "stiletto": heel * 2.2, "chunky": 0.0}[heel_kind]
    sole_h = k.real("sole", 0.05, 0.1) * (2.6 if heel_kind == "chunky" else 1.0)

    def raised(v: NDArrayF) -> NDArrayF:
        x = (v[:, 0] + 0.8) / 1.6
        v[:, 2] += lift * np.clip(1 - x / 0.68, 0, 1) ** 0.8
        return v

    sole_loops = _foot_loops(k, np.full(20, sole_h))
    sole_loops[..., 1] *= 1.1
    sole_loops[..., 0] *= 1.03
    pieces: Pieces = [
        (upper.move(z=sole_h * 0.98).warp(raised), Part("upper", "body", "leather")),
        (solids.stack(sole_loops).warp(raised), Part("sole", "accent", "rubber")),
    ]
    if heel_kind == "block":
        pieces.append((solids.box(0.32, 0.34, lift + 0.03, 0.02).move(x=-0.62), Part("heel", "accent", "rubber")))
    elif heel_kind == "stiletto":
        pieces.append(
            (
                solids.revolve([(0.03, 0), (0.035, lift * 0.5), (0.14, lift + 0.03)], section("round", 14)).move(
                    x=-0.68
                ),
                Part("heel", "accent", "rubber"),
            )
        )
    elif heel_kind == "wedge":
        x = np.linspace(-0.82, 0.25, 10)
        line = lift * np.clip(1 - (x + 0.8) / 1.6 / 0.68, 0, 1) ** 0.8 + 0.02
        pieces.append(
            (
                solids.slab(np.stack([x, line], 1), np.stack([x, np.zeros(10)], 1), 0.4, 0.03),
                Part("heel", "accent", "rubber"),
            )
        )
    elif heel_kind == "chunky":
        n = k.whole("lugs", 5, 9)
        for i in range(n):
            pieces.append(
                (
                    solids.box(0.09, 0.42, 0.06).move(x=-0.7 + 1.4 * i / (n - 1), z=-0.04),
                    Part("lug", "accent", "rubber"),
                )
            )
    if kind == "sandal":
        for i in range(k.whole("straps", 2, 4)):
            x, r = 0.45 - 0.32 * i * k.real("spacing", 0.8, 1.2), 0.26
            base = sole_h + lift * max(0.0, 1 - (x + 0.8) / 1.6 / 0.68) ** 0.8
            band = curves.arc(r, -10, 190, 12, "yz") * np.array([1, 1, k.real("strap_rise", 0.8, 1.2)])
            pieces.append(
                (
                    solids.tube(band, 0.05, section("oblong", 8, 0.1), up=(1, 0, 0)).move(x=x, z=base),
                    Part("strap", "body", "leather"),
                )
            )
    closing = k.choice("closing")
    if closing == "laces" and kind != "sandal":
        for i in range(k.whole("laces", 3, 6)):
            f = throat + 0.04 + i * 0.055
            z = float(np.interp(f, s, top)) + sole_h + lift * max(0.0, 1 - f / 0.68) ** 0.8
            lace = curves.arc(0.13, 0, 180, 8, "yz") * np.array([1, 1, 0.25])
            pieces.append(
                (
                    solids.tube(lace, 0.02, section("round", 6)).move(x=f * 1.6 - 0.8, z=z - 0.01),
                    Part("lace", "trim", "fabric"),
                )
            )
    elif closing == "strap" and kind != "sandal":
        f = throat + 0.06
        z = float(np.interp(f, s, top)) + sole_h + lift * max(0.0, 1 - f / 0.68) ** 0.8
        band = curves.arc(0.24, -30, 210, 14, "yz") * np.array([1, 1, 0.5])
        pieces.append(
            (
                solids.tube(band, 0.06, section("oblong", 8, 0.2), up=(1, 0, 0)).move(x=f * 1.6 - 0.8, z=z - 0.1),
                Part("strap", "trim", "leather"),
            )
        )
    if k.choice("side") == "stripes":
        for i in range(k.whole("stripes", 1, 4)):
            stripe = solids.box(0.05, 0.5, ankle * 0.5).warp(
                lambda v: v + np.stack([v[:, 2] * 0.6, 0 * v[:, 0], 0 * v[:, 0]], 1)
            )
            pieces.append(
                (
                    stripe.move(x=-0.25 + 0.12 * i, z=sole_h + lift * 0.5).scale(y=0.84),
                    Part("stripe", "trim", "plastic"),
                )
            )
    return pieces


def _hat(k: Knobs) -> Pieces:
    r, h = 0.5, k.real("crown", 0.3, 0.7)
    crown, brim = k.choice("crown"), k.choice("brim")
    top = {"dome": [(r, 0), (r * 0.98, h * 0.4), (r * 0.7, h * 0.85), (0.02, h)], "flat": [(r, 0), (r * 0.95, h * 0.5), (r * 0.9, h * 0.95), (r * 0.8, h), (0.02, h)],  # noqa: E501
           "pinched": [(r, 0), (r * 0.9, h * 0.6), (r * 0.6, h), (0.02, h * 0.8)]}[crown]  # fmt: skip
    pieces: Pieces = [(solids.revolve(spline(top, 20)).scale(y=1.12), Part("crown", "body", "fabric", decal="wrap"))]
    wide = k.real("brim", 0.2, 0.5)
    if brim == "visor":
        t = np.radians(np.linspace(205, 335, 18))
        inner = np.stack([r * np.cos(t), r * np.sin(t) * 1.12], 1)
        outer = np.stack(
            [
                (r + 0.02) * np.cos(t),
                (r + wide * np.clip(np.sin(np.linspace(0, np.pi, 18)), 0, 1) ** 0.6) * np.sin(t) * 1.12,
            ],
            1,
        )
        visor = solids.slab(outer, inner, 0.04).rotate("x", 90)
        pieces.append(
            (
                visor.scale(z=-1).scale(y=-1).rotate("x", k.real("dip", -5, 15)).move(z=0.03),
                Part("visor", "accent", "fabric"),
            )
        )
    elif brim == "round":
        dip = k.real("dip", -0.15, 0.15)
        pieces.append(
            (
                solids.shell(spline([(r * 0.95, 0), (r + wide * 0.5, dip * 0.4), (r + wide, dip)], 10), 0.06).scale(
                    y=1.12
                ),
                Part("brim", "body", "fabric"),
            )
        )
    elif brim == "cuff":
        pieces.append(
            (
                solids.prism(section("fluted", 40) * r * 1.06, k.real("cuff", 0.15, 0.3), 0.04).scale(y=1.12),
                Part("cuff", "accent", "fabric"),
            )
        )
    if k.choice("trim") == "band":
        pieces.append(
            (
                solids.prism(section("round", 28) * r * 1.02, k.real("band", 0.06, 0.15)).scale(y=1.12).move(z=0.04),
                Part("band", "trim", "fabric"),
            )
        )
    elif k.choice("trim") == "bobble":
        q = k.real("bobble", 0.05, 0.2)
        pieces.append((solids.superellipsoid((q, q, q)).move(z=h + q * 0.4), Part("bobble", "trim", "fabric")))
    return pieces


def _rim(shape: str, k: Knobs) -> NDArrayF:
    w, h = k.real("lens_w", 0.38, 0.46), k.real("lens_h", 0.26, 0.4)
    t = np.linspace(0, 2 * np.pi, 28, endpoint=False)
    x, z = np.cos(t), np.sin(t)
    if shape == "round":
        h = w * 0.95
    elif shape == "square":
        q = (np.abs(x) ** 5 + np.abs(z) ** 5) ** -0.2
        x, z = x * q, z * q * 0.9
    elif shape == "cat":
        z = z + 0.45 * np.clip(x, 0, 1) * np.clip(z, 0, 1)
        x = x * (1 + 0.15 * np.clip(z, 0, 1))
    elif shape == "aviator":
        x = x * (1 - 0.18 * np.clip(-z, 0, 1)) - 0.1 * np.clip(-z, 0, 1)
        z = np.where(z > 0, z * 0.75, z * 1.15)
    elif shape == "hexagon":
        q = np.cos(np.pi / 6) / np.cos((t % (np.pi / 3)) - np.pi / 6)
        x, z = x * q, z * q
    return np.stack([x * w, np.zeros(28), z * h], 1)


def _eyewear(k: Knobs) -> Pieces:
    rim = _rim(k.choice("lens"), k)
    gap, thick = k.real("bridge", 0.06, 0.14), k.real("rim", 0.02, 0.06)
    x0 = gap + float(-rim[:, 0].min())
    frame, glass = Part("frame", "body", "plastic"), Part("lens", "accent", "glass")
    pieces: Pieces = []

    def both(solid: Solid, part: Part) -> None:
        pieces.extend([(solid, part), (solid.mirror(), part)])

    lens = solids.revolve([(0.98, 0.0), (1.0, 0.015)], rim[:, [0, 2]]).rotate("x", 90)
    both(lens.move(x=x0), glass)
    if k.choice("rim") == "full":
        both(solids.tube(np.add(rim, [x0, 0, 0]), thick, section("square", 8, 0.3), closed=True, up=(0, 1, 0)), frame)
    elif k.choice("rim") == "browline":
        both(solids.tube((np.add(rim, [x0, 0, 0]))[0:15], thick * 1.4, section("square", 8, 0.3), up=(0, 1, 0)), frame)
    top = k.real("bridge_height", 0.0, 0.12)
    pieces.append(
        (
            solids.tube(
                spline([(-gap * 1.3, 0, top), (0, -0.02, top + 0.04), (gap * 1.3, 0, top)], 9), max(thick * 0.7, 0.02)
            ),
            frame,
        )
    )
    if k.choice("bridge") == "double":
        pieces.append((solids.tube([(-gap * 2.4, 0, 0.26), (gap * 2.4, 0, 0.26)], 0.02), frame))
    outer = x0 + float(rim[:, 0].max())
    length, hinge = k.real("temple", 1.0, 1.3), k.real("hinge", 0.05, 0.2)
    arm = spline(
        [
            (outer, 0, hinge),
            (outer + 0.05, 0.08, hinge),
            (outer, length * 0.75, hinge),
            (outer - 0.05, length, hinge - 0.25),
        ],
        18,
    )
    width = k.real("arm", 0.02, 0.035)
    if k.choice("temple") == "wide":
        both(solids.tube(arm, width * 2.4, section("oblong", 8, 0.0), up=(0, 0, 1)).scale(), frame)
    else:
        both(solids.tube(arm, width), Part("temple", "trim", "metal"))
    return pieces


GROUPS = (
    Group("bag", "가방", "Bag", "03-01", {
        "form": ("tote", "trapezoid", "barrel", "moon", "bucket"), "handle": ("twin", "single", "shoulder", "chain"),
        "front": ("plain", "flap", "pocket", "belts", "quilt")}, _bag),
    Group("shoe", "신발", "Shoe", "02-04", {
        "upper": ("low", "high", "boot", "slip", "sandal"), "toe": ("round", "pointed", "square"),
        "sole": ("flat", "wedge", "block", "stiletto", "chunky"), "closing": ("none", "laces", "strap"),
        "side": ("plain", "stripes")}, _shoe),
    Group("hat", "모자", "Hat", "02-03", {
        "crown": ("dome", "flat", "pinched"), "brim": ("visor", "round", "cuff", "none"),
        "trim": ("none", "band", "bobble")}, _hat),
    Group("eyewear", "안경", "Spectacles", "16-06", {
        "lens": ("round", "square", "cat", "aviator", "hexagon"), "rim": ("full", "browline", "rimless"),
        "bridge": ("single", "double"), "temple": ("thin", "wide")}, _eyewear),
)  # fmt: skip
