"""Question: how long do the statistics take at a million cases, added up beforehand or counted at every question?

    python -m benchmarks.statistics_page --cases 1000000 --out benchmarks/results/statistics_page.json

Synthetic figures in SQLite, written by bulk SQL: 20 sites, 32 classes, 5 years of months, a new reader every year,
times to the holder from minutes to days. Asked is the use case that the page calls, for 12 and 24 months, one class and
one site; `counted` is the same answer without the kept sums, and both are checked to agree. `write 500 cases` is what
keeping the sums adds to a batch of the worker.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import tempfile
import time
import uuid
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.machine import write_result

SEED = 2027
SITES, CLASSES, MONTHS = 20, 32, 60
LAST = date(2026, 3, 2)
REPEATS = 9


def make(cases: int) -> None:
    from django.db import connection, transaction

    from pandok.common.models import Account, Site
    from pandok.fields.counterfeit.acts.learning.case_figures import two_digits
    from pandok.fields.counterfeit.acts.learning.statistics import months_back
    from pandok.web.database_tables import bring_up_to_date

    bring_up_to_date()
    noise = random.Random(SEED)
    officer = Account.objects.create_user("officer").pk
    sites = [Site.objects.create(code=f"S{n:02}", name_ko=f"세관 {n}", name_en=f"Site {n}").pk for n in range(SITES)]
    months = [month.isoformat() for month in months_back(LAST, MONTHS)]

    def row() -> tuple[Any, ...]:
        place = noise.randrange(MONTHS)
        told, right = noise.random() < 0.7, noise.random() < 0.5
        minutes = two_digits(noise.lognormvariate(4, 1.5)) if told else None
        rank = min(int(noise.expovariate(0.7)) + 1, 20) if right else None
        truth = "right_design" if right else noise.choice(["", "not_in_register"])
        return (
            uuid.UUID(int=noise.getrandbits(128)).hex, months[place], noise.choice(sites), officer,
            f"{noise.randrange(1, CLASSES + 1):02}", f"pandok-design 1.{place // 12}", noise.random() < 0.2, minutes,
            told and right, noise.random() < 0.05, truth, "appraisal", rank,
        )  # fmt: skip

    columns = (
        "case_id, month, site_id, officer_id, locarno_class, reader, nothing_close, minutes_to_holder, judged, "
        "wrong_notice, truth, truth_source, rank"
    )
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys = OFF")
    with transaction.atomic(), connection.cursor() as cursor:
        question = f"INSERT INTO desk_casefigure ({columns}) VALUES ({', '.join(['%s'] * 13)})"
        for start in range(0, cases, 10_000):
            cursor.executemany(question, [row() for _ in range(min(10_000, cases - start))])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def timed(act: Callable[[], object], repeats: int = REPEATS) -> dict[str, float]:
    act()
    walls = []
    for _ in range(repeats):
        started = time.perf_counter()
        act()
        walls.append(1e3 * (time.perf_counter() - started))
    walls.sort()
    return {"p50": round(walls[len(walls) // 2], 1), "most": round(walls[-1], 1)}


def measure(cases: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="pandok-figures-") as home:
        os.environ["PANDOK_HOME"] = home
        os.environ["DJANGO_SETTINGS_MODULE"] = "pandok.web.django_settings"
        import django

        django.setup()
        make(cases)
        from django.db import transaction

        from pandok.common.models import Site
        from pandok.fields.counterfeit.acts.learning import tallies
        from pandok.fields.counterfeit.acts.learning.statistics import Figures, statistics
        from pandok.fields.counterfeit.models import CaseFigure, FigureTally

        started = time.perf_counter()
        with transaction.atomic():
            tallies.locked()
        rebuilt = time.perf_counter() - started
        kept = Figures(CaseFigure.objects.all(), FigureTally.objects.all())
        counted = Figures(CaseFigure.objects.all(), None)
        site = Site.objects.order_by("pk").values_list("pk", flat=True)[0]
        asked: dict[str, dict[str, Any]] = {
            "12 months": {"months": 12},
            "24 months": {"months": 24},
            "24 months, one class": {"months": 24, "locarno_class": "09"},
            "24 months, one site": {"months": 24, "site": site},
        }
        answers = {}
        for name, question in asked.items():
            assert statistics(kept, last=LAST, **question) == statistics(counted, last=LAST, **question), name
            answers[name] = {
                "kept_ms": timed(lambda question=question: statistics(kept, last=LAST, **question)),
                "counted_ms": timed(lambda question=question: statistics(counted, last=LAST, **question), 3),
            }
        batch = list(CaseFigure.objects.all()[:500])
        return {
            "cases": cases,
            "cells": FigureTally.objects.count(),
            "rebuild_s": round(rebuilt, 1),
            "write_500_cases_ms": timed(lambda: _rewrite(batch)),
            "questions": answers,
        }


def _rewrite(batch: list[Any]) -> None:
    """500 cases that change and change back: the sums are moved twice."""
    import copy

    from django.db import transaction

    from pandok.fields.counterfeit.acts.learning import tallies

    other = [copy.copy(one) for one in batch]
    for one in other:
        one.nothing_close = not one.nothing_close
    with transaction.atomic():
        tallies.move(batch, other)
        tallies.move(other, batch)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cases", type=int, default=1_000_000)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    measured = measure(options.cases)
    print(json.dumps(measured, indent=1))
    if options.out:
        write_result(options.out, __doc__.splitlines()[0].removeprefix("Question: "), SEED, measured)


if __name__ == "__main__":
    main()
