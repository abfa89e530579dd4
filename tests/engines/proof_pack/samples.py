"""A whole proof of a made-up question, small enough to take apart in tests."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pandok.core.audit import GENESIS, AuditEvent, AuditLink, chain_hash
from pandok.core.canonical import canonical, digest
from pandok.core.lab.evidence import AreasEvidence, Evidence, Measured, PairedCountsEvidence
from pandok.core.lab.problem import Problem
from pandok.core.lab.proof_pack import (
    DataFacts,
    Head,
    LabFacts,
    ModelFacts,
    Places,
    PrintedEndpoint,
    Statement,
)
from pandok.core.lab.registration import Manifest, Registration
from pandok.core.text import Text
from pandok.engines.proof_pack.ledger import excerpt
from pandok.engines.proof_pack.pack_writer import signed_ledger, written
from pandok.engines.proof_pack.signing import SigningKey
from pandok.proof.recompute import recompute

DAY = datetime(2026, 2, 2, 3, 0, tzinfo=UTC)
SITE, RUN = "Busan", "run-0001"
KEY = SigningKey(Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
OTHER_KEY = SigningKey(Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33))))
COUNTS = PairedCountsEvidence(only_model=40, only_practice=20, pairs=160)
AREAS = AreasEvidence(
    positives=5,
    negatives=6,
    areas=(0.8833333333333333, 0.9166666666666666),
    of_positives=((0.0416666666666667, 0.0208333333333333), (0.0208333333333333, 0.0243055555555556)),
    of_negatives=((0.015, 0.0075), (0.0075, 0.009)),
)


def both(words: str) -> Text:
    return Text(ko=words, en=words)


def problem(**changes: Any) -> Problem:
    values: dict[str, Any] = {
        "id": "labels-of-boxes",
        "title": {"ko": "상자 표지", "en": "Labels of boxes"},
        "question": {"ko": "모델이 더 잘 읽는가?", "en": "Does the model read better?"},
        "owner": {"ko": "분류과", "en": "Sorting office"},
        "margin_reason": {"ko": "한 해 열 건까지 견딥니다.", "en": "Ten a year can be borne."},
        "licence": "none",
        "source": "drawn",
        "input": {"kind": "image"},
        "output": {"task": "score"},
        "truth": {"how": {"ko": "두 사람이 열어 보았습니다.", "en": "Opened by two persons."}},
        "practice": {"what": both("officers"), "how": both("blind reading"), "threshold": 0.5},
        "endpoints": [{"metric": "accuracy", "aim": "superiority"}],
        "planned_n": 160,
        "plan": {"ko": "모의실험", "en": "Simulated"},
    }
    return Problem.model_validate(values | changes)


def registration(of: Problem | None = None) -> Registration:
    of = of or problem()
    manifest = Manifest(problem=of.id, cases={"public": 20, "feedback": 100, "confirm": 400}, root="a" * 64)
    return Registration(problem=of, manifest=manifest, site=SITE, registered_by="evaluator", registered_at=DAY)


def links(sha256: str, *, run: str = RUN, between: int = 3) -> list[AuditLink]:
    """A chain: something else, the registration, others, the seal opened, others, the release, something else."""
    told = [
        ("desk.opened", "desk:1"),
        ("registration.locked", f"registration:{sha256}"),
        *[("reading.made", f"reading:{number}") for number in range(between)],
        ("seal.opened", f"run:{run}"),
        *[("reading.made", f"reading:{number}") for number in range(between)],
        ("result.released", f"run:{run}"),
        ("desk.closed", "desk:1"),
    ]
    found, previous = [], GENESIS
    for place, (action, about) in enumerate(told):
        at = DAY + timedelta(hours=place - 1)
        event = AuditEvent("somebody", action, about, "", at, {"place": place})
        found.append(AuditLink(place + 1, previous, chain_hash(previous, event, sequence=place + 1), event))
        previous = found[-1].hash
    return found


def measured(*evidence: Evidence, **changes: Any) -> Measured:
    evidence = evidence or (COUNTS,)
    values = {"evidence": evidence, "reached": evidence[0].cases, "missing": 0, "sandbox_level": 2}
    return Measured(**(values | changes))


def proof(
    *, of: Problem | None = None, numbers: Measured | None = None, key: SigningKey = KEY, **changes: Any
) -> tuple[Statement, dict[str, bytes]]:
    """A proof that holds; `changes` are put into the statement before it is signed."""
    registered, numbers = registration(of), numbers or measured()
    chain = links(digest(registered))
    about = ("registration:", "run:")
    entries = excerpt(chain[1:], lambda link: link.event.object.startswith(about))
    again = recompute(registered.problem, numbers)
    statement = Statement(
        number="2026-P-000001",
        site=SITE,
        made_at=DAY + timedelta(days=1),
        expires_on=date(2099, 12, 31),
        problem_id=registered.problem.id,
        problem_version=1,
        title=registered.problem.title,
        registration_sha256=digest(registered),
        registered_at=DAY,
        data=DataFacts(root="a" * 64, cases=registered.manifest.cases, truth_how=registered.problem.truth.how),
        model=ModelFacts(
            name="reader",
            version="1",
            submitter="a company",
            sha256="b" * 64,
            canonical_sha256="c" * 64,
            card_sha256="d" * 64,
            licence="none",
            training_data="drawn boxes, none of the sealed ones",
            gate=both("nothing to refuse"),
        ),
        lab=LabFacts(sandbox_level=numbers.sandbox_level, run=RUN, outputs_sha256="e" * 64),
        measured=numbers,
        printed=tuple(
            PrintedEndpoint(
                metric=one.name,
                line=one.line,
                difference=evidence.difference,
                low=one.interval[0],
                high=one.interval[1],
            )
            for one, evidence in zip(again.endpoints, numbers.evidence, strict=True)
        ),
        verdict=again.verdict.value,
        sentences=(both("It was shown."),),
        places=Places(registered=2, opened=6, released=10),
        files={},
    )
    statement = statement.model_copy(update=changes)
    head = Head(site=SITE, sequence=chain[-1].sequence, hash=chain[-1].hash, at=DAY + timedelta(days=1))
    comparison = canonical({"verdict": statement.verdict, "measured": numbers.model_dump(mode="json")})
    report = {
        "verdict": statement.verdict,
        "registration_sha256": statement.registration_sha256,
        "model_sha256": statement.model.sha256,
        "comparison_sha256": hashlib.sha256(comparison).hexdigest(),
    }
    return written(
        statement=statement,
        registration=registered,
        comparison=comparison,
        report_json=canonical(report),
        report_pdf=b"%PDF-1.7\n%%EOF\n",
        ledger=signed_ledger(entries, head, key),
        key=key,
    )
