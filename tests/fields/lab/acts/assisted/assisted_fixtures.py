"""A desk with closed cases whose truth is known, three officers who read, and an assisted trial of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from pandok.common.models import Account
from pandok.core.canonical import digest
from pandok.core.lab.assisted_trial import AssistedProtocol, Rounds
from pandok.engines.encoders.model_store import site_models
from pandok.fields.counterfeit.models import Case
from pandok.fields.lab.acts.assisted.prepared_help import prepare_help
from pandok.fields.lab.acts.assisted.reader_steps import answer, help_of, next_reading, open_reading
from pandok.fields.lab.acts.shadow.drafting import draft_trial, note_prepared, register_trial
from pandok.fields.lab.acts.shadow.lead_trial import lead
from pandok.fields.lab.models import AssistedReading, ShadowTrial
from pandok.fields.lab.states.trial_states import TrialState
from tests.fields.designs.fakes import NOON
from tests.fields.lab.acts.shadow.trial_fixtures import REASON, Trials, build_trials
from tests.proof.test_assisted_verdict import plan
from tests.roles import Role

READERS = ("reader one", "reader two", "reader three")


@dataclass
class Assisted:
    trials: Trials
    trial: ShadowTrial
    readers: list[Account]
    now: datetime = field(default_factory=lambda: NOON + timedelta(days=60))

    def clock(self) -> datetime:
        self.now += timedelta(seconds=20)
        return self.now

    def fresh(self) -> ShadowTrial:
        self.trial = ShadowTrial.objects.get(id=self.trial.id)
        return self.trial

    def turn(self, reader: Account) -> AssistedReading | None:
        return next_reading(self.fresh(), reader, self.now).reading

    def read_all(self, says: Any, *, until: int | None = None) -> None:
        """Every reader reads; `says(reading, help)` is the design or ""."""
        for reader in self.readers:
            count = 0
            while (reading := self.turn(reader)) is not None and count != until:
                later = next_reading(self.trial, reader, self.now).not_before
                if later is not None:
                    self.now = later
                open_reading(reading=reading, actor=reader, now=self.clock())
                reading = AssistedReading.objects.get(pk=reading.pk)
                given = says(reading, help_of(reading))
                answer(reading=reading, design_id=given, actor=reader, now=self.clock())
                count += 1


def closed_cases(trials: Trials, count: int) -> list[Case]:
    """Of somebody who does not read; the first design is the right one, seldom none is."""
    made = []
    for number in range(count):
        record = trials.read()
        case = trials.decide(record, "30-0001")
        trials.know(case, "" if number % 5 == 4 else "30-0001" if number % 2 else "30-0002")
        made.append(case)
    return made


def protocol(**changes: Any) -> AssistedProtocol:
    return plan(**{"readers": READERS, "planned_n": 12, "goods_since": NOON.date(), **changes})


def build(folder: Path, *, start: bool = True, cases: int = 14, **changes: Any) -> Assisted:
    """Needs a database."""
    trials = build_trials(folder, start=False)
    closed_cases(trials, cases)
    readers = [trials.world.account(Role.OFFICER, name, site=trials.world.site) for name in READERS]
    author = trials.world.account(Role.FIELD_OWNER)
    made = Assisted(trials, draft_trial(protocol=protocol(**changes), actor=author, now=trials.clock()), readers)
    if start:
        started(made)
    return made


def started(made: Assisted) -> None:
    trials = made.trials
    made.trial = register_trial(
        trial=made.trial,
        actor=trials.evaluator,
        reason=REASON,
        now=made.clock(),
        chosen=trials.settings,
        random=trials.bytes_,
    )
    trials.candidate.card_sha256 = digest(site_models(trials.settings.home).get("other-encoder").card)
    trials.candidate.answers = [case.truth or "" for case in made.trial.assisted_cases.order_by("number")]
    prepare_help(
        trial=made.trial, candidate=trials.candidate, blobs=trials.blobs, clock=made.clock, random=trials.bytes_
    )
    note_prepared(trial=made.trial, now=made.clock())
    lead(trial=made.fresh(), to=TrialState.RUNNING, actor=trials.owner, reason=REASON, now=made.clock())


def crossed(**changes: Any) -> dict[str, Any]:
    return {"rounds": Rounds.CROSSED, "washout_days": 14, **changes}
