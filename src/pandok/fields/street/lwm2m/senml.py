"""SenML in JSON (RFC 8428): a pack of records resolved to names, units, values and moments.

Read: bn, bt, bu, bv, bver, n, u, v, vs, t. Records of text, booleans and data (vs, vb, vd) and sums (s) are no
measurements and are left out of those; so are unknown fields, but for those that must be understood (a name ending
with "_"), which refuse the pack.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Annotated, Any, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, model_validator

VERSION = 10
"""Of SenML, where a pack names none and the highest that is read (RFC 8428, section 4.4)."""
RELATIVE_BELOW_S = 2**28
"""A time below this is relative to now (section 4.5.3)."""
MOST_MS = 253_402_300_799_000
_Name = Annotated[str, Field(max_length=64, pattern=r"^[A-Za-z0-9\-:./_]*$")]
_Seconds = Annotated[float, Field(ge=-1e12, le=1e12)]


class SenmlRecord(BaseModel):
    model_config = ConfigDict(extra="ignore", strict=True, allow_inf_nan=False, frozen=True)

    bver: Annotated[int, Field(ge=1, le=VERSION)] = VERSION
    bn: _Name | None = None
    bt: _Seconds | None = None
    bu: Annotated[str, Field(max_length=12)] | None = None
    bv: float | None = None
    n: _Name = ""
    u: Annotated[str, Field(max_length=12)] | None = None
    v: float | None = None
    vs: Any = None
    """Text: of a device about itself (attributes.py). Whatever else stands here is left out."""
    t: _Seconds = 0.0

    @model_validator(mode="before")
    @classmethod
    def _understood(cls, said: Any) -> Any:
        if isinstance(said, dict) and any(str(name).endswith("_") for name in said):
            raise ValueError("a field that must be understood is not")
        return said


PATH = re.compile(r"/(\d{1,5})/(\d{1,5})/(\d{1,5})")
"""/object/instance/resource."""


def numbers_of(name: str) -> tuple[int, int, int] | None:
    path = PATH.fullmatch(name)
    return (int(path[1]), int(path[2]), int(path[3])) if path else None


def named(records: Sequence[SenmlRecord]) -> Iterator[tuple[tuple[int, int, int] | None, SenmlRecord]]:
    """Each record with object, instance and resource, None where its name is no such path."""
    base = ""
    for one in records:
        base = one.bn if one.bn is not None else base
        yield numbers_of(base + one.n), one


class Measured(NamedTuple):
    """`unit` "": none was said."""

    name: str
    unit: str
    value: float
    at_ms: int


def resolved(records: Sequence[SenmlRecord], now_ms: int) -> Iterator[Measured]:
    """`now_ms`: the sender's clock, for times that are relative to it. Raises ValueError for a moment that cannot be,
    and for a value beyond any number."""
    name, unit, base_s, base = "", "", 0.0, 0.0
    for one in records:
        name, unit = one.bn if one.bn is not None else name, one.bu if one.bu is not None else unit
        base_s, base = one.bt if one.bt is not None else base_s, one.bv if one.bv is not None else base
        if one.v is None:
            continue
        seconds = base_s + one.t
        at_ms = round(seconds * 1000) + (now_ms if seconds < RELATIVE_BELOW_S else 0)
        value = base + one.v
        if not 0 <= at_ms <= MOST_MS or value in (float("inf"), float("-inf")):
            raise ValueError("a moment or a value that cannot be")
        yield Measured(name + one.n, one.u if one.u is not None else unit, value, at_ms)
