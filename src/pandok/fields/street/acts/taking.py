"""Messages of poles are taken: one transaction keeps what they say, where every sensor stands, what readers made of it,
and up to which number there is no gap. Only then may anybody acknowledge.

Locks stand in one order everywhere: poles by key, alerts by id, then the audit chain.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.db import transaction

from pandok.fields.street.acts.alerting import keep_found
from pandok.fields.street.acts.plain_rows import put_rows, update_rows
from pandok.fields.street.acts.reading import read_all
from pandok.fields.street.acts.values import COLUMNS_NOW, SensorNow, checked, keep_current
from pandok.fields.street.clock import offset_ms
from pandok.fields.street.hazards import Hazards, Seen
from pandok.fields.street.messages import PoleMessage
from pandok.fields.street.models import DeviceAttribute, Pole, PoleState, Sensor, Spool, TakenMessage
from pandok.fields.street.observation_numbers import observation_id
from pandok.fields.street.observed import FORGOTTEN
from pandok.fields.street.sequence import Came, Kept

MOST_SPOOLS = 64
"""Of one pole. A pole that begins one after another is broken, or not what it says."""


@dataclass(frozen=True)
class Arrived:
    """`pole`: as the door knew it (topic, password), never as the message says."""

    pole: str
    message: PoleMessage
    received_at: datetime
    is_live: bool = True
    """False: out of a file. It may be of any age, and does not say that the pole is there."""
    by_pole: bool = True
    """False: a program says it, whose clock is not the pole's."""


@dataclass(frozen=True)
class Taken:
    """What the pole is told: all of this spool up to `contiguous` is kept."""

    pole: str
    spool: str
    contiguous: int


@dataclass
class _Door:
    """One pole while its messages are taken."""

    pole: Pole
    state: PoleState
    sensors: dict[tuple[str, str], SensorNow] = field(default_factory=dict)
    spools: dict[str, Spool] = field(default_factory=dict)
    asked: dict[str, int] = field(default_factory=dict)
    """Spools that were heard from, with the number that each was kept up to before."""
    messages: list[TakenMessage] = field(default_factory=list)
    forgotten: list[TakenMessage] = field(default_factory=list)
    """Messages that are without the readings that are only read."""
    seen: list[tuple[Seen, TakenMessage, int]] = field(default_factory=list)
    """Each with its message and its place in it."""
    attributes: dict[str, tuple[str, datetime]] = field(default_factory=dict)
    """What devices said of themselves, and when it came."""


def take(arrived: Sequence[Arrived], *, hazards: Hazards) -> list[Taken]:
    """Keep what is new of it; say for every spool that was heard from how far it is kept without a gap.

    Messages of poles that are not registered are left out. After an error of the database nothing is kept and nothing
    may be acknowledged: the poles send again.
    """
    with transaction.atomic():
        doors = _opened({one.pole for one in arrived})
        for one in arrived:
            if one.pole in doors:
                _take_one(doors[one.pole], one)
        open_doors = list(doors.values())
        to_read = [(one.pole, one.sensors.values(), _in_number(one)) for one in open_doors]
        _keep(open_doors)
        now = max((one.received_at for one in arrived), default=None)
        if now is not None and (found := read_all(to_read, hazards, now=now)):
            keep_found(found, now=now)
        return [Taken(one.pole.key, key, one.spools[key].contiguous) for one in open_doors for key in sorted(one.asked)]


def _opened(keys: Iterable[str]) -> dict[str, _Door]:
    poles = {one.pk: one for one in Pole.objects.filter(key__in=sorted(keys), gone_at=None).order_by("key")}
    known = set(PoleState.objects.filter(pole__in=poles).values_list("pole_id", flat=True))
    if missing := [PoleState(pole_id=pk) for pk in poles if pk not in known]:
        PoleState.objects.bulk_create(missing, ignore_conflicts=True)
    states = PoleState.objects.select_for_update(of=("self",), no_key=True).filter(pole__in=poles)
    doors = {one.pole_id: _Door(poles[one.pole_id], one) for one in states.order_by("pole__key")}
    for row in Sensor.objects.filter(pole__in=poles, gone_at=None).order_by("pk").values_list(*COLUMNS_NOW):
        sensor = SensorNow(*row)
        doors[sensor.pole_id].sensors[sensor.key, sensor.observed] = sensor
    for spool in Spool.objects.filter(pole__in=poles):
        doors[spool.pole_id].spools[spool.key] = spool
    return {door.pole.key: door for door in doors.values()}


def _take_one(door: _Door, one: Arrived) -> None:
    message, state = one.message, door.state
    spool = _spool(door, message.spool, one)
    if spool is None:
        state.last_refusal = "too many spools"
        return
    door.asked.setdefault(spool.key, spool.contiguous)
    kept, came = Kept.of(spool.contiguous, spool.beyond).take(message.sequence)
    if one.is_live:
        state.last_heard_at = max(filter(None, (state.last_heard_at, one.received_at)))
    if came is Came.AGAIN:
        state.again += 1
    if came is not Came.NEW:
        return
    spool.contiguous, spool.beyond = kept.contiguous, sorted(kept.beyond)
    door.attributes |= {path: (value, one.received_at) for path, value in message.attributes.items()}
    received_ms = round(one.received_at.timestamp() * 1000)
    has_clock = one.is_live and one.by_pole
    offset = offset_ms(state.clock_offset_ms, message.sent_ms, received_ms) if has_clock else 0
    if has_clock:
        state.clock_offset_ms = offset
    good: list[list[str | int | float]] = []
    times: dict[tuple[str, str], list[int]] = defaultdict(list)
    for reading in message.readings:
        which = (reading.sensor, reading.property)
        wrong = checked(reading, door.sensors.get(which), offset, received_ms, times[which], one.is_live)
        if wrong:
            # Its number counts as taken all the same: else the pole would send it for ever, and nothing behind it.
            state.refused, state.last_refusal = state.refused + 1, wrong
            continue
        times[which].append(reading.at_ms)
        good.append([reading.sensor, reading.property, reading.at_ms, reading.value])
    # What is only read stands last: it goes, and the places of the others stay.
    good.sort(key=lambda reading: reading[1] in FORGOTTEN)
    kept_as = TakenMessage(
        pole=door.pole,
        spool=spool,
        sequence=message.sequence,
        received_at=one.received_at,
        offset_ms=offset,
        readings=good,
    )
    door.messages.append(kept_as)
    for place, (sensor, observed, at_ms, value) in enumerate(good):
        door.seen.append((Seen(str(sensor), str(observed), int(at_ms) + offset, float(value)), kept_as, place))


def _in_number(door: _Door) -> list[Seen]:
    """What readers are given: the messages that have no gap before them any more, in the order of their numbers. A
    line that doubles and reorders changes nothing of what they find. What is only to be read is forgotten with it."""
    found = []
    for key, before in sorted(door.asked.items()):
        spool = door.spools[key]
        known = {one.sequence: one for one in door.messages if one.spool_id == spool.pk}
        numbers = range(before + 1, spool.contiguous + 1)
        if any(number not in known for number in numbers):
            held = TakenMessage.objects.filter(spool=spool, sequence__gt=before, sequence__lte=spool.contiguous)
            known |= {one.sequence: one for one in held}
        for number in numbers:
            message = known[number]
            found += [
                Seen(sensor, observed, at_ms + message.offset_ms, value)
                for sensor, observed, at_ms, value in message.readings
            ]
            if any(observed in FORGOTTEN for _, observed, *_ in message.readings):
                message.readings = [one for one in message.readings if one[1] not in FORGOTTEN]
                door.forgotten.append(message)
    return found


def _spool(door: _Door, key: str, one: Arrived) -> Spool | None:
    if key not in door.spools:
        if one.is_live and sum(not spool.from_file for spool in door.spools.values()) >= MOST_SPOOLS:
            return None
        facts = {"begun_at": one.received_at, "from_file": not one.is_live}
        door.spools[key] = Spool.objects.create(pole=door.pole, key=key, **facts)
    return door.spools[key]


def _keep(doors: list[_Door]) -> None:
    update_rows([one for door in doors for one in door.forgotten if one.pk is not None], ["readings"])
    TakenMessage.objects.bulk_create([message for door in doors for message in door.messages])
    update_rows([door.spools[key] for door in doors for key in door.asked], ["contiguous", "beyond"])
    said = [(door.pole.pk, path, *value) for door in doors for path, value in sorted(door.attributes.items())]
    put_rows(DeviceAttribute, ["pole", "path"], ["value", "said_at"], said)
    newest: dict[SensorNow, list[tuple[datetime, float, int]]] = defaultdict(list)
    for door in doors:
        for one, message, place in door.seen:
            if one.observed in FORGOTTEN:
                continue
            at = datetime.fromtimestamp(one.at_ms / 1000, UTC)
            newest[door.sensors[one.sensor, one.observed]].append((at, one.value, observation_id(message.pk, place)))
    late = keep_current(newest)
    for door in doors:
        door.state.late += sum(late.get(sensor.pk, 0) for sensor in door.sensors.values())
    columns = ["last_heard_at", "clock_offset_ms", "again", "late", "refused", "last_refusal"]
    update_rows([one.state for one in doors], columns)
