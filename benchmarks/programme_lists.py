"""Question: how long does every list of the programme take with ten thousand problems and a thousand agreements?

    python -m benchmarks.programme_lists --out benchmarks/results/programme_lists.json

One of each is led through the use cases: a problem, a call with an application, an agreement with its lock, a final
measurement, a certificate, an outcome; its rows are then written again and again under other numbers, titles, regions
and states, in proportion. Every list page and every public list is asked for in turn, as somebody of the programme and
as nobody, through Django's test client (no network, no server), after one round that is not counted. `most_ms` is the
95th percentile of the slowest page; the goal is 300 ms.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
import uuid
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.machine import write_result

GOAL_MS = 300.0
SEED = 14
PROBLEMS, AGREEMENTS = 10_000, 1_000
OF_EACH = {"calls": 100, "applications": 1_000, "outcomes": 2_000, "hand_overs": 300, "taken": 200, "resources": 500}
NOW = datetime(2026, 10, 1, 3, 0, tzinfo=UTC)
INSIDE = (
    "/programme/problems/",
    "/programme/problems/?words=차도",
    "/programme/problems/?page=200",
    "/programme/agreements/",
    "/programme/agreements/?words=차도",
    "/programme/agreements/?page=30",
    "/programme/calls/",
    "/programme/applications/",
    "/programme/ties/",
    "/programme/data/",
    "/programme/resources/",
    "/programme/outcomes/",
    "/programme/spread/",
    "/programme/portfolio/",
    "/programme/portfolio/?page=20",
)
ADVISORS = ("/programme/reviews/",)
PUBLIC = (
    "/",
    "/problems/",
    "/problems/?words=차도",
    "/problems/?most_shared=on",
    "/calls/",
    "/projects/",
    "/projects/?page=20",
    "/spread/",
    "/data-sets/",
    "/verify/",
)


def copies(row: Any, count: int, letters: str, **varied: Iterable[Any]) -> Iterator[Any]:
    """`row` under other keys and numbers; `varied`: columns with what they hold, in turn."""
    columns = {one.attname: getattr(row, one.attname) for one in row._meta.concrete_fields}
    turns = {name: cycle(list(values)) for name, values in varied.items()}
    for place in range(count):
        changed = {name: next(values) for name, values in turns.items()}
        if "number" in columns:
            changed["number"] = f"2026-{letters}-{100_000 + place:06d}"
        key = uuid.uuid4() if isinstance(row.pk, uuid.UUID) else None
        yield type(row)(**columns | changed | {row._meta.pk.attname: key})


def written(row: Any, count: int, letters: str, **varied: Iterable[Any]) -> list[Any]:
    made = list(copies(row, count, letters, **varied))
    return list(type(row).objects.bulk_create(made, batch_size=500))


def make(home: Path) -> None:
    """Needs the tables."""
    from pandok.common import house
    from pandok.common.models import Party
    from pandok.common.people.accounts import ensure_role_groups
    from pandok.engines.files.blobs import FolderBlobs
    from pandok.fields.programme.models import (
        AgreementVersion,
        HandOverMade,
        HandOverTaken,
        Remeasurement,
        SpreadAnswer,
    )
    from pandok.fields.programme.topics import KoreanRegion, Topic
    from tests.fields.programme import bidding, ledger, office, spreading

    ensure_role_groups()
    house.blobs = lambda: FolderBlobs(home / "blobs")
    certificate = office.issued()
    agreement, measurement = certificate.agreement, certificate.measurement
    regions, topics = [one.value for one in KoreanRegion], [one.value for one in Topic]
    moments = [NOW - timedelta(hours=5 * place) for place in range(PROBLEMS)]
    titles = [f"지하차도가 잠긴다 {place}" if place % 10 == 0 else f"현장의 문제 {place}" for place in range(PROBLEMS)]
    problems = written(
        agreement.problem, PROBLEMS, "FP", title=titles, region=regions, topic=topics, proposed_at=moments,
        state=["accepted", "accepted", "answered"], published=[True, False], shared_by=range(17),
    )  # fmt: skip
    agreements = written(
        agreement, AGREEMENTS, "AG", problem_id=[one.pk for one in problems], title=titles, made_at=moments,
        state=["running", "ended"],
    )  # fmt: skip
    keys = [one.pk for one in agreements]
    versions = written(AgreementVersion.objects.get(agreement=agreement), AGREEMENTS, "", agreement_id=keys)
    for again in Remeasurement.objects.filter(agreement=agreement):
        written(again, AGREEMENTS, "", agreement_id=keys)
    measured = written(
        measurement, AGREEMENTS, "KM", agreement_id=keys, version_id=[one.pk for one in versions], measured_at=moments
    )
    written(certificate, AGREEMENTS, "TC", agreement_id=keys, measurement_id=[one.pk for one in measured])
    outcome = ledger.entered_outcome(agreement)
    written(outcome, OF_EACH["outcomes"], "OC", agreement_id=keys, title=titles, registration=titles)
    application = bidding.submitted()
    calls = written(application.call, OF_EACH["calls"], "CA", title=titles, made_at=moments, published_at=moments)
    firms = Party.objects.bulk_create(Party(kind=Party.COMPANY, name=f"기업 {one}", added_at=NOW) for one in range(10))
    pairs = [(call.pk, firm.pk) for call in calls for firm in firms]
    written(
        application, OF_EACH["applications"], "AP", call_id=[call for call, _ in pairs],
        party_id=[firm for _, firm in pairs], title=titles, made_at=moments,
    )  # fmt: skip
    handed = spreading.handed_over()
    packages = [f"{place:064x}" for place in range(1_000)]
    made = written(handed, OF_EACH["hand_overs"], "HO", agreement_id=keys, package=packages, made_at=moments)
    answered = spreading.answered_hand_over()
    answer = SpreadAnswer.objects.get(taken=answered)
    written(answer, len(made), "", made_id=[one.pk for one in made], taken_id=[None], region=regions)
    taken = written(answered, OF_EACH["taken"], "HO", package=packages, region=regions, taken_at=moments)
    written(answer, len(taken), "", taken_id=[one.pk for one in taken], region=regions)
    assert HandOverMade.objects.count() > 300
    assert HandOverTaken.objects.count() > 200


def more_of_the_map() -> None:
    from pandok.fields.programme.models import TrialResource
    from pandok.fields.programme.topics import KoreanRegion
    from tests.fields.programme import on_map

    regions = [one.value for one in KoreanRegion]
    written(on_map.resource(), OF_EACH["resources"], "RS", region=regions)
    assert TrialResource.objects.count() > OF_EACH["resources"]


def asked(client: Any, addresses: Iterable[str], rounds: int) -> dict[str, dict[str, float]]:
    found: dict[str, list[float]] = {one: [] for one in addresses}
    for place in range(rounds + 1):
        for address, times in found.items():
            started = time.perf_counter()
            answer = client.get(address)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            if answer.status_code != 200 or not body:
                raise SystemExit(f"{address}: {answer.status_code}")
            if place:
                times.append(1e3 * (time.perf_counter() - started))
    return {
        one: {"median_ms": round(float(np.median(times)), 1), "p95_ms": round(float(np.percentile(times, 95)), 1)}
        for one, times in found.items()
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--out", type=Path)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="pandok-lists-") as name:
        os.environ["PANDOK_HOME"], os.environ["PANDOK_TWO_STEP"] = name, "off"
        os.environ["DJANGO_SETTINGS_MODULE"] = "pandok.web.django_settings"
        from pandok.cli.terminal import start_django

        start_django()
        from django.test import Client, override_settings

        from tests.fields.programme.office import person
        from tests.roles import Role

        make(Path(name))
        more_of_the_map()
        with override_settings(ALLOWED_HOSTS=["*"], SECURE_SSL_REDIRECT=False):
            inside, advisor, nobody = Client(), Client(), Client()
            inside.force_login(person(Role.PROGRAMME_OFFICE))
            advisor.force_login(person(Role.ADVISOR))
            pages = (
                asked(advisor, ADVISORS, chosen.rounds)
                | asked(inside, INSIDE, chosen.rounds)
                | asked(nobody, PUBLIC, chosen.rounds)
            )
    slow = [one for one, times in pages.items() if times["p95_ms"] > GOAL_MS]
    measured = {
        "problems": PROBLEMS, "agreements": AGREEMENTS, **OF_EACH, "rounds": chosen.rounds, "goal_ms": GOAL_MS,
        "most_ms": max(times["p95_ms"] for times in pages.values()), "above_goal": slow, "pages": pages,
    }  # fmt: skip
    for one, times in islice(sorted(pages.items(), key=lambda item: -item[1]["p95_ms"]), 40):
        print(f"{times['p95_ms']:8.1f} ms  {one}")
    if chosen.out:
        write_result(chosen.out, str(__doc__).splitlines()[0], SEED, measured)


if __name__ == "__main__":
    main()
