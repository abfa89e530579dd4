"""What became of a hand-over: said, signed, by the site that took it; kept by the site that made it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from pandok.common.audit import writing as audit
from pandok.common.models import Account
from pandok.core.programme.hand_over import Became, Conditions, HandOverAnswer
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.engines.decoding.pool import DecodingPool
from pandok.engines.hand_over.elsewhere import answer_elsewhere
from pandok.engines.hand_over.package import answered
from pandok.engines.proof_pack.signing import SigningKey
from pandok.fields.lab.acts.proofs.importing import trusted_keys
from pandok.fields.lab.models import AcceptanceTest
from pandok.fields.lab.states.acceptance_states import AcceptanceState
from pandok.fields.programme.acts.spread.taking_over import proof_in_lab
from pandok.fields.programme.known_time import must_know_the_time
from pandok.fields.programme.models import HandOverMade, HandOverTaken, SpreadAnswer
from pandok.fields.programme.roles import Action
from pandok.fields.programme.spread_refusals import refusal
from pandok.fields.programme.topics import KoreanRegion

ANSWERED, ANSWER_KEPT = "hand-over.answered", "hand-over.answer_kept"
_BECAME = {AcceptanceState.ACCEPTED.value: Became.ACCEPTED, AcceptanceState.REFUSED.value: Became.REFUSED}


def decided_test(taken: HandOverTaken) -> AcceptanceTest | None:
    """The lab's own acceptance test of its proof that was decided last."""
    proof = proof_in_lab(taken)
    if proof is None:
        return None
    tests = AcceptanceTest.objects.filter(proof=proof, state__in=list(_BECAME))
    found: AcceptanceTest | None = tests.order_by("-decided_at").first()
    return found


def answer(taken_id: UUID, *, site: str, key: SigningKey, actor: Account, now: datetime) -> SpreadAnswer:
    """Said from the acceptance test, never typed in. Raises RequestError: spread.role, .not_there, .undecided,
    .answered, evidence.clock."""
    if not actor.may(Action.ANSWER_HAND_OVERS):
        raise refusal("role")
    with transaction.atomic():
        taken = HandOverTaken.objects.select_for_update().filter(pk=taken_id).first()
        if taken is None:
            raise refusal("not_there")
        if SpreadAnswer.objects.filter(taken=taken).exists():
            raise refusal("answered")
        test = decided_test(taken)
        if test is None or test.decided_at is None:
            raise refusal("undecided")
        must_know_the_time(now)
        said = HandOverAnswer(
            hand_over=taken.number,
            made_by=taken.site,
            site=site,
            region=taken.region,
            became=_BECAME[test.state],
            verdict=test.verdict or "undecidable",
            registration=test.registration_sha256,
            cases=test.planned_n,
            here=Conditions.model_validate(taken.here),
            decided_on=test.decided_at.astimezone(OFFICE_ZONE).date(),
            reason=test.decision_reason[:2000],
            answered_at=now,
        )
        kept = _kept(said, answered(said, key), actor, now, taken=taken)
        details = {"became": said.became.value, "site": taken.site}
        audit.tell(actor, ANSWERED, f"hand-over:{taken.number}", said.reason, now, details)
        return kept


def keep_answer(*, data: bytes, site: str, pool: DecodingPool, actor: Account, now: datetime) -> SpreadAnswer:
    """The answer of another site to what was handed over here. Raises PackageRefused, RequestError:
    spread.role, .other_answer, .answered."""
    if not actor.may(Action.HAND_OVER):
        raise refusal("role")
    said = answer_elsewhere(pool, data, trusted_keys())
    made = HandOverMade.objects.filter(number=said.hand_over).first()
    if made is None or said.made_by != site or said.site == site or said.region not in set(KoreanRegion):
        raise refusal("other_answer")
    try:
        with transaction.atomic():
            kept = _kept(said, data, actor, now, made=made)
            details = {"became": said.became.value, "site": said.site}
            audit.tell(actor, ANSWER_KEPT, f"hand-over:{made.number}", said.reason, now, details)
            return kept
    except IntegrityError as error:
        raise refusal("answered") from error


def _kept(
    said: HandOverAnswer,
    envelope: bytes,
    actor: Account,
    now: datetime,
    *,
    made: HandOverMade | None = None,
    taken: HandOverTaken | None = None,
) -> SpreadAnswer:
    kept: SpreadAnswer = SpreadAnswer.objects.create(
        made=made,
        taken=taken,
        site=said.site,
        region=said.region,
        became=said.became.value,
        values=said.model_dump(mode="json"),
        envelope=envelope.decode(),
        kept_at=now,
        kept_by=actor,
    )
    return kept
