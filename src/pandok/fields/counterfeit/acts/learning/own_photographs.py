"""A confirmed photograph never helps to read itself, another saving of it, or what was taken together with it.

What was cut from it or turned is known by its points: pandok.fields.designs.own_views.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from django.db.models import Q

from pandok.engines.near_copies.case_prints import alike, sketch_of
from pandok.fields.counterfeit.models import ConfirmedView
from pandok.fields.designs.models import SignalPhotograph
from pandok.fields.designs.own_views import AskedPhotographs

SKETCH_KEY = b"confirmed photograph"
"""Not secret: whoever has the database of a site has its photographs too."""


def of_these_photographs(view_keys: Sequence[int], asked: AskedPhotographs) -> set[int]:
    """Of some confirmed views those that must not answer for the photographs that are read."""
    rows = ConfirmedView.objects.filter(view__in=view_keys).values_list(
        "view_id", "photograph__signal_id", "sketch", "view__sha256"
    )
    known = list(rows)
    if not known:
        return set()
    files = Q(sha256__in=asked.sha256) | Q(original_sha256__in=asked.sha256)
    signals = set(SignalPhotograph.objects.filter(files).values_list("signal_id", flat=True))
    own = {view_key for view_key, signal, _, sha256 in known if signal in signals or sha256 in asked.sha256}
    sketches = np.stack([np.frombuffer(sketch, dtype=np.uint64) for _, _, sketch, _ in known])
    for pixels in asked.pictures:
        near = alike(sketch_of(np.ascontiguousarray(pixels), SKETCH_KEY), sketches)
        own |= {known[place][0] for place in near.tolist()}
    return own
