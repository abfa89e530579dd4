"""The devices at a pole: what the room ordered, what the pole's own rule says, and which of both counts now.

Nothing moves by itself: a barrier stays as the last order left it. A siren is silent without a standing order. Lamp and
sign follow the water on their own where nobody has said otherwise, or where the link is lost: a lamp over deep water is
red whether anybody in the room sees it or not.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from pandok.fields.street.command_messages import CommandAnswer, CommandSent, StateSaid, StatesSaid, read_command
from pandok.fields.street.messages import topic_of
from pandok.fields.street.orders import (
    BarrierOrder,
    DeviceKind,
    LampOrder,
    Order,
    SignOrder,
    SirenOrder,
    order_from,
)
from pandok.fields.street.pole_end import Line

LOST_S = 120.0
"""Without the broker for so long, the room's orders no longer count."""
DEEP_CM, GONE_CM = 15.0, 10.0
SIGN_OF_WATER = "침수 진입금지"
REMEMBERED = 500


@dataclass(frozen=True)
class Standing:
    order: Order
    until_s: float


def own_rule(kind: DeviceKind, deep: bool, before: Order | None) -> Order:
    """What a device is without an order."""
    match kind:
        case DeviceKind.LAMP:
            return LampOrder(colour="red" if deep else "white")
        case DeviceKind.SIGN:
            return SignOrder(text=SIGN_OF_WATER if deep else "")
        case DeviceKind.SIREN:
            return SirenOrder(sounds=False)
        case DeviceKind.BARRIER:
            return before if isinstance(before, BarrierOrder) else BarrierOrder(closed=False)


class OrderMemory:
    """On the pole's disk: which commands were answered and how, the highest number of each device, and how the barrier
    was left. After a restart nothing is done twice and nothing older counts."""

    def __init__(self, path: Path):
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._db.execute("PRAGMA synchronous=FULL")
        self._db.execute("CREATE TABLE IF NOT EXISTS answered (command TEXT PRIMARY KEY, answer TEXT NOT NULL)")
        self._db.execute(
            "CREATE TABLE IF NOT EXISTS newest (device TEXT PRIMARY KEY, number INTEGER NOT NULL, made TEXT NOT NULL)"
        )

    def answer_to(self, command: str) -> CommandAnswer | None:
        row = self._db.execute("SELECT answer FROM answered WHERE command = ?", [command]).fetchone()
        return CommandAnswer.model_validate_json(row[0]) if row else None

    def newest(self, device: str) -> int:
        row = self._db.execute("SELECT number FROM newest WHERE device = ?", [device]).fetchone()
        return int(row[0]) if row else 0

    def left_as(self, device: str) -> Order | None:
        row = self._db.execute("SELECT made FROM newest WHERE device = ?", [device]).fetchone()
        return order_from(json.loads(row[0])) if row else None

    def keep(self, sent: CommandSent, answer: CommandAnswer) -> None:
        self._db.execute("BEGIN IMMEDIATE")
        if answer.outcome == "done":
            self._db.execute(
                "INSERT OR REPLACE INTO newest VALUES (?, ?, ?)",
                [sent.order.device, sent.number, sent.order.model_dump_json()],
            )
        self._db.execute("INSERT INTO answered VALUES (?, ?)", [sent.command, answer.model_dump_json()])
        self._db.execute("DELETE FROM answered WHERE rowid <= (SELECT max(rowid) FROM answered) - ?", [REMEMBERED])
        self._db.execute("COMMIT")

    def close(self) -> None:
        self._db.close()


class PoleDevices:
    """`shown`: called with every change of a device, as hardware would be."""

    def __init__(
        self,
        key: str,
        kinds: Collection[DeviceKind],
        memory: OrderMemory,
        line: Line,
        shown: Callable[[Order, bool], None],
    ):
        self._key, self._memory, self._line, self._shown = key, memory, line, shown
        self._now: dict[DeviceKind, tuple[Order, bool] | None] = dict.fromkeys(kinds)
        self._standing: dict[DeviceKind, Standing] = {}
        self._deep, self._linked_s, self._told = False, 0.0, False

    def measured(self, depth_cm: float) -> None:
        self._deep = depth_cm >= (GONE_CM if self._deep else DEEP_CM)

    def ordered(self, payload: bytes, now_s: float) -> None:
        """A copy of a command: done once, answered as often as it comes."""
        sent = read_command(payload)
        if sent is None:
            return
        answer = self._memory.answer_to(sent.command)
        if answer is None:
            answer = self._done(sent, now_s)
            self._memory.keep(sent, answer)
        self._line.publish(topic_of(self._key, "done"), answer.model_dump_json().encode())

    def turn(self, now_s: float) -> None:
        """Bring every device to what counts now, and say so where anything changed."""
        if self._line.is_connected:
            self._linked_s = now_s
        lost = now_s - self._linked_s > LOST_S
        for kind, before in self._now.items():
            wanted = self._wanted(kind, now_s, lost)
            if wanted != before:
                self._now[kind], self._told = wanted, False
                self._shown(*wanted)
        if not self._told:
            states = tuple(StateSaid(order=one[0], own_rule=one[1]) for one in self._now.values() if one)
            body = StatesSaid(states=states).model_dump_json().encode()
            self._told = self._line.publish(topic_of(self._key, "state"), body, kept=True)

    def _done(self, sent: CommandSent, now_s: float) -> CommandAnswer:
        kind = DeviceKind(sent.order.device)
        if kind not in self._now:
            return CommandAnswer(command=sent.command, outcome="refused", why="no such device")
        if sent.number <= self._memory.newest(kind.value):
            return CommandAnswer(command=sent.command, outcome="refused", why="a newer order was done")
        self._standing[kind] = Standing(sent.order, now_s + sent.hold_s)
        return CommandAnswer(command=sent.command, outcome="done")

    def _wanted(self, kind: DeviceKind, now_s: float, lost: bool) -> tuple[Order, bool]:
        standing = self._standing.get(kind)
        if standing is not None and now_s < standing.until_s and (not lost or kind is DeviceKind.BARRIER):
            return standing.order, False
        return own_rule(kind, self._deep, self._memory.left_as(kind.value)), True
