"""The shipped packs by name: what each is built from, and by which function."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
from pathlib import Path

from pandok.core.errors import RequestError
from pandok.core.lab.problem import Problem
from pandok.core.text import Text
from pandok.demo.packs.cells import build_cells
from pandok.demo.packs.declarations import build_declarations
from pandok.demo.packs.floods import build_floods
from pandok.demo.packs.inspections import build_inspections
from pandok.demo.packs.machines import build_machines
from pandok.demo.packs.mentions import build_mentions
from pandok.demo.packs.produce import build_produce
from pandok.demo.packs.retrieval import build_articles, build_drawings, build_packages
from pandok.demo.packs.smells import build_days, build_foods
from pandok.demo.packs.solar import build_shipped_solar
from pandok.demo.packs.strips import build_patches


class Source(StrEnum):
    SHARED = "shared"
    """The folder `data` below the setting PANDOK_SHARED."""
    DRAWN = "drawn"
    """Pictures that pandok.demo.articles draws; needs nothing else."""
    SHIPPED = "shipped"
    """Data that lie beside the problem; needs nothing else."""


@dataclass(frozen=True)
class ShippedPack:
    """`build(folder, data)` writes the pack; `data` as `source` says."""

    id: str
    source: Source
    build: Callable[[Path, Path], None]

    @property
    def problem(self) -> Problem:
        text = (files("pandok.demo.packs") / self.id / "problem.toml").read_text(encoding="utf-8")
        return Problem.model_validate(tomllib.loads(text))


SHIPPED = {
    one.id: one
    for one in (
        ShippedPack("demo-articles", Source.DRAWN, build_articles),
        ShippedPack("designs-packages", Source.SHARED, build_packages),
        ShippedPack("designs-drawings", Source.SHARED, build_drawings),
        ShippedPack("declarations", Source.SHARED, build_declarations),
        ShippedPack("street-floods", Source.SHARED, build_floods),
        ShippedPack("food-smells", Source.SHARED, build_foods),
        ShippedPack("gas-days", Source.SHARED, build_days),
        ShippedPack("strip-patches", Source.SHARED, build_patches),
        ShippedPack("machine-hours", Source.SHARED, build_machines),
        ShippedPack("inspection-choice", Source.SHARED, build_inspections),
        ShippedPack("solar-hours", Source.SHIPPED, build_shipped_solar),
        ShippedPack("personal-cells", Source.SHARED, build_cells),
        ShippedPack("market-produce", Source.SHARED, build_produce),
        ShippedPack("mention-bursts", Source.SHARED, build_mentions),
    )
}


def shipped_pack(pack_id: str) -> ShippedPack:
    """Raises RequestError for an unknown name."""
    found = SHIPPED.get(pack_id)
    if found is None:
        names = ", ".join(SHIPPED)
        raise RequestError(
            Text(ko=f"그런 과제는 없습니다: {pack_id}", en=f"There is no such pack: {pack_id}"),
            Text(ko=f"다음 가운데 고르십시오: {names}.", en=f"Choose one of: {names}."),
            code="pack.unknown",
        )
    return found
