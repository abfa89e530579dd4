"""What every case of every pack is, by keyed hashes that outlive the data: so that a case is known again in another
pack, version or file."""

from __future__ import annotations

from django.db import models

from pandok.common.models.append_only import AppendOnly
from pandok.core.lab.problem import Part
from pandok.fields.lab.models.problems import ProblemPack


class KnownCase(AppendOnly):
    """One query of a pack. Cases that are the same have the same `identity`; `how` says by what it was found."""

    NEW, EXACT, CONTENT, ALIKE = "new", "exact", "content", "alike"

    pack = models.ForeignKey(ProblemPack, on_delete=models.PROTECT, related_name="known_cases")
    part = models.CharField(max_length=10, choices=[(part.value, part.value) for part in Part])
    case_id = models.CharField(max_length=200, blank=True, help_text="Empty for packs of before these were kept")
    exact = models.CharField(max_length=64, db_index=True, help_text="As the vault's record of the input's sha256")
    content = models.CharField(max_length=64, blank=True, db_index=True)
    sketch = models.BinaryField(default=bytes)
    identity = models.CharField(max_length=64)
    how = models.CharField(max_length=10, choices=[(one, one) for one in (NEW, EXACT, CONTENT, ALIKE)])

    class Meta:
        indexes = [
            models.Index(fields=["identity", "part"], name="known_case_identity"),
            models.Index(fields=["pack", "part"], name="known_case_part"),
        ]

    def __str__(self) -> str:
        return f"{self.pack_id} {self.part} {self.case_id}"
