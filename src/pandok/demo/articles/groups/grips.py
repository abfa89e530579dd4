"""The turned grip that razors, brushes and hand tools share; offers no groups."""

from __future__ import annotations

from pandok.demo.articles.shapes import solids
from pandok.demo.articles.shapes.article import Knobs
from pandok.demo.articles.shapes.curves import section, spline
from pandok.demo.articles.shapes.solids import Solid

GRIPS = ("straight", "waisted", "bulbous")


def turned_grip(k: Knobs, kind: str, length: float, r: float) -> Solid:
    """A grip of a kind in GRIPS along z from 0 to `length`, about `r` thick; its outline is the choice "section"."""
    points = {
        "straight": [(r * 0.9, 0), (r, 0.05), (r, length - 0.04), (r * 0.8, length)],
        "waisted": [(r, 0), (r * 1.1, length * 0.15), (r * k.real("grip_waist", 0.6, 0.8), length * 0.6), (r, length)],
        "bulbous": [
            (r * 0.7, 0),
            (r * k.real("grip_bulb", 1.2, 1.6), length * 0.25),
            (r * 0.8, length * 0.7),
            (r * 0.7, length),
        ],
    }[kind]
    return solids.revolve(spline(points, 18), section(k.choice("section"), 20, 0.5))
