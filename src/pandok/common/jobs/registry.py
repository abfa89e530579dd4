"""Who does which kind of work, and what returns every so many seconds.

    class SendMail(BaseModel):
        delivery: UUID

    @handles("mail.send", SendMail)
    def send_mail(payload: SendMail, work: Work) -> None: ...

    @every(60)
    def remind(work: Work) -> None: ...

A handler runs in the transaction that finishes its job: it is short, and its records change once. With
`in_transaction=False` it commits by itself and may be run again after a crash: every step must bear that.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any, TypeVar

from pydantic import BaseModel

from pandok.common.jobs.lanes import Lane
from pandok.common.jobs.work import Work
from pandok.core.retries import Retries

Payload = TypeVar("Payload", bound=BaseModel)
Tick = Callable[[Work], None]


@dataclass(frozen=True)
class Handler:
    kind: str
    payload: type[BaseModel]
    run: Callable[[Any, Work], None]
    retries: Retries
    in_transaction: bool
    gave_up: Callable[[Any, Work, str], None] | None
    """Called with payload and error, in the transaction in which the job is given up."""
    lane: Lane = Lane.SHORT
    can_wait: bool = False
    """Taken only while nothing else is due for the same worker."""


@dataclass(frozen=True)
class Periodic:
    name: str
    seconds: int
    run: Tick
    by_clock: bool = False
    """It ends or removes something because its time has come: it waits while the clock is in doubt."""


_handlers: dict[str, Handler] = {}
_periodic: dict[str, Periodic] = {}


def handles(
    kind: str,
    payload: type[Payload],
    *,
    retries: Retries | None = None,
    in_transaction: bool = True,
    gave_up: Callable[[Payload, Work, str], None] | None = None,
    lane: Lane = Lane.SHORT,
    can_wait: bool = False,
) -> Callable[[Callable[[Payload, Work], None]], Callable[[Payload, Work], None]]:
    """Make a function the handler of `kind`."""

    def register(run: Callable[[Payload, Work], None]) -> Callable[[Payload, Work], None]:
        if kind in _handlers:
            raise ValueError(f"two handlers for {kind}")
        _handlers[kind] = Handler(kind, payload, run, retries or Retries(), in_transaction, gave_up, lane, can_wait)
        return run

    return register


def every(seconds: int, *, by_clock: bool = False) -> Callable[[Tick], Tick]:
    """Run a function once in each span of so many seconds, in one worker. It commits by itself; see above.

    `by_clock`: it ends or removes something because its time has come, so it waits while the clock is in doubt.
    """

    def register(run: Tick) -> Tick:
        name = f"{run.__module__.removeprefix('pandok.')}.{run.__qualname__}"
        if name in _periodic:
            raise ValueError(f"two functions named {name}")
        _periodic[name] = Periodic(name, seconds, run, by_clock)
        return run

    return register


def handler_of(kind: str) -> Handler:
    """Raises KeyError for a kind that nobody handles: a slip in the code."""
    _load()
    return _handlers[kind]


def kinds(*lanes: Lane) -> frozenset[str]:
    """Every kind that this version can do, or those of some lanes; a worker leaves other kinds to newer ones."""
    _load()
    return frozenset(kind for kind, handler in _handlers.items() if not lanes or handler.lane in lanes)


def that_can_wait() -> frozenset[str]:
    """The kinds that are taken only while nothing else is due."""
    _load()
    return frozenset(kind for kind, handler in _handlers.items() if handler.can_wait)


def periodic() -> dict[str, Periodic]:
    _load()
    return dict(_periodic)


@cache
def _load() -> None:
    from pandok.common.declared import declared

    for field in declared():
        for module in field.jobs:
            import_module(module)
