"""The produce pack: which fruit or vegetable lies on the scale?

Photographs that the source gives for training are public. Its test photographs of the same articles answer feedback and
confirm, by a hash of their names. They are made small, as a scale's camera could send them. Today's rule: the article
whose picture has the nearest mean colour.
"""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from pandok.core.errors import RequestError
from pandok.core.text import Text
from pandok.demo.packs.pack_folder import writing
from pandok.demo.packs.source_rows import source_rows
from pandok.demo.packs.splitting import part_of

SIDE_PX = 32


def build_produce(folder: Path, data: Path) -> None:
    source = data / "designs-produce"
    register = list(source_rows(source / "register.csv", {"design_id": str, "holder": str, "path": str}))
    names = {row["design_id"]: row["holder"].removeprefix("holder of ") for row in register}
    colours = {names[row["design_id"]]: mean_colour(_small(source / row["path"])) for row in register}
    public, sealed = (_once(source / name) for name in ("train.csv", "queries.csv"))
    with writing(folder, "market-produce") as pack:
        for rows, is_public in ((public, True), (sealed, False)):
            for row in rows:
                if row["design_id"] not in names:
                    continue  # left out of the register by the source: no class of it is right
                picture = _small(source / row["path"])
                case_id = "v" + hashlib.sha256(row["path"].encode()).hexdigest()[:14]
                name = names[row["design_id"]]
                pack.query(
                    case_id,
                    "public" if is_public else part_of(row["path"], public=0.0, feedback=0.3),
                    truth=name,
                    practice=nearest_colour(mean_colour(picture), colours),
                    cluster=hashlib.sha256(name.encode()).hexdigest()[:8],
                    path=pack.file(f"{case_id}.png", _png(picture)),
                )


def _once(table: Path) -> list[dict[str, str]]:
    """A few photographs stand twice in the source, with the same article."""
    return list({row["path"]: row for row in source_rows(table, {"design_id": str, "path": str})}.values())


def mean_colour(picture: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Of the middle half, (3,)."""
    rows, columns = picture.shape[:2]
    middle = picture[rows // 4 : -(rows // 4), columns // 4 : -(columns // 4)]
    return np.asarray(middle.reshape(-1, 3).mean(axis=0), np.float64)


def nearest_colour(colour: NDArray[np.float64], known: dict[str, NDArray[np.float64]]) -> str:
    """Of equal ones the first by name."""
    return min(sorted(known), key=lambda name: float(np.square(known[name] - colour).sum()))


def _small(path: Path) -> NDArray[np.uint8]:
    try:
        with Image.open(path) as picture:
            side = min(picture.size)
            left, top = (picture.width - side) // 2, (picture.height - side) // 2
            square = picture.convert("RGB").crop((left, top, left + side, top + side))
            return np.asarray(square.resize((SIDE_PX, SIDE_PX), Image.Resampling.BOX), np.uint8)
    except (OSError, ValueError) as error:
        raise RequestError(
            Text(ko=f"사진을 읽을 수 없습니다: {path}", en=f"The photograph cannot be read: {path}"),
            Text(ko="원자료를 다시 받으십시오.", en="Get the source again."),
            code="pack.source_picture",
        ) from error


def _png(picture: NDArray[np.uint8]) -> bytes:
    target = io.BytesIO()
    Image.fromarray(picture).save(target, "PNG")
    return target.getvalue()
