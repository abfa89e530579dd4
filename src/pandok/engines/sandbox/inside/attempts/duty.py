"""Duty: try to get out, and say how far it went."""

from __future__ import annotations

import errno
import json
from typing import Any

from pandok.engines.sandbox.inside.attempts import ATTEMPTS
from pandok.engines.sandbox.inside.task import Task


def prepare() -> None:
    """Nothing to read: every attempt is imported by now."""


def serve(task: Task) -> None:
    for name in task.facts["names"]:
        task.say(b"A", json.dumps(_tried(name, task.facts)).encode())


def _tried(name: str, facts: dict[str, Any]) -> tuple[bool, str]:
    try:
        done = ATTEMPTS[name].run(facts)
    except OSError as error:
        return False, errno.errorcode.get(error.errno or 0, "OSError")
    except MemoryError:
        return False, "MemoryError"
    except RuntimeError:  # threading: can't start new thread
        return False, "RuntimeError"
    return bool(done), "" if done else "nothing there"
