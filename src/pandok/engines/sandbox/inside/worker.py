"""The child: bring in the runtime, lock every door, and only then touch the first foreign byte."""

from __future__ import annotations

import importlib
import json
import mmap
import os
import select
from typing import Any

from pandok.engines.sandbox.inside import ceilings, identity, landlock, namespaces, seccomp
from pandok.engines.sandbox.inside.descriptors import close_all_but, leads_outside, opened
from pandok.engines.sandbox.inside.task import Task

_PATIENCE_LOST = 71
_ROOM = 4
"""Times the memory limit: so much address space where the kernel counts the memory that is really taken."""


def work(spec: dict[str, Any], beat: int) -> None:
    """Do the duty that the lab asked for until it closes the pipe; never returns to what came before."""
    fds = spec["fds"]
    kept = {"request", "answer", "model", "shared", "group"} & fds.keys()
    close_all_but({0, 1, 2, beat, *(fds[name] for name in kept), *spec["keep"]})
    os.setsid()
    duty = importlib.import_module(spec["duty"])
    duty.prepare()
    spec["in_group"] = _join(fds.get("group"))
    model = mmap.mmap(fds["model"], 0, prot=mmap.PROT_READ) if spec["model_bytes"] else b""
    shared = mmap.mmap(fds["shared"], 0)
    own = sorted(opened().keys() - set(spec["keep"]))
    if spec["layers"]:
        os.environ.clear()
    facts = {**spec["facts"], "shared_fd": fds["shared"], "own_fds": own}
    task = Task(fds["request"], fds["answer"], model, shared, spec["input_bytes"], facts)
    task.say(b"H", json.dumps(lock_in(spec, beat)).encode())
    duty.serve(task)
    os._exit(0)


def lock_in(spec: dict[str, Any], beat: int) -> dict[str, Any]:
    """Put on every layer that was asked for. One that cannot be had is missing in the answer: the lab decides."""
    wanted, got = set(spec["layers"]), set(spec["got"])
    landlock_abi = 0
    if wanted and len(os.listdir("/proc/self/task")) != 1:
        raise RuntimeError("a second thread would keep its rights")
    if wanted and any(leads_outside(target) for target in opened().values()):
        raise RuntimeError("a file or socket would stay open")
    memory_bytes = ceilings.mapped_bytes() + spec["limits"]["memory_bytes"] * (_ROOM if spec["in_group"] else 1)
    if "limits" in wanted:
        ceilings.first_when_memory_ends()
    if "namespaces" in got and not _done(namespaces.empty_root):
        got.discard("namespaces")
    if "limits" in wanted:
        ceilings.set_ceilings(memory_bytes, spec["limits"]["cpu_seconds"])
        got.add("limits")
    if spec["uid"] is not None or "identity" in got:
        got.discard("identity")
        if _done(lambda: identity.become(spec["uid"])):
            got.add("identity")
    if wanted:
        identity.no_new_privileges()
        identity.not_dumpable()
    _die_with_the_watcher(beat)
    if "landlock" in wanted:
        try:
            landlock_abi = landlock.deny_everything()
            got.add("landlock")
        except OSError:
            pass
    if "seccomp" in wanted and seccomp.available() and _done(seccomp.lock):
        got.add("seccomp")
    return {
        "layers": sorted(got),
        "landlock_abi": landlock_abi,
        "own_uid": spec["uid"] is not None,
        "memory_group": spec["in_group"],
    }


def _join(entry: int | None) -> bool:
    """Into the group that bounds what is taken from here on, on top of the bare runtime."""
    if entry is None:
        return False
    try:
        return os.write(entry, b"0") > 0
    except OSError:
        return False
    finally:
        os.close(entry)


def _done(step: Any) -> bool:
    try:
        step()
    except OSError:
        return False
    return True


def _die_with_the_watcher(beat: int) -> None:
    identity.die_with_parent()
    if select.select([beat], [], [], 0)[0]:
        os._exit(_PATIENCE_LOST)  # it went away before the kernel was asked to tell
    os.close(beat)
