"""What other programs, stored rows and other cities rely on, gathered from the product as plain values.

After a change that is meant: `python -m tests.contracts.pinned` writes tests/contracts/golden/ again; the difference of
those files is then part of the change, for everybody to read.
"""

from __future__ import annotations

import ast
import enum
import importlib
import json
import os
import pkgutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

CODES = ("code", "too_long_code")
GOLDEN = Path(__file__).with_name("golden")
SOURCE = Path(__file__).resolve().parents[2] / "src" / "pandok"


def openapi() -> Any:
    """The interface for programs, whole."""
    from pandok.web.api.app import api

    return json.loads(json.dumps(api.get_openapi_schema(), default=str))


def addresses() -> dict[str, list[str]]:
    """Names of addresses with their patterns."""
    from django.urls import get_resolver
    from django.urls.resolvers import URLPattern, URLResolver

    found: dict[str, set[str]] = {}

    def walk(patterns: list[Any], before: str, spaces: str) -> None:
        for one in patterns:
            whole = before + str(one.pattern)
            if isinstance(one, URLResolver):
                walk(one.url_patterns, whole, f"{spaces}{one.namespace}:" if one.namespace else spaces)
            elif isinstance(one, URLPattern) and one.name:
                found.setdefault(spaces + one.name, set()).add(whole)

    walk(get_resolver().url_patterns, "", "")
    return {name: sorted(patterns) for name, patterns in sorted(found.items())}


def tables() -> dict[str, dict[str, str]]:
    """Tables with their columns and kinds, whatever the database."""
    from django.apps import apps

    return {
        model._meta.db_table: {field.column: field.get_internal_type() for field in model._meta.local_concrete_fields}
        for model in sorted(apps.get_models(include_auto_created=True), key=lambda one: one._meta.db_table)
        if model.__module__.startswith("pandok.")
    }


def values() -> dict[str, list[str]]:
    """Members of all enums, whose values stand in rows, files and answers."""
    found: dict[str, list[str]] = {}
    for module in _modules():
        for name, kind in vars(module).items():
            own = isinstance(kind, type) and issubclass(kind, enum.Enum) and kind.__module__ == module.__name__
            if own and list(kind):
                found.setdefault(name, []).extend(str(one.value) for one in kind)
    return {name: sorted(set(members)) for name, members in sorted(found.items())}


def error_codes() -> list[str]:
    """Codes of refusals, as they stand in the source: `code="…"` of a call or of a class, and those of tables."""
    from pandok.common.refusals import tables

    for _ in _modules():
        pass
    found = set(tables())
    for node in _nodes():
        if isinstance(node, ast.keyword) and node.arg in CODES:
            found.update(_texts(node.value))
        elif isinstance(node, ast.ClassDef):
            for line in node.body:
                target = line.target if isinstance(line, ast.AnnAssign) else None
                if isinstance(line, ast.Assign):
                    target = line.targets[0]
                if isinstance(target, ast.Name) and target.id in CODES and getattr(line, "value", None) is not None:
                    found.update(_texts(line.value))  # type: ignore[attr-defined]
    return sorted(one for one in found if one and " " not in one)


def audit_actions() -> list[str]:
    """Actions of audit events. Where a part is filled in, {} stands for it."""
    found = set()
    for node in _nodes():
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if name == "AuditEvent" or ast.unparse(node.func) == "audit.tell":
            given = [one.value for one in node.keywords if one.arg == "action"] or node.args[1:2]
            found.update(text for one in given for text in _texts(one))
        elif name in ("_record", "_audit"):
            found.update(f"… {text}" for one in node.args[:1] for text in _texts(one))
        elif name == "Lifecycle":
            # Its moves are called by the state that they lead to.
            heads = [text for one in node.keywords if one.arg == "action" for text in _texts(one.value)]
            found.update(f"{head}.{{}}" for head in heads if head)
        elif name == "Deletions":
            stages = [one.value for one in node.keywords if one.arg == "actions" and isinstance(one.value, ast.Dict)]
            found.update(text for one in stages for value in one.values for text in _texts(value))
        elif name in ("planned", "begin", "happened", "move", "note"):
            given = [one.value for one in node.keywords if one.arg == "action"]
            given += node.args[1:2] if name == "note" else []
            found.update(text for one in given for text in _texts(one) if "." in text)
    return sorted(found)


def commands() -> dict[str, list[str]]:
    """The command line: every command with its options and arguments."""
    import typer.main

    from pandok.cli.main import app

    found: dict[str, list[str]] = {}

    def walk(command: Any, path: str) -> None:
        if hasattr(command, "commands"):
            for name, inner in sorted(command.commands.items()):
                walk(inner, f"{path} {name}")
        else:
            found[path] = [" ".join(sorted(one.opts)) or str(one.name) for one in command.params]

    walk(typer.main.get_command(app), "pandok")
    return found


def audit_hash() -> dict[str, str]:
    """The bytes and the hash of one entry: other copies of a chain are compared by them."""
    from pandok.core import audit

    event = audit.AuditEvent(
        "김주임", "case.opened", "case:1", "형태가 같음", datetime(2026, 1, 2, 3, 4, 5, 6, UTC), {"n": 1, "b": True}
    )
    return {
        "json": audit.canonical_json(event).decode(),
        "hash": audit.chain_hash(audit.GENESIS, event, sequence=1),
    }


PINNED: dict[str, Callable[[], Any]] = {
    "openapi": openapi,
    "addresses": addresses,
    "tables": tables,
    "values": values,
    "error_codes": error_codes,
    "audit_actions": audit_actions,
    "audit_hash": audit_hash,
    "commands": commands,
}


def kept(name: str) -> Any:
    return json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))


def _modules() -> Iterator[Any]:
    import pandok

    for found in pkgutil.walk_packages(pandok.__path__, "pandok."):
        # Programs that begin when they are imported, and what needs a library that a site may lack.
        if not found.name.endswith(("__main__", ".child", "asgi", "wsgi")) and ".migrations" not in found.name:
            yield importlib.import_module(found.name)


def _nodes() -> Iterator[ast.AST]:
    for path in sorted(SOURCE.rglob("*.py")):
        yield from ast.walk(ast.parse(path.read_text(encoding="utf-8")))


def _texts(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(one.value if isinstance(one, ast.Constant) else "{}" for one in node.values)
    elif isinstance(node, ast.IfExp):
        yield from _texts(node.body)
        yield from _texts(node.orelse)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.django_settings")
    import django

    django.setup()
    for name, gather in PINNED.items():
        text = json.dumps(gather(), ensure_ascii=False, indent=1, sort_keys=True)
        (GOLDEN / f"{name}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
