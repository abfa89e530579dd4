"""What changed, from what to what, since when, by which source. Added to, never overwritten."""

from __future__ import annotations

from django.db import models

from pandok.common.models.append_only import AppendOnly
from pandok.fields.register.models.rights import Design


class Change(AppendOnly):
    """`effective_on` is the day the change took effect by the source; `recorded_at` is when Pandok learned of it."""

    design = models.ForeignKey(Design, on_delete=models.PROTECT, related_name="%(class)ss")
    effective_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300)
    recorded_at = models.DateTimeField()

    class Meta:
        abstract = True


class StatusChange(Change):
    """The first one of a design has an empty `old`."""

    old = models.CharField(max_length=20, blank=True)
    new = models.CharField(max_length=20)
    old_word = models.CharField(max_length=100, blank=True)
    new_word = models.CharField(max_length=100, blank=True)

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"


class ClassChange(Change):
    """`scheme` is "locarno" or "korean"; the edition or version belongs to the class."""

    scheme = models.CharField(max_length=10)
    old = models.CharField(max_length=30, blank=True)
    old_edition = models.CharField(max_length=20, blank=True)
    new = models.CharField(max_length=30)
    new_edition = models.CharField(max_length=20, blank=True)

    def __str__(self) -> str:
        return f"{self.scheme} {self.old} ({self.old_edition}) → {self.new} ({self.new_edition})"


class FactChange(Change):
    """Any other fact of a design (holder, article, numbers, dates, customs recordal), as text."""

    fact = models.CharField(max_length=50)
    old = models.CharField(max_length=500, blank=True)
    new = models.CharField(max_length=500, blank=True)

    def __str__(self) -> str:
        return f"{self.fact}: {self.old} → {self.new}"


class KeptField(AppendOnly):
    """What a source says of a design under a name that Pandok does not read: kept as written, newest row last."""

    design = models.ForeignKey(Design, on_delete=models.PROTECT, related_name="kept_fields")
    name = models.CharField(max_length=100)
    value = models.CharField(max_length=500)
    source = models.CharField(max_length=300)
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["design", "name"])]

    def __str__(self) -> str:
        return f"{self.name}: {self.value}"
