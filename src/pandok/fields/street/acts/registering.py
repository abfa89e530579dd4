"""Test beds, poles, devices and sensors are entered; passwords of poles are made."""

from __future__ import annotations

import hashlib
import hmac
import math
import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from pandok.common.audit import writing as audit
from pandok.common.models import Account
from pandok.common.models.locking import locked
from pandok.common.reasons import checked_reason
from pandok.fields.street.acts.broker_passwords import keyed
from pandok.fields.street.acts.pole_places import place_pole
from pandok.fields.street.messages import POLE_KEY
from pandok.fields.street.models import Device, Pole, PoleState, Sensor, TestBed
from pandok.fields.street.observed import OBSERVED
from pandok.fields.street.orders import DeviceKind
from pandok.fields.street.refusals import refusal


@dataclass(frozen=True)
class SensorFacts:
    key: str
    observed: str


@dataclass(frozen=True)
class PoleFacts:
    key: str
    feeder: str = ""
    place_ko: str = ""
    place_en: str = ""
    latitude: float | None = None
    longitude: float | None = None
    expected_every_s: int = 60
    maker: str = ""
    model: str = ""
    firmware: str = ""
    network: str = ""
    power: str = ""
    operator: str = ""
    sensors: tuple[SensorFacts, ...] = ()
    acting: tuple[DeviceKind, ...] = ()
    """What the pole can be told to do with."""


def open_test_bed(
    *, code: str, name_ko: str, name_en: str, question: str, actor: Account | None, now: datetime
) -> TestBed:
    """The bed of this code, made where there was none. Raises RequestError for a code that cannot be used."""
    if not POLE_KEY.fullmatch(code) or len(code) > 20:
        raise refusal("bad_key")
    with transaction.atomic():
        bed, made = TestBed.objects.get_or_create(
            code=code, defaults={"name_ko": name_ko, "name_en": name_en, "question": question, "opened_at": now}
        )
        if made:
            audit.tell(actor, "test-bed.opened", f"test-bed:{bed.code}", question[:200], now)
    return bed


def register_pole(bed: TestBed, facts: PoleFacts, *, actor: Account | None, now: datetime) -> Pole:
    """A pole with one device that carries its sensors. Raises RequestError for what cannot be."""
    _check(facts)
    with transaction.atomic():
        if Pole.objects.filter(key=facts.key).exists():
            raise refusal("pole_there")
        pole = Pole.objects.create(
            key=facts.key,
            test_bed=bed,
            place_ko=facts.place_ko,
            place_en=facts.place_en or facts.place_ko,
            latitude=facts.latitude,
            longitude=facts.longitude,
            feeder=facts.feeder,
            expected_every_s=facts.expected_every_s,
            added_at=now,
        )
        PoleState.objects.create(pole=pole)
        device = Device.objects.create(
            pole=pole,
            key="gateway",
            kind="gateway",
            maker=facts.maker,
            model=facts.model,
            firmware=facts.firmware,
            network=facts.network,
            power=facts.power,
            operator=facts.operator,
        )
        Sensor.objects.bulk_create(
            Sensor(device=device, pole=pole, key=one.key, observed=one.observed, unit=OBSERVED[one.observed].unit)
            for one in facts.sensors
        )
        place_pole(pole, now)
        Device.objects.bulk_create(Device(pole=pole, key=one.value, kind=one.value) for one in facts.acting)
        audit.tell(actor, "pole.registered", f"pole:{pole.key}", "", now, {"sensors": len(facts.sensors)})
    return pole


def _check(facts: PoleFacts) -> None:
    keys = [facts.key, *(one.key for one in facts.sensors)]
    if not all(POLE_KEY.fullmatch(one) for one in keys) or (facts.feeder and not POLE_KEY.fullmatch(facts.feeder)):
        raise refusal("bad_key")
    if any(one.observed not in OBSERVED for one in facts.sensors):
        raise refusal("bad_sensor")
    for value, most in ((facts.latitude, 90), (facts.longitude, 180)):
        if value is not None and not (math.isfinite(value) and -most <= value <= most):
            raise refusal("bad_place")


def pole_named(key: str) -> Pole:
    """Raises RequestError where there is none."""
    found = Pole.objects.filter(key=key).first()
    if found is None:
        raise refusal("no_pole")
    return found


def new_password(key: str, *, actor: Account | None, reason: str, now: datetime) -> str:
    """The pole's password, said once and kept as a hash. The one before no longer opens anything."""
    reason = checked_reason(reason)
    word = secrets.token_urlsafe(32)
    with transaction.atomic():
        pole = locked(Pole, pole_named(key).pk)
        pole.password_sha256 = hashlib.sha256(word.encode()).hexdigest()
        pole.broker_password = keyed(word)
        pole.save(update_fields=["password_sha256", "broker_password"])
        audit.tell(actor, "pole.password", f"pole:{pole.key}", reason, now)
    return word


def is_password(pole: Pole, word: str) -> bool:
    found = hashlib.sha256(word.encode()).hexdigest()
    return bool(pole.password_sha256) and hmac.compare_digest(pole.password_sha256, found)
