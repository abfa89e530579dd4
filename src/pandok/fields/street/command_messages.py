"""Messages of commands: down on `pandok/street/POLE/do`, answered on `…/done`; `…/state` is what the devices are.

No time stands in them: clocks of poles are off, and the broker queues nothing for a pole that is away, so that no old
copy comes.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pandok.fields.street.messages import POLE_KEY, TREE
from pandok.fields.street.orders import Order

MOST_BYTES = 4096
Id = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]


class _Sent(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class CommandSent(_Sent):
    command: Id
    number: Annotated[int, Field(ge=1, le=2**31)]
    order: Annotated[Order, Field(discriminator="device")]
    hold_s: Annotated[int, Field(ge=1, le=86_400)]


class CommandAnswer(_Sent):
    command: Id
    outcome: Literal["done", "refused"]
    why: Annotated[str, Field(max_length=200)] = ""


class StateSaid(_Sent):
    order: Annotated[Order, Field(discriminator="device")]
    own_rule: bool


class StatesSaid(_Sent):
    states: Annotated[tuple[StateSaid, ...], Field(max_length=8)]


M = TypeVar("M", bound=_Sent)


def read_command(payload: bytes) -> CommandSent | None:
    return _read(CommandSent, payload)


def read_answer(payload: bytes) -> CommandAnswer | None:
    return _read(CommandAnswer, payload)


def read_states(payload: bytes) -> StatesSaid | None:
    return _read(StatesSaid, payload)


def pole_and_what(topic: str) -> tuple[str, str] | None:
    """Pole and last word of a topic of ours ("done", "state"); None for any other."""
    head, _, what = topic.rpartition("/")
    tree, _, pole = head.rpartition("/")
    return (pole, what) if tree == TREE and POLE_KEY.fullmatch(pole) else None


def _read(kind: type[M], payload: bytes) -> M | None:
    if len(payload) > MOST_BYTES:
        return None
    try:
        return kind.model_validate_json(payload)
    except ValidationError:
        return None
