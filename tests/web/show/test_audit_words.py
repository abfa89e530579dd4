"""Every action that the source can record, and every kind of event of a case, has words in both languages."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import pandok
from pandok.web.show.audit_words import ACTIONS, words_of
from pandok.web.show.case_history import CASE_EVENTS, event_title

SOURCE = Path(pandok.__file__).parent
ROOMS = ("desk", "lab", "register", "web", "cli")
ACTION = re.compile(r"[a-z]+(_[a-z]+)*([.][a-z_]+){1,2}")


def _recorders(tree: ast.Module) -> set[str]:
    """Functions of a file that take an action and hand it to the audit trail."""
    found = {"AuditEvent", "record", "record_change", "record_event", "record_viewing"}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and any(one.arg == "action" for one in _arguments(node)):
            found.add(node.name)
    return found


def _arguments(node: ast.FunctionDef) -> list[ast.arg]:
    return [*node.args.args, *node.args.kwonlyargs]


def _constants(node: ast.AST, known: dict[str, str]) -> Iterator[str]:
    for one in ast.walk(node):
        if isinstance(one, ast.Constant) and isinstance(one.value, str):
            yield one.value
        elif isinstance(one, ast.Name) and one.id in known:
            yield known[one.id]


@cache
def recorded() -> frozenset[str]:
    found: set[str] = set()
    for path in (file for room in ROOMS for file in (SOURCE / room).rglob("*.py") if "migrations" not in file.parts):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        known = {
            target.id: node.value.value
            for node in tree.body
            if isinstance(node, ast.Assign)
            and isinstance(node.value, ast.Constant)
            and isinstance(node.value.value, str)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        recorders = _recorders(tree)
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name not in recorders:
                continue
            given = [*node.args[:3], *(word.value for word in node.keywords if word.arg == "action")]
            for value in (
                text for one in given if not isinstance(one, ast.JoinedStr) for text in _constants(one, known)
            ):
                if ACTION.fullmatch(value):
                    found.add(value)
    return frozenset(found)


def case_kinds() -> set[str]:
    """Kinds of events that `move` and `note` are called with, as words and as named constants."""
    found: set[str] = set()
    for path in (SOURCE / "desk").rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        known: dict[str, str] = {}
        for node in tree.body:
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Tuple):
                values = node.value.elts if isinstance(node.value, ast.Tuple) else []
                for target, value in zip(node.targets[0].elts, values, strict=False):
                    if isinstance(target, ast.Name) and isinstance(value, ast.Constant):
                        known[target.id] = str(value.value)
            elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
                known |= {one.id: str(node.value.value) for one in node.targets if isinstance(one, ast.Name)}
        for node in ast.walk(tree):
            name = getattr(node.func, "attr", getattr(node.func, "id", "")) if isinstance(node, ast.Call) else ""
            if not isinstance(node, ast.Call) or name not in ("move", "note"):
                continue
            given = [word.value for word in node.keywords if word.arg == "kind"]
            given += node.args[1:2] if name == "note" else []
            found |= {value for one in given for value in _constants(one, known) if value}
    return found


def test_the_source_is_really_looked_through() -> None:
    assert {"notice.issued", "party.member_added", "filter.saved", "proof.made", "vault.granted"} <= recorded()
    assert {"document_added", "parties_named", "suit_confirmed", "noted"} <= case_kinds()


@pytest.mark.parametrize("action", sorted(recorded()))
def test_an_action_of_the_audit_trail_has_words(action: str) -> None:
    assert action in ACTIONS, f"add words for {action} in pandok/web/show/audit_words.py"


@pytest.mark.parametrize("kind", sorted(set(CASE_EVENTS) | case_kinds()))
def test_an_event_of_a_case_has_words(kind: str) -> None:
    assert kind in CASE_EVENTS, f"add words for {kind} in pandok/web/show/case_history.py"
    assert re.search("[가-힣]", event_title(kind).ko)
    assert f"case.{kind}" in ACTIONS


@pytest.mark.parametrize("action", sorted(ACTIONS))
def test_no_words_are_a_bare_code_or_english_in_korean(action: str) -> None:
    assert re.search("[가-힣]", words_of(action, "ko"))
    assert "_" not in words_of(action, "ko") + words_of(action, "en")
    assert not re.search("[가-힣]", words_of(action, "en"))
