"""Groups of the kernel (cgroup v2), one a sandbox, that bound the memory really taken instead of the address space.

Only a group that was handed over to this site is used: the one of the setting, or with `own` the service's own that
systemd delegated (`Delegate=yes`, which marks it). Below it groups `pandok-sandbox-…` are made and removed; nothing
else is touched. https://docs.kernel.org/admin-guide/cgroup-v2.html, https://systemd.io/CGROUP_DELEGATION/
"""

from __future__ import annotations

import os
import time
import uuid
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pandok.core.text import Text

MOUNT = Path("/sys/fs/cgroup")
MEMBERSHIP = Path("/proc/self/cgroup")
OWN = "own"
_NAME = "pandok-sandbox-"
_MARKS = ("user.delegate", "trusted.delegate")
_PATIENCE_S = 2.0


class NotUsable(Exception):
    """No group can be used here; `why` is for the operator."""

    def __init__(self, why: Text):
        super().__init__(why.en)
        self.why = why


@dataclass(frozen=True)
class Group:
    """One sandbox's group. Who writes 0 to `entry` is in it, with all that it takes from then on."""

    path: Path

    def entry(self) -> int:
        """A descriptor; the caller closes it."""
        return os.open(self.path / "cgroup.procs", os.O_WRONLY | os.O_CLOEXEC)

    def killed_for_memory(self) -> int:
        with suppress(OSError, ValueError):
            for line in (self.path / "memory.events").read_text(encoding="ascii").splitlines():
                name, _, count = line.partition(" ")
                if name == "oom_kill":
                    return int(count)
        return 0

    def remove(self) -> None:
        """Once its processes are gone. One that stays for a moment longer is removed with the next that is made."""
        until = time.monotonic() + _PATIENCE_S
        while time.monotonic() < until:
            try:
                remove_group(self.path)
            except FileNotFoundError:
                return
            except OSError:
                time.sleep(0.02)
            else:
                return


def remove_group(path: Path) -> None:
    """The kernel removes a group's files with it, and refuses while a process is in it."""
    path.rmdir()


@dataclass(frozen=True)
class MemoryGroups:
    """Makes groups below `folder`, which was found usable."""

    folder: Path

    def make(self, most_bytes: int) -> Group:
        """Raises OSError."""
        self._sweep()
        group = Group(self.folder / f"{_NAME}{os.getpid()}-{uuid.uuid4().hex[:12]}")
        group.path.mkdir(mode=0o700)
        try:
            _write(group.path / "memory.max", str(most_bytes))
            with suppress(OSError):  # a kernel without swap accounting has no such file
                _write(group.path / "memory.swap.max", "0")
        except OSError:
            group.remove()
            raise
        return group

    def _sweep(self) -> None:
        """Groups of labs that are gone."""
        for left in self.folder.glob(f"{_NAME}*"):
            owner = left.name.removeprefix(_NAME).partition("-")[0]
            if owner.isdigit() and not Path(f"/proc/{owner}").exists():
                with suppress(OSError):
                    remove_group(left)


def memory_groups(chosen: str, *, mount: Path = MOUNT, membership: Path = MEMBERSHIP) -> MemoryGroups:
    """By the setting `sandbox_cgroup`. Raises NotUsable, with the reason, where the kernel or its owner gives none."""
    if not chosen:
        raise NotUsable(Text(ko="설정 `sandbox_cgroup`이 비어 있습니다.", en="The setting `sandbox_cgroup` is empty."))
    folder = _delegated(mount, membership) if chosen == OWN else Path(chosen)
    try:
        _check(folder, mount)
        _enable_memory(folder)
    except OSError as error:
        raise NotUsable(
            Text(
                ko=f"{folder}을(를) 쓸 수 없습니다({error.strerror}).",
                en=f"{folder} cannot be used ({error.strerror}).",
            )
        ) from error
    return MemoryGroups(folder)


def own_group(mount: Path = MOUNT, membership: Path = MEMBERSHIP) -> Path | None:
    """The group of this process in the unified hierarchy; None where the machine has none."""
    with suppress(OSError):
        for line in membership.read_text(encoding="utf-8").splitlines():
            if line.startswith("0::/"):
                return mount / line.removeprefix("0::/")
    return None


def is_marked(folder: Path) -> bool:
    """Whether systemd has written on the group that it was handed over."""
    for mark in _MARKS:
        with suppress(OSError):
            if os.getxattr(folder, mark) == b"1":
                return True
    return False


def _delegated(mount: Path, membership: Path) -> Path:
    own = own_group(mount, membership)
    for folder in (own, own.parent) if own is not None else ():  # with DelegateSubgroup= the service is one below
        if folder != mount and is_marked(folder):
            return folder
    raise NotUsable(
        Text(
            ko="이 서비스의 그룹은 넘겨받은 것이 아닙니다(systemd 단위에 Delegate=yes를 적으십시오).",
            en="The group of this service was not handed over (write Delegate=yes in its unit).",
        )
    )


def _check(folder: Path, mount: Path) -> None:
    """Raises NotUsable for what is no group of cgroup v2, is everybody's, or holds what belongs to others."""
    if not folder.is_absolute() or not (folder / "cgroup.controllers").is_file():
        raise NotUsable(
            Text(ko=f"{folder}은(는) cgroup v2의 그룹이 아닙니다.", en=f"{folder} is not a group of cgroup v2.")
        )
    if folder.resolve() == mount.resolve() or not (folder / "cgroup.type").exists():
        raise NotUsable(
            Text(ko=f"{folder}은(는) 모두의 그룹입니다.", en=f"{folder} is the group of the whole machine.")
        )
    if folder.stat().st_uid != os.geteuid() or not os.access(folder, os.W_OK):
        raise NotUsable(
            Text(
                ko=f"{folder}은(는) 다른 계정의 것입니다. 이 서비스의 계정에 넘겨야 합니다(chown).",
                en=f"{folder} belongs to another account; it must be handed over to that of this service (chown).",
            )
        )
    if "memory" not in (folder / "cgroup.controllers").read_text(encoding="ascii").split():
        raise NotUsable(
            Text(
                ko=f"{folder}에는 메모리 제어가 없습니다.",
                en=f"{folder} has no memory controller from the group above.",
            )
        )
    if (folder / "cgroup.procs").read_text(encoding="ascii").strip():
        raise NotUsable(
            Text(
                ko=f"{folder}에 프로세스가 있습니다. 커널은 빈 그룹 아래에서만 나눕니다(DelegateSubgroup=).",
                en=f"Processes are in {folder} itself; the kernel divides only what is empty (DelegateSubgroup=).",
            )
        )


def _enable_memory(folder: Path) -> None:
    control = folder / "cgroup.subtree_control"
    if "memory" not in control.read_text(encoding="ascii").split():
        _write(control, "+memory")


def _write(file: Path, text: str) -> None:
    with file.open("w", encoding="ascii") as target:
        target.write(text)
