"""Lock a protocol: the question, its line and its data under one hash, before anybody opens the seal."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from pandok.common.audit import writing as audit
from pandok.common.models import Account
from pandok.common.people.two_persons import must_be_another
from pandok.common.people.votes import must_vote_freely
from pandok.common.reasons import checked_reason
from pandok.core.lab.problem import Part
from pandok.core.lab.registration import Registration
from pandok.fields.lab.acts.budget.earlier_openings import opened_before
from pandok.fields.lab.acts.packs.refusals import refused
from pandok.fields.lab.models import LockedRegistration, ProblemPack
from pandok.fields.lab.roles import Action


def register_protocol(
    *, pack: ProblemPack, actor: Account, reason: str, site: str, now: datetime
) -> LockedRegistration:
    """The registration of a pack, once and for good, by an evaluator who did not bring the problem in.

    The registration says how many of its confirm cases were opened before, under whatever name.
    Raises RequestError: not allowed, the same person, locked already, the same sealed data locked before, or fewer
    confirm cases that nobody has opened than are planned.
    """
    if not actor.may(Action.REGISTER_PROTOCOLS):
        raise refused("registration.not_allowed")
    must_be_another(actor, pack.owner_id, refused=refused("registration.same_person"))
    must_vote_freely(actor, now)
    reason = checked_reason(reason)
    if pack.locked is not None:
        raise refused("registration.locked")
    if LockedRegistration.objects.filter(pack__root=pack.root).exists():
        raise refused("registration.seen")
    if pack.manifest.cases.get(Part.CONFIRM, 0) < pack.problem.planned_n:
        raise refused("registration.too_small")
    before = opened_before(pack)
    if before.fresh < pack.problem.planned_n:
        raise refused("registration.opened", opened=before.opened, of=before.of, planned=pack.problem.planned_n)
    registration = Registration(
        problem=pack.problem,
        manifest=pack.manifest,
        site=site,
        registered_by=actor.get_username(),
        registered_at=now,
        opened_before=before,
    )
    try:
        with transaction.atomic():
            locked = LockedRegistration.objects.create(
                pack=pack,
                registration_values=registration.model_dump(mode="json"),
                sha256=registration.sha256,
                registered_by=actor,
                registered_at=now,
                reason=reason,
            )
            audit.tell(
                actor,
                "protocol.locked",
                f"problem:{pack.pk}",
                reason,
                now,
                {
                    "problem": pack.problem_id,
                    "version": pack.version,
                    "sha256": registration.sha256,
                    "confirm_cases": before.of,
                    "opened_before": before.opened,
                },
            )
            return locked
    except IntegrityError as error:
        raise refused("registration.locked") from error
