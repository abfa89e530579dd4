"""A proof is made: the statement signed by the site, checked once by the very check that others will run, and kept."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import cast

from django.db import transaction

from pandok.common.audit import writing as audit
from pandok.common.models import Account
from pandok.common.people.votes import must_vote_freely
from pandok.common.records.numbering import next_of_year
from pandok.core.canonical import canonical
from pandok.core.lab.proof_pack import DataFacts, Head, Statement, VerdictName
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.engines.files.blobs import FolderBlobs
from pandok.engines.proof_pack.keys import SiteKey
from pandok.engines.proof_pack.pack_bytes import zipped
from pandok.engines.proof_pack.pack_writer import signed_ledger, written
from pandok.engines.proof_pack.signing import SigningKey
from pandok.engines.proof_pack.verification import check_pack
from pandok.fields.lab.acts.budget.organisations import organisation_of
from pandok.fields.lab.acts.proofs.from_run import parts_of_run
from pandok.fields.lab.acts.proofs.from_trial import parts_of_trial
from pandok.fields.lab.acts.proofs.parts import ProofParts, group_lines, printed_endpoints
from pandok.fields.lab.acts.proofs.refusals import refused
from pandok.fields.lab.acts.scoring.releasing import has_a_part_in
from pandok.fields.lab.models import ProofRecord, Run, ShadowTrial
from pandok.fields.lab.roles import Action
from pandok.settings import Settings


def make_proof(
    *,
    run: Run,
    actor: Account,
    now: datetime,
    key: SigningKey,
    blobs: FolderBlobs,
    valid_days: int,
    language: str = "ko",
) -> ProofRecord:
    """Of a released confirm run, once. Raises RequestError for who may not, or a run that has no verdict to prove."""
    if not actor.may(Action.MAKE_PROOFS):
        raise refused("role")
    must_vote_freely(actor, now)
    if has_a_part_in(run, actor):
        raise refused("own_model")
    if ProofRecord.objects.filter(origin=ProofRecord.MADE, run_id=str(run.pk)).exists():
        raise refused("made")
    parts = parts_of_run(run, language=language)
    return keep_proof(parts=parts, actor=actor, now=now, key=key, blobs=blobs, valid_days=valid_days)


def make_trial_proof(
    *,
    trial: ShadowTrial,
    actor: Account,
    now: datetime,
    key: SigningKey,
    blobs: FolderBlobs,
    valid_days: int,
    site: str,
    chosen: Settings,
    language: str = "ko",
) -> ProofRecord:
    """Of a judged shadow trial, once: checked by the same program as the proof of a run, and recomputed from its
    cases. Raises RequestError for who may not, and a trial that has no verdict to prove."""
    if not actor.may(Action.MAKE_PROOFS):
        raise refused("role")
    must_vote_freely(actor, now)
    if ProofRecord.objects.filter(origin=ProofRecord.MADE, run_id=str(trial.pk)).exists():
        raise refused("made")
    parts = parts_of_trial(trial, site=site, chosen=chosen, now=now, language=language)
    if parts.submitter_key and organisation_of(actor).key == parts.submitter_key:
        raise refused("own_model")
    return keep_proof(parts=parts, actor=actor, now=now, key=key, blobs=blobs, valid_days=valid_days)


def keep_proof(
    *, parts: ProofParts, actor: Account, now: datetime, key: SigningKey, blobs: FolderBlobs, valid_days: int
) -> ProofRecord:
    """Write, sign and keep a proof of plain parts. Raises RequestError where it would not hold."""
    with transaction.atomic():
        number = next_number(now)
        # Who asked at the same moment waited for the number, and finds the proof here.
        if ProofRecord.objects.filter(origin=ProofRecord.MADE, run_id=parts.lab.run).exists():
            raise refused("made")
        statement, files = written(
            statement=_statement(parts, number=number, now=now, valid_days=valid_days),
            registration=parts.registration,
            comparison=canonical(parts.comparison),
            report_json=parts.report_json,
            report_pdf=parts.report_pdf,
            ledger=signed_ledger(
                parts.entries,
                Head(site=parts.registration.site, sequence=parts.head[0], hash=parts.head[1], at=parts.head[2]),
                key,
            ),
            key=key,
        )
        checked = check_pack(files, [SiteKey(key.public, site=statement.site)])
        if not checked.holds:
            raise refused("does_not_hold", checks=[one.name.value for one in checked.checks if not one.held])
        record = ProofRecord.objects.create(
            number=statement.number,
            origin=ProofRecord.MADE,
            site=statement.site,
            run_id=statement.lab.run,
            problem_id=statement.problem_id,
            registration_sha256=statement.registration_sha256,
            model_sha256=statement.model.sha256,
            submitter=parts.submitter_key,
            verdict=statement.verdict,
            statement_values=statement.model_dump(mode="json"),
            pack_sha256=blobs.put(zipped(files)),
            signed_by=key.key_id,
            kept_by=actor,
            kept_at=now,
            expires_on=statement.expires_on,
        )
        audit.tell(
            actor,
            "proof.made",
            f"proof:{record.id}",
            "",
            now,
            {
                "number": record.number,
                "run": record.run_id,
                "verdict": record.verdict,
                "sha256": record.pack_sha256,
            },
        )
        return record


def _statement(parts: ProofParts, *, number: str, now: datetime, valid_days: int) -> Statement:
    registration, comparison = parts.registration, parts.comparison
    problem = registration.problem
    if comparison.measured is None:
        raise refused("no_evidence")
    return Statement(
        number=number,
        site=registration.site,
        made_at=now,
        expires_on=(now + timedelta(days=valid_days)).astimezone(OFFICE_ZONE).date(),
        problem_id=problem.id,
        problem_version=problem.version,
        title=problem.title,
        registration_sha256=registration.sha256,
        registered_at=registration.registered_at,
        data=DataFacts(
            root=registration.manifest.root,
            cases=registration.manifest.cases,
            truth_how=problem.truth.how,
            agreement_kappa=problem.truth.agreement_kappa,
            opened_before=parts.history.opened_before if parts.history else None,
            opening=parts.history.opening if parts.history else None,
            withheld=parts.history.withheld if parts.history else None,
        ),
        model=parts.model,
        lab=parts.lab,
        measured=comparison.measured,
        printed=printed_endpoints(comparison),
        groups=group_lines(comparison),
        verdict=cast(VerdictName, comparison.verdict),  # which the statement checks
        sentences=comparison.said,
        places=parts.places,
        files={},
    )


def next_number(now: datetime) -> str:
    return next_of_year("P", width=6, given=ProofRecord.objects.filter(origin=ProofRecord.MADE), now=now)
