"""The goods, readings and answers of an assisted trial. Everything is planned when the protocol is locked; rows are
added, never changed, and the audit chain numbers help, opening and answer, so that their order rests on no clock.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from pandok.common.models.append_only import AppendOnly
from pandok.fields.counterfeit.models import Case
from pandok.fields.designs.models import ReadingRecord
from pandok.fields.lab.models.shadow_trials import ShadowTrial


class AssistedCase(AppendOnly):
    """Goods of a closed case, with what they are known to be."""

    trial = models.ForeignKey(ShadowTrial, on_delete=models.PROTECT, related_name="assisted_cases")
    number = models.PositiveIntegerField()
    desk_case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    reading = models.ForeignKey(ReadingRecord, on_delete=models.PROTECT, related_name="+")
    input_sha256 = models.CharField(max_length=64)
    truth = models.CharField(max_length=100, blank=True, help_text="design_id; empty: in no registered design")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["trial", "number"], name="one_assisted_case_a_number")]

    def __str__(self) -> str:
        return f"{self.trial_id} {self.number}"


class AssistedHelp(AppendOnly):
    """What the model says of a case, promised by its hash and sealed before the first reading, and the registered
    designs that stand beside the goods in every reading."""

    case = models.OneToOneField(AssistedCase, primary_key=True, on_delete=models.PROTECT, related_name="help")
    commitment = models.CharField(max_length=64)
    sealed = models.TextField()
    line_up = models.JSONField()
    at = models.DateTimeField()
    audit_sequence = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.case_id}"


class AssistedReading(AppendOnly):
    """One planned reading: who reads which case in which place, with or without help. `code` stands for the reader in
    whatever leaves."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    trial = models.ForeignKey(ShadowTrial, on_delete=models.PROTECT, related_name="readings")
    case = models.ForeignKey(AssistedCase, on_delete=models.PROTECT, related_name="readings")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=10)
    round = models.PositiveSmallIntegerField()
    place = models.PositiveIntegerField()
    arm = models.CharField(max_length=8)

    class Meta:
        ordering = ["code", "round", "place"]
        constraints = [
            models.UniqueConstraint(fields=["trial", "reader", "round", "place"], name="one_assisted_reading_a_place")
        ]

    def __str__(self) -> str:
        return f"{self.trial_id} {self.code} {self.round}.{self.place}"


class AssistedOpening(AppendOnly):
    """From here the time of a reading counts; with help, the reader sees it from here."""

    reading = models.OneToOneField(AssistedReading, primary_key=True, on_delete=models.PROTECT, related_name="opening")
    at = models.DateTimeField()
    audit_sequence = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.reading_id}"


class AssistedAnswer(AppendOnly):
    reading = models.OneToOneField(AssistedReading, primary_key=True, on_delete=models.PROTECT, related_name="answer")
    design_id = models.CharField(max_length=100, blank=True, help_text="Empty: none of the designs shown")
    seconds = models.PositiveIntegerField(help_text="From the opening to the answer")
    at = models.DateTimeField()
    audit_sequence = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.reading_id} {self.design_id}"
