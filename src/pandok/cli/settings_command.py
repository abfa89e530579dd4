"""`pandok settings`: every setting with its value and where the value came from."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import typer

from pandok.cli.terminal import console

SECRET = {"secret_key"}


def show(as_json: bool = typer.Option(False, "--json", help="JSON으로 출력합니다 · Print JSON.")) -> None:
    """설정의 값과 출처를 보입니다 · Show every setting, its value and where the value came from."""
    rows = describe()
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    from rich.table import Table

    table = Table("PANDOK_…", "값 value", "출처 from", "설명 meaning")
    for row in rows:
        table.add_row(row["variable"], str(row["value"]), row["from"], row["meaning"])
    console().print(table)


def describe() -> list[dict[str, Any]]:
    """One row a setting: name, variable, value (secrets hidden), origin ("default", "environment" or the file)."""
    from dotenv import dotenv_values

    from pandok.settings import Settings, settings

    current = settings()
    file = Path(str(Settings.model_config.get("env_file") or "pandok.env"))
    in_file = {name.upper() for name in dotenv_values(file)} if file.is_file() else set()
    in_environment = {name.upper() for name in os.environ}
    rows = []
    for name, field in Settings.model_fields.items():
        variable = f"PANDOK_{name.upper()}"
        origin = "environment" if variable in in_environment else file.name if variable in in_file else "default"
        value = getattr(current, name)
        shown = (
            ("(설정됨 set)" if value else "") if name in SECRET else str(value) if isinstance(value, Path) else value
        )
        rows.append(
            {"name": name, "variable": variable, "value": shown, "from": origin, "meaning": field.description or ""}
        )
    return rows
