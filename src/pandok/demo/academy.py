"""The academy of the demonstration: a bank of computed pictures, a course, a group with trainees, a reader with a past.

The past is simulated: a person whose ability rises from sitting to sitting, by the rule that the academy measures with.
It ends sixteen days ago, so that the fortnight rule leaves every picture to whoever sits down today. The account of the
trainee has no past at all.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np

from pandok.common.audit.viewing import record_viewing
from pandok.common.models import Account
from pandok.common.people.accounts import DEMO_PREFIX
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.academy.acts.bank.filling import fill
from pandok.fields.academy.acts.bank.jobs import ask_to_fill
from pandok.fields.academy.acts.certificates.drawing import draw_form
from pandok.fields.academy.acts.certificates.second_look import look_at_form
from pandok.fields.academy.acts.courses import CourseAsked, close_course, make_course
from pandok.fields.academy.acts.groups.keeping import add_member, assign_course, make_group
from pandok.fields.academy.acts.reviewing.sets import look_at_pictures
from pandok.fields.academy.acts.sittings.answering import confide, say, show
from pandok.fields.academy.acts.sittings.beginning import begin_sitting
from pandok.fields.academy.acts.sittings.ending import end
from pandok.fields.academy.kinds import PictureSet, Said, SittingMode
from pandok.fields.academy.lists.bank_counts import filled_with
from pandok.fields.academy.lists.forms import object_of, pictures_of
from pandok.fields.academy.lists.looks import LOOKED
from pandok.fields.academy.lists.sets import LOOKED_THROUGH, next_to_look_at, object_of_set
from pandok.fields.academy.models import CertificateForm, Course, Group, Picture, Sitting
from pandok.fields.academy.roles import Role
from pandok.fields.academy.states import OPEN, SittingState
from pandok.fields.xray.roles import Role as ScanRole

PICTURES, LATER, SEED = 240, 480, 1
"""So many are there at once; the worker goes on to so many, enough for twenty minutes of new bags."""
COURSE = CourseAsked(
    title_ko="X-ray 판독 기초 (시연)",
    title_en="Basics of X-ray reading (demonstration)",
    machine_class="cabinet",
    seconds=15,
    test_pictures=20,
    pass_d_a=0.5,
)
PAST_COURSE = replace(COURSE, title_ko="모의 답안 (시연)", title_en="Simulated answers (demonstration)", pass_d_a=None)
"""Closed before anybody signs in: its name stands beside every sitting of the past."""
GROUP = "시연 학습반 / Demonstration group"
MEMBERS = (Role.TRAINEE, ScanRole.SCAN_READER)
WHY = "시연 교육 / training in the demonstration"
SITTINGS, A_SITTING, APART, ENDED_BEFORE = 6, 40, timedelta(days=15), timedelta(days=16)
START, RISE, CRITERION = -0.6, 0.4, 0.2
"""Ability at the first sitting, what each further one adds, and how readily the simulated reader stops a bag."""
_ANSWERED_AFTER, _SURE_AFTER, _NEXT_AFTER = timedelta(seconds=4), timedelta(seconds=6), timedelta(seconds=9)


def accept_form(form: CertificateForm, by: Account, now: datetime) -> None:
    """Looked through by somebody who did not draw it, as on the page."""
    for picture in pictures_of(form):
        for view in picture.views.all():
            record_viewing(account=by, sha256=view.preview_sha256, obj=object_of(form), now=now, action=LOOKED)
    look_at_form(form_id=form.pk, accepted=True, reason="", actor=by, now=now)


def accept_sets(by: Account, now: datetime) -> None:
    """What people are measured and tested with so far, looked at by somebody who did not make it, as on the page."""
    for set_ in LOOKED_THROUGH:
        while waits := next_to_look_at(by, set_):
            for picture in waits:
                for view in picture.views.all():
                    record_viewing(
                        account=by, sha256=view.preview_sha256, obj=object_of_set(set_), now=now, action=LOOKED
                    )
            look_at_pictures(said={one.pk: (True, "") for one in waits}, actor=by, now=now)


def ensure_demo_academy(
    *,
    blobs: FolderBlobs,
    clock: Callable[[], datetime],
    pictures: int = PICTURES,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> int:
    """Returns how many pictures were added. Needs the accounts and the site of `ensure_demo_parties`; may be called
    again, and goes on where it was cut off."""
    added = fill(pictures=pictures, seed=SEED, actor=None, blobs=blobs, clock=clock, progress=progress).added
    now, trainer = clock(), _account(Role.TRAINER)
    if added and filled_with(SEED) < LATER:
        ask_to_fill(pictures=LATER, seed=SEED, actor=None, now=now)
    if added:
        accept_sets(_account(ScanRole.SCAN_SUPERVISOR), now)
    course = Course.objects.filter(title_ko=COURSE.title_ko).first()
    if course is None:
        course = make_course(asked=COURSE, actor=trainer, now=now)
        if Picture.objects.filter(set=PictureSet.SEALED.value).count() >= COURSE.test_pictures:
            form = draw_form(course_id=course.pk, seed=SEED, actor=trainer, now=now)
            accept_form(form, _account(ScanRole.SCAN_SUPERVISOR), now)
    if not Group.objects.filter(name=GROUP).exists():
        group = make_group(name=GROUP, trainer=trainer, now=now)
        for role in MEMBERS:
            username = _account(role).get_username()
            add_member(group_id=group.pk, username=username, reason=WHY, trainer=trainer, now=now)
        due = (now + timedelta(days=30)).date()
        assign_course(group_id=group.pk, course_id=course.pk, due_on=due, reason=WHY, trainer=trainer, now=now)
    _past(trainer, _account(ScanRole.SCAN_READER), now)
    return added


def _past(trainer: Account, reader: Account, now: datetime) -> None:
    course = Course.objects.filter(title_ko=PAST_COURSE.title_ko).first()
    if course is None:
        course = make_course(asked=PAST_COURSE, actor=trainer, now=now - ENDED_BEFORE - SITTINGS * APART)
    if course.closed_at is not None:
        return
    for number in range(Sitting.objects.filter(trainee=reader, course=course).count(), SITTINGS):
        at = now - ENDED_BEFORE - (SITTINGS - 1 - number) * APART
        sitting = begin_sitting(trainee=reader, course_id=course.pk, mode=SittingMode.TRAIN, seed=SEED + number, now=at)
        random = np.random.default_rng([SEED, number])
        for place in range(1, A_SITTING + 1):
            sitting.refresh_from_db()
            if SittingState(sitting.state) not in OPEN:  # every picture was seen within a fortnight
                break
            _answer(sitting, reader, place, START + RISE * number, random, at)
            at += _NEXT_AFTER
        sitting.refresh_from_db()
        if SittingState(sitting.state) in OPEN:
            end(sitting_id=sitting.pk, trainee=reader, now=at)
    close_course(course_id=course.pk, actor=trainer, reason=WHY, now=now)


def _answer(
    sitting: Sitting, reader: Account, place: int, ability: float, random: np.random.Generator, at: datetime
) -> None:
    shown = show(sitting_id=sitting.pk, trainee=reader, number=place, now=at)
    if shown is None:
        return
    said, sure = _said(shown.picture, ability, random), int(random.integers(2, 6))
    say(
        sitting_id=sitting.pk,
        trainee=reader,
        number=place,
        said=said,
        marks=shown.picture.truth if said is Said.STOP else [],
        functions=[],
        now=at + _ANSWERED_AFTER,
    )
    confide(sitting_id=sitting.pk, trainee=reader, number=place, confidence=sure, now=at + _SURE_AFTER)


def _said(picture: Picture, ability: float, random: np.random.Generator) -> Said:
    """By the model that the academy measures with (pandok.proof.ability.answers)."""
    threat = picture.slope * (ability - picture.difficulty) + CRITERION
    logit = threat if picture.threat else CRITERION - picture.innocence
    return Said.STOP if random.random() < 1 / (1 + math.exp(-logit)) else Said.CLEAR


def _account(role: Role | ScanRole) -> Account:
    return Account.objects.get(username=DEMO_PREFIX + role.value)
