"""Nothing gets out: every attempt is stopped inside, and the same attempt works outside, as root and as a user."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pandok.engines.sandbox.inside.attempts import ATTEMPTS
from pandok.engines.sandbox.sandbox import Sandbox
from pandok.engines.sandbox.self_test import SECRET, attempt, bait

# What one's own user may be forbidden outside as well, by a setting of the machine.
_TRACING = {"trace_the_lab", "read_memory_of_the_lab", "read_memory_by_call"}
_LASTING = "new_user_namespace"  # takes the rights of root away from what comes after, so it comes last

_POSSIBLE = {"anyone", "root"} if os.geteuid() == 0 else {"anyone"}

_SELF_TEST = """
import json
from pandok.engines.sandbox.self_test import self_test
tested = self_test()
print(json.dumps([tested.level, sorted(tested.layers), {one.name: one.held for one in tested.attempts}]))
"""
_CONTROLS = """
import json
from tests.engines.sandbox.test_escapes import controls
print(json.dumps(controls({"anyone"})))
"""


def controls(kinds: set[str]) -> dict[str, bool]:
    """Every attempt that should work for such a person, without any layer: whether it did."""
    names = sorted((name for name, one in ATTEMPTS.items() if one.control in kinds), key=lambda name: name == _LASTING)
    left_open = os.open("/etc/passwd", os.O_RDONLY)
    with bait() as facts:
        tried, _ = attempt(names, (), {**facts, "keep": [left_open]}, {"ANY": SECRET})
    os.close(left_open)
    return {one.name: not one.held for one in tried}


def _tracing_is_limited() -> bool:
    setting = Path("/proc/sys/kernel/yama/ptrace_scope")
    return setting.exists() and setting.read_text(encoding="ascii").strip() != "0"


@pytest.fixture(scope="module")
def user_tried(as_user: Callable[[str], Any]) -> dict[str, bool]:
    level, layers, held = as_user(_SELF_TEST)
    assert (level, len(layers)) == (2, 5)
    return dict(held)


@pytest.fixture(scope="module")
def user_controls(as_user: Callable[[str], Any]) -> dict[str, bool]:
    return dict(as_user(_CONTROLS))


@pytest.fixture(scope="module")
def own_controls() -> dict[str, bool]:
    return controls(_POSSIBLE)


def test_there_are_many_ways_out() -> None:
    assert len(ATTEMPTS) >= 100
    assert sum(one.control != "none" for one in ATTEMPTS.values()) >= 75


def test_this_machine_reaches_the_highest_level(sandbox: Sandbox) -> None:
    assert sandbox.level == 2
    assert sandbox.tested.escaped == ()


@pytest.mark.parametrize("name", ATTEMPTS)
def test_it_is_stopped(name: str, sandbox: Sandbox) -> None:
    found = {one.name: one for one in sandbox.tested.attempts}[name]
    assert found.held
    assert found.by


@pytest.mark.parametrize("name", ATTEMPTS)
def test_it_is_stopped_for_an_ordinary_user(name: str, user_tried: dict[str, bool]) -> None:
    assert user_tried[name]


@pytest.mark.parametrize("name", [name for name, one in ATTEMPTS.items() if one.control in _POSSIBLE])
def test_it_works_outside(name: str, own_controls: dict[str, bool]) -> None:
    assert own_controls[name] or (name in _TRACING and os.geteuid() != 0 and _tracing_is_limited())


@pytest.mark.parametrize("name", [name for name, one in ATTEMPTS.items() if one.control == "anyone"])
def test_it_works_outside_for_an_ordinary_user(name: str, user_controls: dict[str, bool]) -> None:
    if name in _TRACING and _tracing_is_limited():
        assert not user_controls[name]  # the machine itself forbids it
    else:
        assert user_controls[name]
