"""Real 3D models (OBJ with MTL, as the furniture package has them) as articles of the renderer."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path, PurePosixPath

import numpy as np

from pandok.demo.articles.shapes.article import Article
from pandok.demo.articles.shapes.mesh import Mesh, Part

LEFT_OUT = ("reallusion",)
"""Collections that show people, not goods."""
MOST_FACES = 120_000
LEAST_FACES = 24


def models(folder: Path) -> Iterator[tuple[str, zipfile.ZipFile, str]]:
    """(name, archive, member) of every model under `folder`, in an order that does not change."""
    for archive_path in sorted(folder.rglob("*.sh3f")):
        if archive_path.stem.lower() in LEFT_OUT:
            continue
        archive = zipfile.ZipFile(archive_path)
        for member in sorted(name for name in archive.namelist() if name.lower().endswith(".obj")):
            if not LEAST_FACES <= archive.read(member).count(b"\nf ") <= MOST_FACES // 2:
                continue
            yield f"{archive_path.stem.lower()}/{PurePosixPath(member).stem}", archive, member


def article_of(name: str, archive: zipfile.ZipFile, member: str, rng: np.random.Generator) -> Article | None:
    """The model as an article, None where it has too few or too many faces to draw.

    OBJ has y up and the front towards +z; articles have z up and the front towards -y.
    """
    colours = _colours(archive, member)
    vertices: list[tuple[float, float, float]] = []
    faces: list[tuple[int, int, int]] = []
    part_of: list[int] = []
    parts: dict[str, int] = {}
    current = ""
    for line in archive.read(member).decode("latin-1").splitlines():
        words = line.split()
        if not words:
            continue
        if words[0] == "v" and len(words) >= 4:
            x, y, z = (float(word) for word in words[1:4])
            vertices.append((x, -z, y))
        elif words[0] == "usemtl":
            current = words[1] if len(words) > 1 else ""
        elif words[0] == "f":
            corners = [int(word.split("/")[0]) for word in words[1:]]
            corners = [corner - 1 if corner > 0 else len(vertices) + corner for corner in corners]
            part = parts.setdefault(current, len(parts))
            for second, third in pairwise(corners[1:]):
                faces.append((corners[0], second, third))
                part_of.append(part)
        if len(faces) > MOST_FACES:
            return None
    if len(faces) < LEAST_FACES or not vertices:
        return None
    made = tuple(
        Part(name=key or "body", role=key or "body", colour=colours.get(key, (0.7, 0.7, 0.7))) for key in parts
    )
    mesh = Mesh(
        np.array(vertices, np.float32), np.array(faces, np.int32), np.array(part_of, np.int32), made
    ).normalised()
    if not np.isfinite(mesh.vertices).all():
        return None
    parameters = {"group": "model", "choices": {"name": name}, "reals": {}, "palette": int(rng.integers(1, 1000))}
    return Article(mesh, name, name, "", parameters)


def _colours(archive: zipfile.ZipFile, member: str) -> dict[str, tuple[float, float, float]]:
    """The diffuse colour of each material beside the model."""
    found: dict[str, tuple[float, float, float]] = {}
    beside = member[: -len("obj")] + "mtl"
    if beside not in archive.namelist():
        return found
    current = ""
    for line in archive.read(beside).decode("latin-1").splitlines():
        words = line.split()
        if len(words) >= 2 and words[0] == "newmtl":
            current = words[1]
        elif len(words) >= 4 and words[0] == "Kd":
            red, green, blue = (min(1.0, max(0.0, float(word))) for word in words[1:4])
            found[current] = (red, green, blue)
    return found
