"""Dark and air of a machine's detector channels as a JSON file that a site keeps and a person can read."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Annotated, Any

import numpy as np
from pydantic import ConfigDict, Field, TypeAdapter, ValidationError

from pandok.core.reading import Value
from pandok.readers.xray.physics.calibration import BadChannel, ChannelResponse, Why
from pandok.readers.xray.physics.refusals import refused
from pandok.readers.xray.scan import Energy

MOST_CHANNELS, MOST_BYTES = 65_536, 16_000_000
Counts = Annotated[list[Annotated[float, Field(ge=0, allow_inf_nan=False)]], Field(max_length=MOST_CHANNELS)]
SINGLE = "single"
"""Name of the detectors of a machine of one energy."""


class _Channels(Value):
    """`noise`: None where too few lines of air were measured."""

    model_config = ConfigDict(extra="forbid")

    dark: Counts
    span: list[float]
    noise: list[float | None]
    bad: list[tuple[int, Why]]
    full_scale: Annotated[int, Field(gt=0)]


_FILE = TypeAdapter(dict[str, _Channels])


def channels_as_json(channels: Mapping[Energy, ChannelResponse]) -> str:
    """As `channels_of_json` reads it; counts to a thousandth, a tenth of what noise leaves uncertain."""
    said: dict[str, Any] = {}
    for energy, one in channels.items():
        said[energy.value or SINGLE] = {
            "full_scale": one.full_scale,
            "dark": one.dark.round(3).tolist(),
            "span": one.span.round(3).tolist(),
            "noise": [round(float(value), 3) if np.isfinite(value) else None for value in one.noise],
            "bad": [[bad.channel, bad.why] for bad in one.bad],
        }
    return json.dumps(said)


def channels_of_json(data: bytes) -> dict[Energy, ChannelResponse]:
    """Raises `InputError` xray.channels_wrong where the file is none of channels."""
    try:
        if len(data) > MOST_BYTES:
            raise ValueError("too long")
        found = {}
        for name, one in _FILE.validate_json(data).items():
            count = len(one.dark)
            if (
                not count
                or {len(one.span), len(one.noise)} != {count}
                or any(not 0 <= row < count for row, _ in one.bad)
            ):
                raise ValueError("lists of one length are needed")
            found[Energy("" if name == SINGLE else name)] = ChannelResponse(
                np.array(one.dark),
                np.array(one.span),
                np.array([np.nan if value is None else value for value in one.noise]),
                tuple(BadChannel(row, why) for row, why in one.bad),
                one.full_scale,
            )
        if not found:
            raise ValueError("no energy")
        return found
    except (ValidationError, ValueError) as error:
        raise refused(code="xray.channels_wrong") from error


def key_of(channels: Mapping[Energy, ChannelResponse]) -> str:
    """The same for the same numbers; "" without any."""
    return hashlib.sha256(channels_as_json(channels).encode()).hexdigest() if channels else ""
