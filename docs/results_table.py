"""Write the measured results into the READMEs (a short table) and docs/look-up/results.md (every row).

Numbers come from benchmarks/results and are never typed by hand. `--check` says what is out of date, exit code 1.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
RESULTS = ROOT / "benchmarks" / "results" / "retrieval"
BEGIN, END = "<!-- results:begin -->", "<!-- results:end -->"
FIGURES = (
    ("recall@1", "recall_at_1"),
    ("recall@5", "recall_at_5"),
    ("recall@10", "recall_at_10"),
    ("mAP", "map"),
    ("DIR@1 %", "dir_at_1pct"),
    ("AUROC", "auroc_in_register"),
    ("ECE", "expected_calibration_error"),
)
WORDS = {
    "README.md": {
        "set": "set",
        "reader": "reader",
        "none": "Nothing has been measured at this commit yet.",
        "after": "95 % bootstrap intervals in brackets; the best peer is the one with the highest recall@1. Every "
        "peer, every component alone, and times: [docs/look-up/results.md](docs/look-up/results.md).",
    },
    "README.ko.md": {
        "set": "자료",
        "reader": "방법",
        "none": "이 커밋에서는 아직 측정하지 않았습니다.",
        "after": "대괄호는 95 % 부트스트랩 구간이며, 비교 방법은 recall@1이 가장 높은 것입니다. 모든 비교 방법과 "
        "구성 요소별 결과, 시간: [docs/look-up/results.md](docs/look-up/results.md).",
    },
}


def load() -> list[dict[str, Any]]:
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(RESULTS.glob("*/*.json"))]


def short_table(results: Sequence[dict[str, Any]], words: dict[str, str]) -> str:
    """Markdown: for each set the product and the best single peer."""
    if not results:
        return words["none"]
    lines = [f"| {words['set']} | {words['reader']} | " + " | ".join(title for title, _ in FIGURES) + " |"]
    lines.append("|---|---|" + "---|" * len(FIGURES))
    for name in dict.fromkeys(result["set"] for result in results):
        of_set = [result for result in results if result["set"] == name]
        peers = [result for result in of_set if result["kind"] == "peer"]
        rows = [result for result in of_set if result["kind"] == "product"]
        rows += [max(peers, key=lambda peer: peer["recall_at_1"] or 0.0)] if peers else []
        for result in rows:
            method = f"**{result['method']}**" if result["kind"] == "product" else result["method"]
            lines.append(f"| {name} | {method} | " + " | ".join(_cell(result, key) for _, key in FIGURES) + " |")
    return "\n".join([*lines, "", words["after"]])


def _cell(result: dict[str, Any], key: str) -> str:
    value, interval = result.get(key), result.get("intervals", {}).get(key)
    if value is None:
        return "–"
    return f"{value:.2f}" + (f" [{interval[0]:.2f}, {interval[1]:.2f}]" if interval else "")


def full_page(results: Sequence[dict[str, Any]]) -> str:
    lines = ["# Results", "", "<!-- Made by docs/results_table.py from benchmarks/results. -->", ""]
    if not results:
        return "\n".join([*lines, WORDS["README.md"]["none"]]) + "\n"
    from benchmarks.retrieval import table

    machines = sorted({f"{one['machine']['processor']}, {one['machine']['cores']} cores" for one in results})
    commits = sorted({one["commit"][:12] for one in results})
    lines += [f"Machine: {'; '.join(machines)}. Commit: {', '.join(commits)}. 95 % intervals in brackets."]
    return "\n".join([*lines, *table(results), *left_out_articles(), *confirmed_views()]) + "\n"


LEFT_OUT = ROOT / "benchmarks" / "results" / "left_out_articles.json"
LEFT_OUT_FIGURES = (
    ("recall@1", "recall_at_1"),
    ("DIR@1 %", "dir_at_1pct"),
    ("AUROC", "auroc_in_register"),
    ("ECE", "expected_calibration_error"),
    ("“nothing close” wrongly", "nothing_close_false_positive_rate"),
    ("rightly", "nothing_close_true_positive_rate"),
)


def left_out_articles() -> list[str]:
    """Goods once more, with their articles left out of the fits by folds."""
    if not LEFT_OUT.exists():
        return []
    found = json.loads(LEFT_OUT.read_text(encoding="utf-8"))
    lines = ["", "## Goods whose articles were left out", ""]
    lines += ["By `python -m benchmarks.left_out_articles`, 95 % intervals by article, those in no register included:"]
    lines += [
        "the ranking as shipped; fitted without the articles asked for, by folds; fitted without any packages (or"
    ]
    lines += ["produce); and without the articles and without the network that was trained on their photographs."]
    lines += [f"Look-alikes share no probability here. Commit: {found['commit'][:12]}.", ""]
    lines += ["| set | fit | " + " | ".join(title for title, _ in LEFT_OUT_FIGURES) + " |"]
    lines += ["|---|---|" + "---|" * len(LEFT_OUT_FIGURES)]
    for name, one in found["sets"].items():
        for how, row in one["rows"].items():
            cells = []
            for _, key in LEFT_OUT_FIGURES:
                low, high = row[key]["interval"]
                cells.append(f"{row[key]['value']:.2f} [{low:.2f}, {high:.2f}]")
            lines.append(f"| {name} | {how} | " + " | ".join(cells) + " |")
    counts = [
        f"{name}: {one['articles_in_the_register']} articles in the register, {one['articles_not_in_it']} not, "
        f"{one['folds']} folds"
        for name, one in found["sets"].items()
    ]
    return [*lines, "", "; ".join(counts) + "."]


CONFIRMED = ROOT / "benchmarks" / "results" / "confirmed_views"
ALONE, WITH_ONE = "register pictures alone", "with one confirmed photograph"


def confirmed_views() -> list[str]:
    """What one photograph of a closed case brings."""
    found = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(CONFIRMED.glob("*.json"))]
    if not found:
        return []
    commits = sorted({one["commit"][:12] for one in found})
    lines = [
        "",
        "## With one confirmed photograph an article",
        "",
        "By `python -m benchmarks.confirmed_views`, through register, index and reader: for each article one",
        "photograph of the training files, drawn again in each draw, is confirmed as a view of its design. Recall@1 of",
        "all draws together, 95 % intervals by article; of the other figures the mean of the draws. The network",
        "was trained on these files; *network silent* is the shipped ranking where it says nothing.",
        f"Commit: {', '.join(commits)}.",
        "",
        "| set | reader | register pictures alone | with one photograph | gain | DIR@1 % | AUROC | draws |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for one in found:
        for how, row in one["rows"].items():
            before, after = row[ALONE], row[WITH_ONE]
            cells = [_spread(before["recall_at_1"]), _spread(after["recall_at_1"])]
            cells += [_spread(after["gain"])]
            cells += [f"{before[key]['value']:.2f} → {after[key]:.2f}" for key in ("dir_at_1pct", "auroc_in_register")]
            least, most = min(after["recall_at_1_of_draws"]), max(after["recall_at_1_of_draws"])
            lines.append(
                f"| {one['set']} | {how} | " + " | ".join(cells) + f" | {one['draws']}: {least:.2f} to {most:.2f} |"
            )
    counts = [
        f"{one['set']}: {one['designs']} designs, {one['queries_in_register']} of {one['queries']} queries are in it"
        for one in found
    ]
    return [*lines, "", "; ".join(counts) + ".", *_half_confirmed()]


def _half_confirmed() -> list[str]:
    """The same where half of the articles have a photograph: what becomes of the others."""
    found = [json.loads(path.read_text(encoding="utf-8")) for path in sorted((CONFIRMED / "half").glob("*.json"))]
    if not found:
        return []
    commits = sorted({one["commit"][:12] for one in found})
    lines = [
        "",
        "Half of the articles with a photograph, the others without (`--half`), recall@1 before → after of each draw.",
        f"Commit: {', '.join(commits)}.",
        "",
        "| set | reader | articles with one | articles without |",
        "|---|---|---|---|",
    ]
    for one in found:
        for which, name in (("shipped", "shipped"), ("silent", "network silent")):
            cells = [
                "; ".join("{:.2f} → {:.2f}".format(*draw[which][f"recall_at_1 of articles {part}"]) for draw in draws)
                for draws in (one["each draw"],)
                for part in ("with one", "without")
            ]
            lines.append(f"| {one['set']} | {name} | " + " | ".join(cells) + " |")
    return lines


def _spread(figure: dict[str, Any]) -> str:
    low, high = figure["interval"]
    return f"{figure['value']:.2f} [{low:.2f}, {high:.2f}]"


def filled(readme: str, content: str) -> str:
    """`readme` with `content` between the two marks."""
    pattern = re.compile(re.escape(BEGIN) + r".*?" + re.escape(END), re.DOTALL)
    if len(pattern.findall(readme)) != 1:
        raise SystemExit(f"{BEGIN} … {END} must stand exactly once")
    return pattern.sub(lambda _: f"{BEGIN}\n{content}\n{END}", readme)


def pages() -> dict[Path, str]:
    results = load()
    written = {
        ROOT / name: filled((ROOT / name).read_text(encoding="utf-8"), short_table(results, words))
        for name, words in WORDS.items()
    }
    return {**written, ROOT / "docs" / "look-up" / "results.md": full_page(results)}


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
