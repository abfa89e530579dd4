"""Write the pages under docs/look-up from what they describe: settings, commands, model cards, the API.

python docs/generate.py            write
python docs/generate.py --check    say which pages are out of date, exit code 1
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

LOOK_UP = Path(__file__).resolve().parent / "look-up"
MADE = "<!-- Made by docs/generate.py; change the source, then run `make docs`. -->"


def settings_page() -> str:
    from pandok.settings import Settings

    lines = ["# Settings", "", MADE, ""]
    lines += ["From environment variables or a `pandok.env` file in the working folder; the environment wins.", ""]
    lines += ["`pandok settings` prints each value and where it came from.", ""]
    lines += ["| variable | default | meaning |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        default = "" if field.default == "" else f"`{field.default}`"
        lines.append(f"| `PANDOK_{name.upper()}` | {default} | {field.description} |")
    return "\n".join(lines) + "\n"


def commands_page() -> str:
    from typer.main import get_command

    from pandok.cli.main import app

    lines = ["# Commands", "", MADE, ""]
    lines += ["Exit codes: 0 done, 1 something to look at (bad rows, a broken chain), 2 the input or the command is"]
    lines += ["wrong, 3 the operator has to act (model, store, missing part), 130 interrupted.", ""]
    for path, command in _leaves(get_command(app), "pandok"):
        lines += [f"## {path}", "", (command.help or "").strip(), ""]
        rows = [_parameter(parameter) for parameter in command.params if parameter.name != "help"]
        if rows:
            lines += ["| parameter | meaning |", "|---|---|", *rows, ""]
    return "\n".join(lines).rstrip() + "\n"


def _leaves(command: Any, path: str) -> Iterator[tuple[str, Any]]:
    inner = getattr(command, "commands", None)
    if inner is None:
        yield path, command
        return
    for name, child in inner.items():
        yield from _leaves(child, f"{path} {name}")


def _parameter(parameter: Any) -> str:
    is_option = parameter.param_type_name == "option"
    name = " / ".join([*parameter.opts, *parameter.secondary_opts]) if is_option else parameter.name.upper()
    default = parameter.default
    is_plain = isinstance(default, (int, str)) and not isinstance(default, bool) and default != ""
    shown = f" Default: {default}." if is_option and is_plain else ""
    return f"| `{name}` | {getattr(parameter, 'help', '') or ''}{shown} |"


def models_page() -> str:
    from pandok.engines.model_store import SHIPPED, ModelStore, StoredModel

    lines = [
        "# Models",
        "",
        MADE,
        "",
        "Each model is loaded only when the sha256 of its files agrees with its card.",
        "",
    ]
    for stored in ModelStore(SHIPPED).cards():
        if not isinstance(stored, StoredModel):
            raise stored
        card = stored.card
        lines += [f"## {card.title}", "", f"- Task: {card.task}", f"- Licence: {card.licence}"]
        lines += [f"- Origin of the weights: {card.origin_of_weights}", f"- Training data: {card.training_data}"]
        if card.dimensions:
            lines.append(f"- Output: {', '.join(card.outputs)}, {card.dimensions} dimensions, {card.score_direction}")
        if card.notes:
            lines.append(f"- Notes: {card.notes}")
        lines += ["", "| file | bytes | sha256 |", "|---|---|---|"]
        lines += [f"| `{file.name}` | {file.bytes:,} | `{file.sha256}` |" for file in card.files]
        if card.scores:
            lines += ["", "| set | metric | value | 95 % | commit |", "|---|---|---|---|---|"]
            for score in card.scores:
                interval = f"{score.interval[0]:.3f}-{score.interval[1]:.3f}" if score.interval else ""
                lines.append(
                    f"| {score.data_set} | {score.metric} | {score.value:.3f} | {interval} | {score.commit[:12]} |"
                )
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def api_page() -> str:
    import atexit
    import os
    import tempfile

    home = tempfile.TemporaryDirectory(prefix="pandok-docs-")
    atexit.register(home.cleanup)
    os.environ["PANDOK_HOME"] = home.name
    os.environ["DJANGO_SETTINGS_MODULE"] = "pandok.web.django_settings"
    import django

    django.setup()
    from pandok.web.api.app import DESCRIPTION, schema
    from pandok.web.api.describe import described_operations

    lines = ["# API", "", MADE, "", DESCRIPTION.strip(), ""]
    lines += ["How to use it: [Connect an agency's system](../do/connect-an-agency-system.md). `*`: needed.", ""]
    for name, operations in described_operations(schema()).items():
        lines += [f"## {name}", ""]
        for one in operations:
            lines += [f"### `{one.method} {one.path}`", "", f"{one.summary}. {' '.join(one.about.split())}".strip(), ""]
            if one.fields:
                lines += ["| name | where | type | |", "|---|---|---|---|"]
                lines += [
                    f"| `{part.name}`{' *' if part.required else ''} | {part.where} | {part.type} | {part.about} |"
                    for part in one.fields
                ]
                lines.append("")
            lines += [f"Answers `{one.answers}`." + (f" Sends `{one.sends}`." if one.sends else ""), ""]
    return "\n".join(lines).rstrip() + "\n"


def pages() -> dict[str, str]:
    return {
        "settings.md": settings_page(),
        "commands.md": commands_page(),
        "models.md": models_page(),
        "api.md": api_page(),
    }


def main() -> int:
    old = []
    for name, content in pages().items():
        path = LOOK_UP / name
        if not path.exists() or path.read_text(encoding="utf-8") != content:
            old.append(name)
            if "--check" not in sys.argv:
                path.write_text(content, encoding="utf-8")
    print(" ".join(old) or "up to date")
    return int(bool(old) and "--check" in sys.argv)


if __name__ == "__main__":
    sys.exit(main())
