"""The cases of a shadow trial: what went in, what was promised, what was decided, what was drawn, what was opened.

Rows are added, never changed. The audit chain numbers commit and decision, so that their order rests on no clock.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from pandok.common.models.append_only import AppendOnly
from pandok.fields.counterfeit.models import Case
from pandok.fields.designs.models import ReadingRecord, Signal
from pandok.fields.lab.models.shadow_trials import ShadowTrial


class ShadowCase(AppendOnly):
    """A signal that was read while the trial ran: it is in the trial from then on, whatever happens."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    trial = models.ForeignKey(ShadowTrial, on_delete=models.PROTECT, related_name="cases")
    signal = models.ForeignKey(Signal, on_delete=models.PROTECT, related_name="+")
    reading = models.ForeignKey(ReadingRecord, on_delete=models.PROTECT, related_name="+")
    """The first reading of the reader in use."""
    input_sha256 = models.CharField(max_length=64)
    site = models.CharField(max_length=20, blank=True, help_text="Code of the site where it was photographed")
    enrolled_at = models.DateTimeField()

    class Meta:
        ordering = ["enrolled_at"]
        constraints = [models.UniqueConstraint(fields=["trial", "signal"], name="one_shadow_a_signal")]

    def __str__(self) -> str:
        return f"{self.trial_id} {self.signal_id}"


class ShadowCommit(AppendOnly):
    """What the candidate said, promised by its hash. The answer and its salt are sealed until the trial is opened."""

    case = models.OneToOneField(ShadowCase, primary_key=True, on_delete=models.PROTECT, related_name="commit")
    trial = models.ForeignKey(ShadowTrial, on_delete=models.PROTECT, related_name="commits")
    sequence = models.PositiveIntegerField()
    commitment = models.CharField(max_length=64)
    sealed = models.TextField()
    at = models.DateTimeField()
    audit_sequence = models.BigIntegerField(help_text="Its place in the audit chain")

    class Meta:
        ordering = ["sequence"]
        constraints = [models.UniqueConstraint(fields=["trial", "sequence"], name="one_commit_a_place")]

    def __str__(self) -> str:
        return f"{self.trial_id} {self.sequence}"


class ShadowDecision(AppendOnly):
    """The officer's first decision in the case of this signal."""

    case = models.OneToOneField(ShadowCase, primary_key=True, on_delete=models.PROTECT, related_name="decision")
    desk_case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, help_text="design or nothing")
    design_id = models.CharField(max_length=100, blank=True)
    reason = models.TextField(blank=True)
    seconds = models.PositiveIntegerField(help_text="From the reading to the decision")
    at = models.DateTimeField()
    audit_sequence = models.BigIntegerField()
    by_tester = models.BooleanField(default=False)

    class Meta:
        ordering = ["audit_sequence"]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind}"


class AuditDraw(AppendOnly):
    """Whether goods that the officer let go were drawn for a random check, and with which chance."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.OneToOneField(ShadowCase, on_delete=models.PROTECT, related_name="draw")
    probability = models.FloatField()
    drawn = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["at"]

    def __str__(self) -> str:
        return f"{self.case_id} {self.drawn}"


class AuditFinding(AppendOnly):
    """What a random check found: which registered design the goods show, or that they show none."""

    draw = models.OneToOneField(AuditDraw, primary_key=True, on_delete=models.PROTECT, related_name="finding")
    design_id = models.CharField(max_length=100, blank=True)
    found_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.TextField()

    def __str__(self) -> str:
        return f"{self.draw_id} {self.design_id}"


class ShadowReveal(AppendOnly):
    """A case as it was opened: the candidate's answer with its salt, and the truth as it stood then."""

    case = models.OneToOneField(ShadowCase, primary_key=True, on_delete=models.PROTECT, related_name="reveal")
    output = models.JSONField(null=True)
    salt = models.CharField(max_length=64, blank=True)
    truth = models.JSONField()
    """pandok.core.lab.answers.KnownTruth, with `settled`: known, or waited for as long as was registered."""
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.case_id}"
