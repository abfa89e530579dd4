"""Loops over pixels as machine code, kept between starts where the place lets files be written."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

import numba

Function = TypeVar("Function", bound=Callable[..., object])


def compiled(function: Function) -> Function:
    """`function` by numba, nopython, one thread, without the interpreter's lock. Where neither the package's folder nor
    the home can be written to, it is compiled again at each start (a second or two)."""
    try:
        return cast(Function, numba.njit(cache=True, nogil=True)(function))
    except RuntimeError:  # no place for the cache
        return cast(Function, numba.njit(nogil=True)(function))


def compiled_at_once(signature: str) -> Callable[[Function], Function]:
    """As `compiled`, but on import, and with every index checked: for loops over foreign bytes, in processes that may
    later neither write a file nor take much memory."""

    def ready(function: Function) -> Function:
        try:
            return cast(Function, numba.njit(signature, cache=True, nogil=True, boundscheck=True)(function))
        except RuntimeError:  # no place for the cache
            return cast(Function, numba.njit(signature, nogil=True, boundscheck=True)(function))

    return ready
