"""A registered table problem, a submission to it, and the tools of a run whose models are functions."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
from django.contrib.auth.models import Group

from pandok.common.models import Account
from pandok.core.lab.problem import Part, Problem
from pandok.core.lab.registration import Manifest, Registration
from pandok.engines.bulk.local import LocalBulk
from pandok.engines.bulk.values import Running, Tensors
from pandok.engines.onnx_gate.gate import Checked
from pandok.engines.onnx_gate.refusals import GateRefusal
from pandok.engines.sandbox.codes import SandboxCode, SandboxError
from pandok.fields.lab.acts.runs.run_moves import queue_run
from pandok.fields.lab.acts.runs.run_tools import CaseBytes, RunTools
from pandok.fields.lab.models import Deposit, LabProject, LockedRegistration, ProblemPack, Run, Submission
from tests.roles import Role

START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
TEXT = {"ko": "말", "en": "words"}
COLUMNS = ("mass", "value")
ENVIRONMENT = {"onnxruntime": "1.31.1"}


def problem(**changes: Any) -> Problem:
    values: dict[str, Any] = {
        "id": "parcels",
        "title": TEXT,
        "question": TEXT,
        "owner": TEXT,
        "margin_reason": TEXT,
        "licence": "own",
        "source": "own",
        "input": {"kind": "table", "columns": COLUMNS},
        "output": {"task": "score"},
        "truth": {"how": TEXT},
        "practice": {"what": TEXT, "how": TEXT},
        "endpoints": [{"metric": "auc", "aim": "superiority"}],
        "planned_n": 10,
        "plan": TEXT,
    }
    return Problem.model_validate(values | changes)


def sheet_values(**changes: Any) -> dict[str, Any]:
    return {
        "problem": "parcels",
        "name": "sum",
        "version": "1",
        "model_input": "x",
        "model_output": "y",
        "preprocess": [{"step": "layout", "order": "NC"}],
        "training_data": "nothing of the sealed set",
        "licence": "own",
    } | changes


def make_account(name: str, role: Role = Role.SUBMITTER) -> Account:
    account, new = Account.objects.get_or_create(username=name)
    if new:
        account.groups.add(Group.objects.get(name=role.value))
    return account


def make_registration(*, public: str = "0" * 64, **changes: Any) -> LockedRegistration:
    chosen = problem(**changes)
    owner = make_account("the field owner", Role.FIELD_OWNER)
    manifest = Manifest(problem=chosen.id, cases={"public": 30, "feedback": 30, "confirm": 30}, root="0" * 64)
    project = LabProject.objects.create(
        name=f"project of {chosen.id}", purpose="a test", started_by=owner, started_at=START
    )
    deposit = Deposit.objects.create(
        name="parcels",
        owner="a test",
        legal_basis="a test",
        purpose="a test",
        licence="own",
        expires_at=START + timedelta(days=365),
        deposited_by=owner,
        deposited_at=START,
    )
    pack = ProblemPack.objects.create(
        deposit=deposit,
        project=project,
        problem_id=chosen.id,
        version=chosen.version,
        problem_values=chosen.model_dump(mode="json"),
        manifest_values=manifest.model_dump(mode="json"),
        root=manifest.root,
        public_sha256=public,
        public_bytes=0,
        owner=owner,
        brought_at=START,
        reason="a test",
    )
    value = Registration(
        problem=chosen, manifest=manifest, site="a site", registered_by="evaluator", registered_at=START
    )
    return LockedRegistration.objects.create(
        pack=pack,
        registration_values=value.model_dump(mode="json"),
        sha256=value.sha256,
        registered_by=make_account("the lab evaluator", Role.EVALUATOR),
        registered_at=START,
        reason="a test",
    )


def row(number: int, marker: str = "") -> bytes:
    values = {"mass": f"{number}.5", "value": f"{number * 2}"}
    return json.dumps(values | ({"marker": marker} if marker else {}), sort_keys=True).encode()


def score_of(number: int) -> float:
    """What the honest model says to case `number`."""
    return number + 0.5 + number * 2


def make_submission(registration: LockedRegistration, company: str = "company", **changes: Any) -> Submission:
    account = make_account(company)
    values: dict[str, Any] = {
        "pack": registration.pack,
        "submitter": f"account:{account.pk}",
        "submitter_name": company,
        "by": account,
        "received_at": START,
        "upload_key": uuid.uuid4(),
        "upload_sha256": "0" * 64,
        "upload_bytes": 1,
        "name": "sum",
        "version": "1",
        "sheet_values": sheet_values(),
        "model_sha256": "1" * 64,
        "sample_outputs": {f"p{one:03d}": [score_of(one)] for one in range(30)},
    }
    return Submission.objects.create(**values | changes)


def make_run(registration: LockedRegistration, submission: Submission | None = None, part: Part = Part.FEEDBACK) -> Run:
    submission = submission or make_submission(registration)
    return queue_run(
        submission=submission, registration=registration, part=part, actor=submission.by, reason="", now=START
    )


@dataclass
class FakeInputs:
    """Cases by number. `at`: called with the number before a sealed case is handed out."""

    count: int = 30
    at: Callable[[int], None] = lambda _: None
    opened: list[int] = field(default_factory=list)

    def public(self, pack: ProblemPack) -> Sequence[CaseBytes]:  # noqa: ARG002
        return [CaseBytes(one, f"p{one:03d}", row(one)) for one in range(30)]

    def sealed_ids(self, run: Run) -> Sequence[str]:
        return [f"{run.part}-{one:04d}" for one in range(self.count)]

    def sealed(self, run: Run, done: Collection[str]) -> Iterable[CaseBytes]:
        for number, case_id in enumerate(self.sealed_ids(run)):
            if case_id not in done:
                self.at(number)
                self.opened.append(number)
                yield CaseBytes(number, case_id, row(number))


Model = Callable[[np.ndarray], np.ndarray]


def total(x: np.ndarray) -> np.ndarray:
    return np.asarray(x.sum(axis=1, keepdims=True))


@dataclass
class FakeRunning:
    model: Model

    def run(self, inputs: Tensors) -> Tensors:
        return {"y": self.model(np.asarray(inputs["x"]))}


@dataclass
class FakeSandboxes:
    """`model`: what every loaded model does."""

    model: Model = total
    level: int = 2
    refusals: tuple[GateRefusal, ...] = ()
    loads: int = 0

    def check(self, model: bytes) -> Checked:
        sha256 = hashlib.sha256(model).hexdigest()
        return Checked(sha256, sha256, self.refusals, ("x",), ("y",), 1)

    @contextmanager
    def load(self, model: bytes) -> Iterator[Running]:  # noqa: ARG002
        self.loads += 1
        yield FakeRunning(self.model)

    def opener(self, model: bytes, least_level: int) -> Any:  # noqa: ARG002
        return lambda: self.load(model)


@dataclass
class Scored:
    runs: list[uuid.UUID] = field(default_factory=list)
    error: Exception | None = None

    def __call__(self, run: Run, now: datetime) -> None:  # noqa: ARG002
        if self.error:
            raise self.error
        self.runs.append(run.pk)


def failing(code: SandboxCode, when: Callable[[np.ndarray], bool]) -> Model:
    """The honest model, but for some inputs it fails."""

    def run(x: np.ndarray) -> np.ndarray:
        if when(x):
            raise SandboxError(code)
        return total(x)

    return run


def make_tools(**changes: Any) -> RunTools:
    parts: Mapping[str, Any] = {
        "sandboxes": FakeSandboxes(),
        "inputs": FakeInputs(),
        "bulk": LocalBulk(),
        "model": lambda _: b"model",
        "score": Scored(),
        "environment": ENVIRONMENT,
        "worker": "worker-1",
        "lease_s": 60.0,
        "run_seconds": 600.0,
    }
    return RunTools(**{**parts, **changes})
