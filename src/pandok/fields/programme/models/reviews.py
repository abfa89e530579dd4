"""Who reviews what, what binds reviewers to firms, who stands behind a firm, and what was selected."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from pandok.common.models.append_only import AppendOnly
from pandok.core.programme.conflicts import Bond
from pandok.fields.programme.models.applications import CallApplication
from pandok.fields.programme.models.calls import Call
from pandok.fields.programme.review_states import ReviewState, SelectionState


class ApplicationReview(models.Model):
    """`marks`: points and reason of each criterion; `total` and `sha256` of them from the lock on. `why_void`: in the
    language of the record, with what is known of the tie."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(CallApplication, on_delete=models.PROTECT, related_name="reviews")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="call_reviews")
    state = models.CharField(max_length=10, choices=[(one.value, one.value) for one in ReviewState])
    state_since = models.DateTimeField()
    marks = models.JSONField(default=dict)
    total = models.FloatField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField()
    locked_at = models.DateTimeField(null=True, blank=True)
    why_void = models.TextField(blank=True)

    class Meta:
        db_table = "programme_applicationreview"
        ordering = ["assigned_at", "id"]
        constraints = [models.UniqueConstraint(fields=["application", "reviewer"], name="each_reviews_once")]

    def __str__(self) -> str:
        return f"{self.application_id} {self.reviewer_id}"


class ReviewerTie(models.Model):
    """`told_by`: the person, or the office for them. `until` null: still so. `taken_back_at`: it was a mistake."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="firm_ties")
    firm = models.CharField(max_length=200)
    firm_number = models.CharField(max_length=20, blank=True)
    bond = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Bond])
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    told_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "programme_reviewertie"
        ordering = ["-told_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.person_id} {self.firm}"


class FirmBehind(AppendOnly):
    """`owner` stands behind `firm`: a parent, a majority owner. `source`: how that is known."""

    firm = models.CharField(max_length=200)
    firm_number = models.CharField(max_length=20, blank=True)
    owner = models.CharField(max_length=200)
    owner_number = models.CharField(max_length=20, blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    source = models.TextField()
    told_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField()

    class Meta:
        db_table = "programme_firmbehind"
        ordering = ["-told_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.firm} {self.owner}"


class Selection(models.Model):
    """What the office offers to the committee. `rows`: number, selected, reason of each application; `ranking`: as it
    stood then; `sha256` of both."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="selections")
    state = models.CharField(max_length=12, choices=[(one.value, one.value) for one in SelectionState])
    rows = models.JSONField()
    ranking = models.JSONField()
    sha256 = models.CharField(max_length=64)
    reason = models.TextField()
    offered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    offered_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "programme_selection"
        ordering = ["offered_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["call"], condition=models.Q(state="offered"), name="one_selection_offered_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.call_id} {self.offered_at}"


class SelectionVote(AppendOnly):
    """`content`: the sha256 of what was voted on."""

    selection = models.ForeignKey(Selection, on_delete=models.PROTECT, related_name="votes")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    agrees = models.BooleanField()
    reason = models.TextField()
    content = models.CharField(max_length=64)
    voted_at = models.DateTimeField()

    class Meta:
        db_table = "programme_selectionvote"
        ordering = ["voted_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["selection", "person"], name="each_votes_on_a_selection_once")]

    def __str__(self) -> str:
        return f"{self.selection_id} {self.person_id}"
