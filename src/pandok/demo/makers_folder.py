"""A folder with the files of five makers, so that an operator can turn them into one standard."""

from __future__ import annotations

from pathlib import Path

from pandok.demo.scans.makers import MAKERS, PALETTE, palette_png
from pandok.demo.scans.rendering import rendered
from pandok.demo.scans.scenes import Recipe
from pandok.engines.files.durable import write_durably

FOLDER = "five-makers"
BAGS_EACH, SEED = 2, 40


def ensure_makers_folder(home: Path) -> Path:
    """The folder below `home`, and the palette of the fifth maker where the site keeps palettes; what stands there is
    left as it is."""
    palette = home / "xray" / "palettes" / f"{PALETTE}.png"
    if not palette.exists():
        write_durably(palette, palette_png())
    for number, (maker, files_of) in enumerate(MAKERS.items()):
        for bag in range(BAGS_EACH):
            name = f"bag-{number * BAGS_EACH + bag + 1:02d}"
            if not list((home / FOLDER / maker).glob(f"{name}[._]*")):
                made = rendered(Recipe("bag", SEED + number * BAGS_EACH + bag), "cabinet-1")
                for one in files_of(made, name):
                    write_durably(home / FOLDER / maker / one.name, one.data, overwrite=True)
    return home / FOLDER
