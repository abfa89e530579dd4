"""What a page is sent is read by a form; `request.POST` itself tells only the button that was pressed, and codes."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pandok

SOURCE = Path(pandok.__file__).parent
PRESSED = {
    *("act", "add", "begin", "change", "confirmed", "format", "full", "more", "nothing", "notify", "remove", "step"),
    "stop",
}
"""Buttons, and which of a page's forms it is."""
CODES = {"code", "credential", "password", "username"}
"""What proves who somebody is; it is never shown again."""
WHOLE = {
    "fields/counterfeit/web/views/cases/case_requests.py",
    "web/api/idempotency_key.py",
    "web/broken.py",
    "web/middleware/kept_forms.py",
}
"""They carry every field of a form on, whichever it is."""


def _is_post(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "POST" and ast.unparse(node.value).endswith("request")


def raw_reads(source: str) -> Iterator[tuple[int, str]]:
    """Line and field of each read of `request.POST` that no form makes; a field that is computed is "?"."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Attribute(value=value), args=[asked, *_]) if _is_post(value):
                yield node.lineno, str(asked.value) if isinstance(asked, ast.Constant) else "?"
            case ast.Call(func=ast.Attribute(value=value), args=[]) if _is_post(value):
                yield node.lineno, "?"
            case ast.Subscript(value=value, slice=asked) if _is_post(value):
                yield node.lineno, str(asked.value) if isinstance(asked, ast.Constant) else "?"
            case ast.Compare(left=asked, comparators=[value]) if _is_post(value):
                yield node.lineno, str(asked.value) if isinstance(asked, ast.Constant) else "?"
            case ast.For(iter=value) | ast.comprehension(iter=value) if _is_post(value):
                yield value.lineno, "?"


def test_no_page_reads_what_was_sent_but_by_a_form() -> None:
    wrong = [
        f"{name}:{line} {field}"
        for file in sorted(SOURCE.rglob("*.py"))
        if (name := file.relative_to(SOURCE).as_posix()) not in WHOLE
        for line, field in raw_reads(file.read_text(encoding="utf-8"))
        if field not in PRESSED | CODES
    ]
    assert wrong == []


def test_a_raw_read_would_be_noticed() -> None:
    source = """
a = request.POST.get("name", "")
b = self.request.POST["name"]
c = "name" in request.POST
d = request.POST.getlist("name")
e = request.POST.dict()
f = [one for one in request.POST]
form = NameForm(request.POST or None)
"""
    assert sorted(raw_reads(source)) == [(2, "name"), (3, "name"), (4, "name"), (5, "name"), (6, "?"), (7, "?")]


def test_every_exception_is_still_needed() -> None:
    read = {
        name: {field for _, field in raw_reads(file.read_text(encoding="utf-8"))}
        for file in SOURCE.rglob("*.py")
        if (name := file.relative_to(SOURCE).as_posix())
    }
    assert set().union(*read.values()) >= PRESSED | CODES
    assert {name for name in WHOLE if read[name]} == WHOLE
