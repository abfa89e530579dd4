"""A form for certificates is fixed: somebody who did not draw it has looked at every picture of it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from pandok.common.audit import writing as audit
from pandok.common.models import Account
from pandok.common.people.two_persons import must_be_another
from pandok.common.reasons import checked_reason
from pandok.fields.academy.lists.forms import not_looked_at_in, object_of, waiting_forms
from pandok.fields.academy.models import SecondLook
from pandok.fields.academy.refusals import pictures_left, refusal


def look_at_form(*, form_id: UUID, accepted: bool, reason: str, actor: Account, now: datetime) -> SecondLook:
    """Whether people may be tested with it; told once. `reason`: needed where it is rejected.

    Raises RequestError academy.not_there, academy.own_form, academy.not_looked_at, academy.looked_at, request.reason.
    """
    form = waiting_forms().filter(pk=form_id).first()
    if form is None:
        raise refusal("not_there")
    must_be_another(actor, form.drawn_by_id, refused=refusal("own_form"))
    reason = reason.strip() if accepted else checked_reason(reason)
    left = not_looked_at_in(actor, form) if accepted else 0
    if left:
        raise pictures_left(left)
    try:
        with transaction.atomic():
            kept = SecondLook.objects.create(form=form, at=now, by=actor, accepted=accepted, reason=reason)
            details = {"pictures": len(form.pictures), "form_number": form.number}
            if accepted:
                audit.tell(actor, "certificate_form.accepted", object_of(form), reason, now, details)
            else:
                audit.tell(actor, "certificate_form.rejected", object_of(form), reason, now, details)
    except IntegrityError as error:
        raise refusal("looked_at") from error
    return kept
