"""The receiving site's own test: registered before its seal opens, measured once, decided by the field owner."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from pandok.common.models import Account
from pandok.common.people.two_persons import must_be_another
from pandok.common.people.votes import must_vote_freely
from pandok.common.reasons import checked_reason
from pandok.common.records.lifecycle import Lifecycle
from pandok.core.audit import Detail
from pandok.core.lab.problem import Part
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.fields.lab.acts.proofs.proof_standing import Standing, standing_of
from pandok.fields.lab.acts.proofs.refusals import refused
from pandok.fields.lab.models import AcceptanceTest, LockedRegistration, ProofRecord, Run
from pandok.fields.lab.roles import Action
from pandok.fields.lab.states.acceptance_states import TABLE, AcceptanceMover, AcceptanceState
from pandok.fields.lab.states.run_states import RunState


def register_acceptance(
    *, proof: ProofRecord, registration: LockedRegistration, reason: str, actor: Account, now: datetime, site: str
) -> AcceptanceTest:
    """Name this site's registration, on its own sealed set, before any run has opened it."""
    if not actor.may(Action.MAKE_PROOFS):
        raise refused("role")
    must_vote_freely(actor, now)
    reason = checked_reason(reason)
    if proof.origin != ProofRecord.IMPORTED:
        raise refused("not_imported")
    _must_be_in_force(proof, now)
    own, theirs = registration.registration, proof.statement
    if own.site != site:
        raise refused("not_site")
    if own.manifest.root == theirs.data.root:
        raise refused("same_data")
    metrics = [one.metric.value for one in own.problem.endpoints]
    if own.problem.id != theirs.problem_id or metrics != [one.metric for one in theirs.printed]:
        raise refused("other_question")
    if Run.objects.filter(registration=registration, part=Part.CONFIRM.value).exists():
        raise refused("seen_before")
    try:
        with transaction.atomic():
            test = AcceptanceTest.objects.create(
                proof=proof,
                registration_values=own.model_dump(mode="json"),
                registration_sha256=registration.sha256,
                planned_n=own.problem.planned_n,
                registered_by=actor,
                registered_at=now,
                reason=reason,
            )
            details: dict[str, Detail] = {"registration": registration.sha256, "planned": test.planned_n}
            ACCEPTANCES.begin(test, actor=actor, reason=reason, now=now, details=details)
            return test
    except IntegrityError as error:
        raise refused("test_taken") from error


def measure_acceptance(*, test: AcceptanceTest, run: Run, actor: Account, now: datetime) -> AcceptanceTest:
    """Take the result of the test's one run: the same model, under the test's registration, released."""
    if not actor.may(Action.MAKE_PROOFS):
        raise refused("role")
    with transaction.atomic():
        test = ACCEPTANCES.locked(test.id, "proof")
        ACCEPTANCES.must_go(test, AcceptanceState.MEASURED, AcceptanceMover.EVALUATOR)
        if (
            run.registration.sha256 != test.registration_sha256
            or run.part != Part.CONFIRM.value
            or run.stands is not RunState.RELEASED
        ):
            raise refused("other_run")
        if run.submission.model_sha256 != test.proof.model_sha256:
            raise refused("other_model")
        comparison = run.comparison.comparison
        if comparison.measured is None:
            raise refused("no_evidence")
        test.run_id, test.measured_at = str(run.pk), now
        test.verdict, test.measured_values = comparison.verdict, comparison.measured.model_dump(mode="json")
        ACCEPTANCES.move(
            test,
            AcceptanceState.MEASURED,
            by=AcceptanceMover.EVALUATOR,
            actor=actor,
            reason="",
            now=now,
            details={"run": test.run_id, "verdict": test.verdict},
        )
        return test


def decide_acceptance(
    *, test: AcceptanceTest, accept: bool, reason: str, actor: Account, now: datetime
) -> AcceptanceTest:
    """The field owner decides, whatever the verdict says, and gives the reason."""
    if not actor.may(Action.DEFINE_PROBLEMS):
        raise refused("role")
    must_vote_freely(actor, now)
    reason = checked_reason(reason)
    with transaction.atomic():
        test = ACCEPTANCES.locked(test.id, "proof")
        to, owner = AcceptanceState.ACCEPTED if accept else AcceptanceState.REFUSED, AcceptanceMover.OWNER
        ACCEPTANCES.must_go(test, to, owner)
        if accept:
            _must_be_in_force(test.proof, now)
        must_be_another(actor, test.registered_by_id, refused=refused("one_person"))
        test.decided_by, test.decided_at, test.decision_reason = actor, now, reason
        details = {"verdict": test.verdict}
        ACCEPTANCES.move(test, to, by=owner, actor=actor, reason=reason, now=now, details=details)
        return test


def _must_be_in_force(proof: ProofRecord, now: datetime) -> None:
    """Nobody begins to rely on what is out of date; to refuse it stays possible."""
    standing = standing_of(proof, now.astimezone(OFFICE_ZONE).date())
    if standing in (Standing.EXPIRED, Standing.NOT_YET, Standing.DRIFTED):
        raise refused("state" if standing is Standing.DRIFTED else standing.value)


ACCEPTANCES = Lifecycle(
    model=AcceptanceTest,
    table=TABLE,
    name="acceptance",
    action="acceptance",
    no_way=lambda _test, _old, _new: refused("state"),
    facts=lambda test, _row: {"proof": str(test.proof_id)},
)
