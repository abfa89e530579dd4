"""Who passed a test of sealed pictures gets a certificate, in the transaction that ends the test."""

from __future__ import annotations

from datetime import datetime

import numpy as np

from pandok.common.audit import writing as audit
from pandok.common.records.numbering import next_of_year
from pandok.core.terms.months import months_later
from pandok.fields.academy.lists.answered import office_day
from pandok.fields.academy.models import Certificate, Sitting
from pandok.fields.academy.sensitivity import counts_of, d_a_with_interval


def issue_if_passed(sitting: Sitting, now: datetime) -> Certificate | None:
    """None: it was not finished, or the lower bound of d_a lies below the mark of the course."""
    course = sitting.course
    rows = list(sitting.answers.order_by("number"))
    if course.pass_d_a is None or len(rows) < len(sitting.order):
        return None
    counts = counts_of(rows)
    if not (counts.threats and counts.harmless):
        return None
    found = d_a_with_interval(counts, np.random.default_rng(sitting.seed))
    if found.low < course.pass_d_a:
        return None
    number = next_of_year("T", width=6, given=Certificate.objects.all(), now=now)
    kept = Certificate.objects.create(
        number=number,
        sitting=sitting,
        trainee=sitting.trainee,
        issued_at=now,
        expires_on=months_later(office_day(now), course.valid_months),
        threats=counts.threats,
        hits=counts.hits,
        harmless=counts.harmless,
        false_alarms=counts.false_alarms,
        slope=found.slope,
        d_a=found.value,
        d_a_low=found.low,
        d_a_high=found.high,
        pass_d_a=course.pass_d_a,
    )
    details = {"number": number, "expires_on": kept.expires_on.isoformat()}
    audit.tell(sitting.trainee, "certificate.issued", f"certificate:{kept.pk}", "", now, details)
    return kept
