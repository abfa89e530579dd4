"""Commands of the academy."""

from __future__ import annotations

import typer


def mount(main: typer.Typer) -> None:
    """None yet."""
