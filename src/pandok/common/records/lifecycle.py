"""The one way to change a record that stands in a state.

It is locked, led along its table by somebody who may, and what happened is told at once: a row of its history, an entry
of the audit trail, those who listen. All of that stands in one transaction: it holds whole, or not at all.

A field declares one `Lifecycle` for each kind of record and keeps what is its own around it: whose turn it is, clocks,
leases, votes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any, Generic, TypeVar

from django.db import models, transaction

from pandok.common.audit import writing as audit
from pandok.common.models import Account, AuditEntry
from pandok.common.models.locking import locked
from pandok.core.audit import Detail
from pandok.core.state_table import StateTable

SYSTEM_NAME = "system"
"""Who acts in the trail where a rule or the clock does."""

R = TypeVar("R", bound=models.Model)
S = TypeVar("S", bound=Enum)
M = TypeVar("M", bound=Enum)


class Overtaken(Exception):
    """The record is no longer where it was thought to be: another lease, a cancellation."""


@dataclass(frozen=True)
class History:
    """The model that keeps the history of a record, and its key to the record. Where the model has a `sequence`, the
    rows of a record are numbered from 1 without gaps."""

    model: type[models.Model]
    key: str

    def add(self, record: models.Model, **columns: Any) -> Any:
        rows = self.model._default_manager
        if any(one.name == "sequence" for one in self.model._meta.fields):
            last = rows.filter(**{self.key: record}).order_by("-sequence").values_list("sequence", flat=True).first()
            columns["sequence"] = (last or 0) + 1
        return rows.create(**{self.key: record}, **columns)


@dataclass(frozen=True)
class Lifecycle(Generic[R, S, M]):
    """How one kind of record changes.

    `name`: what the trail calls such a record ("case" gives `case:<key>`). `action`: the head of its moves there
    ("case" gives `case.<state>`). `no_way`: the refusal of a move that is not in the table: record, from, to.
    `facts`: what each entry of the trail tells of it, from the record and the new row of its history, if it keeps one.
    """

    model: type[R]
    table: StateTable[S, M]
    name: str
    action: str
    no_way: Callable[[R, S, S], Exception]
    facts: Callable[[R, Any], Mapping[str, Detail]]
    history: History | None = None
    nobody: str = SYSTEM_NAME
    listeners: list[Callable[[Any, Any], None]] = field(default_factory=list)
    """Who is told of every new row of history, in its transaction: what they raise undoes the change."""

    def locked(self, key: Any, *related: str) -> R:
        """The record with what it points at by `related`, locked until the end of the transaction."""
        return locked(self.model, key, *related)

    def locked_in(self, key: Any, *related: str, states: Collection[S] = (), missing: Callable[[], Exception]) -> R:
        """As `locked`, standing in one of `states` where some are given. Raises `missing()` where there is none such
        record, `no_way` where it stands elsewhere."""
        try:
            record = self.locked(key, *related)
        except self.model.DoesNotExist as error:  # type: ignore[attr-defined]  # every model has one
            raise missing() from error
        if states and (stands := self.stands(record)) not in states:
            raise self.no_way(record, stands, next(iter(states)))
        return record

    def stands(self, record: R) -> S:
        return self._state(record.state)  # type: ignore[attr-defined]  # every model of a lifecycle has one

    def must_go(self, record: R, to: S, by: M | None) -> S:
        """The state that it comes from. Raises `no_way` where `by` may not move it; None: anybody of the table."""
        old = self.stands(record)
        if not (self.table.has(old, to) if by is None else self.table.allows(old, to, by)):
            raise self.no_way(record, old, to)
        return old

    def move(
        self,
        record: R,
        to: S,
        *,
        by: M | None,
        actor: Account | str | None,
        reason: str,
        now: datetime,
        action: str = "",
        columns: Mapping[str, Any] | None = None,
        details: Mapping[str, Detail] | None = None,
        changes: Mapping[str, Any] | None = None,
        then: Callable[[S], None] | None = None,
    ) -> Any:
        """Lead a locked record on, inside the caller's transaction; gives the new row of its history.

        `changes`: fields that are set with the state; `then`: what follows before it is saved, told where it comes
        from. `columns`: of the row of history; `details`: of the entry in the trail. Raises `no_way`.
        """
        assert transaction.get_connection().in_atomic_block
        old = self.must_go(record, to, by)
        for name, value in {**(changes or {}), **self._state_fields(old, to, now)}.items():
            setattr(record, name, value)
        if then is not None:
            then(old)
        record.save()
        return self._told(record, old, to, actor, reason, now, action, columns, details)

    def move_fenced(
        self,
        record: R,
        to: S,
        *,
        fence: Mapping[str, Any],
        by: M | None,
        actor: Account | None,
        reason: str,
        now: datetime,
        columns: Mapping[str, Any] | None = None,
        changes: Mapping[str, Any] | None = None,
    ) -> R:
        """As `move`, for a record that nobody locks: one conditional UPDATE where it still stands as it was read, with
        the values of `fence`. Raises Overtaken where it does not; nothing is changed then."""
        old = self.must_go(record, to, by)
        values = {**(changes or {}), **self._state_fields(old, to, now)}
        with transaction.atomic():
            mine = self.model._default_manager.filter(pk=record.pk, state=old.value, **fence)
            if not mine.update(**values):
                raise Overtaken
            moved = self.model._default_manager.get(pk=record.pk)
            self._told(moved, old, to, actor, reason, now, "", columns, None)
        return moved

    def begin(
        self,
        record: R,
        *,
        actor: Account | str | None,
        reason: str,
        now: datetime,
        action: str = "",
        columns: Mapping[str, Any] | None = None,
        details: Mapping[str, Detail] | None = None,
    ) -> Any:
        """The first row of history of a record that was just made, before any way of the table is taken."""
        return self._told(record, None, self.stands(record), actor, reason, now, action, columns, details)

    def happened(
        self,
        record: R,
        *,
        actor: Account | str | None,
        reason: str,
        now: datetime,
        action: str,
        columns: Mapping[str, Any] | None = None,
        details: Mapping[str, Detail] | None = None,
    ) -> Any:
        """A row of history that leaves the state as it is: a paper, an answer."""
        state = self.stands(record)
        return self._told(record, state, state, actor, reason, now, action, columns, details)

    def note(
        self,
        record: R,
        action: str,
        *,
        actor: Account | str | None,
        reason: str,
        now: datetime,
        details: Mapping[str, Detail] | None = None,
        row: Any = None,
    ) -> AuditEntry:
        """An entry of the audit trail about the record."""
        who = actor if isinstance(actor, str) else actor.get_username() if actor else self.nobody
        told = {**(details or {}), **self.facts(record, row)}
        return audit.tell(who, action, f"{self.name}:{record.pk}", reason, now, told)

    @property
    def _state(self) -> type[S]:
        return type(next(iter(self.table.states)))

    def _state_fields(self, old: S, to: S, now: datetime) -> dict[str, Any]:
        since = old is not to and any(one.name == "state_since" for one in self.model._meta.fields)
        return {"state": to.value, "state_since": now} if since else {"state": to.value}

    def _told(
        self,
        record: R,
        old: S | None,
        new: S,
        actor: Account | str | None,
        reason: str,
        now: datetime,
        action: str,
        columns: Mapping[str, Any] | None,
        details: Mapping[str, Detail] | None,
    ) -> Any:
        row = None
        if self.history is not None:
            row = self.history.add(
                record,
                at=now,
                actor=actor,
                from_state=old.value if old else "",
                to_state=new.value,
                reason=reason,
                **(columns or {}),
            )
        action = action or f"{self.action}.{new.value}"
        self.note(record, action, actor=actor, reason=reason, now=now, details=details, row=row)
        for listener in self.listeners:
            listener(record, row)
        return row
