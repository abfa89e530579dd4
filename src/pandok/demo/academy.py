"""The academy of the demonstration: a bank of computed pictures, a course, a group with trainees."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from pandok.common.models import Account
from pandok.common.people.accounts import DEMO_PREFIX
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.academy.acts.bank.filling import fill
from pandok.fields.academy.acts.courses import CourseAsked, make_course
from pandok.fields.academy.acts.groups.keeping import add_member, make_group
from pandok.fields.academy.models import Course, Group
from pandok.fields.academy.roles import Role
from pandok.fields.xray.roles import Role as ScanRole

PICTURES, SEED = 240, 1
COURSE = CourseAsked(
    title_ko="X-ray 판독 기초 (시연)",
    title_en="Basics of X-ray reading (demonstration)",
    machine_class="cabinet",
    seconds=15,
    test_pictures=20,
    pass_d_a=0.5,
)
GROUP = "시연 학습반 / Demonstration group"
MEMBERS = (Role.TRAINEE, ScanRole.SCAN_READER)


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
    if not Course.objects.filter(title_ko=COURSE.title_ko).exists():
        make_course(asked=COURSE, actor=_account(Role.TRAINER), now=clock())
    if not Group.objects.filter(name=GROUP).exists():
        trainer = _account(Role.TRAINER)
        group = make_group(name=GROUP, trainer=trainer, now=clock())
        for role in MEMBERS:
            add_member(
                group_id=group.pk,
                username=_account(role).get_username(),
                reason="시연 교육 / training in the demonstration",
                trainer=trainer,
                now=clock(),
            )
    return added


def _account(role: Role | ScanRole) -> Account:
    return Account.objects.get(username=DEMO_PREFIX + role.value)
