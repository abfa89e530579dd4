"""Courses that can be taken."""

from __future__ import annotations

from django.db.models import QuerySet

from pandok.fields.academy.models import Course


def open_courses() -> QuerySet[Course]:
    return Course.objects.filter(closed_at=None).order_by("made_at", "title_ko")
