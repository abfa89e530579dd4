"""The register of goods groups, and the ways to make an article, make it again, or make a look-alike."""

from __future__ import annotations

import colorsys
from functools import cache
from typing import Any

import numpy as np

from pandok.demo.articles.groups import (
    audio,
    bags,
    bottles,
    cutlery,
    eyewear,
    fans,
    fittings,
    footwear,
    furniture,
    grooming,
    handhelds,
    hats,
    jewellery,
    kitchenware,
    lamps,
    packaging,
    tools,
    toys,
    vehicle_parts,
    watches,
)
from pandok.demo.articles.shapes.article import Article, Group, Knobs
from pandok.demo.articles.shapes.mesh import join

LOOK_ALIKE_JITTER = 0.14
"""Share of its range by which a look-alike's measures move (one standard deviation)."""


@cache
def groups() -> tuple[Group, ...]:
    """All goods groups, in a fixed order: which group a seed draws depends on their order and number."""
    modules = (
        bottles,
        kitchenware,
        packaging,
        bags,
        footwear,
        hats,
        eyewear,
        furniture,
        lamps,
        fans,
        audio,
        handhelds,
        watches,
        grooming,
        cutlery,
        tools,
        fittings,
        vehicle_parts,
        toys,
        jewellery,
    )
    return tuple(group for module in modules for group in module.GROUPS)


def family_count() -> int:
    """How many families (group and discrete choices) exist."""
    return sum(group.family_count for group in groups())


def make_article(rng: np.random.Generator, group: str | Group | None = None) -> Article:
    """An article of a group (its key, or drawn when None), with random choices and measures.

    Raises KeyError for an unknown key. The same generator state gives the same article.
    """
    if group is None:
        chosen = groups()[int(rng.integers(len(groups())))]
    else:
        chosen = group if isinstance(group, Group) else _by_key(group)
    return _build(chosen, Knobs(rng, chosen.options), int(rng.integers(2**31)))


def vary(article: Article, rng: np.random.Generator, jitter: float = LOOK_ALIKE_JITTER) -> Article:
    """A near look-alike: the same discrete choices, somewhat other measures, the same colours."""
    p = article.parameters
    group = _by_key(p["group"])
    knobs = Knobs(rng, group.options, p["choices"], p["reals"], jitter)
    return _build(group, knobs, p["palette"])


def sibling(article: Article, rng: np.random.Generator) -> Article:
    """A relative: one discrete choice differs, measures somewhat too."""
    p = article.parameters
    group = _by_key(p["group"])
    name = list(group.options)[int(rng.integers(len(group.options)))]
    others = [v for v in group.options[name] if v != p["choices"][name]]
    choices = {**p["choices"], name: others[int(rng.integers(len(others)))]}
    return _build(group, Knobs(rng, group.options, choices, p["reals"], LOOK_ALIKE_JITTER), p["palette"])


def rebuild(parameters: dict[str, Any]) -> Article:
    """The article that these parameters describe, exactly."""
    group = _by_key(parameters["group"])
    knobs = Knobs(np.random.default_rng(0), group.options, parameters["choices"], parameters["reals"])
    return _build(group, knobs, parameters["palette"])


def palette(rng: np.random.Generator) -> dict[str, tuple[float, float, float]]:
    """Colours (red, green, blue; 0 to 1) of the roles that parts play."""
    hue, style = float(rng.random()), float(rng.random())

    def colour(h: float, s: float, v: float) -> tuple[float, float, float]:
        return colorsys.hsv_to_rgb(h % 1.0, float(np.clip(s, 0, 1)), float(np.clip(v, 0.05, 0.97)))

    if style < 0.35:  # white, grey or black goods with a small accent
        v = float(rng.choice([0.1, 0.2, 0.45, 0.75, 0.93]))
        body = colour(hue, 0.06 * rng.random(), v)
        accent = colour(hue, 0.1 + 0.7 * rng.random(), 0.2 + 0.7 * rng.random())
    else:
        body = colour(hue, 0.25 + 0.65 * rng.random(), 0.3 + 0.6 * rng.random())
        turn = float(rng.choice([0.0, 0.08, 0.5]))
        accent = colour(hue + turn, 0.1 + 0.7 * rng.random(), 0.15 + 0.8 * rng.random())
    v = float(rng.choice([0.12, 0.35, 0.6, 0.85]))
    return {
        "body": body,
        "accent": accent,
        "trim": colour(0.1, 0.25 * rng.random(), v),
        "light": colour(0.12, 0.15, 0.97),
        "screen": colour(0.6, 0.2, 0.12 + 0.1 * rng.random()),
        "rubber": colour(0.1, 0.05, 0.12 + 0.1 * rng.random()),
    }


def recoloured(article: Article, rng: np.random.Generator) -> Article:
    """The same shape in other colours."""
    return Article(
        article.mesh.with_colours(palette(rng)),
        article.name_ko,
        article.name_en,
        article.locarno_class,
        article.parameters,
    )


def _by_key(key: str) -> Group:
    for group in groups():
        if group.key == key:
            return group
    raise KeyError(key)


def _build(group: Group, knobs: Knobs, palette_seed: int) -> Article:
    mesh = join(group.build(knobs)).normalised()
    mesh = mesh.with_colours(palette(np.random.default_rng(palette_seed)))
    record = {"group": group.key, "choices": dict(knobs.choices), "reals": dict(knobs.reals), "palette": palette_seed}
    return Article(mesh, group.name_ko, group.name_en, group.locarno_class, record)
