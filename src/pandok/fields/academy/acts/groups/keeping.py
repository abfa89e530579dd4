"""A trainer's groups: made, members added and ended with a reason, courses assigned until a day, closed."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from pandok.common.audit import writing as audit
from pandok.common.models import Account
from pandok.common.parties.belonging import site_of
from pandok.common.reasons import checked_reason
from pandok.core.audit import Detail
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.fields.academy.lesson_refusals import refusal
from pandok.fields.academy.lists.courses import open_courses
from pandok.fields.academy.lists.groups import group_of
from pandok.fields.academy.models import CourseAssigned, Group, GroupMember
from pandok.fields.academy.roles import Action


def make_group(*, name: str, trainer: Account, now: datetime) -> Group:
    """Raises RequestError lesson.group_name."""
    name = " ".join(name.split())
    if not name:
        raise refusal("group_name")
    with transaction.atomic():
        group = Group.objects.create(name=name[:120], trainer=trainer, site=site_of(trainer), made_at=now)
        _tell(trainer, "group.made", group, "", now)
    return group


def close_group(*, group_id: UUID, reason: str, trainer: Account, now: datetime) -> Group:
    """All memberships end: the trainer sees nobody's results by it any more. Raises RequestError request.reason,
    lesson.not_there, lesson.group_closed."""
    reason = checked_reason(reason)
    with transaction.atomic():
        group = _open(group_id, trainer)
        group.closed_at = now
        group.save(update_fields=["closed_at"])
        for one in group.members.filter(until=None):
            _end(one, reason, trainer, now)
        _tell(trainer, "group.closed", group, reason, now)
    return group


def add_member(*, group_id: UUID, username: str, reason: str, trainer: Account, now: datetime) -> GroupMember:
    """Of the trainer's own site alone. Raises RequestError request.reason, lesson.not_there, lesson.no_trainee,
    lesson.member_there, lesson.group_closed."""
    reason = checked_reason(reason)
    member = Account.objects.filter(username=username.strip(), is_active=True).first()
    # Who works elsewhere answers like who is not there: names of other sites are nobody's to try out.
    if member is None or not member.may(Action.TRAIN) or site_of(member) != site_of(trainer):
        raise refusal("no_trainee")
    with transaction.atomic():
        group = _open(group_id, trainer)
        if group.members.filter(member=member, until=None).exists():
            raise refusal("member_there")
        made = GroupMember.objects.create(group=group, member=member, reason=reason, since=now, added_by=trainer)
        _tell(trainer, "group.member_added", group, reason, now, {"member": member.get_username()})
    return made


def end_membership(*, group_id: UUID, member_id: UUID, reason: str, trainer: Account, now: datetime) -> GroupMember:
    """Raises RequestError request.reason, lesson.not_there."""
    reason = checked_reason(reason)
    with transaction.atomic():
        group = _locked(group_id, trainer)
        found = group.members.filter(pk=member_id, until=None).select_related("member").first()
        if found is None:
            raise refusal("not_there")
        _end(found, reason, trainer, now)
    return found


def assign_course(
    *, group_id: UUID, course_id: UUID, due_on: date, reason: str, trainer: Account, now: datetime
) -> CourseAssigned:
    """Raises RequestError lesson.not_there, lesson.group_closed, lesson.course_closed, lesson.due_past."""
    course = open_courses().filter(pk=course_id).first()
    if course is None:
        raise refusal("course_closed")
    if due_on < now.astimezone(OFFICE_ZONE).date():
        raise refusal("due_past")
    with transaction.atomic():
        group = _open(group_id, trainer)
        made = CourseAssigned.objects.create(
            group=group, course=course, due_on=due_on, assigned_at=now, assigned_by=trainer, reason=reason.strip()
        )
        details: dict[str, Detail] = {"course": course.title_ko, "due_on": due_on.isoformat()}
        _tell(trainer, "group.course_assigned", group, reason.strip(), now, details)
    return made


def _end(member: GroupMember, reason: str, trainer: Account, now: datetime) -> None:
    member.until, member.end_reason, member.ended_by = now, reason, trainer
    member.save(update_fields=["until", "end_reason", "ended_by"])
    _tell(trainer, "group.member_ended", member.group, reason, now, {"member": member.member.get_username()})


def _open(group_id: UUID, trainer: Account) -> Group:
    group = _locked(group_id, trainer)
    if group.closed_at is not None:
        raise refusal("group_closed")
    return group


def _locked(group_id: UUID, trainer: Account) -> Group:
    group_of(trainer, group_id)
    found: Group = Group.objects.select_for_update().get(pk=group_id)
    return found


def _tell(
    trainer: Account, action: str, group: Group, reason: str, now: datetime, details: dict[str, Detail] | None = None
) -> None:
    audit.tell(trainer, action, f"academy_group:{group.pk}", reason, now, {"name": group.name, **(details or {})})
