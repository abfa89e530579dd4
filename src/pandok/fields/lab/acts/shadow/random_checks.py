"""Random checks: goods that were let go and drawn, opened regardless by somebody who did not decide on them.

An officer learns of a draw after the decision, never before; who checks is not told what any model said.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from pandok.common.audit import writing as audit
from pandok.common.models import Account
from pandok.common.people.two_persons import must_be_another
from pandok.common.reasons import HOW_CHECKED, checked_reason
from pandok.fields.counterfeit.lists.visible import cases_of_customs
from pandok.fields.counterfeit.models import Case
from pandok.fields.lab.acts.trials import refusals
from pandok.fields.lab.models import AuditDraw, AuditFinding
from pandok.fields.register.models import Design


def open_checks(account: Account) -> QuerySet[AuditDraw]:
    """The drawn goods of the cases this person may see, that nobody has checked yet; the longest waiting first."""
    return (
        AuditDraw.objects.filter(
            drawn=True, finding__isnull=True, case__decision__desk_case__in=cases_of_customs(account)
        )
        .select_related("case__decision__desk_case", "case__decision__officer")
        .order_by("at")
    )


def check_of_case(case_id: UUID) -> AuditDraw | None:
    """The open random check of a case, for its page."""
    draws = AuditDraw.objects.filter(drawn=True, finding__isnull=True, case__decision__desk_case_id=case_id)
    return draws.select_related("case__decision").first()


def case_of(draw: AuditDraw) -> Case:
    return draw.case.decision.desk_case


def record_check(*, draw: AuditDraw, design_id: str, actor: Account, reason: str, now: datetime) -> AuditFinding:
    """`design_id`: the registered design that the goods show; empty: they show none.

    Raises RequestError for who decided on the goods, an unknown design, and a check that was recorded before.
    """
    reason = checked_reason(reason, HOW_CHECKED)
    design_id = design_id.strip()
    must_be_another(actor, draw.case.decision.officer_id, refused=refusals.own_decision())
    if design_id and not Design.objects.filter(design_id=design_id).exists():
        raise refusals.unknown_design(design_id)
    try:
        with transaction.atomic():
            found = AuditFinding.objects.create(draw=draw, design_id=design_id, found_by=actor, at=now, reason=reason)
            audit.tell(
                actor,
                "shadow.checked",
                f"case:{draw.case.decision.desk_case_id}",
                reason,
                now,
                {"draw": str(draw.id), "design_id": design_id or "not in the register"},
            )
            return found
    except IntegrityError as error:
        raise refusals.checked_before() from error
