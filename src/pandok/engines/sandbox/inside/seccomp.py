"""The list of system calls that are left: compute, take and give memory, read and write what is open, end.

Nothing opens, starts, connects or asks about anything; no memory becomes executable. A call that is not named here is
told EPERM and, where the kernel keeps such a log, written to it.
"""

from __future__ import annotations

import ctypes
import errno
import os

from pandok.engines.sandbox.inside import bpf
from pandok.engines.sandbox.inside.libc import PROCESSOR, number, syscall

_SET_FILTER, _FOR_ALL_THREADS, _LOG = 1, 1, 2
_PROT_EXEC = 4
PLAIN = (
    "read write close fstat lseek poll ppoll munmap brk mremap madvise rt_sigaction rt_sigprocmask rt_sigreturn "
    "sigaltstack restart_syscall futex sched_yield sched_getaffinity getcpu nanosleep clock_nanosleep clock_gettime "
    "clock_getres gettimeofday getpid gettid getrusage getrandom set_robust_list rseq exit exit_group"
)
NEVER_EXECUTABLE = ("mmap", "mprotect")  # the third argument is the protection


def available() -> bool:
    return PROCESSOR


def code() -> bytes:
    """The filter for this machine."""
    rules = [bpf.Rule(found) for name in PLAIN.split() if (found := number(name)) is not None]
    rules += [bpf.Rule(found, 2, _PROT_EXEC) for name in NEVER_EXECUTABLE if (found := number(name)) is not None]
    clone3 = number("clone3")
    answers = [] if clone3 is None else [(clone3, errno.ENOSYS)]  # so that the C library tries clone and is refused
    return bpf.program(os.uname().machine, rules, answers, errno.EPERM)


def lock() -> None:
    """Put the filter on every thread of this process. no_new_privs must have been set."""
    assembled = ctypes.create_string_buffer(code())
    length = (len(assembled) - 1) // 8
    described = ctypes.create_string_buffer(16)
    ctypes.memmove(described, length.to_bytes(8, "little") + ctypes.addressof(assembled).to_bytes(8, "little"), 16)
    syscall("seccomp", _SET_FILTER, _FOR_ALL_THREADS | _LOG, described)
