"""Outcomes come back: figures follow the cases, statistics agree with counting by hand, labels make a usable folder."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from pandok.common.models import AuditEntry, Site
from pandok.core.errors import RequestError
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.counterfeit.acts.cases.case_moves import locked, move, note
from pandok.fields.counterfeit.acts.cases.deciding import (
    choose_candidate,
    close_case,
    decide,
    record_appraisal,
    say_nothing_close,
)
from pandok.fields.counterfeit.acts.learning import case_figures as figures
from pandok.fields.counterfeit.acts.learning import tallies
from pandok.fields.counterfeit.acts.learning.case_figures import follow_cases
from pandok.fields.counterfeit.acts.learning.labels import export_folder, labels
from pandok.fields.counterfeit.acts.learning.later_findings import record_later_finding
from pandok.fields.counterfeit.acts.learning.statistics import figures_for, months_back, statistics
from pandok.fields.counterfeit.acts.retention.policy import current_policy
from pandok.fields.counterfeit.models import Case, CaseFigure, FigureMark, FigureTally, HolderAnswer, Notice
from pandok.fields.counterfeit.outcomes import Answer, Disposition, Finding
from pandok.fields.counterfeit.states import State, Turn
from pandok.fields.designs.evaluation.folder import load_folder
from pandok.fields.register.models import Design, View
from pandok.proof.shares import wilson_interval
from pandok.readers.designs.photograph import decode
from tests.fields.counterfeit.cases_fixtures import World, build_world, let_term_pass
from tests.fields.designs.fakes import NOON, drawing, encoded, photograph
from tests.roles import Role

pytestmark = pytest.mark.django_db
TODAY = NOON.date()


@pytest.fixture
def world() -> World:
    return build_world()


def notify(world: World, case: Case, now: datetime) -> Case:
    from django.db import transaction

    with transaction.atomic():
        case = locked(case.id)
        move(case, State.NOTIFIED, by=Turn.OFFICER, actor=world.officer, reason="통지", now=now)
        Notice.objects.create(
            case=case,
            party=world.holder,
            template="t",
            template_version="1",
            language="ko",
            subject="s",
            content={},
            issued_at=now,
            delivery_key=f"{case.id}",
        )
        let_term_pass(case)
    return case


def answer(world: World, case: Case, said: Answer, now: datetime = NOON) -> None:
    holder = world.account(Role.HOLDER, party=world.holder)
    HolderAnswer.objects.create(
        case=case, party=world.holder, answer=said.value, reason="확인", answered_by=holder, at=now
    )
    note(case, "answered", by=Turn.HOLDER, actor=holder, reason="회신", now=now)


def closed(world: World, *, minutes: int = 30, said: Answer | None = Answer.NOT_GENUINE, **how: Any) -> Case:
    case = world.case(now=how.get("now", NOON))
    now = case.opened_at
    case = choose_candidate(
        case=case, design_id=how.get("design_id", "30-0001"), actor=world.officer, reason="형태", now=now
    )
    case = notify(world, case, now + timedelta(minutes=minutes))
    if said is not None:
        answer(world, case, said, now)
    case = record_appraisal(
        case=case,
        finding=how.get("finding", Finding.INFRINGES),
        by=Turn.OFFICER,
        actor=world.officer,
        reason="감정",
        now=now,
    )
    case = decide(case=case, disposition=Disposition.DESTROYED, actor=world.officer, reason="침해를 확인함", now=now)
    return close_case(case=case, actor=world.officer, reason="처리를 마침", now=now)


def test_figures_follow_every_step_of_a_case(world: World) -> None:
    case = world.case()
    assert follow_cases() == 2
    row = CaseFigure.objects.get(case=case)
    assert (row.month, row.site, row.truth, row.minutes_to_holder) == (date(2026, 3, 1), world.site, "", None)
    closed_case = closed(world, minutes=47)
    assert follow_cases() > 0
    assert follow_cases() == 0
    row = CaseFigure.objects.get(case=closed_case)
    assert (row.truth, row.truth_source, row.rank, row.minutes_to_holder) == ("right_design", "appraisal", 1, 47)
    assert (row.judged, row.wrong_notice, row.design) == (True, False, world.design)


def test_looking_back_changes_nothing(world: World) -> None:
    closed(world)
    follow_cases()
    before = list(CaseFigure.objects.values())
    assert follow_cases(look_back=figures.LOOK_BACK) == 0
    assert list(CaseFigure.objects.values()) == before


def test_a_limit_is_gone_on_from(world: World) -> None:
    for _ in range(3):
        world.case()
    steps = [follow_cases(limit=4), follow_cases(limit=4), follow_cases(limit=4)]
    assert steps == [4, 2, 0]
    assert CaseFigure.objects.count() == 3


def test_statistics_agree_with_counting_by_hand(world: World) -> None:
    other = Design.objects.create(design_id="30-0002", status="in force", locarno_class="09-01")
    for minutes in (10, 20, 30):
        closed(world, minutes=minutes)
    closed(world, minutes=40, design_id=other.design_id)  # right, but the reader did not list it
    closed(world, minutes=600, said=Answer.NOT_MY_RIGHT, finding=Finding.OTHER_RIGHT)
    nothing = world.case()
    nothing.reading.outcome = "nothing_close"  # type: ignore[union-attr]
    nothing.reading.save()  # type: ignore[union-attr]
    nothing = say_nothing_close(case=nothing, actor=world.officer, reason="없음", now=NOON)
    close_case(case=nothing, actor=world.officer, reason="통관하기로 함", now=NOON)
    earlier = closed(world, now=NOON - timedelta(days=20), minutes=5)
    follow_cases()
    found = statistics(figures_for(world.officer), last=TODAY, months=1)
    whole = found.whole
    assert (whole.cases, whole.labelled, whole.judged, whole.wrong, whole.nothing_close) == (6, 4, 5, 1, 1)
    assert [whole.hit(k).hits for k in (1, 5, 10)] == [3, 3, 3]
    assert whole.hit(1).value == 0.75
    assert whole.hit(1).interval == wilson_interval(3, 4)
    assert whole.hit(1).few
    assert not whole.nothing_close_share.few
    assert whole.nothing_close_share.value == pytest.approx(1 / 6)
    assert whole.wrong_notices.value == 0.2
    assert whole.median.value == 30  # type: ignore[union-attr]
    assert whole.p90.value == 600  # type: ignore[union-attr]
    assert found.before.cases == 1
    assert list(found.sites) == [world.site.pk]
    assert found.classes["09"].cases == 6
    assert Case.objects.get(id=earlier.id).opened_at.month == 2


def test_who_sees_which_figures(world: World) -> None:
    elsewhere = Site.objects.create(code="PUS", name_ko="부산", name_en="Busan")
    closed(world)
    follow_cases()
    sees = {
        "own": (world.officer, 1),
        "colleague": (world.account(Role.OFFICER, "colleague", site=world.site), 1),
        "elsewhere": (world.account(Role.OFFICER, "elsewhere", site=elsewhere), 0),
        "without site": (world.account(Role.OFFICER, "alone"), 0),
        "supervisor": (world.account(Role.SUPERVISOR), 1),
        "auditor": (world.account(Role.AUDITOR), 1),
        "administrator": (world.account(Role.ADMINISTRATOR), 1),
    }
    assert {name: figures_for(account).cases.count() for name, (account, _) in sees.items()} == {
        name: count for name, (_, count) in sees.items()
    }


def test_months_go_back_over_the_year() -> None:
    assert months_back(date(2026, 2, 9), 4) == [
        date(2025, 11, 1),
        date(2025, 12, 1),
        date(2026, 1, 1),
        date(2026, 2, 1),
    ]


def test_a_new_reader_is_marked(world: World) -> None:
    for offset, reader in ((70, "pandok-design 1"), (35, "pandok-design 1"), (0, "pandok-design 2")):
        case = world.case(now=NOON - timedelta(days=offset))
        case.reading.reader = reader  # type: ignore[union-attr]
        case.reading.save()  # type: ignore[union-attr]
    follow_cases()
    found = statistics(figures_for(world.officer), last=TODAY, months=3)
    assert found.reader_since == {date(2026, 3, 1): ("pandok-design 2",)}


def test_a_closed_case_may_be_labelled_later(world: World) -> None:
    case = say_nothing_close(case=world.case(), actor=world.officer, reason="없음", now=NOON)
    supervisor = world.account(Role.SUPERVISOR)
    later = {"case": case, "actor": supervisor, "now": NOON}
    with pytest.raises(RequestError, match="not closed"):
        record_later_finding(**later, design_id="30-0001", reason="카탈로그에서 확인")
    close_case(case=case, actor=world.officer, reason="통관하기로 함", now=NOON)
    with pytest.raises(RequestError, match="became known"):
        record_later_finding(**later, design_id="30-0001", reason=" ")
    with pytest.raises(RequestError, match="No design"):
        record_later_finding(**later, design_id="30-9999", reason="카탈로그에서 확인")
    record_later_finding(**later, design_id="", reason="등록부 전체 검색")
    follow_cases()
    assert CaseFigure.objects.get().truth == "not_in_register"
    record_later_finding(**later, design_id="30-0001", reason="카탈로그에서 확인")
    follow_cases()
    row = CaseFigure.objects.get()
    assert (row.truth, row.truth_source, row.rank) == ("right_design", "later", 1)
    entry = AuditEntry.objects.get(action="case.found_later", details__design_id="30-0001")
    assert (entry.actor, entry.reason) == ("supervisor", "카탈로그에서 확인")


@pytest.fixture
def stocked(world: World, tmp_path: Path) -> tuple[World, FolderBlobs]:
    """Every case has a photograph of its own, and the design its view."""
    blobs = FolderBlobs(tmp_path / "blobs")
    View.objects.create(
        design=world.design,
        name="front",
        sha256=blobs.put(drawing(100)),
        media_type="image/png",
        width=600,
        height=800,
        added_at=NOON,
    )
    return world, blobs


def give_photograph(case: Case, sha256: str) -> None:
    case.signal.photographs.update(sha256=sha256)


def export(blobs: FolderBlobs, folder: Path, now: datetime = NOON) -> Any:
    return export_folder(folder=folder, actor="cli", now=now, blobs=blobs, policy=current_policy(now.date()))


def test_labels_make_a_folder_that_can_be_evaluated(stocked: tuple[World, FolderBlobs], tmp_path: Path) -> None:
    world, blobs = stocked
    give_photograph(closed(world), blobs.put(photograph(0)))
    unlabelled = closed(world, said=None, finding=Finding.UNDETERMINED)
    give_photograph(unlabelled, blobs.put(photograph(24)))
    outside = closed(world)
    give_photograph(outside, blobs.put(photograph(12)))
    record_later_finding(
        case=outside, design_id="", actor=world.account(Role.SUPERVISOR), reason="등록부에 없음", now=NOON
    )
    follow_cases()
    assert sorted(label.design_id for label in labels()) == ["", "30-0001"]
    done = export(blobs, tmp_path / "out")
    assert (done.pairs, done.designs, done.views) == (2, 1, 1)
    loaded = load_folder(tmp_path / "out")
    assert loaded.problems == ()
    assert sorted(query.design_ids for query in loaded.queries) == [(), ("30-0001",)]
    assert loaded.read_bytes(loaded.queries[0].path)
    told = (tmp_path / "out" / "labels.json").read_text(encoding="utf-8")
    assert json.loads(told)["cases_by_source_of_truth"] == {"appraisal": 1, "later": 1}
    assert Case.objects.first().number not in (tmp_path / "out" / "queries.csv").read_text()  # type: ignore[union-attr]
    assert AuditEntry.objects.get(action="labels.exported").details["pairs"] == 2


def test_a_labelled_photograph_holds_the_pixels_that_were_read_and_not_the_place(
    stocked: tuple[World, FolderBlobs], tmp_path: Path
) -> None:
    world, blobs = stocked
    exif = Image.Exif()
    exif[0x010F] = "a phone"
    original = encoded(Image.open(io.BytesIO(photograph(8))), quality=97, exif=exif)
    case = closed(world)
    give_photograph(case, blobs.put(photograph(8)))
    case.signal.photographs.update(original_sha256=blobs.put(original))
    follow_cases()
    export(blobs, tmp_path / "out")
    (query,) = load_folder(tmp_path / "out").queries
    written = (tmp_path / "out" / query.path).read_bytes()
    assert (decode(written).pixels == decode(original).pixels).all()
    assert b"a phone" not in written


def test_what_is_erased_over_its_term_or_contradictory_is_left_out(
    stocked: tuple[World, FolderBlobs], tmp_path: Path
) -> None:
    world, blobs = stocked
    shared = blobs.put(photograph(0))
    for case in (first := closed(world), second := closed(world)):
        give_photograph(case, shared)
    assert first != second
    record_later_finding(case=second, design_id="", actor=world.officer, reason="등록부에 없음", now=NOON)
    give_photograph(closed(world), "f" * 64)
    give_photograph(closed(world), kept := blobs.put(photograph(12)))
    follow_cases()
    done = export(blobs, tmp_path / "out")
    assert done.left_out == {"erased": 1, "term_over": 0, "contradictory": 1, "missing": 0}
    with (tmp_path / "out" / "queries.csv").open() as file:
        assert [row["query_id"] for row in csv.DictReader(file)] == [kept[:16]]
    with pytest.raises(RequestError, match="No closed case"):
        export(blobs, tmp_path / "late", NOON + timedelta(days=6 * 365))
    with pytest.raises(RequestError, match="not empty"):
        export(blobs, tmp_path / "out")


def test_the_sums_follow_every_case_and_agree_with_the_figures(world: World) -> None:
    elsewhere = Site.objects.create(code="PUS", name_ko="부산", name_en="Busan")
    for minutes in (10, 10, 400):
        closed(world, minutes=minutes)
    moved = world.case()
    follow_cases()
    Case.objects.filter(id=moved.id).update(site=elsewhere)
    moved.refresh_from_db()
    say_nothing_close(case=moved, actor=world.officer, reason="없음", now=NOON)
    closed(world, minutes=5, now=NOON - timedelta(days=40))
    for _ in range(2):
        follow_cases(look_back=figures.LOOK_BACK)
    kept = {cell: sums for cell, sums in tallies.read(FigureTally.objects.all()) if sums.counts["cases"]}
    assert kept == dict(tallies.grouped(CaseFigure.objects.all()))
    supervisor = world.account(Role.SUPERVISOR)
    by_sums = statistics(figures_for(supervisor), last=TODAY, months=3)
    tallies.rebuild()
    assert statistics(figures_for(supervisor), last=TODAY, months=3) == by_sums
    FigureMark.objects.filter(name=tallies.MARK).delete()
    FigureTally.objects.all().delete()
    assert statistics(figures_for(supervisor), last=TODAY, months=3) == by_sums


def test_a_site_of_an_earlier_version_makes_its_sums_at_the_first_write(world: World) -> None:
    closed(world)
    follow_cases()
    FigureMark.objects.filter(name=tallies.MARK).delete()
    FigureTally.objects.all().delete()
    closed(world, minutes=50)
    follow_cases()
    assert sum(sums.counts["cases"] for _, sums in tallies.read(FigureTally.objects.all())) == 2
