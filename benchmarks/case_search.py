"""Question: how long does a work list of cases take at a million cases, by list, filter and free text?

Synthetic cases in SQLite, written by bulk SQL: 20 sites, 400 officers, 5,000 holders, 32 classes, 5 years; one in
twenty is open. Every question is asked of the use case that the page calls, as an officer of one site and as an
auditor of all sites; the 50th page is reached by its key. Times are of the whole use case, rows and their parties
included, on a warm cache.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.machine import write_result

SEED = 20260
SITES, OFFICERS, HOLDERS, CLASSES, YEARS = 20, 400, 5000, 32, 5
OPEN_SHARE = 0.05
NOW = datetime(2026, 3, 2, 3, tzinfo=UTC)
GOODS = (
    "가방 손가방 신발 운동화 시계 손목시계 조명 병 컵 머그컵 의자 책상 장난감 인형 이어폰 충전기 가위 칼 안경 선글라스"
)
KINDS = "여성용 남성용 아동용 휴대용 접이식 방수 무선 소형 대형 목재 금속 유리 면 합성수지 가죽 고급 세트 부품 덮개"
SYLLABLES = "가나다라마바사아자차카타파하거너더러머버서어저처커터퍼허고노도로모보소오조초코토포호"
REPEATS = 15


def names(noise: random.Random, count: int, length: int) -> list[str]:
    return ["".join(noise.choices(SYLLABLES, k=length)) for _ in range(count)]


def make(home: Path, cases: int) -> None:
    """A database of this size, with the statistics that the planner reads."""
    from django.db import connection, transaction

    from pandok.common.people.accounts import ensure_role_groups
    from pandok.fields.counterfeit.lists import search_index
    from pandok.web.database_tables import bring_up_to_date

    bring_up_to_date()
    ensure_role_groups()
    noise = random.Random(SEED)
    holders = [f"{name} 주식회사" for name in names(noise, HOLDERS, 4)]
    accounts = make_people(holders)
    with connection.cursor() as cursor:
        for name in search_index._TRIGGERS:
            cursor.execute(f"DROP TRIGGER {name}")
        cursor.execute("PRAGMA foreign_keys = OFF")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO desk_signal(id, actor_id, caught_at) VALUES (%s, %s, %s)",
            ((f"{number:032x}", accounts[number % OFFICERS], NOW.isoformat(" ")) for number in range(cases)),
        )
        cursor.executemany(INSERT, rows(noise, cases, accounts, holders))
    search_index.ensure()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(f"{cases:,} cases in {home}", file=sys.stderr)


INSERT = """INSERT INTO desk_case(id, number, signal_id, site_id, officer_id, opened_at, law_version, state,
 state_since, turn, due_at, closed_at, item_name, hs_code, parcel_number, bl_number, locarno_class, holder_id,
 finding, disposition, words)
 VALUES (%s, %s, %s, %s, %s, %s, 'KR-2026', %s, %s, %s, %s, NULL, %s, %s, %s, '', %s, %s, '', '', %s)"""


def make_people(holders: list[str]) -> list[int]:
    from django.contrib.auth.models import Group

    from pandok.common.models import Account, Party, Site, SiteMember

    sites = [Site.objects.create(code=f"S{number:02}", name_ko="세관", name_en="site") for number in range(SITES)]
    people = Account.objects.bulk_create(Account(username=f"officer{number:03}") for number in range(OFFICERS))
    group = Group.objects.get(name="officer")
    group.user_set.add(*people)
    SiteMember.objects.bulk_create(
        SiteMember(account=person, site=sites[place % SITES]) for place, person in enumerate(people)
    )
    auditor = Account.objects.create(username="auditor")
    auditor.groups.add(Group.objects.get(name="auditor"))
    Party.objects.bulk_create(Party(kind=Party.HOLDER, name=name, added_at=NOW) for name in holders)
    return [person.pk for person in people]


def rows(noise: random.Random, cases: int, accounts: list[int], holders: list[str]) -> Iterator[tuple[Any, ...]]:
    from pandok.common.models import Party, Site

    sites = list(Site.objects.order_by("id").values_list("id", flat=True))
    parties = list(Party.objects.order_by("id").values_list("id", flat=True))
    goods, kinds = GOODS.split(), KINDS.split()
    first = NOW - timedelta(days=365 * YEARS)
    step = (NOW - first) / cases
    years: dict[int, int] = {}
    for number in range(cases):
        opened = first + step * number
        years[opened.year] = years.get(opened.year, 0) + 1
        name = f"{opened.year}-{years[opened.year]:06}"
        person = noise.randrange(OFFICERS)
        state, turn, due = state_of(noise, opened)
        holder = noise.randrange(HOLDERS) if state != "read" else None
        item = f"{noise.choice(kinds)} {noise.choice(goods)}"
        parcel = f"EB{noise.randrange(10**9):09}CN"
        locarno = f"{noise.randint(1, CLASSES):02}-{noise.randint(1, 9):02}"
        said = [name, item, parcel, locarno, f"officer{person:03}", holders[holder] if holder is not None else ""]
        yield (
            uuid.UUID(int=noise.getrandbits(128)).hex,
            name,
            f"{number:032x}",
            sites[person % SITES],
            accounts[person],
            opened.replace(tzinfo=None).isoformat(" "),
            state,
            opened.replace(tzinfo=None).isoformat(" "),
            turn,
            due.replace(tzinfo=None).isoformat(" ") if due else None,
            item,
            "420221",
            parcel,
            locarno,
            parties[holder] if holder is not None else None,
            " ".join(said).casefold(),
        )


def state_of(noise: random.Random, opened: datetime) -> tuple[str, str, datetime | None]:
    """Old cases are closed; the newest are open in every state."""
    recent = (NOW - opened) < timedelta(days=365 * YEARS * OPEN_SHARE * 2)
    if not recent or noise.random() < 0.5:
        return "closed", "nobody", None
    state = noise.choice(["read", "candidate_chosen", "notified", "suspension_requested", "lapsed", "appraised"])
    turn = "holder" if state in ("notified", "suspension_requested") else "officer"
    due = NOW + timedelta(hours=noise.randint(1, 240)) if state in ("notified", "suspension_requested") else None
    return state, turn, due


def questions() -> dict[str, dict[str, Any]]:
    """Each with a tab and a filter; holders and words stand for many of their kind."""
    from pandok.common.models import Party

    holder = Party.objects.order_by("id")[7]
    return {
        "mine": {"tab": "mine"},
        "overdue": {"tab": "overdue"},
        "all": {"tab": "all"},
        "by holder": {"tab": "all", "holder": holder.id},
        "by class": {"tab": "all", "locarno": "09"},
        "by class and subclass": {"tab": "all", "locarno": "09-03"},
        "by state": {"tab": "all", "state": "lapsed"},
        "by turn": {"tab": "all", "turn": "holder"},
        "opened in one month three years ago": {
            "tab": "all",
            "opened_from": (NOW - timedelta(days=1095)).date(),
            "opened_to": (NOW - timedelta(days=1065)).date(),
        },
        "text, frequent, 2 syllables": {"tab": "all", "text": "가방"},
        "text, frequent, 1 syllable": {"tab": "all", "text": "컵"},
        "text, rare, 2 syllables": {"tab": "all", "text": holder.name[:2]},
        "text, rare, 3 syllables": {"tab": "all", "text": holder.name[:3]},
        "text, two words": {"tab": "all", "text": f"{holder.name[:4]} 가방"},
        "text, part of a parcel number": {"tab": "all", "text": "123456"},
        "text that is nowhere": {"tab": "all", "text": "콜롬비아"},
    }


def measure(cases: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="pandok-cases-") as name:
        home = Path(name)
        os.environ["PANDOK_HOME"] = str(home)
        os.environ["DJANGO_SETTINGS_MODULE"] = "pandok.web.django_settings"
        import django

        django.setup()
        start = time.perf_counter()
        make(home, cases)
        made = time.perf_counter() - start
        from pandok.common.models import Account

        found = {}
        for person in ("officer007", "auditor"):
            account = Account.objects.get(username=person)
            asked = {key: times(account, dict(question)) for key, question in questions().items()}
            found["officer of one site" if person != "auditor" else "auditor of all sites"] = asked
        size = sum(file.stat().st_size for file in home.glob("pandok.db*"))
        return {"cases": cases, "made_s": round(made, 1), "database_mb": round(size / 1e6, 1), "lists": found}


def times(account: Any, question: dict[str, Any]) -> dict[str, Any]:
    """First page, count, and the 50th page where there is one."""
    from pandok.fields.counterfeit.lists.case_filter import CaseFilter
    from pandok.fields.counterfeit.lists.cases import PAGE, work_list

    tab = question.pop("tab")
    chosen = CaseFilter.model_validate(question)

    def ask() -> Any:
        return work_list(account=account, tab=tab, chosen=chosen, now=NOW)

    def later() -> None:
        ask().page(after)

    result: dict[str, Any] = {
        "first_page_ms": timed(lambda: ask().page()),
        "count_ms": timed(lambda: ask().count()),
        "rows_up_to_1001": ask().count(),
    }
    keys = ask().keys(None, 49 * PAGE)
    if len(keys) == 49 * PAGE:
        after = keys[-1][0]
        result["page_50_ms"] = timed(later)
    return result


def timed(act: Callable[[], object]) -> dict[str, float]:
    """Of the clock on the wall; `processor_p50` tells the same on a busy machine."""
    act()
    wall, processor = [], []
    for _ in range(REPEATS):
        start, start_processor = time.perf_counter(), time.process_time()
        act()
        wall.append(1000 * (time.perf_counter() - start))
        processor.append(1000 * (time.process_time() - start_processor))
    ordered = sorted(wall)
    return {
        "p50": round(statistics.median(ordered), 1),
        "p95": round(ordered[int(0.95 * (len(ordered) - 1))], 1),
        "processor_p50": round(statistics.median(processor), 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cases", type=int, default=1_000_000)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    load = round(os.getloadavg()[0], 1)
    measured = {"load_at_start": load, **measure(options.cases)}
    print(json.dumps(measured, ensure_ascii=False, indent=1))
    if options.out:
        write_result(options.out, __doc__.splitlines()[0].removeprefix("Question: "), SEED, measured)


if __name__ == "__main__":
    main()
