"""Groups of a trainer: who belongs to them since when and why, and which course they have until when."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from pandok.common.models.append_only import AppendOnly
from pandok.common.models.parties import Site
from pandok.fields.academy.models.courses import Course


class Group(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=120)
    trainer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="academy_groups")
    site = models.ForeignKey(Site, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "academy_group"
        ordering = ["name", "made_at"]

    def __str__(self) -> str:
        return self.name


class GroupMember(models.Model):
    """While `until` is open the trainer sees this person's results."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="members")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="group_memberships")
    reason = models.TextField()
    since = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    until = models.DateTimeField(null=True, blank=True)
    end_reason = models.TextField(blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        db_table = "academy_groupmember"
        ordering = ["group", "since"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "member"], condition=models.Q(until=None), name="one_standing_membership"
            )
        ]

    def __str__(self) -> str:
        return f"{self.group_id} {self.member_id}"


class CourseAssigned(AppendOnly):
    """A course that a group has, until a day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="courses")
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="assigned")
    due_on = models.DateField()
    assigned_at = models.DateTimeField()
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)

    class Meta:
        db_table = "academy_courseassigned"
        ordering = ["due_on"]

    def __str__(self) -> str:
        return f"{self.group_id} {self.course_id} {self.due_on}"
