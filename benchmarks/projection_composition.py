"""Question: how far is a projected threat from the true joint scan, and the product rule beside it?

    PANDOK_SHARED=../shared python -m benchmarks.projection_composition --out benchmarks/results/FILE.json

Noise-free triples of bag, threat alone and true joint scan: `xray_phantom` (machine A) and four bags of `xray_pairs`
(machine B), and beyond them 24 computed bags and parcels on two machines that neither of the two is: cabinet-1 with
180 kV, and cabinet-2 with 120 kV, whose spectra are made of formulas here. Once sharp, and blurred by .3 and by .7 px,
where truth, bag and item are blurred as whole images. "basis densities": the product's way, which undoes a blur that is
known, joins, and blurs again. "believed …": the same with a blur that is not the true one. "shares blurred": the way
that needs no known blur, and is why one that was not measured is refused: amounts solved from the blurred bag, the
item's share blurred. "product": T_bag · T_item.
Error: the larger of both energies' |T / T_true − 1| over pixels of the item with T_high > .01 in truth. "refused":
placements that projection refuses to make.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from benchmarks.machine import write_result
from pandok.core.errors import InputError
from pandok.demo.scans.coarse import coarse
from pandok.demo.scans.machines import MACHINES
from pandok.demo.scans.projecting import solids_of, without_threats
from pandok.demo.scans.scenes import Recipe, Scene, scene_of
from pandok.readers.xray.physics.basis import DualResponse
from pandok.readers.xray.physics.solver import solve
from pandok.readers.xray.physics.spectra import response_from_table
from pandok.readers.xray.physics.tubes import Sheet, kramers, sandwich
from pandok.readers.xray.projection.joining import Joined, joined, joined_behind_blur, sharp_amounts
from pandok.readers.xray.projection.machine_blur import REACH_PX
from pandok.readers.xray.projection.placing import check_joined
from pandok.readers.xray.projection.solids import item_of_solids
from pandok.readers.xray.solids.paths import LineScanner

ITEM_BELOW, TRUE_ABOVE = 0.995, 0.01
SEED, UNSEEN = 700, 24
BLURS_PX, OFF_PX = (0.3, 0.7), 0.1
_WAYS = {-OFF_PX: "believed .1 px narrower", OFF_PX: "believed .1 px wider"}
Plane = np.ndarray
Pair = tuple[Plane, Plane]


def errors(low: Plane, high: Plane, true_low: Plane, true_high: Plane, among: Plane) -> Plane:
    """In percent."""
    here = among & (true_high > TRUE_ABOVE)
    both = np.maximum(np.abs(low / np.maximum(true_low, 1e-9) - 1), np.abs(high / np.maximum(true_high, 1e-9) - 1))
    return 100 * both[here]


def said(found: Plane) -> dict[str, float]:
    if not found.size:
        return {"pixels": 0}
    p50, p99 = np.percentile(found, [50, 99])
    return {
        "pixels": int(found.size),
        "p50_percent": round(float(p50), 4),
        "p99_percent": round(float(p99), 4),
        "worst_percent": round(float(found.max()), 4),
    }


def triple(prefix: Path, scale: float, response: DualResponse) -> dict[str, Any]:
    files = {
        (what, energy): cv2.imread(f"{prefix}{what}_{energy}.png", cv2.IMREAD_UNCHANGED).astype(np.float32) / scale
        for what in ("bag", "item", "true")
        for energy in ("low", "high")
    }
    bag, item, truth = ((files[what, "low"], files[what, "high"]) for what in ("bag", "item", "true"))
    alone = solve(*item, response)
    first, second = np.nan_to_num(alone.first), np.nan_to_num(alone.second)
    found = joined(*bag, first, second, response)
    among = item[1] < ITEM_BELOW
    rows: dict[str, Any] = {
        "basis densities": said(errors(found.low, found.high, *truth, among)),
        "product": said(errors(bag[0] * item[0], bag[1] * item[1], *truth, among)),
        "pixels without amounts": int((alone.marked & among).sum() + found.unsolved.sum()),
    }
    for blur in BLURS_PX:
        soft_bag, soft_item, soft_truth = (_soft(one, blur) for one in (bag, item, truth))
        alone = solve(*soft_item, response)
        first, second = np.nan_to_num(alone.first), np.nan_to_num(alone.second)
        ways = _ways(soft_bag, (first, second), soft_item, response, blur, item_blur=blur)
        among = soft_item[1] < ITEM_BELOW
        rows[f"blurred by {blur} px"] = {way: said(errors(*pair, *soft_truth, among)) for way, pair in ways.items()}
    return rows


def _ways(
    bag: Pair, amounts: Pair, alone: Pair, response: DualResponse, blur: float, item_blur: float
) -> dict[str, Pair]:
    """All blurred but the amounts, which are blurred by `item_blur`."""
    found: dict[str, Pair] = {}
    for believed in (blur, blur - OFF_PX, blur + OFF_PX):
        own = amounts if not item_blur else sharp_amounts(*amounts, response, believed, 0.0)
        got = joined_behind_blur(bag[0], bag[1], own[0], own[1], response, believed)
        found[_WAYS.get(round(believed - blur, 2), "basis densities")] = got.low, got.high
    plain = joined(bag[0], bag[1], amounts[0], amounts[1], response)
    if not item_blur:
        plain = softened(plain, bag[0], bag[1], blur)
    found["shares blurred"] = plain.low, plain.high
    found["product"] = bag[0] * alone[0], bag[1] * alone[1]
    return found


def unseen_machines() -> dict[str, DualResponse]:
    energies = np.arange(15.0, 181.0)
    front, between, back = Sheet("CsI", 0.12), [Sheet("Cu", 0.5)], Sheet("CsI", 0.5)
    one = kramers(180.0, energies, [Sheet("Al", 0.9)])
    other = kramers(120.0, energies, [Sheet("Al", 0.5), Sheet("Cu", 0.05)])
    return {
        "180 kV": sandwich(one, energies, front, between, back, name="unseen-180", origin="formulas"),
        "120 kV": sandwich(
            other, energies, Sheet("Gd2O2S", 0.08), between, Sheet("CdWO4", 0.6), name="unseen-120", origin="formulas"
        ),
    }


def whole_spectrum(scene: Scene, response: DualResponse, scanner: LineScanner) -> tuple[Plane, Plane]:
    """Clean transmissions with all energies, without any basis of two."""
    from pandok.readers.xray.solids.paths import add_path_lengths

    amounts: dict[bytes, tuple[Plane, Plane]] = {}
    for item in (scene.outer, *scene.items):
        for solid in solids_of(item, response):
            key = solid.mass_attenuation.tobytes()
            into = amounts.setdefault(key, (solid.mass_attenuation, np.zeros((scanner.rows, scanner.columns))))[1]
            add_path_lengths(solid.mesh, scanner, into, solid.g_per_cm3 / 10)
    exponent = np.zeros((scanner.rows * scanner.columns, len(response.energies_kev)), np.float32)
    for attenuation, amount in amounts.values():
        exponent -= np.outer(amount.ravel(), attenuation).astype(np.float32)
    rays = np.exp(exponent, out=exponent)
    low, high = (
        (rays @ weights.astype(np.float32)).reshape(scanner.rows, scanner.columns)
        for weights in (response.low, response.high)
    )
    return low, high


def unseen() -> dict[str, Any]:
    found: dict[str, Any] = {}
    machines = [coarse(coarse(MACHINES["cabinet-1"])), coarse(coarse(MACHINES["cabinet-2"]))]
    for (name, response), machine in zip(unseen_machines().items(), machines, strict=True):
        rows: dict[str, list[Plane]] = {}
        refused = made = 0
        for number in range(UNSEEN // 2):
            scene = scene_of(Recipe("bag" if number % 2 else "parcel", SEED + number, threats=1))
            if not scene.threats:
                continue
            clean_bag = whole_spectrum(without_threats(scene), response, machine.scanner)
            clean_true = whole_spectrum(scene, response, machine.scanner)
            placed = item_of_solids(solids_of(scene.threats[0], response), machine.scanner, response)
            item = placed.item
            here = np.s_[placed.top : placed.top + item.shape[0], placed.left : placed.left + item.shape[1]]
            if clean_bag[0][here].shape != item.shape:
                continue
            made += 1
            alone = [one.astype(np.float32) for one in response.transmission(item.first, item.second)]
            got = joined(clean_bag[0][here], clean_bag[1][here], item.first, item.second, response)
            try:
                check_joined(got, alone[1], item.solid)
            except InputError:
                refused += 1
                continue
            known = clean_true[0][here], clean_true[1][here], alone[1] < ITEM_BELOW
            rows.setdefault("sharp", []).append(errors(got.low, got.high, *known))
            product = clean_bag[0][here] * alone[0], clean_bag[1][here] * alone[1]
            rows.setdefault("sharp, product", []).append(errors(*product, *known))
            # As much of the bag around the item as the product looks at.
            top, left = max(0, placed.top - REACH_PX), max(0, placed.left - REACH_PX)
            around = np.s_[top : here[0].stop + REACH_PX, left : here[1].stop + REACH_PX]
            low, high = (np.zeros_like(clean_bag[0][around]) for _ in range(2))
            inside = np.s_[placed.top - top :, placed.left - left :]
            for into, amount in ((low, item.first), (high, item.second)):
                into[inside][: item.shape[0], : item.shape[1]] = amount
            seen_alone = [one.astype(np.float32) for one in response.transmission(low, high)]
            for blur in BLURS_PX:
                bag, truth = _soft(clean_bag, blur), _soft(clean_true, blur)
                soft_alone = _soft((seen_alone[0], seen_alone[1]), blur)
                seen_bag = bag[0][around], bag[1][around]
                known = truth[0][around], truth[1][around], soft_alone[1] < ITEM_BELOW
                for way, pair in _ways(seen_bag, (low, high), soft_alone, response, blur, item_blur=0.0).items():
                    rows.setdefault(f"blurred by {blur} px, {way}", []).append(errors(*pair, *known))
        found[name] = {way: said(np.concatenate(parts)) for way, parts in rows.items()} | {
            "made": made,
            "refused": refused,
        }
    return found


def softened(found: Joined, bag_low: Plane, bag_high: Plane, sigma_px: float) -> Joined:
    """A sharp item as a blurring machine would show it, were the bag's sharp amounts those of its image."""
    low, high = (
        cv2.GaussianBlur(share, (0, 0), sigma_px, borderType=cv2.BORDER_REPLICATE)
        for share in (found.share_low, found.share_high)
    )
    return Joined(bag_low * low, bag_high * high, low, high, found.unsolved)


def _soft(planes: tuple[Plane, Plane], sigma: float) -> tuple[Plane, Plane]:
    if not sigma:
        return planes
    low, high = (cv2.GaussianBlur(one, (0, 0), sigma, borderType=cv2.BORDER_REPLICATE) for one in planes)
    return low, high


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--out", type=Path, required=True)
    chosen = arguments.parse_args()
    data = Path(os.environ.get("PANDOK_SHARED", "../shared")) / "data"
    phantom = response_from_table((data / "xray_phantom" / "spectrum.csv").read_text())
    pairs = response_from_table((data / "xray_pairs" / "spectrum.csv").read_text(), "w_low_B", "w_high_B")
    measured: dict[str, Any] = {"xray_phantom": triple(data / "xray_phantom" / "tip_", 65535, phantom)}
    for bag in (101, 102, 103, 105):
        measured[f"xray_pairs bag {bag}"] = triple(data / "xray_pairs" / f"bag{bag}_B_tip", 60000, pairs)
    measured["machines not seen"] = unseen()
    write_result(chosen.out, "Composition of threats against true joint scans", SEED, measured)
    for name, value in measured.items():
        print(name, value)


if __name__ == "__main__":
    main()
