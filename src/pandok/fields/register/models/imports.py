"""Import runs, what they found wrong, and what they have already read."""

from __future__ import annotations

from django.db import models

from pandok.fields.register.models.rights import Design


class ImportRun(models.Model):
    """One run of `import_source`. A run that was killed stays "running" until the next one of the same source."""

    started_at = models.DateTimeField()
    actor = models.CharField(max_length=200)
    source = models.CharField(max_length=300)
    importer = models.CharField(max_length=30)
    state = models.CharField(max_length=20, default="running", help_text="running, finished, interrupted")
    counts = models.JSONField(default=dict)
    unread = models.JSONField(default=dict, help_text="Names that were kept unread: count, first file, line and value")

    def __str__(self) -> str:
        return f"{self.pk} {self.source} {self.state}"


class ImportFinding(models.Model):
    """One bad row, with the place where it stands and a sentence that says what to do."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="findings")
    code = models.CharField(max_length=50, db_index=True)
    file = models.CharField(max_length=500)
    line = models.PositiveIntegerField()
    design_id = models.CharField(max_length=100, blank=True)
    ko = models.TextField()
    en = models.TextField()

    def __str__(self) -> str:
        return f"{self.file}:{self.line} {self.code}"


class ImportedRecord(models.Model):
    """The fingerprint of a source record that is wholly in the register, so that the next run can pass it by.

    `part` tells apart records of one design that stand in different places of a source.
    """

    design = models.ForeignKey(Design, on_delete=models.CASCADE, related_name="+")
    part = models.CharField(max_length=32)
    fingerprint = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["design", "part"], name="one_record_each")]

    def __str__(self) -> str:
        return self.fingerprint
