"""Applications to calls: what a consortium says, the files beside it, and what happened."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from pandok.common.models import Party
from pandok.core.programme.consortium import MemberSaid
from pandok.fields.programme.application_states import ApplicationState
from pandok.fields.programme.application_text import ApplicationSaid
from pandok.fields.programme.models.agreements import Agreement
from pandok.fields.programme.models.calls import Call
from pandok.fields.programme.models.state_history import StateHistory


class CallApplication(models.Model):
    """`party`: the firm that leads; `party_name`: its name when it was submitted. `members`: lead first, as they were
    written. `sha256`: of all that was submitted; it is not changed after that."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=20, unique=True, help_text="2026-AP-000001")
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="applications")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="call_applications")
    party_name = models.CharField(max_length=300)
    state = models.CharField(max_length=12, choices=[(one.value, one.value) for one in ApplicationState])
    state_since = models.DateTimeField()
    title = models.CharField(max_length=120, blank=True)
    members = models.JSONField(default=list)
    answers = models.JSONField(default=dict)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    submitted_at = models.DateTimeField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    reason = models.TextField(blank=True, help_text="Of the decision")
    agreement = models.ForeignKey(
        Agreement, null=True, blank=True, on_delete=models.PROTECT, related_name="call_applications"
    )

    class Meta:
        db_table = "programme_callapplication"
        ordering = ["-made_at", "-id"]
        indexes = [
            models.Index(fields=["-made_at", "-id"], name="application_newest"),
            models.Index(fields=["party", "-made_at"], name="application_of_firm"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "party"],
                condition=~models.Q(state="withdrawn"),
                name="one_application_of_a_firm_to_a_call",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def said(self) -> ApplicationSaid:
        return ApplicationSaid(self.title, tuple(MemberSaid(**one) for one in self.members), self.answers)


class ApplicationEvent(StateHistory):
    application = models.ForeignKey(CallApplication, on_delete=models.PROTECT, related_name="events")
    what = models.CharField(max_length=40, blank=True, help_text="What happened where the state stayed")

    class Meta(StateHistory.Meta):
        db_table = "programme_applicationevent"
        constraints = [
            models.UniqueConstraint(fields=["application", "sequence"], name="one_application_event_a_number")
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.sequence}"


class ApplicationFile(models.Model):
    """A file beside the answers; its content is in the blobs."""

    application = models.ForeignKey(CallApplication, on_delete=models.PROTECT, related_name="files")
    filename = models.CharField(max_length=200)
    media_type = models.CharField(max_length=60)
    size_bytes = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        db_table = "programme_applicationfile"
        ordering = ["added_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["application", "sha256"], name="each_file_of_an_application_once")
        ]

    def __str__(self) -> str:
        return self.filename
