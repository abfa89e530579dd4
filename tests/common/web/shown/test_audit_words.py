"""Every action that the source can record, and every kind of event of a case, has words in both languages."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import pandok
from pandok.common.jobs.registry import kinds as job_kinds
from pandok.common.web.shown.audit_details import JOBS, LABELS, _values, label
from pandok.common.web.shown.audit_details import value as value_words
from pandok.common.web.shown.audit_words import ACTIONS, OBJECTS, PROGRAMS, object_words, words_of
from pandok.core.text import Text
from pandok.fields.counterfeit.web.shown.case_history import CASE_EVENTS, event_title
from pandok.fields.xray.web.shown.audit_values import FORMATS

SOURCE = Path(pandok.__file__).parent
ROOMS = ("common", "fields", "web", "cli", "demo")
ACTION = re.compile(r"[a-z]+(_[a-z]+)*([.][a-z_]+){1,2}")


def _recorders(tree: ast.Module) -> set[str]:
    """Functions of a file that take an action and hand it to the audit trail."""
    found = {"AuditEvent", "audit.tell", "record", "record_change", "record_event", "record_viewing"}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and any(one.arg == "action" for one in _arguments(node)):
            found.add(node.name)
    return found


def _called(node: ast.Call) -> str:
    """The last name of what is called; other things are told, too."""
    name = str(getattr(node.func, "attr", getattr(node.func, "id", "")))
    return ast.unparse(node.func) if name == "tell" else name


def _arguments(node: ast.FunctionDef) -> list[ast.arg]:
    return [*node.args.args, *node.args.kwonlyargs]


def _constants(node: ast.AST, known: dict[str, str]) -> Iterator[str]:
    for one in ast.walk(node):
        if isinstance(one, ast.Constant) and isinstance(one.value, str):
            yield one.value
        elif isinstance(one, ast.Name) and one.id in known:
            yield known[one.id]


@cache
def _source() -> tuple[tuple[Path, str, ast.Module], ...]:
    """Every file in which something may be told, with its text and its tree."""
    files = (file for room in ROOMS for file in (SOURCE / room).rglob("*.py") if "migrations" not in file.parts)
    read = ((file, file.read_text(encoding="utf-8")) for file in files)
    return tuple((file, text, ast.parse(text)) for file, text in read)


@cache
def recorded() -> frozenset[str]:
    found: set[str] = set()
    for _, _, tree in _source():
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
            if _called(node) not in recorders:
                continue
            given = [*node.args[:3], *(word.value for word in node.keywords if word.arg == "action")]
            for value in (
                text for one in given if not isinstance(one, ast.JoinedStr) for text in _constants(one, known)
            ):
                if ACTION.fullmatch(value):
                    found.add(value)
    return frozenset(found)


DETAIL = re.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*")
_NAMES = {"details", "told", "facts", "data", "done", "seen"}
"""What a dictionary of details is called on its way to the audit trail."""


def _details_of(function: ast.FunctionDef, recorders: set[str]) -> Iterator[str]:
    """Names in dictionaries that a function hands to the audit trail, or keeps for it under one of `_NAMES`."""
    handed: list[ast.AST] = []
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and _called(node) in recorders:
            handed += [*node.args, *(word.value for word in node.keywords)]
        elif isinstance(node, ast.Call):
            handed += [word.value for word in node.keywords if word.arg == "details"]
        elif isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if {one.id for one in targets if isinstance(one, ast.Name)} & _NAMES:
                handed.append(node.value)
    for one in handed:
        for found in ast.walk(one):
            if isinstance(found, ast.Dict):
                yield from (key.value for key in found.keys if isinstance(key, ast.Constant))


@cache
def details() -> frozenset[str]:
    """Every name of a detail that the source writes."""
    found: set[str] = set()
    for path, text, tree in _source():
        if "audit" not in text or "show" in path.parts:
            continue
        recorders = _recorders(tree) | {"AuditEvent", "audit.tell", "move", "note", "_record", "_note", "record"}
        for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
            calls = {_called(one) for one in _calls(function)}
            if calls & recorders or "details=" in ast.unparse(function):
                found |= {name for name in _details_of(function, recorders) if DETAIL.fullmatch(name)}
    return frozenset(found)


def _calls(function: ast.FunctionDef) -> Iterator[ast.Call]:
    return (node for node in ast.walk(function) if isinstance(node, ast.Call))


@cache
def case_kinds() -> frozenset[str]:
    """Kinds of events that `move` and `note` are called with, as words and as named constants."""
    found: set[str] = set()
    for path, _, tree in _source():
        if not path.is_relative_to(SOURCE / "fields" / "counterfeit"):
            continue
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
    return frozenset(found)


def test_the_source_is_really_looked_through() -> None:
    assert {"notice.issued", "party.member_added", "filter.saved", "proof.made", "vault.granted"} <= recorded()
    assert {"document_added", "parties_named", "suit_confirmed", "noted"} <= case_kinds()


def test_the_details_are_really_looked_through() -> None:
    assert {"path", "outcome", "session", "votes", "newest_noted_hash", "list_sha256"} <= details()


# The source is read within the tests: among their parameters every process of tests would read it before it begins.
def test_every_detail_of_an_entry_has_words() -> None:
    assert sorted(details() - set(LABELS)) == [], "add words in pandok/common/web/shown/audit_details.py"


def test_names_and_values_of_details_are_words_in_both_languages() -> None:
    """PDF, CSV and the like are the same in both."""
    said = [
        *LABELS.values(),
        *OBJECTS.values(),
        *PROGRAMS.values(),
        *(one for words in _values().values() for one in words.values()),
    ]
    wrong = [one for one in said if not _is_in_both(one)]
    assert wrong == []
    assert {one for one in job_kinds() if one != "kill.count"} <= set(JOBS)  # that one is of a benchmark


def _is_in_both(text: Text) -> bool:
    same = text.ko == text.en and text.en in ("CSV", "XLSX", "PDF", "Parquet", *FORMATS)
    return same or bool(
        re.search("[가-힣]", text.ko) and not re.search("[가-힣]", text.en) and "_" not in text.ko + text.en
    )


@pytest.mark.parametrize(
    ("action", "name", "said", "ko"),
    [
        ("sign_in.done", "method", "password+app", "비밀번호, 인증 앱"),
        ("account.roles", "after", "officer auditor", None),
        ("case.decided", "to", "decided", None),
        ("lab.run.queued", "to", "queued", "대기 중"),
        ("case.decided", "ended", "suit overtaken, answer_review met", None),
        (
            "assisted.answered",
            "answer",
            "9654437fb91ca9ac79985275f70c278ee9a711a2",
            "9654437fb91ca9ac79985275f70c278ee9a711a2",
        ),
        ("capture.read", "reason", "whatever", "whatever"),
        ("vault.granted", "runner", False, "아니요"),
    ],
)
def test_values_are_said_as_people_say_them(action: str, name: str, said: str | bool, ko: str | None) -> None:
    shown = value_words(action, name, said)
    assert ko is None or shown.ko == ko
    assert ko is not None or (re.search("[가-힣]", shown.ko) and "_" not in shown.ko)


def test_what_a_newer_version_wrote_is_told_as_such() -> None:
    assert label("brand_new").ko == "그 밖의 항목(brand_new)"
    assert value_words("case.decided", "disposition", "given_away").ko == "given_away"
    assert object_words("brandnew:1", "ko") == "그 밖의 대상 1"


def test_every_action_of_the_audit_trail_has_words() -> None:
    assert sorted(recorded() - set(ACTIONS)) == [], "add words in pandok/common/web/shown/audit_words.py"


def test_every_event_of_a_case_has_words() -> None:
    kinds = set(CASE_EVENTS) | case_kinds()
    assert sorted(kinds - set(CASE_EVENTS)) == [], "add words in pandok/fields/counterfeit/web/shown/case_history.py"
    assert [kind for kind in sorted(kinds) if not re.search("[가-힣]", event_title(kind).ko)] == []
    assert [kind for kind in sorted(kinds) if f"case.{kind}" not in ACTIONS] == []


@pytest.mark.parametrize("action", sorted(ACTIONS))
def test_no_words_are_a_bare_code_or_english_in_korean(action: str) -> None:
    assert re.search("[가-힣]", words_of(action, "ko"))
    assert "_" not in words_of(action, "ko") + words_of(action, "en")
    assert not re.search("[가-힣]", words_of(action, "en"))
