"""The figures of an evaluation as a table in the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from pandok.common.declared import glossary
from pandok.core.text import Text

if TYPE_CHECKING:
    from rich.console import Console

_TERMS = {
    "recall_at_1": "recall_at_k",
    "map": "map",
    "dir_at_1pct": "dir_at_1pct",
    "auroc_in_register": "auroc",
    "expected_calibration_error": "ece",
}
"""Figures and the glossary's word for each."""


def print_evaluation(result: dict[str, Any], console: Console, language: str) -> None:
    """One line a figure, with its 95 % interval where there is one; what they mean; what was wrong with the folder."""
    from rich.table import Table

    table = Table(
        Text(ko="지표", en="figure").in_language(language), Text(ko="값", en="value").in_language(language), "95 %"
    )
    intervals = result.get("intervals", {})
    for name, value in _flat(result):
        pair = intervals.get(name.replace(".", "_")) or intervals.get(name)
        table.add_row(name, _shown(value), f"{pair[0]:.3f}-{pair[1]:.3f}" if pair else "")
    console.print(table)
    for name, key in _TERMS.items():
        if name in result:
            term = glossary()[key]
            console.print(f"{name}: {term.meaning.in_language(language)}", style="dim")
    for problem in result.get("problems", []):
        where = f"{problem['file']}:{problem['line']}"
        console.print(f"{where} {problem['what'][language]}", style="yellow")


def _flat(result: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in result.items():
        if name in ("intervals", "problems"):
            continue
        if isinstance(value, dict):
            for part, inner in value.items():
                yield f"{name}.{part}", inner
        else:
            yield name, value


def _shown(value: Any) -> str:
    if value is None:
        return "-"
    return f"{value:.3f}" if isinstance(value, float) else str(value)
