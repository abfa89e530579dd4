"""The memory limit by groups of the kernel: which are used, which are left alone, and what a child does with one."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pandok.engines.sandbox import memory_groups as module
from pandok.engines.sandbox.child import Child
from pandok.engines.sandbox.codes import SandboxCode
from pandok.engines.sandbox.limits import MIB, Limits
from pandok.engines.sandbox.memory_groups import NotUsable, memory_groups
from pandok.engines.sandbox.sandbox import Sandbox
from tests.chosen import Choose
from tests.engines.sandbox import models
from tests.engines.sandbox.test_loaded_model import CASE, failure

CHECK = "pandok.engines.sandbox.inside.duty_check"


def group(folder: Path, *, controllers: str = "cpu memory pids", processes: str = "", is_root: bool = False) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "cgroup.controllers").write_text(controllers + "\n")
    (folder / "cgroup.procs").write_text(processes)
    (folder / "cgroup.subtree_control").write_text("")
    if not is_root:
        (folder / "cgroup.type").write_text("domain\n")
    return folder


@pytest.fixture
def mount(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """As the kernel shows its groups: a group that is removed takes its files with it."""
    monkeypatch.setattr(module, "remove_group", shutil.rmtree)
    made: Callable[..., None] = Path.mkdir

    def as_the_kernel(self: Path, mode: int = 0o777, parents: bool = False, exist_ok: bool = False) -> None:
        made(self, mode, parents, exist_ok)
        if self.name.startswith("pandok-sandbox-"):
            (self / "cgroup.procs").write_text("")

    monkeypatch.setattr(Path, "mkdir", as_the_kernel)
    return group(tmp_path / "cgroup", is_root=True)


def why(chosen: str, mount: Path, membership: Path | None = None) -> str:
    with pytest.raises(NotUsable) as refused:
        memory_groups(chosen, mount=mount, membership=membership or mount / "none")
    return refused.value.why.en


def test_a_group_that_was_handed_over_is_used_and_only_its_memory_controller_is_turned_on(mount: Path) -> None:
    handed = group(mount / "site")
    assert memory_groups(str(handed), mount=mount).folder == handed
    assert (handed / "cgroup.subtree_control").read_text() == "+memory"
    assert (mount / "cgroup.subtree_control").read_text() == ""


def test_what_was_not_handed_over_is_left_alone(mount: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "empty" in why("", mount)
    assert "whole machine" in why(str(mount), mount)
    assert "not a group" in why(str(tmp_path), mount)
    assert "not a group" in why("relative", mount)
    assert "no memory controller" in why(str(group(mount / "a", controllers="cpu")), mount)
    busy = group(mount / "busy", processes="1\n")
    assert "Processes are in" in why(str(busy), mount)
    of_others = group(mount / "others")
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    assert "another account" in why(str(of_others), mount)
    assert [one.read_text() for one in mount.glob("*/cgroup.subtree_control")] == [""] * 3


def test_the_services_own_group_is_used_where_systemd_marked_it(mount: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    unit = group(mount / "system.slice" / "pandok.service")
    group(unit / "main", processes="77\n")
    membership = mount / "membership"
    membership.write_text("4:memory:/elsewhere\n0::/system.slice/pandok.service/main\n")
    monkeypatch.setattr(module, "is_marked", lambda _: False)
    assert "not handed over" in why("own", mount, membership)
    monkeypatch.setattr(module, "is_marked", lambda folder: folder == unit)
    assert memory_groups("own", mount=mount, membership=membership).folder == unit
    monkeypatch.setattr(module, "is_marked", lambda folder: folder == mount)
    membership.write_text("0::/main\n")
    assert "not handed over" in why("own", mount, membership)


def test_only_groups_of_labs_that_are_gone_are_swept(mount: Path) -> None:
    handed = group(mount / "site")
    gone, other = handed / "pandok-sandbox-999999999-a", handed / "somebody.service"
    alive = handed / f"pandok-sandbox-{os.getppid()}-b"
    for one in (gone, other, alive):
        one.mkdir()
    made = memory_groups(str(handed), mount=mount).make(MIB)
    assert (made.path / "memory.max").read_text() == str(MIB)
    assert (made.path / "memory.swap.max").read_text() == "0"
    assert not gone.exists()
    assert other.exists()
    assert alive.exists()
    made.remove()
    assert not made.path.exists()


def limits(folder: Path) -> Limits:
    return Limits(memory_bytes=512 * MIB, input_bytes=MIB, output_bytes=MIB, memory_group=str(folder))


@pytest.fixture
def handed(mount: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = group(mount / "site")
    monkeypatch.setattr("pandok.engines.sandbox.child.memory_groups", lambda chosen: memory_groups(chosen, mount=mount))
    return folder


def test_a_sandbox_goes_into_a_group_of_its_own_which_goes_with_it(sandbox: Sandbox, handed: Path) -> None:
    child = Child(CHECK, limits(handed), sandbox.tested.layers)
    [own] = handed.glob("pandok-sandbox-*")
    assert child.in_memory_group
    assert (own / "cgroup.procs").read_text() == "0"
    assert (own / "memory.max").read_text() == str(512 * MIB)
    assert child.layers == sandbox.tested.layers
    child.end()
    assert not own.exists()


def test_a_model_that_the_kernel_killed_for_memory_is_said_to_have_taken_too_much(
    sandbox: Sandbox, handed: Path
) -> None:
    child = Child(CHECK, limits(handed), sandbox.tested.layers)
    [own] = handed.glob("pandok-sandbox-*")
    (own / "memory.events").write_text("low 0\noom 1\noom_kill 1\n")
    child.end()
    assert child.why_it_ended() == SandboxCode.MEMORY_LIMIT


def test_where_no_group_can_be_had_the_address_space_is_limited_as_before(sandbox: Sandbox, tmp_path: Path) -> None:
    nowhere = limits(tmp_path / "nothing")
    assert sandbox.memory_limit(nowhere) == "address space"
    assert failure(sandbox, models.takes_memory_when_it_loads(), nowhere) == SandboxCode.MEMORY_LIMIT


def test_the_command_says_which_limit_is_in_force_and_why(choose: Choose) -> None:
    from pandok.cli.main import app

    choose(sandbox_cgroup="/sys/fs/cgroup/nobody-made-this")
    told = json.loads(CliRunner().invoke(app, ["lab", "sandbox", "--json"]).stdout)
    words = CliRunner().invoke(app, ["lab", "sandbox"]).stdout
    assert told["memory_limit"] in ("address space", "none")
    assert "nobody-made-this" in told["why_no_cgroup"]["ko"]
    assert "메모리 한도" in words


def test_the_kernel_itself_bounds_what_a_model_takes(sandbox: Sandbox) -> None:
    """Real groups, where somebody handed one over (PANDOK_SANDBOX_CGROUP, or the delegated group of a service); where
    nobody did, the address space bounds the same model."""
    chosen = os.environ.get("PANDOK_SANDBOX_CGROUP") or "own"
    bounds = Limits(memory_bytes=256 * MIB, input_bytes=MIB, output_bytes=4096, memory_group=chosen)
    try:
        memory_groups(chosen)
        expected = "cgroup"
    except NotUsable:
        bounds, expected = replace(bounds, memory_group=""), "address space"
    assert sandbox.memory_limit(bounds) == expected
    # More than the limit and less than the address space of a sandbox in a group, which is several times as large.
    takes = models.takes_memory_when_it_loads(512)
    assert failure(sandbox, takes, bounds) == SandboxCode.MEMORY_LIMIT
    with sandbox.load(takes, replace(bounds, memory_bytes=2048 * MIB)) as running:
        assert running.run({"x": CASE})["y"].shape == CASE.shape
