"""Write docs/understand/training-curve.md and its two pictures from training/curve.json.

`training/curve.py` measures; no number is typed by hand. `--check` says what is out of date, exit code 1.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
CURVE = ROOT / "training" / "curve.json"
PAGE = ROOT / "docs" / "understand" / "training-curve.md"
PICTURES = ROOT / "docs" / "pictures"
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 760, 380, 52, 210, 24, 44
COLOURS = ("#1b6ca8", "#b3541e", "#2e7d32", "#7b3fa0", "#a8781b", "#5a6b7b", "#c2185b")
DASHES = ("", "6 3", "2 3", "8 3 2 3", "1 4", "12 4", "4 1")
"""Beside the colour, so that lines can be told apart without it."""
Points = Sequence[tuple[float, float]]


def chart(title: str, across: str, lines: Mapping[str, Points], *, names: Sequence[tuple[float, str]]) -> str:
    """An SVG line chart of recall@1; `names` are the places and words on the axis across."""
    low, high = names[0][0], names[-1][0]
    wide, tall = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM

    def x(value: float) -> float:
        return round(LEFT + wide * (value - low) / max(high - low, 1e-9), 1)

    def y(value: float) -> float:
        return round(TOP + tall * (1 - value), 1)

    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        'font-family="sans-serif" font-size="12">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
    ]
    for step in range(6):
        at = y(step / 5)
        out += [
            f'<path d="M{LEFT} {at}H{LEFT + wide}" stroke="#ddd"/>',
            f'<text x="{LEFT - 8}" y="{at + 4}" text-anchor="end" fill="#444">{step / 5:.1f}</text>',
        ]
    for value, word in names:
        out.append(
            f'<text x="{x(value)}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle" fill="#444">{escape(word)}</text>'
        )
    out.append(f'<text x="{LEFT + wide / 2}" y="{HEIGHT - 6}" text-anchor="middle">{escape(across)}</text>')
    ends = sorted((points[-1][1], name) for name, points in lines.items())
    label_at, last = {}, HEIGHT
    for value, name in ends:
        last = min(int(y(value)) + 4, last - 15)
        label_at[name] = last
    for number, (name, points) in enumerate(lines.items()):
        colour, dash = COLOURS[number % len(COLOURS)], DASHES[number % len(DASHES)]
        path = " ".join(f"{x(a)},{y(b)}" for a, b in points)
        out += [
            f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2" stroke-dasharray="{dash}"/>',
            f'<text x="{LEFT + wide + 8}" y="{label_at[name]}" fill="{colour}">{escape(name)}</text>',
        ]
    return "\n".join([*out, "</svg>"]) + "\n"


def words_of(name: str) -> str:
    return name.replace("_", " ")


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    return [
        "| " + " | ".join(head) + " |",
        "|---|" + "---|" * (len(head) - 1),
        *("| " + " | ".join(row) + " |" for row in rows),
    ]


def hours_part(curve: Mapping[str, Any]) -> tuple[list[str], str]:
    validations = curve["validations"]
    kinds = list(validations[0]["recall_at_1"])

    def at(one: Mapping[str, Any], kind: str) -> float:
        return float(max(one["recall_at_1"][kind].values()))

    lines: dict[str, Points] = {
        words_of(kind): [(one["hours"], at(one, kind)) for one in validations] for kind in kinds
    }
    most = validations[-1]["hours"]
    names = [(most * step / 4, f"{most * step / 4:.1f}") for step in range(5)]
    picture = chart(
        "recall@1 on articles kept back, by hours of training", "hours in steps, one core", lines, names=names
    )
    rows = [
        [f"{one['hours']:.2f}", str(one["step"]), *(f"{at(one, kind):.2f}" for kind in kinds)] for one in validations
    ]
    mean = [sum(at(one, kind) for kind in kinds) / len(kinds) for one in validations]
    first, last = validations[0], validations[-1]
    text = [
        "## Hours",
        "",
        "![recall@1 by hours](../pictures/training-hours.svg)",
        "",
        "Articles kept back from training, the best of the vectors `tuned`, `layout` and both; at most 180 queries a",
        "kind, standard error .04. Hours are processor time in steps; drawing batches runs beside them.",
        "",
        *table(["hours", "step", *(words_of(kind) for kind in kinds)], rows),
        "",
        f"Mean of the {len(kinds)}: {mean[0]:.3f} at the start, {mean[-1]:.3f} after {last['hours']:.1f} hours "
        f"({(mean[-1] - mean[0]) / max(last['hours'] - first['hours'], 1e-9):+.3f} an hour). What an hour bought:",
        "",
    ]
    bought = []
    for hour in range(int(last["hours"]) + 1):
        here = [value for one, value in zip(validations, mean, strict=True) if hour <= one["hours"] < hour + 1]
        if here:
            bought.append((hour, sum(here) / len(here)))
    rows = [
        [f"{hour} to {hour + 1}", f"{value:.3f}", "–" if not number else f"{value - bought[number - 1][1]:+.3f}"]
        for number, (hour, value) in enumerate(bought)
    ]
    text += table(["hour", "mean recall@1 within it", "against the hour before"], rows)
    return text, picture


def kinds_part(curve: Mapping[str, Any]) -> list[str]:
    points = curve.get("kinds", [])
    if not points:
        return []
    untaught = curve["not_trained_on"]
    text = [
        "",
        "## On kinds of search",
        "",
        "recall@1 of one vector alone, in a register of all designs of the kind. In *italics* the kinds that no",
        "training batch shows: what carries over to them is what an unseen kind may hope for. Of the others the",
        "encoder saw other articles. At the start the vector `tuned` is that of the shipped reader; its layout is not",
        "this one's.",
        "",
    ]
    head = ["kind"]
    for one in points:
        head += [f"{name} after {one['hours']:.1f} h" for name in ("tuned", "layout") if _has(one, name)]
    rows = []
    measured = [kind for kind in points[0]["recall_at_1"] if all(kind in one["recall_at_1"] for one in points)]
    for kind in measured:
        cells = [f"*{kind}*" if kind in untaught else kind]
        for one in points:
            found = one["recall_at_1"][kind]
            cells += [f"{found[name]:.2f}" for name in ("tuned", "layout") if _has(one, name)]
        rows.append(cells)
    means = [("mean of all", None)] if any(kind not in untaught for kind in measured) else []
    for title, chosen in (*means, ("*mean of those not shown*", untaught)):
        cells = [f"**{title}**"]
        for one in points:
            for name in ("tuned", "layout"):
                if _has(one, name):
                    values = [one["recall_at_1"][kind][name] for kind in measured if chosen is None or kind in chosen]
                    cells.append(f"**{sum(values) / len(values):.3f}**")
        rows.append(cells)
    return [*text, *table(head, rows)]


def _has(point: Mapping[str, Any], name: str) -> bool:
    return name in next(iter(point["recall_at_1"].values()))


def material_part(curve: Mapping[str, Any]) -> tuple[list[str], str | None]:
    if "material" not in curve:
        return [], None
    import math

    rows = curve["material"]["rows"]
    families = list(dict.fromkeys(row["family"] for row in rows))
    lines: dict[str, Points] = {}
    least = min(row["shapes"] for row in rows if row["shapes"])
    for family in families:
        own = sorted((row for row in rows if row["family"] == family), key=lambda row: row["shapes"])
        lines[family] = [
            (math.log2(max(row["shapes"], least / 2)), sum(row["recall_at_1"].values()) / len(row["recall_at_1"]))
            for row in own
        ]
    most = max(row["shapes"] for row in rows)
    marks = [(math.log2(least / 2), "none")]
    value = least
    while value <= most * 1.05:
        marks.append((math.log2(value), f"{value}"))
        value *= 4
    if marks[-1][0] < math.log2(most):
        marks.append((math.log2(most), ""))
    picture = chart(
        f"recall@1 of the part {curve['material']['part']}, its family left out, by amount of material",
        "shapes that the part was fitted on (three renditions each)",
        lines,
        names=marks,
    )
    sizes = sorted({round(math.log2(row["shapes"]) if row["shapes"] else -1) for row in rows})
    head = ["family left out", *("none" if size < 0 else f"about {2**size}" for size in sizes)]
    table_rows = []
    for family in families:
        by_size = {
            round(math.log2(row["shapes"]) if row["shapes"] else -1): row for row in rows if row["family"] == family
        }
        cells = [
            "–"
            if size not in by_size
            else f"{sum(by_size[size]['recall_at_1'].values()) / len(by_size[size]['recall_at_1']):.3f}"
            for size in sizes
        ]
        table_rows.append([family, *cells])
    text = [
        "",
        "## Material",
        "",
        "![recall@1 by material](../pictures/training-material.svg)",
        "",
        f"The part `{curve['material']['part']}` is fitted in closed form, so that it can be fitted on shares of the",
        "material in seconds: recall@1, mean of the family's kinds, no rendition of the family's material in the fit,",
        "three random shares averaged. *none*: the 2,700 values as they are. How recall of the trained encoder grows",
        "with material was not measured: each share is a training of its own (`train_encoder.py --leave-out`, hours",
        "each).",
        "",
        *table(head, table_rows),
    ]
    return text, picture


def pages() -> dict[Path, str]:
    curve = json.loads(CURVE.read_text(encoding="utf-8"))
    recipe = ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in curve["recipe"].items() if value)
    hours, hours_picture = hours_part(curve)
    material, material_picture = material_part(curve)
    text = [
        "# What more training buys",
        "",
        "<!-- Made by docs/training_curve.py from training/curve.json. -->",
        "",
        "So that an agency can see what its own data and more computing would buy. The training goes on",
        "([training/README.md](../../training/README.md)); this page is made again with",
        "`python training/curve.py hours` and `python docs/training_curve.py`. The shipped reader does not use this",
        f"encoder yet. Recipe: {recipe}; from the encoder of reader 1.2.0.",
        "",
        *hours,
        *kinds_part(curve),
        *material,
    ]
    found = {PAGE: "\n".join(text) + "\n", PICTURES / "training-hours.svg": hours_picture}
    if material_picture:
        found[PICTURES / "training-material.svg"] = material_picture
    return found


def main() -> int:
    old = []
    for path, content in pages().items():
        if not path.exists() or path.read_text(encoding="utf-8") != content:
            old.append(path.name)
            if "--check" not in sys.argv:
                path.write_text(content, encoding="utf-8")
    print(" ".join(old) or "up to date")
    return int(bool(old) and "--check" in sys.argv)


if __name__ == "__main__":
    sys.exit(main())
