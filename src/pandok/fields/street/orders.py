"""What a device on a pole can be told: each kind of device its own order, with what is dangerous about it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from pandok.core.text import Text

MOST_SIGN = 40
"""Characters that a sign shows."""


class DeviceKind(StrEnum):
    LAMP = "lamp"
    SIGN = "sign"
    SIREN = "siren"
    BARRIER = "barrier"

    @property
    def words(self) -> Text:
        return _WORDS[self]


class _Order(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class LampOrder(_Order):
    device: Literal["lamp"] = "lamp"
    colour: Literal["white", "amber", "red", "blue", "off"]
    dim_pct: Annotated[int, Field(ge=0, le=100)] = 100


class SignOrder(_Order):
    """`text` "": dark."""

    device: Literal["sign"] = "sign"
    text: Annotated[str, Field(max_length=MOST_SIGN, pattern=r"^[^\x00-\x1f\x7f]*$")]


class SirenOrder(_Order):
    device: Literal["siren"] = "siren"
    sounds: bool


class BarrierOrder(_Order):
    device: Literal["barrier"] = "barrier"
    closed: bool


Order = LampOrder | SignOrder | SirenOrder | BarrierOrder
_ADAPTER: TypeAdapter[Order] = TypeAdapter(Annotated[Order, Field(discriminator="device")])
_WORDS = {
    DeviceKind.LAMP: Text(ko="등", en="Lamp"),
    DeviceKind.SIGN: Text(ko="전광판", en="Sign"),
    DeviceKind.SIREN: Text(ko="사이렌", en="Siren"),
    DeviceKind.BARRIER: Text(ko="차단기", en="Barrier"),
}
COLOURS: Mapping[str, Text] = {
    "white": Text(ko="흰색", en="white"),
    "amber": Text(ko="주황색", en="amber"),
    "red": Text(ko="빨간색", en="red"),
    "blue": Text(ko="파란색", en="blue"),
    "off": Text(ko="꺼짐", en="off"),
}


def order_from(said: Mapping[str, object]) -> Order | None:
    """None where it is no order."""
    try:
        return _ADAPTER.validate_python(dict(said))
    except ValidationError:
        return None


def is_dangerous(order: Order) -> bool:
    """Whether a second officer must confirm it: a siren that sounds sends people running, a barrier moves into
    traffic either way."""
    return isinstance(order, BarrierOrder) or (isinstance(order, SirenOrder) and order.sounds)


def order_words(order: Order) -> Text:
    """
    >>> order_words(LampOrder(colour="red", dim_pct=80)).en
    'Lamp red, 80 %'
    """
    kind = DeviceKind(order.device).words
    match order:
        case LampOrder():
            colour = COLOURS[order.colour]
            bright = "" if order.colour == "off" else f", {order.dim_pct} %"
            said = Text(ko=f"{colour.ko}{bright}", en=f"{colour.en}{bright}")
        case SignOrder():
            said = Text(ko=f"“{order.text}”", en=f"“{order.text}”") if order.text else Text(ko="꺼짐", en="dark")
        case SirenOrder():
            said = Text(ko="울림", en="sounds") if order.sounds else Text(ko="꺼짐", en="off")
        case _:
            said = Text(ko="내림(통제)", en="closed") if order.closed else Text(ko="올림(개방)", en="open")
    return Text(ko=f"{kind.ko} {said.ko}", en=f"{kind.en} {said.en}")
