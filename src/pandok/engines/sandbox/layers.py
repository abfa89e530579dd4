"""The layers of the sandbox and the level that they amount to."""

from __future__ import annotations

from collections.abc import Set
from enum import StrEnum

from pandok.core.text import Text


class Layer(StrEnum):
    IDENTITY = "identity"  # a uid of its own (as root) or a user namespace; no capability
    LIMITS = "limits"  # ceilings on memory, processor time, processes, files
    LANDLOCK = "landlock"  # no file, no TCP port, no signal to the outside
    NAMESPACES = "namespaces"  # no network, no other process, an empty root folder
    SECCOMP = "seccomp"  # a short list of system calls


ALL = frozenset(Layer)
FIRST_LEVEL = frozenset({Layer.IDENTITY, Layer.LIMITS, Layer.LANDLOCK})
HIGHEST_LEVEL = 2
LEVEL_WORDS: dict[int, Text] = {
    0: Text(ko="0단계: 파일 검사만 하고 모델은 실행하지 않습니다.", en="Level 0: files are checked, no model is run."),
    1: Text(
        ko="1단계: 별도 사용자, 자원 한도, 파일·신호 차단(Landlock).",
        en="Level 1: a user of its own, ceilings, no files and no signals (Landlock).",
    ),
    2: Text(
        ko="2단계: 1단계에 더해 네트워크·프로세스 분리와 시스템 호출 제한.",
        en="Level 2: level 1, and no network, no other process, a short list of system calls.",
    ),
}


def level_of(layers: Set[str]) -> int:
    """0: files are parsed, nothing runs. 1: uid, ceilings, Landlock. 2: namespaces and seccomp as well."""
    if layers >= ALL:
        return 2
    return 1 if layers >= FIRST_LEVEL else 0
