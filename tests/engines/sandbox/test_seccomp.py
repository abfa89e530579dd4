"""The filter, read by a small reader of our own: what it lets through, on both processors."""

from __future__ import annotations

import os
import struct

import pytest

from pandok.engines.sandbox.inside import bpf, libc, seccomp
from pandok.engines.sandbox.inside.bpf import ALLOW, ERRNO, KILL, Rule

RULES = [Rule(0), Rule(9, 2, 4), Rule(60)]
EPERM, ENOSYS = 1, 38


def decide(code: bytes, processor: int, number: int, arguments: tuple[int, ...] = (0,) * 6) -> int:
    """Run the filter on one system call, as linux/filter.h describes it."""
    seen = struct.pack("<IIQ6Q", number, processor, 0, *arguments)
    lines = [struct.unpack_from("<HBBI", code, at) for at in range(0, len(code), 8)]
    at, held = 0, 0
    while True:
        kind, if_so, if_not, value = lines[at]
        at += 1
        if kind == 0x20:
            (held,) = struct.unpack_from("<I", seen, value)
        elif kind == 0x15:
            at += if_so if held == value else if_not
        elif kind == 0x35:
            at += if_so if held >= value else if_not
        elif kind == 0x45:
            at += if_so if held & value else if_not
        elif kind == 0x06:
            return value
        else:
            raise AssertionError(f"unknown line {kind:#x}")


@pytest.mark.parametrize("processor", bpf.PROCESSORS)
def test_only_what_is_named_passes(processor: str) -> None:
    code = bpf.program(processor, RULES, [(435, ENOSYS)], EPERM)
    own = bpf.PROCESSORS[processor]
    assert decide(code, own, 0) == ALLOW
    assert decide(code, own, 60) == ALLOW
    assert decide(code, own, 1) == ERRNO | EPERM
    assert decide(code, own, 435) == ERRNO | ENOSYS
    assert decide(code, own, 9, (0, 4096, 3, 0, 0, 0)) == ALLOW
    assert decide(code, own, 9, (0, 4096, 7, 0, 0, 0)) == ERRNO | EPERM


@pytest.mark.parametrize("processor", bpf.PROCESSORS)
def test_calls_of_another_processor_kill(processor: str) -> None:
    code = bpf.program(processor, RULES, [], EPERM)
    others = {0x40000003, 0xC000003E, 0xC00000B7} - {bpf.PROCESSORS[processor]}  # i386 and the two
    assert {decide(code, other, 0) for other in others} == {KILL}


def test_numbers_of_the_x32_kind_kill() -> None:
    code = bpf.program("x86_64", RULES, [], EPERM)
    assert decide(code, bpf.PROCESSORS["x86_64"], 0x40000000) == KILL


def test_the_filter_of_this_machine_names_nothing_that_opens_starts_or_connects() -> None:
    own = bpf.PROCESSORS[os.uname().machine]
    allowed = {number for number in range(600) if decide(seccomp.code(), own, number, (0, 0, 1, 0, 0, 0)) == ALLOW}
    named = {*seccomp.PLAIN.split(), *seccomp.NEVER_EXECUTABLE}
    assert allowed == {found for name in named if (found := libc.number(name)) is not None}
    assert len(allowed) < 40
    forbidden = {"clone", "clone3", "ptrace", "mount", "unshare", "setns", "bpf", "io_uring_setup", "memfd_create"}
    assert not allowed & {libc.number(name) for name in forbidden}
