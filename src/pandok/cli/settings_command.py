"""`pandok settings`: every setting with its value and where the value came from."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import typer

from pandok.cli.terminal import console, print_json

SECRET = {"secret_key", "oidc_client_secret"}
WITH_PASSWORD = re.compile(r"(?<=://)([^/@:]*):[^@/]*@")


def show(as_json: bool = typer.Option(False, "--json", help="JSON으로 출력합니다 · Print JSON.")) -> None:
    """설정의 값과 출처를 보입니다 · Show every setting, its value and where the value came from."""
    rows = describe()
    if as_json:
        print_json(rows)
        return
    from rich.table import Table

    table = Table("PANDOK_…", "값 value", "출처 from", "설명 meaning")
    for row in rows:
        table.add_row(row["variable"], str(row["value"]), row["from"], row["meaning"])
    console().print(table)


def describe() -> list[dict[str, Any]]:
    """One row a setting: name, variable, value (secrets hidden), origin ("default", "environment" or the file)."""
    from pandok.settings import Settings, settings

    current = settings()
    file, in_file, in_environment = _said()
    rows = []
    for name, field in Settings.model_fields.items():
        variable = f"PANDOK_{name.upper()}"
        origin = "environment" if variable in in_environment else file.name if variable in in_file else "default"
        value = getattr(current, name)
        shown = ("(설정 완료 set)" if value else "") if name in SECRET else _without_password(value)
        rows.append(
            {"name": name, "variable": variable, "value": shown, "from": origin, "meaning": field.description or ""}
        )
    return rows


def is_chosen(name: str) -> bool:
    """Whether the operator gave this setting a value; reads no other setting."""
    _, in_file, in_environment = _said()
    return f"PANDOK_{name.upper()}" in in_file | in_environment


def _said() -> tuple[Path, set[str], set[str]]:
    """The settings file, the names in it and the names in the environment."""
    from dotenv import dotenv_values

    from pandok.settings import Settings

    file = Path(str(Settings.model_config.get("env_file") or "pandok.env"))
    in_file = {name.upper() for name in dotenv_values(file)} if file.is_file() else set()
    return file, in_file, {name.upper() for name in os.environ}


def _without_password(value: Any) -> Any:
    """A path as text; an address (store, mail server) without its password; anything else as it is."""
    if isinstance(value, Path):
        return str(value)
    return WITH_PASSWORD.sub(r"\1:…@", value) if isinstance(value, str) else value
