"""What a scan looks like as one unit vector, so that similar scans of the past can be found, whoever made the machine.

Made of amounts and material index alone (pandok.readers.xray.goods_maps), never of a maker's colours. Four parts, none
of which changes when goods are turned by quarters or laid the other way round:

- how much of which material: a joint histogram of amount and f, at the size of a cell and over 20 mm;
- how coarse it is: energies of differences of Gaussians, for light, middle and heavy materials;
- what shapes: where the outline runs one way here, how does it so many millimetres further (angles of gradients);
- where it lies: rings about the middle of the goods, and how unevenly each is filled (Fourier magnitudes of the angle).

The parts are then weighed by a projection that was fitted to generated consignments (training/xray_embedding.py): what
differs between parcels of the same goods counts little.
"""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from pandok.readers.xray.goods_maps import GoodsMaps, goods_maps
from pandok.readers.xray.physics.basis import DualResponse
from pandok.readers.xray.standard import StandardView

NAME = "xray-goods"
VERSION = "1"
EMBEDDER = f"{NAME}-{VERSION}"
"""Vectors of two names are never compared."""

AMOUNTS = np.array([0.06, 0.15, 0.4, 0.8, 1.5, 3.0, 6.0, 12.0])
"""g/cm², middles of the bins."""
INDICES = np.array([-0.05, 0.05, 0.1, 0.15, 0.22, 0.35, 0.6, 1.1, 2.2, 4.2])
"""Middles of the bins of f."""
CLASSES = (0.22, 0.9)
"""Where light materials end and heavy ones begin."""
COARSE_MM = 20.0
SIGMAS = (1.0, 2.0, 4.0, 8.0)
SHIFTS_MM = (8.0, 16.0, 32.0, 64.0)
ANGLES = 5
RINGS, HARMONICS = 3, 3
DIMENSION = 128
WEIGHTS = {"fine": 1.0, "coarse": 1.0, "bands": 0.5, "angles": 0.7, "rings": 0.4}
"""Of the parts, before the projection."""

Vector = NDArray[np.float32]
Map = NDArray[np.float32]


def embedding(view: StandardView, response: DualResponse) -> Vector | None:
    """(`DIMENSION`,) float32 of length 1; None where the scan shows no goods. `response`: spectra of the machine, or of
    one like it where the scan has one energy or came as colours. The same view gives the same bits."""
    maps = goods_maps(view, response)
    return None if maps is None else embedding_of(maps)


def embedding_of(maps: GoodsMaps) -> Vector:
    fitted = _projection()
    return _unit(weighed_parts(maps) @ fitted[1:] - fitted[0]).astype(np.float32)


def weighed_parts(maps: GoodsMaps) -> NDArray[np.float64]:
    """(242,): what the projection is fitted to."""
    return np.concatenate([WEIGHTS[name] * _unit(part) for name, part in parts_of(maps).items()])


def parts_of(maps: GoodsMaps) -> dict[str, NDArray[np.float64]]:
    """Each part by its name, not weighed."""
    wide = max(3, round(COARSE_MM / maps.cell_mm))
    amount = np.asarray(cv2.blur(maps.amount, (wide, wide)), np.float32)
    index = np.asarray(cv2.blur(maps.index * maps.amount, (wide, wide)) / np.maximum(amount, 1e-4), np.float32)
    layers = _layers(maps)
    whole = np.log1p(maps.amount)
    return {
        "fine": _histogram(maps.amount, maps.index),
        "coarse": _histogram(amount, index),
        "bands": np.concatenate([_bands(one) for one in layers]),
        "angles": np.concatenate([_angles(one, maps.cell_mm) for one in (whole, layers[2])]),
        "rings": np.concatenate([_rings(one) for one in layers]),
    }


def _histogram(amount: Map, index: Map) -> NDArray[np.float64]:
    """Shares of the area with goods, each cell shared out to the bins about it; their roots, so that inner products
    compare distributions (Hellinger)."""
    goods = amount > AMOUNTS[0]
    a, f = amount[goods], index[goods]
    rows = np.interp(np.log(a), np.log(AMOUNTS), np.arange(len(AMOUNTS)))
    columns = np.interp(f, INDICES, np.arange(len(INDICES)))
    found = np.zeros((len(AMOUNTS), len(INDICES)))
    top, left = (np.minimum(one.astype(int), size - 2) for one, size in zip((rows, columns), found.shape, strict=True))
    down, right = rows - top, columns - left
    # A thick place says more than a thin one.
    weight = np.sqrt(a)
    for dy, wy in ((0, 1 - down), (1, down)):
        for dx, wx in ((0, 1 - right), (1, right)):
            np.add.at(found, (top + dy, left + dx), weight * wy * wx)
    return np.asarray(np.sqrt(found / max(found.sum(), 1e-9)).ravel())


def _layers(maps: GoodsMaps) -> tuple[Map, Map, Map]:
    """Logarithms of the amounts of light, middle and heavy materials."""
    light, heavy = CLASSES
    to_middle = np.clip((maps.index - light * 0.8) / (light * 0.4), 0, 1)
    to_heavy = np.clip((maps.index - heavy * 0.8) / (heavy * 0.4), 0, 1)
    shares = (1 - to_middle, to_middle * (1 - to_heavy), to_heavy)
    one, two, three = (np.log1p(maps.amount * share).astype(np.float32) for share in shares)
    return one, two, three


def _bands(layer: Map) -> NDArray[np.float64]:
    """Root mean square of what each Gaussian takes away."""
    found, before = [], layer
    for sigma in SIGMAS:
        now = np.asarray(cv2.GaussianBlur(before, (0, 0), sigma, borderType=cv2.BORDER_CONSTANT), np.float32)
        found.append(float(np.sqrt(((before - now) ** 2).mean())))
        before = now
    return np.array([*found, float(np.sqrt((before**2).mean()))])


def _angles(layer: Map, cell_mm: float) -> NDArray[np.float64]:
    """(shifts × `ANGLES`,): angles between the gradient of a place and that of the place so far along it."""
    soft = cv2.GaussianBlur(layer, (0, 0), 1.0, borderType=cv2.BORDER_CONSTANT)
    x, y = cv2.Sobel(soft, cv2.CV_32F, 1, 0), cv2.Sobel(soft, cv2.CV_32F, 0, 1)
    size = np.hypot(x, y)
    least = max(0.05, float(np.quantile(size, 0.6)))
    rows, columns = np.nonzero(size > least)
    strong = size[rows, columns]
    across, down = x[rows, columns] / np.maximum(strong, 1e-6), y[rows, columns] / np.maximum(strong, 1e-6)
    found = np.zeros((len(SHIFTS_MM), ANGLES))
    for number, shift in enumerate(SHIFTS_MM):
        row = np.rint(rows + down * shift / cell_mm).astype(int)
        column = np.rint(columns + across * shift / cell_mm).astype(int)
        inside = (row >= 0) & (row < layer.shape[0]) & (column >= 0) & (column < layer.shape[1])
        there = (row[inside], column[inside])
        cosine = (across[inside] * x[there] + down[inside] * y[there]) / np.maximum(size[there], 1e-6)
        weight = np.sqrt(strong[inside] * size[there])
        at = np.arccos(np.clip(cosine, -1, 1)) / np.pi * (ANGLES - 1)
        low = np.minimum(at.astype(int), ANGLES - 2)
        np.add.at(found[number], low, weight * (1 - (at - low)))
        np.add.at(found[number], low + 1, weight * (at - low))
    return np.asarray(np.sqrt(found / max(found.sum(), 1e-9)).ravel())


def _rings(layer: Map) -> NDArray[np.float64]:
    """(`RINGS` × (`HARMONICS`),): magnitudes of the harmonics of the angle in rings about the middle of the box."""
    ring, turns = _polar(*layer.shape)
    found = []
    for turn in turns:
        turned = layer * turn
        sums = np.array([turned[ring == one].sum() for one in range(RINGS)])
        found.append(np.abs(sums) / layer.size)
    return np.asarray(np.sqrt(np.concatenate(found)))


@lru_cache(maxsize=4)
def _polar(rows: int, columns: int) -> tuple[NDArray[np.int64], tuple[NDArray[np.complex128], ...]]:
    """Which ring each place lies in, and the harmonics of its angle: the same for all layers of a scan."""
    y, x = np.mgrid[0:rows, 0:columns]
    y, x = (y - (rows - 1) / 2) / max(rows, 1), (x - (columns - 1) / 2) / max(columns, 1)
    far = np.sqrt(x**2 + y**2) / np.sqrt(0.5)
    angle = np.arctan2(y, x)
    ring = np.minimum((far * RINGS).astype(int), RINGS - 1)
    return ring, tuple(np.exp(1j * harmonic * angle) for harmonic in range(HARMONICS))


@cache
def _projection() -> NDArray[np.float64]:
    """(1 + 242, `DIMENSION`): the image of the mean, then the projection."""
    stored = np.load(Path(__file__).with_name("embedding_projection.npy"), allow_pickle=False)
    return np.asarray(stored, np.float64)


def _unit(vector: NDArray[np.floating]) -> NDArray[np.float64]:
    length = float(np.linalg.norm(vector))
    return np.asarray(vector, np.float64) / length if length > 1e-9 else np.zeros(len(vector))
