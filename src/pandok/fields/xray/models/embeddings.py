"""What views look like, for similar images of the past. Rows are added, never changed: a better embedding is a further
row under its own name."""

from __future__ import annotations

import numpy as np
from django.db import models
from numpy.typing import NDArray

from pandok.common.models.append_only import AppendOnly
from pandok.fields.xray.machine_class import MachineClass
from pandok.fields.xray.models.scans import ScanView


class ViewEmbedding(AppendOnly):
    """The unit vector of one view, as `embedder` (pandok.readers.xray.embedding) made it. `vector`: float32, little
    endian."""

    view = models.ForeignKey(ScanView, on_delete=models.PROTECT, related_name="embeddings")
    embedder = models.CharField(max_length=40)
    machine_class = models.CharField(max_length=12, choices=[(one.value, one.value) for one in MachineClass])
    vector = models.BinaryField()

    class Meta:
        db_table = "xray_viewembedding"
        ordering = ["view"]
        constraints = [models.UniqueConstraint(fields=["view", "embedder"], name="one_embedding_of_a_kind")]

    @property
    def values(self) -> NDArray[np.float32]:
        return np.frombuffer(bytes(self.vector), "<f4").astype(np.float32)
