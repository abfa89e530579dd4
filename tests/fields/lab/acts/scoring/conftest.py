"""Runs that stand at scoring, with outputs as a worker would have stored them, under a real pack, vault and lock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from pandok.common.models import Account
from pandok.core.lab.case import CaseRole
from pandok.core.lab.problem import Part
from pandok.fields.lab.acts.packs.opened_cases import public_pack, sealed_ids
from pandok.fields.lab.acts.scoring.scoring import score_run
from pandok.fields.lab.models import CaseOutput, LockedRegistration, ProblemPack, Run, Submission
from pandok.fields.lab.states.run_states import RunState
from tests.chosen import Choose
from tests.fields.lab.acts.packs.conftest import NOON, Lab, lab
from tests.fields.lab.acts.packs.folders import picture_folder, table_folder
from tests.roles import Role

__all__ = ["lab"]

SHEET = {
    "problem": "small-table",
    "name": "Model",
    "version": "1",
    "model_input": "x",
    "model_output": "y",
    "preprocess": [],
    "threshold": 0.5,
    "training_data": "own data of the submitter",
    "licence": "MIT",
}
REASON = "checked the figures"


@dataclass
class Scene:
    lab: Lab
    pack: ProblemPack
    registration: LockedRegistration
    answer: Callable[[str], list[float] | None]

    def person(self, role: Role, name: str = "") -> Account:
        return self.lab.account(role, name)

    def run(self, part: str = "confirm", submitter: str = "company", answer: Any = None) -> Run:
        """At scoring, every output stored."""
        by = self.person(Role.SUBMITTER, submitter)
        submission = Submission.objects.create(
            pack=self.pack,
            submitter=f"account:{by.pk}",
            submitter_name=submitter,
            by=by,
            received_at=NOON,
            upload_key=uuid4(),
            upload_sha256="0" * 64,
            upload_bytes=1,
            name="Model",
            version="1",
            sheet_values=SHEET,
            model_sha256="a" * 64,
        )
        run = Run.objects.create(
            submission=submission,
            registration=self.registration,
            submitter=submission.submitter,
            part=part,
            state=RunState.SCORING.value,
            state_since=NOON,
            queued_at=NOON + timedelta(hours=1),
            sandbox_level=2,
            environment={"onnxruntime": "1.31.1"},
        )
        ids = [*sealed_ids(self.registration, Part(part)), *self.register()]
        CaseOutput.objects.bulk_create(
            CaseOutput(
                run=run,
                number=number,
                case_id=case_id,
                value=(answer or self.answer)(case_id),
                output_sha256="b" * 64,
                fencing=0,
            )
            for number, case_id in enumerate(ids)
        )
        return run

    def register(self) -> list[str]:
        found = public_pack(self.pack, self.lab.blobs).cases.items()
        return sorted(case_id for case_id, case in found if case.role is CaseRole.REGISTER)

    def score(self, run: Run) -> Run:
        score_run(run=run, vault=self.lab.vault, now=NOON + timedelta(hours=2), blobs=self.lab.blobs)
        Run.objects.filter(pk=run.pk).update(state=RunState.AWAITING_RELEASE.value, ended_at=NOON)
        return Run.objects.get(pk=run.pk)


def truth_of(case_id: str) -> int:
    """Of table_folder."""
    return int(case_id[1:]) // 3 % 2


def right(case_id: str) -> list[float]:
    return [float(truth_of(case_id))]


GROUPS = """
[[groups]]
column = "origin"
title = { ko = "원산지", en = "Origin" }
margin = 0.2
least_cases = 5
"""


@pytest.fixture
def transactional_db(db: None) -> None:
    """The lab's fixture asks for real transactions; scoring stands one transaction around it well, and is faster."""


@pytest.fixture
def scene(lab: Lab, choose: Choose) -> Scene:
    choose(home=lab.home)
    lab.let_runner()
    pack = lab.bring_in(table_folder(lab.home / "pack", each=24, groups=GROUPS))
    return Scene(lab, pack, lab.lock(pack), right)


@pytest.fixture
def pictures(lab: Lab, choose: Choose) -> Scene:
    choose(home=lab.home)
    lab.let_runner()
    folder: Path = picture_folder(lab.home / "pictures", each=12)
    pack = lab.bring_in(folder)
    colours = {"r-red": [1.0, 0.0], "r-blue": [0.0, 1.0]}
    return Scene(lab, pack, lab.lock(pack), lambda case_id: colours.get(case_id, [2.0, 0.3]))
