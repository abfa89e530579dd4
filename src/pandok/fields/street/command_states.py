"""The states of a command to a device: what certainly never left, what was done, and what nobody knows.

asked → queued → sending → done | refused
not sent in time: expired; sent, and no answer in time: unknown, until the device or a person who looked says so
"""

from __future__ import annotations

from enum import StrEnum

from pandok.core.state_table import StateTable
from pandok.core.text import Text


class CommandState(StrEnum):
    ASKED = "asked"
    QUEUED = "queued"
    SENDING = "sending"
    DONE = "done"
    REFUSED = "refused"
    EXPIRED = "expired"
    UNKNOWN = "unknown"
    WITHDRAWN = "withdrawn"

    @property
    def words(self) -> Text:
        return _WORDS[self]


class CommandMover(StrEnum):
    """ASKER and SECOND are two officers; LINE: the process that talks with the broker; CLOCK: the term of the
    command."""

    ASKER = "asker"
    SECOND = "second"
    LINE = "line"
    DEVICE = "device"
    CLOCK = "clock"


_S, _M = CommandState, CommandMover
_WORDS = {
    _S.ASKED: Text(ko="두 번째 근무자 확인 대기", en="Waits for a second officer"),
    _S.QUEUED: Text(ko="전송 대기", en="Waits to be sent"),
    _S.SENDING: Text(ko="장치 응답 대기", en="Waits for the device"),
    _S.DONE: Text(ko="장치가 수행함", en="Done by the device"),
    _S.REFUSED: Text(ko="장치가 거부함", en="Refused by the device"),
    _S.EXPIRED: Text(ko="전송하지 않고 만료", en="Expired, never carried out"),
    _S.UNKNOWN: Text(ko="수행 여부 모름", en="Unknown whether it was done"),
    _S.WITHDRAWN: Text(ko="취소", en="Withdrawn"),
}
OPEN = frozenset({_S.ASKED, _S.QUEUED, _S.SENDING, _S.UNKNOWN})
TABLE = StateTable(
    title=Text(ko="가로등 장치 명령", en="Command to a streetlight device"),
    states=_WORDS,
    by={
        _M.ASKER: Text(ko="명령한 근무자", en="officer who asked"),
        _M.SECOND: Text(ko="다른 근무자", en="another officer"),
        _M.LINE: Text(ko="전송 프로세스", en="process that sends"),
        _M.DEVICE: Text(ko="장치", en="device"),
        _M.CLOCK: Text(ko="명령의 기한", en="term of the command"),
    },
    moves={
        (_S.ASKED, _S.QUEUED): frozenset({_M.SECOND}),
        (_S.ASKED, _S.WITHDRAWN): frozenset({_M.ASKER, _M.SECOND}),
        (_S.ASKED, _S.EXPIRED): frozenset({_M.CLOCK}),
        (_S.QUEUED, _S.SENDING): frozenset({_M.LINE}),
        (_S.QUEUED, _S.WITHDRAWN): frozenset({_M.ASKER, _M.SECOND}),
        (_S.QUEUED, _S.EXPIRED): frozenset({_M.CLOCK}),
        # The broker took nothing: it certainly has not left.
        (_S.SENDING, _S.QUEUED): frozenset({_M.LINE}),
        (_S.SENDING, _S.DONE): frozenset({_M.DEVICE}),
        (_S.SENDING, _S.REFUSED): frozenset({_M.DEVICE}),
        (_S.SENDING, _S.UNKNOWN): frozenset({_M.CLOCK}),
        (_S.UNKNOWN, _S.DONE): frozenset({_M.DEVICE, _M.ASKER, _M.SECOND}),
        (_S.UNKNOWN, _S.REFUSED): frozenset({_M.DEVICE}),
        (_S.UNKNOWN, _S.EXPIRED): frozenset({_M.ASKER, _M.SECOND}),
    },
)
