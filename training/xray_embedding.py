"""Fit how parts of an embedding of scans weigh against each other: what differs within one kind of goods counts little.

    python -m training.xray_embedding --shared ../shared --out src/pandok/readers/xray/embedding_projection.npy

Consignments of three in four kinds of goods of `benchmarks.similar_scans`, each on one of five machines, seeds of their
own. The covariance within a kind of goods, with `RIDGE` of its mean variance added, whitens the parts; of the whitened
space the `KEPT` directions with the most variance are kept (within-class covariance normalisation, Hatch and others
2006). Every fourth kind of goods is left out, so that the benchmark can say what the fit is worth for goods that it
never saw. Deterministic; minutes on a processor.
"""

from __future__ import annotations

import argparse
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.similar_scans import GOODS, LEFT_OUT, machines, palettes, seen
from pandok.readers.xray.embedding import weighed_parts
from pandok.readers.xray.goods_maps import goods_maps

SEED, CONSIGNMENTS = 5_000_000, 15
RIDGE, KEPT = 0.3, 128

Job = tuple[tuple[str, str], str, int]


def jobs() -> list[Job]:
    return [
        (goods, "ABCDE"[number % 5], SEED + 1000 * place + number)
        for place, goods in enumerate(GOODS)
        if goods not in LEFT_OUT
        for number in range(CONSIGNMENTS)
    ]


def described(job: Job, shared: Path) -> NDArray[np.float64]:
    goods, machine, seed = job
    maps = goods_maps(seen(goods, machine, seed, palettes(shared)[machine]).view, machines()[machine].response)
    assert maps is not None
    return weighed_parts(maps)


def fitted(rows: NDArray[np.float64], goods: list[tuple[str, str]]) -> NDArray[np.float32]:
    """(1 + n, `KEPT`): the image of the mean, then the projection."""
    kinds = sorted(set(goods))
    label = np.array([kinds.index(one) for one in goods])
    mean = rows.mean(axis=0)
    within = rows - np.stack([rows[label == one].mean(axis=0) for one in label])
    values, vectors = np.linalg.eigh(np.cov(within.T))
    whitening = vectors / np.sqrt(np.maximum(values, 0) + RIDGE * values.mean())
    _, directions = np.linalg.eigh(np.cov(((rows - mean) @ whitening).T))
    projection = whitening @ directions[:, ::-1][:, :KEPT]
    # Eigenvectors have no sign of their own.
    projection *= np.sign(projection[np.abs(projection).argmax(axis=0), np.arange(KEPT)])
    return np.concatenate([(mean @ projection)[None], projection]).astype(np.float32)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--shared", type=Path, required=True)
    arguments.add_argument("--out", type=Path, required=True)
    arguments.add_argument("--processes", type=int, default=2)
    given = arguments.parse_args()
    asked = jobs()
    with ProcessPoolExecutor(given.processes) as pool:
        rows = np.stack(list(pool.map(described, asked, [given.shared] * len(asked), chunksize=8)))
    np.save(given.out, fitted(rows, [goods for goods, _, _ in asked]))


if __name__ == "__main__":
    main()
