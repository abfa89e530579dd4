"""Ways out through the kernel's wider doors. Arguments are chosen so that success changes nothing that lasts."""

from __future__ import annotations

import ctypes
import os
import struct
import time

from pandok.engines.sandbox.inside.attempts.attempt import Facts, collector
from pandok.engines.sandbox.inside.libc import number, syscall

TRIES, attempt = collector()
_NEWUSER, _NEWNET, _NEWUTS = 0x10000000, 0x40000000, 0x04000000


def _text(value: str) -> ctypes.Array[ctypes.c_char]:
    return ctypes.create_string_buffer(value.encode())


@attempt(1, "none")
def set_clock(_: Facts) -> bool:
    """To the time that it is."""
    time.clock_settime(time.CLOCK_REALTIME, time.time())
    return True


@attempt(1, "none")
def set_clock_the_old_way(_: Facts) -> bool:
    syscall("settimeofday", ctypes.create_string_buffer(struct.pack("qq", int(time.time()), 0)), None)
    return True


@attempt(1, "none")
def bend_clock(_: Facts) -> bool:
    """Set the tick's frequency to what it is: the right is asked for before the value."""
    asked = ctypes.create_string_buffer(256)
    syscall("adjtimex", asked)
    struct.pack_into("I", asked, 0, 2)  # ADJ_FREQUENCY
    syscall("adjtimex", asked)
    return True


@attempt(1, "none")
def mount_folder(_: Facts) -> bool:
    syscall("mount", _text("tmpfs"), _text("/"), _text("tmpfs"), 0, None)
    return True


@attempt(1, "none")
def unmount_folder(_: Facts) -> bool:
    syscall("umount2", _text("/"), 2)
    return True


@attempt(1, "root")
def open_file_system(_: Facts) -> bool:
    os.close(syscall("fsopen", _text("tmpfs"), 0))
    return True


@attempt(1, "none")
def turn_root_folder(_: Facts) -> bool:
    syscall("pivot_root", _text("."), _text("."))
    return True


@attempt(1, "root")
def change_root_folder(_: Facts) -> bool:
    syscall("chroot", _text("/"))
    return True


@attempt(2, "anyone")
def new_user_namespace(_: Facts) -> bool:
    """The usual way to all capabilities and to the parts of the kernel that they open."""
    syscall("unshare", _NEWUSER)
    return True


@attempt(2, "root")
def new_network_namespace(_: Facts) -> bool:
    syscall("unshare", _NEWNET)
    return True


@attempt(1, "root")
def enter_namespace(_: Facts) -> bool:
    """Even one's own needs the right."""
    place = os.open("/proc/self/ns/uts", os.O_RDONLY)
    try:
        syscall("setns", place, _NEWUTS)
    finally:
        os.close(place)
    return True


@attempt(1, "root")
def name_the_machine(_: Facts) -> bool:
    name = os.uname().nodename.encode()
    syscall("sethostname", ctypes.create_string_buffer(name), len(name))
    return True


@attempt(2, "anyone")
def add_key(_: Facts) -> bool:
    syscall("add_key", _text("user"), _text("pandok-attempt"), _text("x"), 1, -1)
    return True


@attempt(2, "anyone")
def list_keys(_: Facts) -> bool:
    syscall("keyctl", 0, -3, 1)  # the session keyring, made where there is none
    return True


@attempt(2, "none")
def ring_of_requests(_: Facts) -> bool:
    os.close(syscall("io_uring_setup", 1, ctypes.create_string_buffer(120)))
    return True


@attempt(2, "root")
def kernel_program(_: Facts) -> bool:
    """A map of four bytes, the first step of every program in the kernel."""
    os.close(syscall("bpf", 0, ctypes.create_string_buffer(struct.pack("5I", 2, 4, 4, 1, 0), 72), 72))
    return True


@attempt(2, "none")
def handle_page_faults(_: Facts) -> bool:
    os.close(syscall("userfaultfd", 1))
    return True


@attempt(2, "none")
def performance_counters(_: Facts) -> bool:
    described = ctypes.create_string_buffer(struct.pack("IIQ", 1, 128, 1), 128)
    os.close(syscall("perf_event_open", described, 0, -1, -1, 0))
    return True


@attempt(1, "root")
def watch_all_files(_: Facts) -> bool:
    os.close(syscall("fanotify_init", 4, 0))  # FAN_CLASS_CONTENT
    return True


@attempt(1, "none")
def load_other_kernel(_: Facts) -> bool:
    syscall("kexec_load", 0, 0, None, 0)
    return True


@attempt(1, "none")
def load_module(facts: Facts) -> bool:
    syscall("finit_module", facts["shared_fd"], _text(""), 0)
    return True


@attempt(1, "none")
def remove_module(_: Facts) -> bool:
    syscall("delete_module", _text("pandok_no_such_module"), 0o4000)
    return True


@attempt(1, "none")
def restart_machine(_: Facts) -> bool:
    syscall("reboot", 0xFEE1DEAD, 0x28121969, 0, None)  # only turns the three-key restart off
    return True


@attempt(1, "none")
def swap_to_file(facts: Facts) -> bool:
    syscall("swapon", _text(facts["secret_file"]), 0)
    return True


@attempt(1, "none")
def account_for_processes(_: Facts) -> bool:
    syscall("acct", None)
    return True


@attempt(1, "root")
def read_kernel_log(_: Facts) -> bool:
    """Emptying is asked for with no effect: the size of what would be unread."""
    syscall("syslog", 3, ctypes.create_string_buffer(64), 64)
    return True


@attempt(1, "none")
def input_output_ports(_: Facts) -> bool:
    syscall("ioperm", 0x80, 1, 1)
    return True


@attempt(2, "none")
def local_descriptor_table(_: Facts) -> bool:
    syscall("modify_ldt", 1, ctypes.create_string_buffer(16), 16)
    return True


@attempt(2, "anyone")
def change_personality(_: Facts) -> bool:
    syscall("personality", 0x0040000)  # no random places for memory
    return True


@attempt(2, "none")
def compare_processes(facts: Facts) -> bool:
    syscall("kcmp", facts["lab_pid"], os.getpid(), 0, 0, 0)
    return True


@attempt(2, "none")
def call_of_another_processor(_: Facts) -> bool:
    """A number of the x32 kind passes lists that compare plain numbers only."""
    made = ctypes.CDLL(None, use_errno=True)
    made.syscall.restype = ctypes.c_long
    plain = number("getpid") or 0
    if made.syscall(ctypes.c_long(plain | 0x40000000)) == -1:
        raise OSError(ctypes.get_errno(), "x32")
    return True
