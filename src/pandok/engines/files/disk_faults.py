"""What the disk says when it is full, read-only or broken, as words: ours, not the sender's; nothing is lost."""

from __future__ import annotations

import errno

from pandok.core.errors import StoreError
from pandok.core.text import Text

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_READ_ONLY = {errno.EROFS, errno.EACCES, errno.EPERM}
OF_THE_DISK = _FULL | {errno.EROFS, errno.EIO, errno.ESTALE, errno.ENODEV, errno.ENXIO, errno.EMFILE, errno.ENFILE}
"""Codes of the operating system that only the machine can be the cause of."""

_AGAIN = Text(
    ko="보내신 내용에는 문제가 없습니다. 잠시 뒤 다시 보내십시오. 휴대전화에서 찍은 사진은 기기에 남아 있어"
    " 자동으로 다시 보냅니다. 계속되면 관리자에게 알리십시오.",
    en="Nothing is wrong with what you sent. Send it again in a moment; photographs taken on a phone are kept there and"
    " are sent again by themselves. If this persists, tell the operator.",
)


def disk_fault(error: OSError) -> StoreError:
    """`store.full`, `store.read_only` or `store.disk`; the operator finds the cause in the log."""
    if error.errno in _FULL:
        return store_full()
    if error.errno in _READ_ONLY:
        return store_read_only()
    return store_broken(error.strerror or type(error).__name__)


def store_full() -> StoreError:
    return StoreError(
        Text(
            ko="서버의 저장 공간이 부족하여 저장하지 못했습니다.",
            en="The server's disk is full, so nothing was stored.",
        ),
        _AGAIN,
        code="store.full",
    )


def store_read_only() -> StoreError:
    return StoreError(
        Text(ko="서버의 저장소에 지금 쓸 수 없습니다.", en="The server's disk cannot be written to now."),
        _AGAIN,
        code="store.read_only",
    )


def store_busy() -> StoreError:
    return StoreError(
        Text(ko="서버가 바빠 아직 저장하지 못했습니다.", en="The server is busy and has not stored it yet."),
        _AGAIN,
        code="store.busy",
    )


def store_broken(why: str) -> StoreError:
    return StoreError(
        Text(
            ko="서버의 저장소에 문제가 생겨 저장하지 못했습니다.", en="The server's disk failed, so nothing was stored."
        ),
        _AGAIN,
        code="store.disk",
        why=why,
    )
