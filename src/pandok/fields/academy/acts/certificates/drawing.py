"""A form for certificates is drawn from sealed pictures before anybody sits it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import numpy as np
from django.db import transaction

from pandok.common.audit import writing as audit
from pandok.common.models import Account
from pandok.common.models.locking import locked
from pandok.fields.academy.kinds import PictureSet
from pandok.fields.academy.lists.bank import bank_of
from pandok.fields.academy.models import CertificateForm, Course
from pandok.fields.academy.refusals import refusal


def draw_form(*, course_id: UUID, actor: Account | None, seed: int, now: datetime) -> CertificateForm:
    """Pictures that stand in no form yet come first, so that a further form is a further chance. `seed`: by chance;
    with it the same bank gives the same form again. Raises RequestError: academy.course_closed,
    academy.no_certificate, academy.few_sealed."""
    with transaction.atomic():
        course = Course.objects.filter(pk=course_id, closed_at=None).first()
        if course is None:
            raise refusal("course_closed")
        if course.pass_d_a is None:
            raise refusal("no_certificate")
        course = locked(Course, course.pk)
        bank = bank_of(PictureSet.SEALED, course.machine_class)
        used = {one for form in CertificateForm.objects.all() for one in form.pictures}
        random = np.random.default_rng(seed)
        threats = round(course.test_pictures * course.threat_share)
        wanted = (
            ([one.picture for one in bank.threats], threats),
            ([one.picture for one in bank.harmless], course.test_pictures - threats),
        )
        chosen = [one for pictures, count in wanted for one in _drawn(pictures, used, count, random)]
        number = (course.forms.order_by("-number").values_list("number", flat=True).first() or 0) + 1
        kept = CertificateForm.objects.create(
            course=course, number=number, drawn_at=now, drawn_by=actor, seed=seed, pictures=sorted(chosen)
        )
        details = {"pictures": len(chosen), "form_number": number}
        audit.tell(actor, "certificate_form.drawn", f"certificate_form:{kept.pk}", "", now, details)
    return kept


def _drawn(pictures: list[str], used: set[str], count: int, random: np.random.Generator) -> list[str]:
    fresh = [one for one in pictures if one not in used]
    rest = [one for one in pictures if one in used]
    for part in (fresh, rest):
        random.shuffle(part)
    found = [*fresh, *rest][:count]
    if len(found) < count:
        raise refusal("few_sealed")
    return found
