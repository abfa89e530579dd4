"""How far a problem is, in the order of the lab's work, as one person may know it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pandok.common.models import Account
from pandok.core.lab.problem import Part
from pandok.core.text import Text
from pandok.fields.lab.acts.budget.disclosed_runs import UNTOLD, is_told, longest_run
from pandok.fields.lab.acts.budget.organisations import organisation_of
from pandok.fields.lab.models import ProblemPack, ProofRecord, Run
from pandok.fields.lab.roles import Action
from pandok.fields.lab.states.run_states import RunState


class Phase(StrEnum):
    SEALED = "sealed"
    REGISTERED = "registered"
    FEEDBACK = "feedback"
    CONFIRM = "confirm"
    PROOF = "proof"

    @property
    def words(self) -> Text:
        return _WORDS[self]


_WORDS = {
    Phase.SEALED: Text(ko="자료 봉인", en="Data sealed"),
    Phase.REGISTERED: Text(ko="사전등록", en="Protocol registered"),
    Phase.FEEDBACK: Text(ko="제출·피드백", en="Submissions"),
    Phase.CONFIRM: Text(ko="확인·판정", en="Confirm and verdict"),
    Phase.PROOF: Text(ko="입증서", en="Proof"),
}
ORDER = tuple(Phase)


@dataclass(frozen=True)
class Phases:
    """`now`: where it stands; None where all is done. `ended`: the term of the data is over, nothing more happens."""

    pack: ProblemPack
    now: Phase | None
    ended: bool

    def done(self, phase: Phase) -> bool:
        return self.now is None or ORDER.index(phase) < ORDER.index(self.now)


def phases_of(packs: Sequence[ProblemPack], account: Account, now: datetime) -> list[Phases]:
    """A submitter sees how far their own organisation is; everybody else how far the furthest is that was released.

    Runs that nobody has released yet move nothing here for whom may not see them.
    """
    runs = Run.objects.filter(registration__pack__in=packs)
    if not account.may(Action.SEE_RESULTS):
        own = organisation_of(account).key
        runs = runs.filter(submitter=own) if account.may(Action.SUBMIT_MODELS) else runs.filter(state=_RELEASED)
    found = list(runs.values_list("registration__pack_id", "part", "state", "pk"))
    if not account.may(Action.SEE_RESULTS):
        # An end that was not told yet is still under way for the submitter, here too.
        untold = {one.pk for one in runs.filter(state__in=[state.value for state in UNTOLD]) if not _is_told(one, now)}
        found = [(pack, part, _RUNNING if pk in untold else state, pk) for pack, part, state, pk in found]
    made = ProofRecord.objects.filter(origin=ProofRecord.MADE, run_id__in=[str(pk) for *_, pk in found])
    proven = set(made.values_list("run_id", flat=True))
    return [_phases(pack, [one[1:] for one in found if one[0] == pack.pk], proven, now) for pack in packs]


def _is_told(run: Run, now: datetime) -> bool:
    return is_told(run, now, longest_run())


_RELEASED, _RUNNING = RunState.RELEASED.value, RunState.RUNNING.value
_WITHOUT_RESULT = {one.value for one in (RunState.REFUSED, RunState.FAILED_LAB, RunState.TIMED_OUT, RunState.CANCELLED)}


def _phases(pack: ProblemPack, runs: Sequence[tuple[str, str, object]], proven: set[str], now: datetime) -> Phases:
    confirming = [
        (state, str(pk)) for part, state, pk in runs if part == Part.CONFIRM.value and state not in _WITHOUT_RESULT
    ]
    ended = pack.deposit.expires_at <= now or pack.deposit.keys_destroyed_at is not None
    if not pack.registrations.all():
        return Phases(pack, Phase.REGISTERED, ended)
    if any(pk in proven for _, pk in confirming):
        return Phases(pack, None, ended)
    if any(state == _RELEASED for state, _ in confirming):
        return Phases(pack, Phase.PROOF, ended)
    return Phases(pack, Phase.CONFIRM if confirming else Phase.FEEDBACK, ended)
