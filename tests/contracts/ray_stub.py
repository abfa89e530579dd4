"""As much of Ray as the adapter calls, in this process: what an actor is told is pickled, as it would be on the way."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(eq=False)
class Promise:
    value: Any


@dataclass(eq=False)
class _Method:
    call: Callable[..., Any]

    def remote(self, *arguments: Any) -> Promise:
        return Promise(self.call(*pickle.loads(pickle.dumps(arguments))))


class _Actor:
    def __init__(self, made: Any):
        self.result = _Method(made.result)
        self.made = made


class _Class:
    def __init__(self, kind: type):
        self._kind = kind

    def remote(self, *arguments: Any) -> _Actor:
        return _Actor(self._kind(*pickle.loads(pickle.dumps(arguments))))


class exceptions:
    class RayActorError(Exception):
        """An actor's process is gone."""

    class RayTaskError(Exception):
        cause: Exception


started: list[dict[str, Any]] = []
killed: list[_Actor] = []


def is_initialized() -> bool:
    return bool(started)


def init(**options: Any) -> None:
    started.append(options)


def remote(**_: Any) -> Callable[[type], _Class]:
    return _Class


def wait(promises: list[Promise], num_returns: int) -> tuple[list[Promise], list[Promise]]:
    return promises[-num_returns:], promises[:-num_returns]


def get(promise: Promise) -> Any:
    return promise.value


def cluster_resources() -> dict[str, float]:
    return {"CPU": 8.0}


def kill(actor: _Actor) -> None:
    killed.append(actor)
