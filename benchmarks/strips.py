"""Question: how well is a strip's line measured, against a plain rule of darkness, counted by strip?

    PANDOK_SHARED=../shared python -m benchmarks.strips --out benchmarks/results/strips.json

`lfa_openreader`: one immunostrip at each dilution of one serum and one negative, three photographs each; a sandwich
assay without a control line. The three photographs of a strip are repeats: ρ is over strips (six), by the median of its
photographs, with the exact p of a permutation of six. Limit of detection: the highest dilution above mean + 3 SD of the
negative. **One negative strip** was photographed three times, so that this limit knows the camera's noise and not the
noise from strip to strip. Peer: how much darker the darkest two per cent of the middle of the photograph are than its
median, which needs no window.

Calibrators: printed grey levels. Line: grey level from the signal by a straight line in reflectance, fitted on the
large sizes, reported on the small ones.

Panels: nothing is computed here of cards with several windows; those are drawn in tests alone.
"""

from __future__ import annotations

import argparse
import itertools
import os
import re
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from benchmarks.machine import write_result
from pandok.readers.strips.judging import Assay, Result, StripRule, read_strips
from pandok.readers.strips.windows import flattened, windows_of

RULE = StripRule(Assay.SANDWICH, control=None)


def plain(grey: np.ndarray) -> float:
    rows, columns = grey.shape
    middle = grey[rows // 4 : -rows // 4, columns // 4 : -columns // 4].astype(float)
    return float(np.log10(np.median(middle) / max(1.0, np.quantile(middle, 0.02))))


def rho(first: list[float], second: list[float]) -> float:
    ranks = [np.argsort(np.argsort(part)) for part in (first, second)]
    return float(np.corrcoef(ranks[0], ranks[1])[0, 1])


def strips(folder: Path) -> dict[str, Any]:
    signal: dict[str, dict[int, list[float]]] = {"reader": {}, "plain": {}}
    negative: dict[str, list[float]] = {"reader": [], "plain": []}
    results: dict[str, int] = dict.fromkeys((*Result, "no window"), 0)
    by_strip: dict[str, list[str]] = {}
    for path in sorted(folder.glob("*1to*.jpg")):
        kind, dilution = re.fullmatch(r"(\D+)1to(\d+)\.\d\.jpg", path.name).groups()  # type: ignore[union-attr]
        grey = cv2.imread(str(path), cv2.IMREAD_GRAYSCALE)
        found = read_strips(grey.astype(np.uint8), RULE)
        said = str(found[0].result) if len(found) == 1 else ("unclear" if found else "no window")
        results[said] += 1
        by_strip.setdefault(f"{kind}1to{dilution}", []).append(said)
        into = negative if kind.startswith("Healthy") else None
        # A window that may be a part is no measurement.
        if len(found) == 1 and found[0].why != "parted":
            signal_now = found[0].test.area
            (into["reader"] if into else signal["reader"].setdefault(int(dilution), [])).append(signal_now)
        (into["plain"] if into else signal["plain"].setdefault(int(dilution), [])).append(plain(grey))
    done: dict[str, Any] = {"photographs": sum(results.values()), "by the rule of thumb": results, "strips": by_strip}
    dilutions_all = sorted(signal["plain"])
    for name in ("reader", "plain"):
        dilutions = sorted(signal[name])
        medians = [float(np.median(signal[name][one])) for one in dilutions]
        found_rho = rho([-one for one in dilutions], medians)
        count, right = 0, 0
        for order in itertools.permutations(range(len(dilutions))):
            count += 1
            right += rho([-one for one in dilutions], [medians[one] for one in order]) >= found_rho - 1e-12
        limit = float(np.mean(negative[name]) + 3 * np.std(negative[name], ddof=1))
        above = [one for one, value in zip(dilutions, medians, strict=True) if value > limit]
        # As a limit, the series must be unbroken from the strongest on.
        broken = next((at for at, value in enumerate(medians) if value <= limit), len(medians))
        unbroken = dilutions[:broken]
        done[name] = {
            "strips_measured": len(dilutions),
            "strips": len(dilutions_all),
            "photographs_measured": sum(len(one) for one in signal[name].values()),
            "medians_by_dilution": {f"1:{one}": round(value, 6) for one, value in zip(dilutions, medians, strict=True)},
            "spearman_by_strip": round(found_rho, 3),
            "exact_p": round(right / count, 4),
            "negative": [round(one, 6) for one in negative[name]],
            "limit": round(limit, 6),
            "above_limit": [f"1:{one}" for one in above],
            "limit_of_detection": f"1:{unbroken[-1]}" if unbroken else None,
        }
    return done


def calibrators(folder: Path) -> dict[str, Any]:
    rows: dict[str, list[tuple[float, float, float]]] = {}
    windows = 0
    for path in sorted(folder.glob("*.jpg")):
        told = re.fullmatch(r"(small|large)(Bar|Circle)(\d+)\.jpg", path.name)
        if not told:
            continue
        grey = cv2.imread(str(path), cv2.IMREAD_GRAYSCALE).astype(np.uint8)
        windows += len(windows_of(grey))
        flat = flattened(grey)
        rows_, columns_ = flat.shape
        middle = flat[rows_ // 4 : -rows_ // 4, columns_ // 4 : -columns_ // 4]
        # The printed patch is halftone: dark points and paper. Its mean over where the smoothed picture is darkest.
        smooth = cv2.GaussianBlur(middle, (0, 0), 2.0)
        patch = smooth <= np.quantile(smooth, 0.006)
        rows.setdefault(told[1], []).append((float(told[3]), float(middle[patch].mean()), plain(grey)))
    done: dict[str, Any] = {"windows_found_where_none_are": windows}
    for name, column in (("reader", 1), ("plain", 2)):
        train, test = (np.array([[one[0], one[column]] for one in rows[size]]) for size in ("large", "small"))
        line = np.polyfit(train[:, 1], train[:, 0], 1)
        off = np.abs(np.polyval(line, test[:, 1]) - test[:, 0])
        done[name] = {
            "r2_large": round(float(np.corrcoef(train.T)[0, 1] ** 2), 3),
            "mean_absolute_error_small_grey": round(float(off.mean()), 1),
            "patches": len(off),
        }
    return done


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--out", type=Path, required=True)
    folder = Path(os.environ.get("PANDOK_SHARED", "../shared")) / "data" / "lfa_openreader"
    done = {"strips": strips(folder), "calibrators": calibrators(folder)}
    write_result(arguments.parse_args().out, "Lines of lateral-flow strips", 0, done)
    for key, value in done.items():
        print(key, value)


if __name__ == "__main__":
    main()
