"""Deletion with a certificate: one person proposes it, another confirms, then what it names goes.

The certificate exists before the first thing goes and is closed after the last. Its sha256 stands in the audit chain,
and it names the chain's newest entry before that: neither can be changed later without the other showing it. Whoever is
interrupted in between runs it again: every step bears being done twice.

What is erased, by which rule and who may, each kind says for itself (`Deletions`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import transaction

from pandok.common.models import Account, AuditEntry
from pandok.common.models.deletions import DeletionPlan
from pandok.common.people.two_persons import another_confirms, must_be_another
from pandok.common.people.votes import must_vote_freely
from pandok.common.reasons import checked_reason
from pandok.common.records.lifecycle import Lifecycle
from pandok.core.audit import GENESIS, Detail
from pandok.core.canonical import digest
from pandok.core.deletion import TABLE, DeletionMover, DeletionState, stage_before
from pandok.core.errors import RequestError
from pandok.core.text import Text

D = TypeVar("D", bound=DeletionPlan)


_S = DeletionState


@dataclass(frozen=True)
class Deletions(Generic[D]):
    """One kind of deletion. `actions`: what the audit trail calls its stages; `facts`: what an entry tells of it;
    `another`: who else may confirm it; `content`: the certificate before anything goes; `not_now`: the refusal at
    another stage, told the deletion and the stage that it would need to be at; `nobody`: who acts where no person
    confirmed it."""

    model: type[D]
    name: str
    actions: Mapping[DeletionState, str]
    facts: Callable[[D], Mapping[str, Detail]]
    another: Text
    content: Callable[[D], dict[str, Any]]
    not_now: Callable[[D, DeletionState], RequestError]
    nobody: str

    def planned(self, deletion: D, *, actor: Account | None, action: str = "", now: datetime) -> D:
        """Keep the certificate of a deletion whose row was just made with all that it names."""
        deletion.certificate = self.content(deletion)
        deletion.save(update_fields=["certificate"])
        action = action or self.actions[_S.PLANNED]
        self._lifecycle.begin(deletion, actor=actor, reason=deletion.reason, now=now, action=action)
        return deletion

    def withdraw(self, deletion: D, *, actor: Account | None, reason: str, now: datetime) -> D:
        """Give a plan up that nobody has confirmed; `actor` None: by rule."""
        with transaction.atomic():
            deletion = self._lifecycle.locked(deletion.pk)
            of_person = DeletionMover.FIRST if actor and actor.pk == deletion.planned_by_id else DeletionMover.SECOND
            return self._moved(deletion, _S.WITHDRAWN, of_person if actor else DeletionMover.RULE, actor, reason, now)

    def confirm(self, deletion: D, *, actor: Account, reason: str, now: datetime) -> D:
        """The second person agrees; from here on it is carried out. Raises RequestError for the same person, and for
        one whose votes are paused."""
        must_vote_freely(actor, now)
        reason = checked_reason(reason)
        with transaction.atomic():
            deletion = self._lifecycle.locked(deletion.pk)
            self._lifecycle.must_go(deletion, _S.CONFIRMED, DeletionMover.SECOND)
            must_be_another(actor, deletion.planned_by_id, refused=another_confirms(self.another))
            deletion.confirmed_by, deletion.confirmed_at, deletion.confirm_reason = actor, now, reason
            return self._moved(deletion, _S.CONFIRMED, DeletionMover.SECOND, actor, reason, now)

    def carry_out(
        self,
        deletion_id: UUID,
        *,
        erase: Callable[[D], None],
        clock: Callable[[], datetime],
        close: Callable[[D, datetime], None] | None = None,
    ) -> D:
        """Erase what a confirmed deletion names and close its certificate; goes on where an earlier run stopped.

        `erase` bears being run again; `close` sets what its kind keeps of the end, in the last transaction.
        """
        deletion = self.model._default_manager.get(pk=deletion_id)
        if deletion.state == _S.DONE:
            return deletion
        self._lifecycle.must_go(deletion, _S.DONE, DeletionMover.RULE)
        erase(deletion)
        with transaction.atomic():
            deletion = self._lifecycle.locked(deletion_id)
            if deletion.state == _S.CONFIRMED:
                now = clock()
                deletion.done_at = now
                if close is not None:
                    close(deletion, now)
                self._moved(deletion, _S.DONE, DeletionMover.RULE, deletion.confirmed_by, "", now)
        return deletion

    def unfinished(self) -> list[UUID]:
        """Confirmed deletions that were interrupted."""
        return list(self.model._default_manager.filter(state=_S.CONFIRMED).values_list("pk", flat=True))

    def _moved(
        self, deletion: D, to: DeletionState, by: DeletionMover, actor: Account | None, reason: str, now: datetime
    ) -> D:
        def certify(_old: DeletionState) -> None:
            if to is not _S.WITHDRAWN:
                deletion.certificate = self.content(deletion)
            if to is _S.DONE:
                deletion.certificate, deletion.certificate_sha256 = _closed(deletion.certificate)

        action = self.actions[to]
        self._lifecycle.move(deletion, to, by=by, actor=actor, reason=reason, now=now, action=action, then=certify)
        return deletion

    @property
    def _lifecycle(self) -> Lifecycle[D, DeletionState, DeletionMover]:
        return Lifecycle(
            model=self.model,
            table=TABLE,
            name=self.name,
            action="",
            no_way=lambda deletion, _old, new: self.not_now(deletion, stage_before(new)),
            facts=lambda deletion, _row: self.facts(deletion),
            nobody=self.nobody,
        )


def head_of(deletion: DeletionPlan) -> dict[str, Any]:
    """What every certificate says: number, stage, who proposed and confirmed it, when it was done."""
    return {
        "number": deletion.number,
        "state": "done" if deletion.state == _S.DONE else "planned",
        "reason": deletion.reason,
        "planned": {"by": deletion.planned_by.get_username(), "at": moment(deletion.planned_at)},
        "confirmed": {
            "by": deletion.confirmed_by.get_username() if deletion.confirmed_by else "",
            "at": moment(deletion.confirmed_at),
            "reason": deletion.confirm_reason,
        },
        "done_at": moment(deletion.done_at),
    }


def moment(instant: datetime | None) -> str:
    """As certificates write it; "" for none."""
    return instant.isoformat(timespec="seconds") if instant else ""


def _closed(content: dict[str, Any]) -> tuple[dict[str, Any], str]:
    """With its place in the chain, and its sha256 over the canonical JSON."""
    last = AuditEntry.objects.order_by("-sequence").values_list("sequence", "hash").first() or (0, GENESIS)
    content = {**content, "audit_before": {"sequence": last[0], "hash": last[1]}}
    return content, digest(content)
