"""What more training, and more material, buys on kinds that were left out: the numbers behind docs/understand.

    python training/curve.py hours --cache training/cache --run training/cache/runs/a    # needs torch
    python training/curve.py material --cache training/cache
    python docs/training_curve.py                                                        # the page and its pictures

`hours` copies the validations of a run's `log.json` and adds one row: the run's encoder, as it stands, on kinds of
search of kinds.py (recall@1 of each vector alone; `--at-the-start`: the encoder that the training began with). Call it
whenever the training has gone on; rows of other hours stay. `material` fits the part `lines` (LDA, closed form) on
shares of the material, without any rendition of the family that it is measured on. Both write training/curve.json. No
test picture of the shared data is read.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from kinds import FAMILIES, Kind, kinds
from numpy.typing import NDArray

Floats = NDArray[np.float32]
HERE = Path(__file__).resolve().parent
CURVE = HERE / "curve.json"
SIDE_PX, BATCH = 224, 30
SHARES = (1 / 64, 1 / 32, 1 / 16, 1 / 8, 1 / 4, 1 / 2, 1.0)
DRAWS = 3
"""Random shares of the material that are averaged, but for all of it."""
NOT_TRAINED_ON = ("figure printed again", "emblem on cloth", "garment taken again")
"""Kinds of search that no domain of batches.py shows the encoder; of all others it saw other articles."""
MATERIALS_OF: dict[str, tuple[str, ...]] = {
    "models": ("aligned",),
    "marks": ("marks",),
    "shapes": ("shapes",),
    "garments": ("garments",),
    "packages": ("goods",),
    "produce": ("goods",),
    "articles": (),
}
"""The material of layout_pictures.py that a family shares; of articles there is none."""


def recall_at_1(kind: Kind, views: Floats, queries: Floats) -> float:
    """The best view of a design speaks for it."""
    names = np.array([design for design, _ in kind.views])
    first = names[(queries @ views.T).argmax(axis=1)]
    return round(float((first == np.array([design for design, _ in kind.queries])).mean()), 3)


def hours(arguments: argparse.Namespace) -> dict[str, Any]:
    log = json.loads((arguments.run / "log.json").read_text(encoding="utf-8"))
    validations = [
        {"step": one["step"], "hours": one["hours"], "recall_at_1": one["recall_at_1"]}
        for one in log["log"]
        if "recall_at_1" in one
    ]
    return {
        "recipe": {name: value for name, value in log["recipe"].items() if name not in ("shared", "start_from")},
        "validations": validations,
    }


def on_kinds(arguments: argparse.Namespace) -> dict[str, Any]:
    import torch
    from batches import square
    from network import Encoder, weights_of_export
    from train_encoder import SHIPPED
    from validation import embedded

    torch.set_num_threads(arguments.threads)
    encoder = Encoder().eval()
    row: dict[str, Any] = {"step": 0, "hours": 0.0}
    if arguments.at_the_start:
        weights_of_export(encoder, SHIPPED)
    else:
        kept = torch.load(arguments.run / "encoder.pt", weights_only=True)
        encoder.load_state_dict(kept["state"])
        log = json.loads((arguments.run / "log.json").read_text(encoding="utf-8"))["log"]
        row = {"step": kept["step"], "hours": max(one.get("hours", 0.0) for one in log if one["step"] <= kept["step"])}
    found: dict[str, dict[str, float]] = {}
    for kind in kinds(arguments.cache, arguments.shared, tuple(arguments.only)):
        sides = [np.stack([square(one, SIDE_PX) for _, one in some]) for some in (kind.views, kind.queries)]
        views, queries = (embedded(encoder, pictures, BATCH) for pictures in sides)
        found[kind.name] = {"tuned": recall_at_1(kind, views[0], queries[0])}
        if not arguments.at_the_start:  # its layout head starts from components and is no part of the shipped reader
            found[kind.name]["layout"] = recall_at_1(kind, views[1], queries[1])
        print(kind.name, found[kind.name], flush=True)
    return row | {"recall_at_1": found}


def material(arguments: argparse.Namespace) -> dict[str, Any]:
    """recall@1 of `lines` on each family, from shares of the material without that of the family."""
    from fit_layout import LINES_DIMENSION, features, fitted
    from layout_pictures import COUNTS

    from pandok.readers.designs.lines import line_layout
    from pandok.readers.designs.looks import looks

    _, lines, shape = features(arguments.cache, arguments.shared, 1)
    material_of = np.repeat(list(COUNTS), list(COUNTS.values()))
    if len(material_of) <= shape.max():
        raise SystemExit("layout-features.npz holds other shapes than layout_pictures.py names")

    def described(some: Sequence[tuple[str, NDArray[np.uint8]]]) -> Floats:
        return np.stack([line_layout(looks(np.ascontiguousarray(one), "view")[0].gray) for _, one in some])

    families = {name: members for name, members in FAMILIES.items() if name in (arguments.families or FAMILIES)}
    asked = {}
    for kind in kinds(arguments.cache, arguments.shared, tuple(name for some in families.values() for name in some)):
        asked[kind.name] = kind, described(kind.views), described(kind.queries)
        kind.views, kind.queries = ([(name, one[:1, :1]) for name, one in some] for some in (kind.views, kind.queries))
        print(kind.name, flush=True)
    rows: list[dict[str, Any]] = []
    for family, members in families.items():
        allowed = np.flatnonzero(~np.isin(material_of, MATERIALS_OF[family]))
        for share in SHARES:
            draws = []
            for draw in range(DRAWS if share < 1 else 1):
                rng = np.random.default_rng([17, draw])
                chosen = allowed if share == 1 else rng.permutation(allowed)[: round(share * len(allowed))]
                use = np.isin(shape, chosen)
                projection, offset = fitted(lines[use].copy(), shape[use], LINES_DIMENSION)
                draws.append((len(chosen), int(use.sum()), _on(asked, members, projection, offset)))
            found = {name: round(float(np.mean([one[2][name] for one in draws])), 3) for name in members}
            rows.append({"family": family, "shapes": draws[0][0], "pictures": draws[0][1], "recall_at_1": found})
            print(rows[-1], flush=True)
        raw = {name: recall_at_1(asked[name][0], *(_unit(one) for one in asked[name][1:])) for name in members}
        rows.append({"family": family, "shapes": 0, "pictures": 0, "recall_at_1": raw})
    return {"part": "lines", "rows": rows}


def _on(asked: dict[str, Any], members: Sequence[str], projection: Floats, offset: Floats) -> dict[str, float]:
    found = {}
    for name in members:
        kind, views, queries = asked[name]
        found[name] = recall_at_1(kind, *(_unit(one @ projection.T - offset) for one in (views, queries)))
    return found


def _unit(rows: Floats) -> Floats:
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9), np.float32)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("what", choices=["hours", "material"])
    parser.add_argument("--cache", type=Path, default=Path("training/cache"))
    parser.add_argument("--run", type=Path, default=Path("training/cache/runs/a"))
    parser.add_argument("--shared", type=Path, default=Path(os.environ.get("PANDOK_SHARED", "../shared")))
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--only", nargs="*", default=[], help="kinds of search; all unless named")
    parser.add_argument("--families", nargs="*", default=[], help="of material, for `material`; all unless named")
    parser.add_argument("--only-log", action="store_true", help="copy the log's validations, measure nothing")
    parser.add_argument(
        "--at-the-start", action="store_true", help="measure the encoder that the training started from"
    )
    parser.add_argument("--out", type=Path, default=CURVE)
    arguments = parser.parse_args()
    cv2.setNumThreads(1)
    found: dict[str, Any] = json.loads(arguments.out.read_text(encoding="utf-8")) if arguments.out.exists() else {}
    if arguments.what == "material":
        made = material(arguments)
        new = {row["family"] for row in made["rows"]}
        kept = [row for row in found.get("material", {}).get("rows", []) if row["family"] not in new]
        found["material"] = {"part": made["part"], "rows": [*kept, *made["rows"]]}
    else:
        found |= hours(arguments)
        if not arguments.only_log:
            row = on_kinds(arguments)
            same = [one for one in found.get("kinds", []) if one["step"] == row["step"]]
            others = [one for one in found.get("kinds", []) if one["step"] != row["step"]]
            row["recall_at_1"] = {**(same[0]["recall_at_1"] if same else {}), **row["recall_at_1"]}
            found["kinds"] = sorted([*others, row], key=lambda one: one["step"])
        found["not_trained_on"] = list(NOT_TRAINED_ON)
    arguments.out.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
