"""One press of a button is one act: a form carries a number, which is taken in the transaction of what the form does.

What a program sends is kept with its answer instead (pandok.common.records.idempotency). Where the second press must
find what the first one made, the field keeps the number with it too.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from pandok.common.jobs.registry import every
from pandok.common.jobs.work import Work
from pandok.common.models import Account, FormTaken

KEPT = timedelta(days=3)


def take_form(form: UUID, actor: Account, now: datetime) -> bool:
    """Whether this form comes for the first time; after the record was locked that it is about."""
    _, first = FormTaken.objects.get_or_create(id=form, defaults={"account": actor, "at": now})
    return first


@every(6 * 3600, by_clock=True)
def forget_old_forms(work: Work) -> None:
    FormTaken.objects.filter(at__lt=work.now - KEPT).delete()
