"""Lists of functions that are told of something: the storey below keeps one, those above join it."""

from __future__ import annotations

from typing import TypeVar

One = TypeVar("One")


def join(listeners: list[One], *more: One) -> None:
    """Add those that are not there yet: an app may be made ready more than once.

    >>> told = [len]
    >>> join(told, len, sum)
    >>> told == [len, sum]
    True
    """
    listeners.extend(one for one in more if one not in listeners)
