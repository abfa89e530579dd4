"""Checks of the audit chain: how far one has come, and up to which entry the chain held."""

from __future__ import annotations

import uuid

from django.db import models

from pandok.core.audit_faults import fault_words
from pandok.core.text import Text


class ChainCheck(models.Model):
    """One run of the check. A finished one without fault is a checkpoint: the next quick check starts after it.

    A checkpoint saves time and proves nothing by itself: who could change the chain could change this row too. A full
    check starts before all of them and compares each; an anchor kept elsewhere shows what both were.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    full = models.BooleanField(help_text="From the first entry, ignoring earlier checks")
    asked_by = models.CharField(max_length=150)
    asked_at = models.DateTimeField()
    start_sequence = models.BigIntegerField(default=0, help_text="The entry it started after; 0: the first")
    sequence = models.BigIntegerField(default=0, help_text="The last entry that was found whole")
    hash = models.CharField(max_length=64, blank=True)
    total = models.BigIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=20, blank=True)
    fault_sequence = models.BigIntegerField(null=True)

    class Meta:
        db_table = "desk_chaincheck"
        ordering = ["-asked_at"]
        indexes = [models.Index(fields=["-asked_at"], name="chain_check_newest")]

    @property
    def fault_words(self) -> Text:
        return fault_words(self.fault)

    def __str__(self) -> str:
        return f"{self.asked_at} {self.sequence} {self.fault}"
