"""A hand-over is made of a final measurement and a proof of the lab; nothing is typed in but the operating sheet."""

from __future__ import annotations

import hashlib
from datetime import datetime
from uuid import UUID

from django.db import transaction
from pydantic import ValidationError

from pandok.common.audit import writing as audit
from pandok.common.models import Account
from pandok.common.records.numbering import next_of_year
from pandok.core.programme.hand_over import HandedKpi, HandedProblem, HandedProof, HandOver, OperatingSheet
from pandok.core.programme.lock import Lock
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.engines.files.blobs import FolderBlobs
from pandok.engines.hand_over.package import packed
from pandok.engines.proof_pack.signing import SigningKey
from pandok.fields.lab.acts.proofs.proof_standing import Standing, standing_of
from pandok.fields.lab.models import ProofRecord
from pandok.fields.programme.agreement_refusals import refusal as agreement_refusal
from pandok.fields.programme.known_time import must_know_the_time
from pandok.fields.programme.lists.evidence import final_of
from pandok.fields.programme.models import Agreement, FieldProblem, HandOverMade, Measurement
from pandok.fields.programme.roles import Action
from pandok.fields.programme.spread_refusals import refusal

MADE = "hand-over.made"
_OUT = frozenset({Standing.EXPIRED, Standing.NOT_YET, Standing.DRIFTED})


def make_hand_over(
    agreement_id: UUID,
    *,
    proof_number: str,
    sheet: dict[str, object],
    reader: bytes,
    site: str,
    key: SigningKey,
    blobs: FolderBlobs,
    actor: Account,
    now: datetime,
) -> HandOverMade:
    """`sheet`: of `OperatingSheet`; `reader`: the model's file, or nothing. Raises RequestError: agreement.not_there,
    spread.role, .not_measured, .no_proof, .other_reader, .bad_sheet, evidence.clock."""
    if not actor.may(Action.HAND_OVER):
        raise refusal("role")
    try:
        operating = OperatingSheet.model_validate(sheet)
    except ValidationError as error:
        raise refusal("bad_sheet") from error
    proof = _proof(proof_number, now)
    if reader and hashlib.sha256(reader).hexdigest() != proof.model_sha256:
        raise refusal("other_reader")
    with transaction.atomic():
        agreement = Agreement.objects.select_related("problem").filter(pk=agreement_id).first()
        if agreement is None:
            raise agreement_refusal("not_there")
        final = final_of(agreement)
        if final is None:
            raise refusal("not_measured")
        must_know_the_time(now)
        number = next_of_year("HO", width=6, given=HandOverMade.objects.all(), now=now)
        statement = HandOver(
            number=number,
            site=site,
            region=agreement.problem.region,
            made_at=now,
            agreement=agreement.number,
            title=agreement.title,
            lead=agreement.lead,
            lock=final.version.sha256,
            measurement=final.number,
            problem=_problem(agreement.problem),
            kpis=_kpis(final),
            proof=_handed(proof),
            sheet=operating,
            reader_sha256=proof.model_sha256 if reader else "",
        )
        package = blobs.put(packed(statement, blobs.get(proof.pack_sha256), reader, key))
        made: HandOverMade = HandOverMade.objects.create(
            number=number,
            agreement=agreement,
            proof_number=proof.number,
            values=statement.model_dump(mode="json"),
            package=package,
            made_at=now,
            made_by=actor,
        )
        details = {"agreement": agreement.number, "proof": proof.number, "sha256": package}
        audit.tell(actor, MADE, f"hand-over:{number}", "", now, details)
    return made


def provable(now: datetime) -> list[ProofRecord]:
    """Proofs that this site made and that are in force."""
    day = now.astimezone(OFFICE_ZONE).date()
    made = ProofRecord.objects.filter(origin=ProofRecord.MADE).order_by("-kept_at")[:200]
    return [one for one in made if standing_of(one, day) not in _OUT]


def _proof(number: str, now: datetime) -> ProofRecord:
    found = next((one for one in provable(now) if one.number == number), None)
    if found is None:
        raise refusal("no_proof")
    return found


def _problem(one: FieldProblem) -> HandedProblem:
    return HandedProblem(
        number=one.number,
        title=one.title,
        topic=one.topic,
        region=one.region,
        who_suffers=one.who_suffers[:2000],
        how_often=one.how_often,
        decision=one.decision[:2000],
    )


def _kpis(final: Measurement) -> tuple[HandedKpi, ...]:
    lines = {one.key: one for one in Lock.model_validate(final.version.lock).sheet.indicators}
    return tuple(
        HandedKpi(
            key=one.key,
            name=lines[one.key].name,
            unit=lines[one.key].unit,
            direction=lines[one.key].direction.value,
            baseline=lines[one.key].baseline.value,
            baseline_on=lines[one.key].baseline.counted_on,
            target=lines[one.key].target,
            value=one.value,
            interval=one.interval,
            verdict=one.verdict,
        )
        for one in final.evidence.kpis
    )


def _handed(proof: ProofRecord) -> HandedProof:
    said = proof.statement
    return HandedProof(
        number=proof.number,
        site=said.site,
        sha256=proof.pack_sha256,
        problem_id=said.problem_id,
        metrics=tuple(one.metric for one in said.printed),
        verdict=said.verdict,
        model_sha256=proof.model_sha256,
        expires_on=proof.expires_on,
    )
