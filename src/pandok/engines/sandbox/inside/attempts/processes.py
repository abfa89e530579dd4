"""Ways out through other processes, new programs and other persons."""

from __future__ import annotations

import ctypes
import fcntl
import os
import resource
import termios
import threading

from pandok.engines.sandbox.inside.attempts.attempt import Facts, collector
from pandok.engines.sandbox.inside.libc import syscall

TRIES, attempt = collector()
_PTRACE_SEIZE = 0x4206
_EXECUTABLE, _PRIVATE_ANONYMOUS = 5, 0x22


@attempt(1, "anyone")
def signal_the_lab(facts: Facts) -> bool:
    os.kill(facts["lab_pid"], 0)
    return True


@attempt(2, "anyone")
def signal_all(_: Facts) -> bool:
    os.kill(-1, 0)
    return True


@attempt(1, "anyone")
def trace_the_lab(facts: Facts) -> bool:
    """Without stopping it; the end of this process lets go."""
    syscall("ptrace", _PTRACE_SEIZE, facts["lab_pid"], 0, 0)
    return True


@attempt(1, "anyone")
def read_memory_of_the_lab(facts: Facts) -> bool:
    os.close(os.open(f"/proc/{facts['lab_pid']}/mem", os.O_RDONLY))
    return True


@attempt(1, "anyone")
def read_memory_by_call(facts: Facts) -> bool:
    """One byte of the lab's memory, at the address where this process holds one: a wrong address is told as such."""
    here = ctypes.create_string_buffer(1)
    part = (ctypes.addressof(here)).to_bytes(8, "little") + (1).to_bytes(8, "little")
    local, remote = ctypes.create_string_buffer(part), ctypes.create_string_buffer(part)
    try:
        syscall("process_vm_readv", facts["lab_pid"], local, 1, remote, 1, 0)
    except OSError as error:
        if error.errno == 14:  # bad address: allowed to ask
            return True
        raise
    return True


@attempt(1, "anyone")
def read_environment_of_the_lab(facts: Facts) -> bool:
    os.close(os.open(f"/proc/{facts['lab_pid']}/environ", os.O_RDONLY))
    return True


@attempt(1, "anyone")
def read_first_process(_: Facts) -> bool:
    with open("/proc/1/status", "rb", buffering=0) as file:
        return len(file.read(16)) > 0


@attempt(2, "anyone")
def handle_of_the_lab(facts: Facts) -> bool:
    os.close(syscall("pidfd_open", facts["lab_pid"], 0))
    return True


@attempt(2, "anyone")
def limits_of_the_lab(facts: Facts) -> bool:
    resource.prlimit(facts["lab_pid"], resource.RLIMIT_CORE)
    return True


@attempt(1, "none")
def raise_own_limits(_: Facts) -> bool:
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard + 1, hard + 1))
    except ValueError as error:  # Python's word for "not allowed"
        raise PermissionError(1, "setrlimit") from error
    return True


@attempt(1, "anyone")
def secret_in_environment(facts: Facts) -> bool:
    """Among the variables that Python knows, and those that the C library was started with."""
    known = [*os.environ.values()]
    first = ctypes.POINTER(ctypes.c_char_p).in_dll(ctypes.CDLL(None), "environ")
    place = 0
    while first and first[place]:
        known.append((first[place] or b"").decode(errors="replace"))
        place += 1
    return any(facts["secret"] in one for one in known)


@attempt(1, "anyone")
def fork(_: Facts) -> bool:
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
    return True


@attempt(1, "anyone")
def fork_storm(_: Facts) -> bool:
    """Forty at once."""
    made: list[int] = []
    try:
        while len(made) < 40:
            child = os.fork()
            if child == 0:
                threading.Event().wait(0.2)
                os._exit(0)
            made.append(child)
    finally:
        for child in made:
            os.waitpid(child, 0)
    return len(made) == 40


@attempt(1, "anyone")
def thread_storm(_: Facts) -> bool:
    stop = threading.Event()
    made: list[threading.Thread] = []
    try:
        while len(made) < 40:
            one = threading.Thread(target=stop.wait, args=(5,), daemon=True)
            one.start()
            made.append(one)
    finally:
        stop.set()
    return len(made) == 40


@attempt(1, "anyone")
def start_shell(_: Facts) -> bool:
    """Success ends this process with exit code 0, which the lab reads as an escape."""
    os.execve("/bin/sh", ["sh", "-c", "exit 0"], {})


@attempt(1, "anyone")
def start_program_from_memory(_: Facts) -> bool:
    """A program that never was a file: written to memory and started from there."""
    program = syscall("memfd_create", ctypes.create_string_buffer(b"x"), 0)
    os.write(program, b"#!/bin/sh\nexit 0\n")
    os.execve(f"/proc/self/fd/{program}", ["x"], {})


@attempt(2, "anyone")
def executable_memory(_: Facts) -> bool:
    """A page for machine code of one's own."""
    made = ctypes.CDLL(None, use_errno=True)
    made.mmap.restype = ctypes.c_void_p
    if made.mmap(None, 4096, _EXECUTABLE, _PRIVATE_ANONYMOUS, -1, 0) == ctypes.c_void_p(-1).value:
        raise OSError(ctypes.get_errno(), "mmap")
    return True


@attempt(1, "root")
def become_root(_: Facts) -> bool:
    os.setresuid(0, 0, 0)
    return os.getuid() == 0


@attempt(1, "root")
def become_group_root(_: Facts) -> bool:
    os.setresgid(0, 0, 0)
    return True


@attempt(1, "root")
def take_groups(_: Facts) -> bool:
    os.setgroups([0])
    return True


@attempt(1, "root")
def raise_priority(_: Facts) -> bool:
    os.setpriority(os.PRIO_PROCESS, 0, -5)
    return True


@attempt(1, "root")
def real_time_scheduling(_: Facts) -> bool:
    os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(1))
    return True


@attempt(2, "none")
def type_into_terminal(_: Facts) -> bool:
    for fd in (0, 1, 2):
        fcntl.ioctl(fd, termios.TIOCSTI, b"x")
    return True


@attempt(1, "none")
def open_terminal(_: Facts) -> bool:
    os.close(os.open("/dev/tty", os.O_RDWR))
    return True
