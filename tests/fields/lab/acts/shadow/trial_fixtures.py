"""A desk with a running shadow trial: officers who decide, a candidate that answers as it is told."""

from __future__ import annotations

import hashlib
import random
import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from pandok.common.models import Account
from pandok.core.canonical import digest
from pandok.core.lab.problem import Aim
from pandok.core.lab.trial import Practice, TrialProtocol
from pandok.core.reading import Reading
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.counterfeit.acts.cases.case_moves import locked as locked_case
from pandok.fields.counterfeit.acts.cases.deciding import choose_candidate, say_nothing_close
from pandok.fields.counterfeit.acts.cases.opening import open_case
from pandok.fields.counterfeit.acts.learning.later_findings import record_later_finding
from pandok.fields.counterfeit.models import Case
from pandok.fields.designs.acts.photographs import KeptPhotograph
from pandok.fields.designs.acts.readings import read_photographs
from pandok.fields.designs.models import ReadingRecord
from pandok.fields.designs.photograph_reader import ReadingFilters
from pandok.fields.lab.acts.shadow.committing import commit_answer
from pandok.fields.lab.acts.shadow.drafting import draft_trial, note_prepared, register_trial
from pandok.fields.lab.acts.shadow.lead_trial import lead
from pandok.fields.lab.acts.trials.candidates import CaseInput
from pandok.fields.lab.models import ShadowCase, ShadowCommit, ShadowTrial
from pandok.fields.lab.states.trial_states import TrialState
from pandok.fields.register.models import Design
from pandok.settings import Settings
from tests.fields.counterfeit.cases_fixtures import World, build_world
from tests.fields.designs.fakes import NOON, FakeDesk, candidate, reading
from tests.roles import Role

SECRET_DESIGN = "30-7777"
"""A design that only the candidate ever names: wherever it turns up before unblinding, the blind is broken."""
REASON = "계획에 따라 진행합니다"


@dataclass
class FakeCandidate:
    """Answers the next of `answers`, or `usual`."""

    title: str = "fake-encoder 1"
    card_sha256: str = ""
    usual: str = "30-0001"
    answers: list[Any] = field(default_factory=list)
    asked: list[CaseInput] = field(default_factory=list)

    def prepare(self) -> None:
        self.asked.clear()

    def answer(self, given: CaseInput) -> dict[str, Any]:
        self.asked.append(given)
        said = self.answers.pop(0) if self.answers else self.usual
        if isinstance(said, Exception):
            raise said
        if not said:
            return {"outcome": "nothing_close", "candidates": []}
        return {"outcome": "candidates", "candidates": [{"design_id": said, "score": 0.9}]}


def protocol(**changes: Any) -> TrialProtocol:
    facts: dict[str, Any] = {
        "title": "새 인코더의 그림자 시험",
        "question": "새 인코더가 담당 공무원의 첫 결정보다 나쁘지 않은가?",
        "candidate": "other-encoder",
        "practice": Practice.OFFICER,
        "aim": Aim.NON_INFERIORITY,
        "margin": 0.1,
        "margin_reason": "하루 백 건 가운데 열 건까지는 다시 볼 수 있습니다.",
        "alpha": 0.05,
        "monitor_share": 0.5,
        "harm_alpha": 0.05,
        "stop_for_benefit": False,
        "planned_n": 10,
        "audit_probability": 1.0,
        "truth_within_days": 30,
        "most_missing_share": 0.1,
        "most_out_of_order_share": 0.0,
        "wrong_truth_share": 0.0,
        "clustered": False,
        "exclusions": "시험용 촬영은 testers로 빠집니다.",
    }
    return TrialProtocol(**(facts | changes))


@dataclass
class Trials:
    """A world of the desk with a trial in it; time passes by itself, a second at every step."""

    world: World
    blobs: FolderBlobs
    settings: Settings
    candidate: FakeCandidate
    trial: ShadowTrial
    now: datetime = NOON
    rng: random.Random = field(default_factory=lambda: random.Random(7))

    def clock(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now

    def bytes_(self, count: int) -> bytes:
        return self.rng.randbytes(count)

    @property
    def evaluator(self) -> Account:
        return self.world.account(Role.EVALUATOR)

    @property
    def owner(self) -> Account:
        return self.world.account(Role.FIELD_OWNER)

    @property
    def colleague(self) -> Account:
        return self.world.account(Role.OFFICER, "colleague", site=self.world.site)

    def read(self, *, actor: Account | None = None, says: Reading | None = None) -> ReadingRecord:
        """A signal is caught and read by the reader in use."""
        data = f"photograph {uuid.uuid4()}".encode()
        kept = KeptPhotograph(sha256=self.blobs.put(data), width_px=900, height_px=1200)
        value = says or reading([]).model_copy(
            update={"candidates": (candidate(1, 0.83, "b" * 64, design_id="30-0001"),)}
        )
        return read_photographs(
            photographs=[kept],
            filters=ReadingFilters(),
            actor=actor or self.world.officer,
            now=self.clock(),
            desk=FakeDesk(value),
            blobs=self.blobs,
        )

    def commit(self, record: ReadingRecord) -> ShadowCommit | None:
        case = ShadowCase.objects.get(signal=record.signal)
        return commit_answer(
            case_id=case.id,
            candidate=lambda _: self.candidate,
            blobs=self.blobs,
            clock=self.clock,
            random=self.bytes_,
        )

    def decide(self, record: ReadingRecord, design_id: str, *, actor: Account | None = None) -> Case:
        """The officer opens the case and chooses, or says that nothing is close (an empty id)."""
        actor = actor or self.world.officer
        case = open_case(reading=record, actor=actor, now=self.clock())
        self.now += timedelta(seconds=30)
        if design_id:
            return choose_candidate(case=case, design_id=design_id, actor=actor, reason="형태가 같음", now=self.clock())
        return say_nothing_close(case=case, actor=actor, reason="다른 형태", now=self.clock())

    def know(self, case: Case, design_id: str) -> None:
        """The case is over, and it is known what the goods are."""
        Case.objects.filter(id=case.id).update(state="closed")
        record_later_finding(
            case=locked_case_of(case),
            design_id=design_id,
            actor=self.world.account(Role.SUPERVISOR, site=self.world.site),
            reason="권리자에게 확인했습니다",
            now=self.clock(),
        )

    def one(self, *, model: str, officer: str, truth: str | None = None) -> Case:
        """One case from photograph to decision, in order; the truth where it is told."""
        self.candidate.answers.append(model)
        record = self.read()
        self.commit(record)
        case = self.decide(record, officer)
        if truth is not None:
            self.know(case, truth)
        return case

    def fresh(self) -> ShadowTrial:
        self.trial = ShadowTrial.objects.get(id=self.trial.id)
        return self.trial

    def to(self, state: TrialState, actor: Account | None = None) -> ShadowTrial:
        return lead(trial=self.fresh(), to=state, actor=actor or self.owner, reason=REASON, now=self.clock())


def locked_case_of(case: Case) -> Case:
    from django.db import transaction

    with transaction.atomic():
        return locked_case(case.id)


def installed(home: Path, name: str = "other-encoder") -> None:
    """A second model card in the store of this site."""
    folder = home / "models" / name
    folder.mkdir(parents=True)
    data = b"weights"
    (folder / "model.onnx").write_bytes(data)
    card = {
        "name": name,
        "version": "1",
        "task": "design-encoder",
        "files": [{"name": "model.onnx", "sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}],
        "licence": "Apache-2.0",
        "origin_of_weights": "made for this test",
        "training_data": "none",
    }
    import json

    (folder / "card.json").write_text(json.dumps(card), encoding="utf-8")


def build_trials(folder: Path, *, start: bool = True, **changes: Any) -> Trials:
    """Needs a database. Registered by another person than the author, prepared, and running where `start`."""
    from pandok.engines.encoders.model_store import site_models

    world = build_world()
    for number in (2, 3, 7777):
        Design.objects.create(design_id=f"30-{number:04d}", article="병", status="in force", recorded_with_customs=True)
    chosen = Settings(home=folder)
    installed(folder)
    card = site_models(folder).get("other-encoder").card
    made = Trials(
        world,
        FolderBlobs(folder / "blobs"),
        chosen,
        FakeCandidate(card_sha256=digest(card)),
        draft_trial(protocol=protocol(**changes), actor=world.account(Role.FIELD_OWNER), now=NOON),
    )
    made.trial = register_trial(
        trial=made.trial, actor=made.evaluator, reason=REASON, now=made.clock(), chosen=chosen, random=made.bytes_
    )
    note_prepared(trial=made.trial, now=made.clock())
    if start:
        made.to(TrialState.RUNNING)
    return made
