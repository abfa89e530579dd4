"""The hazard readers of poles go on from where they were saved, inside the transaction that takes the readings."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from pandok.common.audit import writing as audit
from pandok.core.errors import StoreError
from pandok.core.text import Text
from pandok.fields.street.acts.alerting import Found, standing
from pandok.fields.street.acts.plain_rows import put_rows
from pandok.fields.street.acts.values import SensorNow
from pandok.fields.street.hazards import Hazard, Hazards, PoleToRead, Said, Seen
from pandok.fields.street.models import Alert, Pole, ReaderState, Sensor
from pandok.fields.street.readers_in_memory import InMemory


def read_all(
    doors: Iterable[tuple[Pole, Collection[SensorNow], Sequence[Seen]]], hazards: Hazards, *, now: datetime
) -> list[Found]:
    """What the readers of these poles find in what was seen. A reader whose saved state is of another version, or is
    damaged, begins anew, and this is told: messages must not wait for it."""
    busy = [(pole, sensors, seen) for pole, sensors, seen in doors if seen]
    made = [(pole, seen, hazard) for pole, sensors, seen in busy for hazard in hazards(pole_to_read(pole, sensors))]
    states_of = ReaderState.objects.filter(pole__in=[pole for pole, *_ in busy])
    saved = {(pole, reader): state for pole, reader, state in states_of.values_list("pole", "reader", "saved")}
    found: list[Found] = []
    states = []
    for pole, seen, hazard in made:
        try:
            _begin(hazard, saved.get((pole.pk, hazard.name)))
        except StoreError as error:
            found += _anew(pole, hazard, error, seen[0].at_ms, now)
        found += [Found(said, pole) for one in seen for said in hazard.take(one)]
        states.append((pole.pk, hazard.name, hazard.saved(), hazard.left_out))
    put_rows(ReaderState, ["pole", "reader"], ["saved", "left_out"], states)
    return found


def _begin(hazard: Hazard, saved: str | None) -> None:
    if saved is not None:
        hazard.restore(saved)
    elif isinstance(hazard, InMemory):
        hazard.begin()


def pole_to_read(pole: Pole, sensors: Iterable[SensorNow | Sensor]) -> PoleToRead:
    measured = tuple(sorted((one.key, one.observed) for one in sensors))
    return PoleToRead(pole.key, measured, pole.latitude, pole.longitude, pole.reader_settings)


def _anew(pole: Pole, hazard: Hazard, error: StoreError, at_ms: int, now: datetime) -> list[Found]:
    """What the reader before it had raised would stand for ever: it is cleared, and raised again where it is still
    so."""
    details = {"reader": hazard.name}
    audit.tell("street", "reader.anew", f"pole:{pole.key}", error.what.ko, now, details)
    why = Text(
        ko="판독기가 바뀌어 새로 시작했습니다. 조건이 계속되면 다시 발령됩니다.",
        en="The reader was replaced and began anew. If the condition lasts, it is raised again.",
    )
    return [
        Found(
            Said(
                one.pk,
                one.reader,
                one.version,
                round(one.onset_at.timestamp() * 1000),
                at_ms,
                "cleared",
                0,
                one.score,
                why,
            ),
            pole,
        )
        for one in Alert.objects.filter(standing(hazard.name), pole=pole).order_by("pk")
    ]
