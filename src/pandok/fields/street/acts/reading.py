"""The hazard readers of poles go on from where they were saved, inside the transaction that takes the readings."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from pandok.fields.street.acts.alerting import Found
from pandok.fields.street.hazards import Hazards, Seen
from pandok.fields.street.models import Pole, ReaderState, Sensor


def read_all(doors: Iterable[tuple[Pole, Collection[Sensor], Sequence[Seen]]], hazards: Hazards) -> list[Found]:
    """What the readers of these poles find in what was seen. Raises StoreError for a saved state that is damaged."""
    busy = [(pole, sensors, seen) for pole, sensors, seen in doors if seen]
    made = [
        (pole, seen, hazard)
        for pole, sensors, seen in busy
        for hazard in hazards(pole.key, tuple(sorted(one.observed for one in sensors)))
    ]
    saved = {
        (one.pole_id, one.reader): one.saved for one in ReaderState.objects.filter(pole__in=[pole for pole, *_ in busy])
    }
    found: list[Found] = []
    states = []
    for pole, seen, hazard in made:
        if (before := saved.get((pole.pk, hazard.name))) is not None:
            hazard.restore(before)
        found += [Found(said, pole) for one in seen for said in hazard.take(one)]
        states.append(ReaderState(pole=pole, reader=hazard.name, saved=hazard.saved()))
    if states:
        ReaderState.objects.bulk_create(
            states, batch_size=500, update_conflicts=True, unique_fields=["pole", "reader"], update_fields=["saved"]
        )
    return found
