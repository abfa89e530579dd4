"""Ways out through files, folders and what is open already."""

from __future__ import annotations

import ctypes
import os
import select
import stat

from pandok.engines.sandbox.inside.attempts.attempt import Facts, collector
from pandok.engines.sandbox.inside.libc import syscall

TRIES, attempt = collector()
_HERE = -100  # AT_FDCWD


def _reads(path: str) -> bool:
    with open(path, "rb", buffering=0) as file:
        return len(file.read(16)) > 0


def _is_open(fd: int) -> bool:
    """Asked by poll, which needs no right: fstat is refused."""
    asked = select.poll()
    asked.register(fd, 0)
    return all(not told & select.POLLNVAL for _, told in asked.poll(0))


@attempt(1, "anyone")
def read_secret_file(facts: Facts) -> bool:
    return _reads(facts["secret_file"])


@attempt(1, "anyone")
def read_by_climbing(facts: Facts) -> bool:
    return _reads("../" * 12 + facts["secret_file"])


@attempt(1, "anyone")
def read_accounts(_: Facts) -> bool:
    return _reads("/etc/passwd")


@attempt(1, "root")
def read_passwords(_: Facts) -> bool:
    return _reads("/etc/shadow")


@attempt(1, "anyone")
def read_own_program(_: Facts) -> bool:
    return _reads("/proc/self/exe")


@attempt(1, "anyone")
def read_through_own_root(_: Facts) -> bool:
    return _reads("/proc/self/root/etc/passwd")


@attempt(1, "anyone")
def list_root_folder(_: Facts) -> bool:
    return len(os.listdir("/")) > 0


@attempt(1, "anyone")
def list_processes(_: Facts) -> bool:
    return len(os.listdir("/proc")) > 0


@attempt(2, "anyone")
def ask_about_file(facts: Facts) -> bool:
    return os.stat(facts["secret_file"]).st_size > 0


@attempt(2, "anyone")
def read_link(_: Facts) -> bool:
    return len(os.readlink("/proc/self/exe")) > 0


@attempt(1, "anyone")
def write_new_file(facts: Facts) -> bool:
    with open(f"{facts['folder']}/written", "wb", buffering=0) as file:
        return file.write(b"x") > 0


@attempt(1, "anyone")
def write_into_tmp(_: Facts) -> bool:
    path = f"/tmp/pandok-attempt-{os.getpid()}"
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    os.unlink(path)
    return True


@attempt(1, "anyone")
def write_into_shared_memory_folder(_: Facts) -> bool:
    path = f"/dev/shm/pandok-attempt-{os.getpid()}"
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    os.unlink(path)
    return True


@attempt(1, "anyone")
def overwrite_file(facts: Facts) -> bool:
    os.close(os.open(facts["secret_file"], os.O_WRONLY))
    return True


@attempt(1, "anyone")
def truncate_file(facts: Facts) -> bool:
    os.truncate(facts["secret_file"], os.stat(facts["secret_file"]).st_size)
    return True


@attempt(1, "anyone")
def make_folder(facts: Facts) -> bool:
    os.mkdir(f"{facts['folder']}/made-{os.getpid()}")
    return True


@attempt(1, "anyone")
def make_symlink(facts: Facts) -> bool:
    os.symlink("/etc/passwd", f"{facts['folder']}/link-{os.getpid()}")
    return True


@attempt(1, "anyone")
def make_pipe(facts: Facts) -> bool:
    os.mkfifo(f"{facts['folder']}/pipe-{os.getpid()}")
    return True


@attempt(2, "anyone")
def change_mode(facts: Facts) -> bool:
    """Where the file is one's own."""
    os.chmod(facts["secret_file"], 0o666)
    return True


@attempt(2, "anyone")
def change_times(facts: Facts) -> bool:
    os.utime(facts["secret_file"])
    return True


@attempt(1, "root")
def change_owner(facts: Facts) -> bool:
    os.chown(facts["secret_file"], 0, 0)
    return True


@attempt(1, "root")
def make_device(facts: Facts) -> bool:
    os.mknod(f"{facts['folder']}/zero-{os.getpid()}", stat.S_IFCHR | 0o600, os.makedev(1, 5))
    return True


@attempt(1, "anyone")
def open_device(_: Facts) -> bool:
    return _reads("/dev/urandom")


@attempt(1, "none")
def open_memory_device(_: Facts) -> bool:
    os.close(os.open("/dev/mem", os.O_RDONLY))
    return True


@attempt(1, "root")
def open_core_pattern_for_writing(_: Facts) -> bool:
    os.close(os.open("/proc/sys/kernel/core_pattern", os.O_WRONLY))
    return True


@attempt(1, "none")
def open_system_request_trigger(_: Facts) -> bool:
    os.close(os.open("/proc/sysrq-trigger", os.O_WRONLY))
    return True


@attempt(1, "root")
def open_by_handle(facts: Facts) -> bool:
    """The way around paths: an inode by its number. Handle first, then open."""
    handle = ctypes.create_string_buffer((120).to_bytes(4, "little"), 128)
    mount = ctypes.create_string_buffer(4)
    place = ctypes.create_string_buffer(facts["folder"].encode())
    syscall("name_to_handle_at", _HERE, place, handle, mount, 0)
    folder = os.open(facts["folder"], os.O_RDONLY)
    os.close(syscall("open_by_handle_at", folder, handle, os.O_RDONLY))
    return True


@attempt(1, "anyone")
def use_inherited_file(facts: Facts) -> bool:
    """Anything open that is not one of the sandbox's own pipes and memories."""
    return any(_is_open(fd) for fd in set(range(512)) - set(facts["own_fds"]))


@attempt(1, "none")
def shrink_shared_memory(facts: Facts) -> bool:
    os.ftruncate(facts["shared_fd"], 0)
    return True


@attempt(2, "anyone")
def memory_file(_: Facts) -> bool:
    os.close(syscall("memfd_create", ctypes.create_string_buffer(b"x"), 0))
    return True


@attempt(2, "anyone")
def watch_folder(_: Facts) -> bool:
    os.close(syscall("inotify_init1", 0))
    return True
