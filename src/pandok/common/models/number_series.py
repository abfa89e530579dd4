"""The last number that was given in each series: 2026 (cases), 2026-D, 2026-X, 2026-P, 2026-V."""

from __future__ import annotations

from django.db import models


class NumberSeries(models.Model):
    """Only pandok.common.records.numbering counts it up, under the lock of its row."""

    name = models.CharField(max_length=40, primary_key=True)
    last = models.PositiveBigIntegerField(default=0)

    class Meta:
        db_table = "desk_numberseries"

    def __str__(self) -> str:
        return f"{self.name}: {self.last}"
