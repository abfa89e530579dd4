"""Codes of refusals are a closed set: each is written in one place, and none is asked for that nobody gives."""

from __future__ import annotations

import ast
import re
from collections import defaultdict

from pandok.common.refusals import tables
from pandok.engines.feeding.codes import FeedingCode
from pandok.engines.onnx_gate.refusals import REASONS as OF_THE_GATE
from pandok.engines.sandbox.codes import SandboxCode
from tests.contracts import pinned

FAMILIES = ("api.", "proof.", "document.")
"""Codes of tables of their own: web/api/refusals, engines/proof_pack/files, engines/documents/parser."""


def written() -> dict[str, list[str]]:
    """Each code that stands as `code=…` in a call, or as the code of a kind of error, with its places."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted(pinned.SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword) and node.arg in pinned.CODES and isinstance(node.value, ast.Constant):
                found[str(node.value.value)].append(f"{path.relative_to(pinned.SOURCE)}:{node.lineno}")
    return found


def test_each_code_is_written_in_one_place() -> None:
    assert {code: places for code, places in written().items() if len(places) > 1} == {}


def test_no_code_of_a_table_is_written_elsewhere() -> None:
    assert len(list(pinned._modules())) > 1000, "every table is loaded"
    assert len(tables()) > 70
    assert sorted(set(tables()) & set(written())) == []


def test_every_code_that_is_asked_for_is_given_by_somebody() -> None:
    list(pinned._modules())
    classes = {code for code in pinned.error_codes() if "{" not in code}
    given = {*written(), *tables(), *classes, *OF_THE_GATE, *(one.value for one in (*FeedingCode, *SandboxCode))}
    asked = set()
    for path in sorted(pinned.SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Compare) and "error_code" in ast.unparse(node):
                asked |= set(re.findall(r"['\"]([a-z_]+(?:\.[a-z_]+)+)['\"]", ast.unparse(node)))
    assert asked, "the product asks for some"
    assert sorted(one for one in asked - given if not one.startswith(FAMILIES)) == []
