"""Question: how much processor time does one picture of a sitting cost the server, with 300 readers under way?

    python -m benchmarks.academy_answers --readers 300 --rounds 4 --out benchmarks/results/academy_answers.json

Pages and answers of the academy, through all middleware, records in SQLite, in one process without a network: 300
readers train on a bank of pictures, each in turn, with answers from before (`--before` each). Counted is the time of
the processor for every request, each answered with the page that comes then: the picture is given, the answer, the
confidence (where the answer is kept and the next picture chosen); and the next picture, sealed. Right and wrong answers
are drawn. A request that waits for another one is not in it.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.machine import write_result
from benchmarks.xray_import import ready
from benchmarks.xray_viewer import spread

ARTICLES, ROWS, COLUMNS = 250, 200, 300
GOAL_MS = 200.0


def fill(home: Path, readers: int, pictures: int, before: int, random: np.random.Generator) -> list[Any]:
    """A bank, a course, and people with a past; gives a client of each, signed in and with a sitting begun."""
    from django.contrib.auth.models import Group
    from django.test import Client

    from pandok.common.models import Account
    from pandok.common.people.accounts import ensure_role_groups
    from pandok.engines.files.blobs import FolderBlobs
    from pandok.fields.academy.acts.courses import CourseAsked, make_course
    from pandok.fields.academy.kinds import SittingMode
    from pandok.fields.academy.models import Article, Picture, PictureView, Sitting, TrialAnswer
    from pandok.readers.xray.planes import packed
    from pandok.readers.xray.standard import StandardView

    ensure_role_groups()
    now = datetime.now(UTC)
    high = random.uniform(0.2, 0.9, (ROWS, COLUMNS)).astype(np.float32)
    view = StandardView("1", high, high**1.3, np.full_like(high, 0.1))
    blobs = FolderBlobs(home / "blobs")
    named = {"planes_sha256": blobs.put(packed(view.levels())), "preview_sha256": blobs.put(view.preview_jpeg())}
    facts = {"kind": "blade", "set": "training", "source": "generator", "state": "in_use"}
    times = {"state_since": now, "made_at": now}
    articles = [
        Article.objects.create(name_ko=f"칼 {one}", name_en=f"Knife {one}", **facts, **times) for one in range(ARTICLES)
    ]
    made: list[Picture] = []
    for number in range(pictures):
        article = articles[number // 2 % ARTICLES] if number % 2 else None
        one = Picture.objects.create(
            article=article,
            threat=article is not None,
            set="training",
            bag=str(number // 2),
            machine_class="cabinet",
            truth=[{"view": "1", "box": [10, 10, 60, 60]}] if article else [],
            difficulty=float(random.normal(0, 1)),
            difficulty_sd=0.5,
            twin=made[-1] if article else None,
            from_generator=True,
            made_at=now,
        )
        made.append(one)
        PictureView.objects.create(
            picture=one,
            position=0,
            name="1",
            rows=ROWS,
            columns=COLUMNS,
            planes=list(view.planes),
            penetration_limit=0.01,
            **named,
        )
    course = make_course(asked=CourseAsked("소포", "Parcels", seconds=60, minutes=60), actor=None, now=now)
    clients = []
    for place in range(readers):
        person = Account.objects.create_user(f"reader {place}")
        person.groups.add(Group.objects.get(name="trainee"))
        past = Sitting.objects.create(
            trainee=person,
            course=course,
            mode=SittingMode.TRAIN.value,
            state="ended",
            state_since=now,
            begun_at=now - timedelta(days=20),
            touched_at=now,
            seed=place,
        )
        at = now - timedelta(days=20)
        TrialAnswer.objects.bulk_create(
            TrialAnswer(
                sitting=past,
                number=number + 1,
                trainee=person,
                picture=one,
                article_id=one.article_id,
                threat=one.threat,
                shown_at=at,
                said_at=at + timedelta(seconds=4),
                answered_at=at + timedelta(seconds=6),
                said="stop" if random.random() < (0.75 if one.threat else 0.2) else "clear",
                marks=[],
                located=one.threat,
                confidence=3,
            )
            for number, one in enumerate(made[picked] for picked in random.integers(0, len(made), before))
        )
        client = Client(SERVER_NAME="localhost")
        client.force_login(person)
        answer = client.post("/academy/begin/", {"course": course.pk, "mode": "train"})
        clients.append((client, answer["Location"]))
    return clients


def one_round(clients: list[Any], random: np.random.Generator, found: dict[str, list[float]], number: int) -> None:
    """Every reader one picture."""

    def asked(kind: str, client: Any, method: str, address: str, data: dict[str, Any] | None = None) -> Any:
        begun = time.process_time()
        answer = getattr(client, method)(address, data or {})
        found.setdefault(kind, []).append(1e3 * (time.process_time() - begun))
        assert answer.status_code == 200, (kind, answer.status_code)
        return answer

    for client, address in clients:
        sent: dict[str, Any] = {"number": number, "within_page": "on"}
        asked("picture_given", client, "post", f"{address}next/", sent)
        said = "stop" if random.random() < 0.5 else "clear"
        asked("answer", client, "post", f"{address}decide/", {**sent, "decision": said, "marks": "[]"})
        asked("confidence_and_choice", client, "post", f"{address}confidence/", {**sent, "confidence": 3})
        for view in asked("ahead", client, "post", f"{address}ahead/").json()["views"]:
            asked("sealed_picture", client, "get", view["address"])


def measured(readers: int, rounds: int, pictures: int, before: int, seed: int) -> dict[str, Any]:
    random = np.random.default_rng(seed)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["PANDOK_TWO_STEP"] = "off"
        ready(Path(folder))
        from django.db import transaction

        with transaction.atomic():
            clients = fill(Path(folder), readers, pictures, before, random)
        warm: dict[str, list[float]] = {}
        one_round(clients, random, warm, 1)
        found: dict[str, list[float]] = {}
        for number in range(2, rounds + 2):
            one_round(clients, random, found, number)
        from pandok.fields.academy.models import TrialAnswer

        kept = TrialAnswer.objects.filter(sitting__state="running").count()
    whole = sum(float(np.mean(times)) for times in found.values())
    return {
        "readers": readers,
        "pictures": pictures,
        "answers_before_each": before,
        "requests": sum(map(len, found.values())),
        "answers_kept": kept,
        "answers_given": readers * (rounds + 1),
        "cpu_ms": {kind: spread(times) for kind, times in found.items()},
        "first_cpu_ms": {kind: spread(times) for kind, times in warm.items()},
        "cpu_ms_a_picture": round(whole, 1),
        "pictures_a_second_and_core": round(1e3 / whole, 1),
        "goal_ms": GOAL_MS,
    }


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    arguments.add_argument("--readers", type=int, default=300)
    arguments.add_argument("--rounds", type=int, default=4)
    arguments.add_argument("--pictures", type=int, default=2000)
    arguments.add_argument("--before", type=int, default=200)
    arguments.add_argument("--seed", type=int, default=13)
    arguments.add_argument("--out", type=Path)
    given = arguments.parse_args()
    result = measured(given.readers, given.rounds, given.pictures, given.before, given.seed)
    if given.out:
        question = "How much processor time does one picture of a sitting cost the server, with 300 readers under way?"
        write_result(given.out, question, given.seed, result)
    for kind, values in result["cpu_ms"].items():
        print(f"{kind}: median {values['median']}, p95 {values['p95']} ms of a processor")
    print({name: result[name] for name in ("cpu_ms_a_picture", "answers_kept", "answers_given")})


if __name__ == "__main__":
    main()
