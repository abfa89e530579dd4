"""A small assembler for the kernel's packet filter, as far as a list of allowed system calls needs it."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass

ALLOW, KILL, ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
_LOAD, _JUMP_EQUAL, _JUMP_AT_LEAST, _JUMP_ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER_AT, _PROCESSOR_AT, _ARGUMENTS_AT = 0, 4, 16
PROCESSORS = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_X32_BIT = 0x40000000


@dataclass(frozen=True)
class Rule:
    """Allow one system call; with `argument`, only where none of `forbidden_bits` is set in its lower half."""

    number: int
    argument: int | None = None
    forbidden_bits: int = 0


def program(processor: str, rules: Sequence[Rule], answers: Sequence[tuple[int, int]], otherwise: int) -> bytes:
    """Machine code of a filter: another processor's calls kill, `rules` are allowed, `answers` (number, errno) are told
    that, and all else is told the errno `otherwise`."""
    lines = [(_LOAD, 0, 0, _PROCESSOR_AT), (_JUMP_EQUAL, 1, 0, PROCESSORS[processor]), (_RETURN, 0, 0, KILL)]
    lines.append((_LOAD, 0, 0, _NUMBER_AT))
    if processor == "x86_64":  # calls of the x32 kind carry this bit and would pass a list of plain numbers
        lines += [(_JUMP_AT_LEAST, 0, 1, _X32_BIT), (_RETURN, 0, 0, KILL)]
    for rule in rules:
        if rule.argument is None:
            lines += [(_JUMP_EQUAL, 0, 1, rule.number), (_RETURN, 0, 0, ALLOW)]
        else:
            lines += [
                (_JUMP_EQUAL, 0, 4, rule.number),
                (_LOAD, 0, 0, _ARGUMENTS_AT + 8 * rule.argument),
                (_JUMP_ANY_BIT, 0, 1, rule.forbidden_bits),
                (_RETURN, 0, 0, ERRNO | otherwise),
                (_RETURN, 0, 0, ALLOW),
            ]
    for number, errno in answers:
        lines += [(_JUMP_EQUAL, 0, 1, number), (_RETURN, 0, 0, ERRNO | errno)]
    lines.append((_RETURN, 0, 0, ERRNO | otherwise))
    return b"".join(struct.pack("<HBBI", *line) for line in lines)
