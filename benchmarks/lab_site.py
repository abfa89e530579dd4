"""A small site of the lab for measurements: people, a sealed table problem, its registration, submissions to it.

Every sealed row carries a marker in one of its columns, so that a search of the disk shows whether any lies in clear.
"""

from __future__ import annotations

import csv
import io
import random
import uuid
import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.contrib.auth.models import Group
from onnx import TensorProto, helper

from pandok.common.models import Account
from pandok.common.people.accounts import ensure_role_groups
from pandok.core.lab.deposit_terms import DepositTerms
from pandok.core.lab.submission import SubmissionSheet
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.lab.acts.packs.importing import import_pack
from pandok.fields.lab.acts.packs.opened_cases import public_query_ids
from pandok.fields.lab.acts.packs.pack_reader import read_pack
from pandok.fields.lab.acts.packs.registering import register_protocol
from pandok.fields.lab.acts.runs.run_tools import Sandboxes
from pandok.fields.lab.acts.submissions.receiving import receive
from pandok.fields.lab.acts.vault.depositing import make_deposit, start_project
from pandok.fields.lab.acts.vault.granting import grant
from pandok.fields.lab.acts.vault.site_vault import site_vault
from pandok.fields.lab.models import LockedRegistration, Submission
from pandok.fields.lab.roles import Role

MARKER = "SEALED-MARKER-7F3A91"
PROBLEM = "measured-parcels"
PUBLIC_ROWS = 40
_SEED = 20260302
_TOML = """id = "{id}"
title = {{ ko = "측정용 소포", en = "Parcels for measuring" }}
question = {{ ko = "열어 볼 소포를 고르는가?", en = "Does it choose the parcels to open?" }}
owner = {{ ko = "측정", en = "Measuring" }}
margin_reason = {{ ko = "우월성만 봅니다.", en = "Superiority only." }}
licence = "MIT"
source = "drawn by benchmarks/lab_site.py"
planned_n = 10
plan = {{ ko = "측정에는 판정이 필요 없습니다.", en = "Measuring needs no verdict." }}
least_sandbox_level = {level}

[budget]
submissions = 1000

[input]
kind = "table"
columns = ["mass", "value", "note"]

[output]
task = "score"

[truth]
how = {{ ko = "식으로 만듦", en = "Made by a formula" }}

[practice]
what = {{ ko = "무게만 봄", en = "Looks at the mass only" }}
how = {{ ko = "식으로 만듦", en = "Made by a formula" }}

[[endpoints]]
metric = "auc"
aim = "superiority"
"""


@dataclass(frozen=True)
class LabSite:
    registration: LockedRegistration
    company: Account
    blobs: FolderBlobs


def make_site(home: Path, *, rows: int, level: int = 2) -> LabSite:
    """A registered problem with so many rows in each sealed part. Django is ready and the database migrated."""
    ensure_role_groups()
    now, blobs = datetime.now(UTC), FolderBlobs(home / "blobs")
    vault = site_vault(home)
    steward, owner = person(Role.DATA_STEWARD), person(Role.FIELD_OWNER)
    project = start_project(name="measuring", purpose="To measure the lab", actor=steward, now=now)
    terms = DepositTerms(
        name="parcels",
        owner="the measurement",
        legal_basis="made by a formula",
        purpose="To measure the lab",
        licence="MIT",
        expires_at=now + timedelta(days=30),
    )
    deposit = make_deposit(terms=terms, projects=[project], actor=steward, now=now, vault=vault)
    grant(
        deposit=deposit,
        project=project,
        purpose="to measure runs",
        actor=steward,
        reason="to measure the lab",
        now=now,
        starts_at=now,
        ends_at=now + timedelta(days=20),
        runner=True,
    )
    pack = import_pack(
        pack=read_pack(pack_zip(rows, level)),
        deposit=deposit,
        project=project,
        actor=owner,
        reason="to measure the lab",
        now=now,
        vault=vault,
        blobs=blobs,
    )
    registration = register_protocol(
        pack=pack, actor=person(Role.EVALUATOR), reason="to measure the lab", site="measuring", now=now
    )
    return LabSite(registration, person(Role.SUBMITTER), blobs)


def submit(site: LabSite, sandboxes: Sandboxes, *, name: str = "sum") -> Submission:
    """Hand in the model through the door that everybody takes."""
    data = submission_zip(name)
    return receive(
        upload=io.BytesIO(data),
        size=len(data),
        pack=site.registration.pack,
        upload_key=uuid.uuid4(),
        actor=site.company,
        now=datetime.now(UTC),
        blobs=site.blobs,
        check=sandboxes.check,
        public_ids=lambda pack: public_query_ids(pack, site.blobs),
    )


def person(role: Role) -> Account:
    account, new = Account.objects.get_or_create(username=f"measure-{role.value}")
    if new:
        account.groups.add(Group.objects.get(name=role.value))
    return account


def row(number: int, part: str) -> tuple[float, float, str]:
    """Mass, value and note of a row; the note of a sealed one holds the marker."""
    rng = random.Random(f"{_SEED} {part} {number}")
    note = "open" if part == "public" else f"{MARKER}-{part}-{number}"
    return round(rng.uniform(0.1, 30), 2), round(rng.uniform(1, 500), 2), note


def score_of(number: int, part: str) -> float:
    """What the model says: the sum of mass and value."""
    mass, value, _ = row(number, part)
    return mass + value


def pack_zip(rows: int, level: int) -> bytes:
    cases: list[list[object]] = [["case_id", "part", "role", "path", "cluster", "site", "mass", "value", "note"]]
    truth: list[list[object]] = [["case_id", "truth"]]
    practice: list[list[object]] = [["case_id", "output"]]
    for part, count in (("public", PUBLIC_ROWS), ("feedback", rows), ("confirm", rows)):
        for number in range(count):
            case_id, (mass, value, note) = f"{part[0]}{number:06d}", row(number, part)
            rng = random.Random(f"{_SEED} truth {part} {number}")
            cases.append([case_id, part, "query", "", f"c{number}", "A", f"{mass:.2f}", f"{value:.2f}", note])
            truth.append([case_id, int(mass + value + rng.gauss(0, 120) > 260)])
            practice.append([case_id, f"{mass + rng.gauss(0, 5):.3f}"])
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("problem.toml", _TOML.format(id=PROBLEM, level=level))
        for name, table in (("cases.csv", cases), ("truth.csv", truth), ("practice.csv", practice)):
            archive.writestr(name, _csv(table))
    return target.getvalue()


def submission_sheet(name: str = "sum") -> SubmissionSheet:
    return SubmissionSheet.model_validate(
        {
            "problem": PROBLEM,
            "name": name,
            "version": "1",
            "model_input": "x",
            "model_output": "y",
            "preprocess": [{"step": "codes", "column": "note", "words": ["open"]}, {"step": "layout", "order": "NC"}],
            "training_data": "made by hand: two weights of one",
            "licence": "MIT",
        }
    )


def submission_zip(name: str = "sum") -> bytes:
    samples = [["case_id", "y"], *([f"p{one:06d}", score_of(one, "public")] for one in range(PUBLIC_ROWS))]
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("model.onnx", model())
        archive.writestr("submission.json", submission_sheet(name).model_dump_json())
        archive.writestr("card.md", "# Sum of mass and value\n")
        archive.writestr("sample_outputs.csv", _csv(samples))
    return target.getvalue()


def model() -> bytes:
    """y = mass + value; the note is not looked at."""
    graph = helper.make_graph(
        [helper.make_node("MatMul", ["x", "weights"], ["y"])],
        "sum",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ("n", 3))],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, ("n", 1))],
        [helper.make_tensor("weights", TensorProto.FLOAT, (3, 1), [1.0, 1.0, 0.0])],
    )
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    return bytes(made.SerializeToString())


def _csv(rows: list[list[object]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()
