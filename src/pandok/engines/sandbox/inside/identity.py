"""Who the child is: a uid of its own, no group, no capability, and no way to gain one."""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import stat

from pandok.engines.sandbox.inside.libc import prctl, syscall

# systemd leaves 60578..61183 to nobody (systemd.io/UIDS-GIDS); one uid per slot, since NPROC counts by uid.
FIRST_SLOT_UID = 60600
SLOTS = 256
SLOT_FOLDER = "/run/pandok-sandbox"

PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_CAPBSET_DROP, PR_SET_SECUREBITS = 1, 4, 24, 28
PR_SET_NO_NEW_PRIVS, PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL = 38, 47, 4
_ALL_SECUREBITS_LOCKED = (
    0b11101111  # noroot, no setuid fixup, no ambient raise, each with its lock; keep-caps locked off
)
_CAPABILITY_VERSION_3 = 0x20080522


def take_slot() -> int:
    """A uid that no other sandbox of this machine uses now; held as long as this process lives. Needs root."""
    os.makedirs(SLOT_FOLDER, mode=0o700, exist_ok=True)
    found = os.lstat(SLOT_FOLDER)
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != 0 or found.st_mode & 0o077:
        raise OSError(errno.EPERM, "the folder of slots belongs to another", SLOT_FOLDER)
    for slot in range(SLOTS):
        held = os.open(f"{SLOT_FOLDER}/{slot}", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(held)
            continue
        return FIRST_SLOT_UID + slot
    raise OSError(errno.EAGAIN, "all slots are taken", SLOT_FOLDER)


def become(uid: int | None) -> None:
    """Drop the bounding set, then the uid where one is given, then every capability that is left."""
    for capability in range(64):
        try:
            prctl(PR_CAPBSET_DROP, capability)
        except OSError as error:
            if error.errno == errno.EINVAL:  # beyond the last one that this kernel knows
                break
            raise
    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL)
    prctl(PR_SET_SECUREBITS, _ALL_SECUREBITS_LOCKED)
    if uid is not None:
        os.setgroups([])
        os.setresgid(uid, uid, uid)
        os.setresuid(uid, uid, uid)
    drop_capabilities()


def drop_capabilities() -> None:
    header = ctypes.create_string_buffer(_CAPABILITY_VERSION_3.to_bytes(4, "little") + bytes(4), 8)
    syscall("capset", header, ctypes.create_string_buffer(24))


def no_new_privileges() -> None:
    prctl(PR_SET_NO_NEW_PRIVS, 1)


def not_dumpable() -> None:
    prctl(PR_SET_DUMPABLE, 0)


def die_with_parent() -> None:
    prctl(PR_SET_PDEATHSIG, 9)
