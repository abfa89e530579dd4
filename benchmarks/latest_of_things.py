"""Question: how long does the latest value of every Thing take by SensorThings (FROST-Server #287)?

    python -m benchmarks.latest_of_things --out benchmarks/results/latest_of_things.json

`--things` poles with a level sensor each, which said ten values through the ingest. One request with $expand asks for
all of them and their newest observation, five times through the site's own view, in a SQLite database of its own; then
the same with $select, which asks for the name of each and the result alone. By the clock, from the request to the bytes
of the answer, with the processor's time beside it, as machines are shared.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from benchmarks.machine import write_result

NOON = datetime(2026, 7, 1, 3, tzinfo=UTC)
VALUES, ASKED, BATCH = 10, 5, 2000
THINGS = "/street/sensorthings/v1.1/Things?$top=20000"
NEWEST = "$top=1;$orderby=phenomenonTime desc"
WHOLE = f"{THINGS}&$expand=Datastreams($expand=Observations({NEWEST}))"
RESULT = f"Observations({NEWEST};$select=phenomenonTime,result)"
SELECTED = f"{THINGS}&$select=name&$expand=Datastreams($select=name;$expand={RESULT})"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--things", type=int, default=20_000)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"PANDOK_HOME": home, "DJANGO_SETTINGS_MODULE": "pandok.web.django_settings"}
        result = measured(chosen.things)
    write_result(chosen.out, "Latest value of every Thing by SensorThings", 0, result)
    print(result)


def measured(things: int) -> dict[str, Any]:
    import django

    django.setup()
    from pandok.web.database_tables import bring_up_to_date

    bring_up_to_date()
    fill(things)
    call = caller()
    return {"things": things, "whole": asked(call, WHOLE), "selected": asked(call, SELECTED)}


def asked(call: Any, path: str) -> dict[str, Any]:
    answer = call(path)
    clock, processor = [], []
    for _ in range(ASKED):
        begun, used = perf_counter(), process_time()
        answer = call(path)
        clock.append(perf_counter() - begun)
        processor.append(process_time() - used)
    found = answer.json()["value"]
    newest = [one["Datastreams"][0]["Observations"][0]["result"] for one in found]
    return {
        "answered": len(found),
        "right": sum(one == VALUES - 1 for one in newest),
        "answer_bytes": len(answer.content),
        "median_s": round(statistics.median(clock), 3),
        "longest_s": round(max(clock), 3),
        "median_processor_s": round(statistics.median(processor), 3),
    }


def fill(things: int) -> None:
    from pandok.fields.street.acts.registering import open_test_bed
    from pandok.fields.street.acts.taking import Arrived, take
    from pandok.fields.street.hazards import none_yet
    from pandok.fields.street.messages import PoleMessage, ReadingSent
    from pandok.fields.street.models import Device, Pole, PoleState, Sensor

    bed = open_test_bed(code="bench", name_ko="bench", name_en="bench", question="", actor=None, now=NOON)
    poles = Pole.objects.bulk_create(Pole(key=f"p-{n:05d}", test_bed=bed, added_at=NOON) for n in range(things))
    PoleState.objects.bulk_create(PoleState(pole=one) for one in poles)
    devices = Device.objects.bulk_create(Device(pole=one, key="gateway", kind="gateway") for one in poles)
    Sensor.objects.bulk_create(
        Sensor(device=one, pole=one.pole, key="level-1", observed="depth_cm", unit="cm") for one in devices
    )
    for start in range(0, things, BATCH):
        batch = []
        for one in poles[start : start + BATCH]:
            at_ms = [round((NOON + timedelta(minutes=n)).timestamp() * 1000) for n in range(VALUES)]
            readings = tuple(
                ReadingSent(sensor="level-1", property="depth_cm", unit="cm", at_ms=at, value=float(n))
                for n, at in enumerate(at_ms)
            )
            said = PoleMessage(spool="a" * 32, sequence=1, sent_ms=at_ms[-1], readings=readings)
            batch.append(Arrived(one.key, said, NOON + timedelta(minutes=VALUES)))
        take(batch, hazards=none_yet)


def caller() -> Any:
    """A program with a token of the control room."""
    from django.contrib.auth.models import Group
    from django.test import Client
    from django.utils import timezone

    from pandok.common.models import Account
    from pandok.common.people.accounts import ensure_role_groups
    from pandok.common.people.scopes import scope_of
    from pandok.common.people.tokens import make_token
    from pandok.fields.street.roles import Action, Role

    ensure_role_groups()
    account = Account.objects.create(username="program")
    account.groups.add(Group.objects.get(name=Role.CONTROL_ROOM.value))
    now, scopes = timezone.now(), [scope_of(Action.SEE_STREET)]
    _, word = make_token(
        account=account, title="b", scopes=scopes, expires_at=now + timedelta(days=1), actor=account, now=now
    )
    headers = {"Authorization": f"Bearer {word}", "Host": "localhost"}
    return lambda path: Client().get(path.replace(" ", "%20"), headers=headers)


if __name__ == "__main__":
    main()
