"""Certificates: fixed forms of sealed pictures, and who passed one. Rows are added, never changed."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from pandok.common.models.append_only import AppendOnly
from pandok.fields.academy.models.courses import Course


class CertificateForm(AppendOnly):
    """The pictures of one test, drawn before anybody sits it. Each person is shown them in an order of their own."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="forms")
    number = models.PositiveIntegerField(help_text="From 1 within the course")
    drawn_at = models.DateTimeField()
    drawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    seed = models.BigIntegerField()
    pictures = models.JSONField(default=list, help_text="Ids, sorted: the order tells nothing")

    class Meta:
        db_table = "academy_certificateform"
        ordering = ["course", "number"]
        constraints = [models.UniqueConstraint(fields=["course", "number"], name="one_certificate_form_a_number")]

    def __str__(self) -> str:
        return f"{self.course_id} {self.number}"


class SecondLook(AppendOnly):
    """Of somebody who did not draw the form: whether its pictures may be tested with. Nobody sits it before. Once a
    form: what was rejected is drawn anew."""

    form = models.OneToOneField(CertificateForm, on_delete=models.PROTECT, related_name="second_look")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    accepted = models.BooleanField()
    reason = models.TextField(blank=True, help_text="Why it was rejected")

    class Meta:
        db_table = "academy_secondlook"
        ordering = ["at"]

    def __str__(self) -> str:
        return f"{self.form_id} {self.accepted}"


class Certificate(AppendOnly):
    """Of who passed: the lower bound of d_a reached the mark of the course as it stood then."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=20, unique=True, help_text="2026-T-000123")
    sitting = models.OneToOneField("academy.Sitting", on_delete=models.PROTECT, related_name="certificate")
    trainee = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="certificates")
    issued_at = models.DateTimeField()
    expires_on = models.DateField()
    threats = models.PositiveIntegerField()
    hits = models.PositiveIntegerField()
    harmless = models.PositiveIntegerField()
    false_alarms = models.PositiveIntegerField()
    slope = models.FloatField(help_text="Of the zROC, with which d_a is told")
    d_a = models.FloatField()
    d_a_low = models.FloatField()
    d_a_high = models.FloatField()
    pass_d_a = models.FloatField()

    class Meta:
        db_table = "academy_certificate"
        ordering = ["-issued_at"]

    def __str__(self) -> str:
        return self.number
