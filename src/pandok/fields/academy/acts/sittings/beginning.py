"""A sitting begins: training, measuring, a test before or after a course, or one for a certificate."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import numpy as np
from django.db import transaction

from pandok.common.models import Account
from pandok.common.parties.belonging import site_of
from pandok.core.audit import Detail
from pandok.core.errors import RequestError
from pandok.fields.academy.acts.sittings.choosing import choose_next
from pandok.fields.academy.acts.sittings.sitting_moves import SITTINGS
from pandok.fields.academy.kinds import PictureSet, SittingMode
from pandok.fields.academy.lists.answered import seen_since
from pandok.fields.academy.lists.bank import bank_of, half_of
from pandok.fields.academy.lists.looks import shown_outside
from pandok.fields.academy.lists.sets import waiting_pictures
from pandok.fields.academy.models import CertificateForm, Course, Picture, Sitting
from pandok.fields.academy.refusals import refusal
from pandok.fields.academy.states import OPEN, SittingState

LEAST_OF_A_TEST = 5
"""Threats, and harmless pictures, without which a test is none."""


def begin_sitting(*, trainee: Account, course_id: UUID, mode: SittingMode, seed: int, now: datetime) -> Sitting:
    """The first picture is chosen, and shown once the trainee asks for it. `seed`: by chance.

    Raises RequestError: academy.course_closed, academy.sitting_open, academy.no_pictures, academy.no_certificate,
    academy.no_unseen_form, academy.form_waits, academy.set_waits, academy.pretest_taken, academy.no_pretest,
    academy.posttest_taken.
    """
    with transaction.atomic():
        # Two sittings begun at once: the second one waits here, and finds the first.
        Account.objects.select_for_update(no_key=True).get(pk=trainee.pk)
        course = Course.objects.filter(pk=course_id, closed_at=None).first()
        if course is None:
            raise refusal("course_closed")
        if open_sitting_of(trainee) is not None:
            raise refusal("sitting_open")
        form, order = _fixed(trainee, course, mode, seed) if mode.fixed else (None, [])
        sitting = Sitting.objects.create(
            trainee=trainee,
            site=site_of(trainee),
            course=course,
            mode=mode.value,
            form=form,
            state_since=now,
            begun_at=now,
            touched_at=now,
            seed=seed,
            order=order,
        )
        details: dict[str, Detail] = {"course": str(course.pk), "pictures": len(order)}
        SITTINGS.begin(sitting, actor=trainee, reason="", now=now, details=details)
        if choose_next(sitting, now) is None:
            raise _none_left(mode)
    return sitting


def open_sitting_of(trainee: Account) -> Sitting | None:
    """At most one stands open."""
    return (
        Sitting.objects.filter(trainee=trainee, state__in=[one.value for one in OPEN]).select_related("course").first()
    )


def _fixed(trainee: Account, course: Course, mode: SittingMode, seed: int) -> tuple[CertificateForm | None, list[str]]:
    """The pictures of a test in an order of this person's own."""
    form = _unseen_form(trainee, course) if mode is SittingMode.CERTIFY else None
    ids = list(form.pictures) if form else _blind(trainee, course, mode, seed)
    np.random.default_rng([seed, 0]).shuffle(ids)
    return form, ids


def _unseen_form(trainee: Account, course: Course) -> CertificateForm:
    """The first form that a second person accepted, and of which this person never saw a picture, nor the twin of one:
    neither in a sitting nor by looking a form through."""
    if course.pass_d_a is None:
        raise refusal("no_certificate")
    looked = CertificateForm.objects.filter(second_look__by=trainee)
    seen = seen_since(trainee, None) | {one for form in looked for one in form.pictures}
    seen = bank_of(PictureSet.SEALED).with_twins(seen)
    forms: list[CertificateForm] = list(course.forms.filter(second_look__accepted=True).order_by("number"))
    for form in forms:
        if not seen & set(form.pictures):
            return form
    if course.forms.filter(second_look=None).exists():
        raise refusal("form_waits")
    raise refusal("no_unseen_form")


def _blind(trainee: Account, course: Course, mode: SittingMode, seed: int) -> list[str]:
    """One half of the blind set before the course, the other one after it; which comes first differs from person to
    person, so that a half that is easier makes no gain."""
    own = Sitting.objects.filter(trainee=trainee, course=course).exclude(state=SittingState.ABANDONED.value)
    before = own.filter(mode=SittingMode.PRETEST.value)
    if mode is SittingMode.PRETEST and before.exists():
        raise refusal("pretest_taken")
    if mode is SittingMode.POSTTEST and not before.filter(state=SittingState.ENDED.value).exists():
        raise refusal("no_pretest")
    if mode is SittingMode.POSTTEST and own.filter(mode=SittingMode.POSTTEST.value).exists():
        raise refusal("posttest_taken")
    half = (half_of(f"{trainee.pk}:{course.pk}") + (mode is SittingMode.POSTTEST)) % 2
    bank = bank_of(PictureSet.BLIND, course.machine_class)
    seen = bank.with_twins(seen_since(trainee, None) | shown_outside(trainee, PictureSet.BLIND))
    articles = {one.picture: one.article for one in bank.threats}
    bags = _bags([one.picture for one in bank.harmless])
    threats = [one.picture for one in bank.threats if half_of(one.article) == half]
    harmless = []
    for one in bank.harmless:
        # A harmless picture stands in the half of its twin's article, so that a bag is met in one of the tests alone.
        twin = bank.twin_of.get(one.picture, "")
        if half_of(articles.get(twin) or bags[one.picture]) == half:
            harmless.append(one.picture)
    random = np.random.default_rng([seed, 1])
    wanted = round(course.test_pictures * course.threat_share)
    chosen = [
        _drawn([one for one in kind if one not in seen], count, random)
        for kind, count in ((threats, wanted), (harmless, course.test_pictures - wanted))
    ]
    if min(map(len, chosen)) < LEAST_OF_A_TEST:
        raise _none_left(mode)
    return [*chosen[0], *chosen[1]]


def _none_left(mode: SittingMode) -> RequestError:
    """Whose turn it is: where pictures wait for a second person's look, that person's."""
    waits = mode.set.looked_through and waiting_pictures(mode.set).exists()
    return refusal("set_waits" if waits else "no_pictures")


def _bags(pictures: list[str]) -> dict[str, str]:
    rows = Picture.objects.filter(pk__in=pictures).values_list("pk", "bag")
    return {str(key): bag for key, bag in rows}


def _drawn(pictures: list[str], count: int, random: np.random.Generator) -> list[str]:
    if len(pictures) <= count:
        return pictures
    return [pictures[place] for place in sorted(random.choice(len(pictures), count, replace=False))]
