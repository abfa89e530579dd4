"""A released confirm run under a real pack, lock, vault and ledger, and a key to sign with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pandok.common.models import Account
from pandok.engines.proof_pack.signing import SigningKey
from pandok.fields.lab.acts.proofs.make_proof import make_proof
from pandok.fields.lab.acts.scoring.releasing import vote_on_release
from pandok.fields.lab.models import ProofRecord, Run, Submission
from tests.fields.lab.acts.packs.conftest import NOON
from tests.fields.lab.acts.scoring.conftest import Scene, lab, scene, transactional_db
from tests.roles import Role

__all__ = ["lab", "scene", "transactional_db"]

LATER = NOON + timedelta(days=2)
KEY = SigningKey(Ed25519PrivateKey.from_private_bytes(bytes(range(32))))


@dataclass
class Office:
    scene: Scene

    def person(self, role: Role, name: str = "") -> Account:
        return self.scene.person(role, name)

    @property
    def evaluator(self) -> Account:
        return self.person(Role.EVALUATOR, "proving evaluator")

    def released(self, *, submitter: str = "company") -> Run:
        run = self.scene.score(self.scene.run(submitter=submitter))
        Submission.objects.filter(pk=run.submission_id).update(canonical_sha256="c" * 64, card="# card")
        for name in ("one", "two"):
            voter = self.person(Role.OUTPUT_CHECKER, name)
            run = vote_on_release(run=run, actor=voter, approves=True, reason="looked at it", now=LATER)
        return Run.objects.get(pk=run.pk)

    def made(self, run: Run | None = None, *, now: datetime = LATER + timedelta(hours=1)) -> ProofRecord:
        return make_proof(
            run=run or self.released(),
            actor=self.evaluator,
            now=now,
            key=KEY,
            blobs=self.scene.lab.blobs,
            valid_days=365,
        )


@pytest.fixture
def office(scene: Scene) -> Office:
    return Office(scene)
