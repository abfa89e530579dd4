"""A registered replay that was read becomes a proof of the lab; others check it with `pandok proof verify`.

The person who lets it out is an evaluator, and nobody who registered or read it.
"""

from __future__ import annotations

from datetime import datetime

from pandok.common.audit import writing as audit
from pandok.common.models import Account, AuditEntry
from pandok.common.people.two_persons import must_be_another
from pandok.common.people.votes import must_vote_freely
from pandok.core.canonical import canonical, digest
from pandok.core.lab.comparison import Comparison
from pandok.core.lab.proof_pack import LabFacts, ModelFacts, Places
from pandok.core.lab.registration import Registration
from pandok.core.text import Text
from pandok.engines.encoders.model_store import SHIPPED, load_card
from pandok.engines.files.blobs import FolderBlobs
from pandok.engines.proof_pack.ledger import excerpt
from pandok.engines.proof_pack.signing import SigningKey
from pandok.fields.lab.acts.proofs.make_proof import keep_proof
from pandok.fields.lab.acts.proofs.parts import History, ProofParts
from pandok.fields.lab.acts.proofs.refusals import refused
from pandok.fields.lab.acts.scoring.report_pdf import report_pdf
from pandok.fields.lab.models import ProofRecord
from pandok.fields.lab.roles import Action as LabAction
from pandok.fields.street.models import Replay
from pandok.fields.street.refusals import refusal
from pandok.fields.street.replay.comparison_plan import ComparisonPlan
from pandok.fields.street.replay.report import report_of
from pandok.version import __version__

REGISTERED, READ, RELEASED = "replay.registered", "replay.kept", "replay.released"
_GATE = Text(
    ko="Pandok에 들어 있는 판독기. 관문과 격리 없이 기관의 프로그램 안에서 실행",
    en="A reader that comes with Pandok: run inside the site's own program, without gate and sandbox",
)
_RULES = Text(ko="규칙: 학습 자료 없음", en="A rule: nothing was learnt from data")


def prove_replay(
    number: int,
    *,
    actor: Account,
    now: datetime,
    key: SigningKey,
    blobs: FolderBlobs,
    valid_days: int,
    language: str = "ko",
) -> ProofRecord:
    """Of a replay that answers a registration, once. Raises RequestError for who may not, for a replay that was not
    registered, and where the cases give no evidence."""
    if not actor.may(LabAction.MAKE_PROOFS):
        raise refusal("role")
    must_vote_freely(actor, now)
    replay = Replay.objects.select_related("registered").filter(pk=number).first()
    if replay is None or replay.registered is None:
        raise refusal("not_registered_replay")
    for person in (replay.registered.registered_by_id, replay.asked_by_id):
        must_be_another(actor, person, refused=refusal("own_replay"))
    if ProofRecord.objects.filter(origin=ProofRecord.MADE, run_id=run_of(replay)).exists():
        raise refused("made")
    registration = Registration.model_validate(replay.registered.registration)
    comparison = Comparison.model_validate(replay.result["comparison"])
    if comparison.measured is None:
        raise refusal("no_evidence")
    # By itself: the number of a proof is drawn before anything else of its transaction is told.
    told = {"registration": registration.sha256, "verdict": comparison.verdict}
    audit.tell(actor, RELEASED, run_of(replay), "", now, told)
    parts = _parts(replay, registration, comparison, now, language)
    return keep_proof(parts=parts, actor=actor, now=now, key=key, blobs=blobs, valid_days=valid_days)


def run_of(replay: Replay) -> str:
    """As what it ran, in the ledger and among the proofs."""
    return f"replay:{replay.pk}"


def _parts(
    replay: Replay, registration: Registration, comparison: Comparison, now: datetime, language: str
) -> ProofParts:
    plan = ComparisonPlan.model_validate(replay.registered.plan if replay.registered else {})
    model = model_facts(plan)
    report = report_of(replay, plan, registration, comparison, model, now)
    run = run_of(replay)
    registered = AuditEntry.objects.get(action=REGISTERED, details__sha256=registration.sha256)
    read = AuditEntry.objects.get(action=READ, object=run)
    released = AuditEntry.objects.filter(action=RELEASED, object=run).latest("sequence")
    shown = {registered.sequence, read.sequence, released.sequence}
    head = AuditEntry.objects.latest("sequence")
    before = registration.opened_before
    return ProofParts(
        registration=registration,
        comparison=comparison,
        model=model,
        lab=LabFacts(
            sandbox_level=0,
            versions={"pandok": __version__},
            run=run,
            outputs_sha256=replay.result["outputs_sha256"],
        ),
        report_json=canonical(report),
        report_pdf=report_pdf(report, registration.problem, comparison, language),
        entries=excerpt(audit.links(registered.sequence - 1), lambda link: link.sequence in shown),
        places=Places(registered=registered.sequence, opened=read.sequence, released=released.sequence),
        head=(head.sequence, head.hash, head.at),
        history=History(before, opening=1, withheld=0) if before else None,
    )


def model_facts(plan: ComparisonPlan) -> ModelFacts:
    """The new reader: its name, its thresholds and settings, the program that it is part of, and the file that it was
    learnt into, in one hash."""
    card = load_card(SHIPPED / "pandok-flood" / "card.json").card if plan.model.reader == "flood-forecast" else None
    said = {
        "reader": plan.model.model_dump(mode="json"),
        "pandok": __version__,
        "files": [one.sha256 for one in card.files] if card else [],
    }
    sha256 = digest(said)
    return ModelFacts(
        name=plan.model.words.en,
        version=card.version if card else __version__,
        submitter=plan.owner,
        sha256=sha256,
        canonical_sha256=sha256,
        card_sha256=sha256,
        licence=card.licence if card else "Apache-2.0",
        training_data=card.training_data[:4000] if card else f"{_RULES.ko} · {_RULES.en}",
        gate=_GATE,
    )
