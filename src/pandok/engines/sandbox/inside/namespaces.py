"""Namespaces: no network, no other process, no name of the host, and an empty read-only root folder."""

from __future__ import annotations

import ctypes
import os

from pandok.engines.sandbox.inside.libc import syscall

NEWNS, NEWCGROUP, NEWUTS, NEWIPC = 0x00020000, 0x02000000, 0x04000000, 0x08000000
NEWUSER, NEWPID, NEWNET = 0x10000000, 0x20000000, 0x40000000
_APART = NEWNS | NEWCGROUP | NEWUTS | NEWIPC | NEWPID | NEWNET
_MS_RDONLY, _MS_NOSUID, _MS_NODEV, _MS_NOEXEC, _MS_REMOUNT = 1, 2, 4, 8, 32
_MS_REC, _MS_PRIVATE, _MNT_DETACH = 16384, 1 << 18, 2
_HARMLESS = _MS_NOSUID | _MS_NODEV | _MS_NOEXEC


def enter(as_root: bool) -> None:
    """Leave the host's namespaces; children of this process are in a new process namespace. Without root, through a
    user namespace that maps only its own uid. The caller must have one thread only."""
    uid, gid = os.geteuid(), os.getegid()
    syscall("unshare", _APART if as_root else _APART | NEWUSER)
    if not as_root:
        _write("/proc/self/setgroups", "deny")
        _write("/proc/self/uid_map", f"{uid} {uid} 1")
        _write("/proc/self/gid_map", f"{gid} {gid} 1")
    syscall("sethostname", b"lab", 3)


def enter_user_namespace() -> None:
    """Only a user namespace: the part that a normal user may have where the others are forbidden."""
    uid, gid = os.geteuid(), os.getegid()
    syscall("unshare", NEWUSER)
    _write("/proc/self/setgroups", "deny")
    _write("/proc/self/uid_map", f"{uid} {uid} 1")
    _write("/proc/self/gid_map", f"{gid} {gid} 1")


def empty_root() -> None:
    """Put an empty, read-only folder in the place of `/`, and let the host's files go."""
    _mount(None, b"/", None, _MS_REC | _MS_PRIVATE, None)
    place = b"/tmp" if os.path.isdir("/tmp") else b"/dev"
    _mount(b"tmpfs", place, b"tmpfs", _HARMLESS, b"size=4k,nr_inodes=2,mode=555")
    os.chdir(place)
    syscall("pivot_root", b".", b".")
    syscall("umount2", b".", _MNT_DETACH)
    os.chdir("/")
    _mount(None, b"/", None, _MS_REMOUNT | _MS_RDONLY | _HARMLESS, None)


def _mount(source: bytes | None, target: bytes, kind: bytes | None, flags: int, options: bytes | None) -> None:
    def text(value: bytes | None) -> ctypes.Array[ctypes.c_char] | None:
        return None if value is None else ctypes.create_string_buffer(value)

    syscall("mount", text(source), text(target), text(kind), flags, text(options))


def _write(path: str, text: str) -> None:
    with open(path, "w", encoding="ascii") as file:
        file.write(text)
