"""Does a proof hold? Every check from the files and the public keys alone; each says what it found, none stops another.

What this cannot show: that the site measured honestly. It shows that the site said so under its key, said what it
would do before it opened the seal, and that its verdict follows from its numbers.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from pandok.core.canonical import digest
from pandok.core.errors import RequestError
from pandok.core.lab.proof_pack import PAYLOAD_TYPE, Statement
from pandok.core.lab.trial_as_problem import registration_of
from pandok.core.text import Text
from pandok.engines.proof_pack import ledger as chain
from pandok.engines.proof_pack import pack_bytes as pack
from pandok.engines.proof_pack.check_names import CHECKS, CheckName
from pandok.engines.proof_pack.keys import plain_site, sites_of
from pandok.engines.proof_pack.parsed import Parsed, in_one_form, parsed
from pandok.engines.proof_pack.signing import opened
from pandok.proof.recompute import EvidenceDoesNotFit, Recomputed, recompute

CLOSE = 1e-6
"""Intervals agree to so much: root finders differ in the last digits between machines."""


@dataclass(frozen=True)
class Check:
    name: CheckName
    held: bool
    found: str = ""
    """A plain value for people and programs: a key id, a place, a number."""

    @property
    def words(self) -> Text:
        return CHECKS[self.name]


@dataclass(frozen=True)
class Checked:
    values: Parsed
    checks: tuple[Check, ...]
    recomputed: Recomputed | None

    @property
    def holds(self) -> bool:
        return all(check.held for check in self.checks)

    def in_force(self, now: datetime) -> InForce:
        return in_force(self.values.statement, now)


class InForce(StrEnum):
    """Whether a proof speaks of today, by its own dates."""

    YES = "yes"
    NOT_YET = "not_yet"
    EXPIRED = "expired"


def in_force(statement: Statement, now: datetime) -> InForce:
    """It is in force from the moment it was made to the end of its last day, in the time of the reader's zone."""
    if now < statement.made_at:
        return InForce.NOT_YET
    return InForce.EXPIRED if now.date() > statement.expires_on else InForce.YES


def check_pack(files: Mapping[str, bytes], public_keys: Sequence[str]) -> Checked:
    """All checks in a fixed order. Raises PackRefused where the files are not those of a proof at all.

    A key that is a `SiteKey` speaks for its site only; a plain text for whichever site it signs as. Whether the proof
    is still in force is another question: `Checked.in_force`.
    """
    values = parsed(files)
    recomputed, fault = _recomputed(values)
    signature = _signature(files, values, public_keys)
    checks = (
        Check(CheckName.FORM, in_one_form(files, values)),
        _sums(files),
        _named_files(files, values),
        signature,
        _site(values, public_keys, signature),
        *_registration(values),
        *_ledger(values, public_keys, signature),
        Check(CheckName.EVIDENCE, recomputed is not None, fault),
        _intervals(values, recomputed),
        _verdict(values, recomputed),
        _told_alike(files, values),
    )
    return Checked(values, checks, recomputed)


def _sums(files: Mapping[str, bytes]) -> Check:
    return Check(CheckName.SUMS, files[pack.SUMS] == pack.sums_of(files))


def _named_files(files: Mapping[str, bytes], values: Parsed) -> Check:
    stated = values.statement.files
    found = {line[66:]: line[:64] for line in pack.sums_of(files).decode().splitlines()}
    wrong = [name for name in pack.NAMED_BY_STATEMENT if stated.get(name) != found[name]]
    return Check(CheckName.FILES, not wrong and set(stated) == set(pack.NAMED_BY_STATEMENT), ", ".join(wrong))


def _signature(files: Mapping[str, bytes], values: Parsed, public_keys: Sequence[str]) -> Check:
    try:
        payload, key = opened(values.envelope, PAYLOAD_TYPE, public_keys)
    except (RequestError, ValueError):
        return Check(CheckName.SIGNATURE, False)
    named = [one.get("keyid") for one in values.envelope["signatures"] if isinstance(one, dict)]
    return Check(CheckName.SIGNATURE, payload == files[pack.STATEMENT] and named == [key], key)


def _site(values: Parsed, public_keys: Sequence[str], signature: Check) -> Check:
    """Whoever holds a trusted key speaks for its own site only."""
    sites = sites_of(public_keys, signature.found) if signature.held else []
    held = "" in sites or plain_site(values.statement.site) in sites
    return Check(CheckName.SITE, held, ", ".join(sorted(filter(None, sites))))


def _registration(values: Parsed) -> tuple[Check, ...]:
    statement, registration = values.statement, values.registration
    problem, manifest = registration.problem, registration.manifest
    told: list[tuple[Any, Any]] = [
        (statement.site, registration.site),
        (statement.problem_id, problem.id),
        (statement.problem_version, problem.version),
        (statement.title, problem.title),
        (statement.registered_at, registration.registered_at),
        (statement.data.root, manifest.root),
        (statement.data.cases, manifest.cases),
        (statement.data.truth_how, problem.truth.how),
        (statement.data.agreement_kappa, problem.truth.agreement_kappa),
        (statement.lab.sandbox_level, statement.measured.sandbox_level),
        (True, statement.made_at.date() <= statement.expires_on),
        (True, _no_fewer_opened(values)),
    ]
    same = digest(registration) == statement.registration_sha256
    enough = statement.measured.reached <= manifest.cases.get(statement.data.part, 0) or registration.trial is not None
    if registration.trial is not None:
        told.append((registration, registration_of(registration.trial, site=registration.site)))
    return (
        Check(CheckName.REGISTRATION, same, statement.registration_sha256),
        Check(CheckName.FACTS, enough and all(one == other for one, other in told)),
    )


def _no_fewer_opened(values: Parsed) -> bool:
    """What was open at the registration is open still; a proof may not keep silent about it."""
    registered, told = values.registration.opened_before, values.statement.data.opened_before
    if registered is None:
        return True
    return told is not None and told.of == registered.of and told.opened >= registered.opened


def _ledger(values: Parsed, public_keys: Sequence[str], signature: Check) -> tuple[Check, ...]:
    head, key = chain.signed_head(values.ledger, public_keys)
    fault = chain.chain_fault(values.ledger)
    head_fits = (
        head is not None
        and key == signature.found
        and head.site == values.statement.site
        and chain.head_holds(values.ledger, head)
    )
    return (
        Check(CheckName.CHAIN, not fault, fault),
        Check(CheckName.HEAD, head_fits, f"#{head.sequence} {head.hash}" if head else ""),
        Check(CheckName.BEFORE, _registered_before(values)),
    )


def _registered_before(values: Parsed) -> bool:
    """The entries that the statement points at are shown, are about these things, and stand in the right order."""
    statement = values.statement
    places = (statement.places.registered, statement.places.opened, statement.places.released)
    found = [chain.shown_at(values.ledger, place) for place in places]
    trial = values.registration.trial
    about = (trial.sha256 if trial else statement.registration_sha256, statement.lab.run, statement.lab.run)
    events = [one.event for one in found if one is not None and one.event is not None]
    if len(events) != len(places) or not all(map(chain.names, found, about)):
        return False
    times = [event.at for event in events]
    return places[0] < places[1] < places[2] and times == sorted(times) and times[0] == statement.registered_at


def _recomputed(values: Parsed) -> tuple[Recomputed | None, str]:
    try:
        trial = values.registration.trial
        plan = trial.protocol if trial else None
        return recompute(values.registration.problem, values.statement.measured, trial=plan), ""
    except (EvidenceDoesNotFit, ValueError, ArithmeticError) as error:
        return None, str(error)[:200]


def _intervals(values: Parsed, recomputed: Recomputed | None) -> Check:
    printed = values.statement.printed
    if recomputed is None or len(printed) != len(recomputed.endpoints):
        return Check(CheckName.INTERVALS, False)
    for line, endpoint, evidence in zip(printed, recomputed.endpoints, values.statement.measured.evidence, strict=True):
        pairs = (
            (line.low, endpoint.interval[0]),
            (line.high, endpoint.interval[1]),
            (line.line, endpoint.line),
            (line.difference, evidence.difference),
        )
        if line.metric != endpoint.name or any(not abs(one - other) <= CLOSE for one, other in pairs):
            return Check(CheckName.INTERVALS, False, line.metric)
    shown = ", ".join(f"[{one.interval[0]:.4f}, {one.interval[1]:.4f}]" for one in recomputed.endpoints)
    return Check(CheckName.INTERVALS, True, shown)


def _verdict(values: Parsed, recomputed: Recomputed | None) -> Check:
    if recomputed is None:
        return Check(CheckName.VERDICT, False)
    return Check(CheckName.VERDICT, values.statement.verdict == recomputed.verdict.value, recomputed.verdict.value)


def _told_alike(files: Mapping[str, bytes], values: Parsed) -> Check:
    """Comparison and report are files of their own; what they say must be what was signed."""
    statement = values.statement
    comparison = {"verdict": statement.verdict, "measured": statement.measured.model_dump(mode="json")}
    report = {
        "verdict": statement.verdict,
        "registration_sha256": statement.registration_sha256,
        "model_sha256": statement.model.sha256,
        "comparison_sha256": hashlib.sha256(files[pack.COMPARISON]).hexdigest(),
    }
    for name, told, said in (
        (pack.COMPARISON, values.comparison, comparison),
        (pack.REPORT_JSON, values.report, report),
    ):
        if any(told.get(key) != value for key, value in said.items()):
            return Check(CheckName.ALIKE, False, name)
    return Check(CheckName.ALIKE, True)
