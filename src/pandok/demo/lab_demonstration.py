"""A model carried all the way, each step by the account whose step it is: for the demonstration and our own readers.

    pack ─► deposit, grant ─► problem ─► locked registration ─► submission ─► run ─► release by two
         ─► confirm run ─► release by two ─► signed proof

Nothing here can do more than the pages can: every call is the same use case, with the same refusals.
"""

from __future__ import annotations

import hashlib
import io
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from pandok.common.models import Account
from pandok.core.lab.deposit_terms import DepositTerms
from pandok.engines.files.blobs import FolderBlobs
from pandok.engines.onnx_gate.gate import Checked
from pandok.engines.proof_pack.signing import SigningKey
from pandok.fields.lab.acts.packs.importing import import_pack
from pandok.fields.lab.acts.packs.opened_cases import public_query_ids
from pandok.fields.lab.acts.packs.pack import Pack
from pandok.fields.lab.acts.packs.registering import register_protocol
from pandok.fields.lab.acts.proofs.make_proof import make_proof
from pandok.fields.lab.acts.scoring.releasing import vote_on_release
from pandok.fields.lab.acts.submissions.receiving import receive
from pandok.fields.lab.acts.submissions.sealed_runs import ask_confirmation
from pandok.fields.lab.acts.vault.depositing import make_deposit, start_project
from pandok.fields.lab.acts.vault.granting import grant
from pandok.fields.lab.acts.vault.store import Vault
from pandok.fields.lab.models import LabProject, LockedRegistration, ProblemPack, ProofRecord, Run, Submission
from pandok.fields.lab.states.run_states import RunState

DAYS_KEPT = 360


@dataclass(frozen=True)
class People:
    """One account a role; the lab refuses where two roles that must differ are one person."""

    steward: Account
    owner: Account
    evaluator: Account
    checker: Account
    company: Account


@dataclass(frozen=True)
class WholeWay:
    """`work` runs what is queued; `check` is the gate inside a sandbox; `reason` stands in every record."""

    people: People
    vault: Vault
    blobs: FolderBlobs
    clock: Callable[[], datetime]
    check: Callable[[bytes], Checked]
    work: Callable[[], None]
    site: str
    reason: str

    def bring_in(self, pack: Pack, *, project: str, legal_basis: str) -> LockedRegistration:
        """Seal a pack and lock its registration; where it is locked already, that one."""
        problem, now = pack.problem, self.clock()
        kept = ProblemPack.objects.filter(problem_id=problem.id, version=problem.version).first()
        if kept is None:
            kept = self._sealed(pack, project, legal_basis, now)
        return kept.locked or register_protocol(
            pack=kept, actor=self.people.evaluator, reason=self.reason, site=self.site, now=self.clock()
        )

    def hand_in(self, registration: LockedRegistration, archive: bytes) -> Submission:
        """The company's zip through the door that everybody takes; the run on the feedback part is queued."""
        return receive(
            upload=io.BytesIO(archive),
            size=len(archive),
            pack=registration.pack,
            upload_key=uuid.uuid5(uuid.NAMESPACE_OID, f"{registration.sha256}:{hashlib.sha256(archive).hexdigest()}"),
            actor=self.people.company,
            now=self.clock(),
            blobs=self.blobs,
            check=self.check,
            public_ids=lambda pack: public_query_ids(pack, self.blobs),
        )

    def verdict_of(self, submission: Submission) -> Run:
        """Feedback run, its release, the confirm run, and its release; goes on where an interrupted one ended.

        Returns the run that it came to: released, or where and how it ended.
        """
        run = self._until_released(self._run(submission, "feedback"))
        if run.stands is not RunState.RELEASED:
            return run
        if not submission.runs.filter(part="confirm").exists():
            ask_confirmation(submission=submission, actor=self.people.company, now=self.clock())
        return self._until_released(self._run(submission, "confirm"))

    def prove(self, run: Run, key: SigningKey, *, valid_days: int) -> ProofRecord:
        """The signed proof of a released confirm run; the one there is where it was made before."""
        made = ProofRecord.objects.filter(origin=ProofRecord.MADE, run_id=str(run.pk)).first()
        return made or make_proof(
            run=run,
            actor=self.people.evaluator,
            now=self.clock(),
            key=key,
            blobs=self.blobs,
            valid_days=valid_days,
        )

    def _sealed(self, pack: Pack, project_name: str, legal_basis: str, now: datetime) -> ProblemPack:
        steward, problem = self.people.steward, pack.problem
        project = LabProject.objects.filter(name=project_name).first() or start_project(
            name=project_name, purpose=problem.question.ko, actor=steward, now=now
        )
        terms = DepositTerms(
            name=problem.title.ko,
            owner=problem.owner.ko,
            legal_basis=legal_basis,
            purpose=problem.question.ko,
            licence=problem.licence[:200],
            expires_at=now + timedelta(days=DAYS_KEPT),
        )
        deposit = make_deposit(terms=terms, projects=[project], actor=steward, now=now, vault=self.vault)
        grant(
            deposit=deposit,
            project=project,
            purpose=problem.question.ko,
            actor=steward,
            reason=self.reason,
            now=now,
            starts_at=now,
            ends_at=now + timedelta(days=DAYS_KEPT),
            runner=True,
        )
        return import_pack(
            pack=pack,
            deposit=deposit,
            project=project,
            actor=self.people.owner,
            reason=self.reason,
            now=self.clock(),
            vault=self.vault,
            blobs=self.blobs,
        )

    def _run(self, submission: Submission, part: str) -> Run:
        return submission.runs.filter(part=part).latest("queued_at")

    def _until_released(self, run: Run) -> Run:
        if not run.stands.ended and run.stands is not RunState.AWAITING_RELEASE:
            self.work()
            run.refresh_from_db()
        if run.stands is RunState.AWAITING_RELEASE:
            for person in (self.people.evaluator, self.people.checker):
                if not run.release_votes.filter(by=person).exists():
                    run = vote_on_release(run=run, actor=person, approves=True, reason=self.reason, now=self.clock())
        return run
