"""The use case from end to end over a CSV folder: good rows in, every bad row named, twice is once."""

from __future__ import annotations

import os
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pandok.common.audit import writing as audit
from pandok.common.models import AuditEntry
from pandok.fields.register.acts import importing
from pandok.fields.register.lists import queries
from pandok.fields.register.models import ClassChange, Design, FactChange, ImportRun, RegisterChange, StatusChange, View

HISTORY = (StatusChange, ClassChange, FactChange, RegisterChange, AuditEntry, Design, View)


def state() -> list[int]:
    return [model.objects.count() for model in HISTORY]


def two_designs(register: Any) -> None:
    for name in ("a1.png", "a2.png", "b1.png"):
        register.picture(name, shade=sum(name.encode()))
    register.write(
        [
            'D1,"홀더, 주식회사",의자,06-01,등록,front,a1.png',
            'D1,"홀더, 주식회사",의자,06-01,등록,back,a2.png',
            "D2,Holder B,Lamp,26-05,소멸,front,b1.png",
        ]
    )


def test_designs_views_and_holders_go_in(register: Any) -> None:
    two_designs(register)
    report = register.run()
    assert report.findings == []
    assert report.counts["designs_added"] == 2
    design = Design.objects.get(design_id="D1")
    assert design.holder.name == "홀더, 주식회사"
    assert (design.locarno_class, design.status, design.status_word) == ("06-01", "in force", "등록")
    views = list(design.views.all())
    assert [(view.name, view.width, view.height, view.media_type) for view in views] == [
        ("front", 12, 9, "image/png"),
        ("back", 12, 9, "image/png"),
    ]
    assert register.blobs.get(views[0].sha256) == (register.folder / "a1.png").read_bytes()
    assert Design.objects.get(design_id="D2").status == "lapsed"


def test_second_run_changes_nothing(register: Any) -> None:
    two_designs(register)
    register.run()
    before = state()
    report = register.run()
    assert state() == before
    assert not report.changed
    assert report.counts["skipped"] == 2


def test_touched_files_are_read_again_and_still_change_nothing(register: Any) -> None:
    two_designs(register)
    register.run()
    before = state()
    for picture in register.folder.glob("*.png"):
        data = picture.read_bytes()
        picture.unlink()
        picture.write_bytes(data)
        os.utime(picture, (1, 1))
    report = register.run()
    assert report.counts["skipped"] == 0
    assert state() == before


def test_a_passed_by_row_costs_no_reading_of_pictures(register: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    two_designs(register)
    register.run()

    def never(*_: Any) -> None:
        raise AssertionError("a picture was read")

    monkeypatch.setattr(importing, "prepare", never)
    register.run()


class Killed(BaseException):
    pass


def test_a_killed_import_goes_on(register: Any) -> None:
    rows = []
    for number in range(10):
        register.picture(f"{number}.png", number)
        rows.append(f"D{number},H,Cup,07-01,등록,front,{number}.png")
    register.write(rows)

    def kill(_done: int, _total: int, current: str) -> None:
        if current == "D7":
            raise Killed

    with pytest.raises(Killed):
        register.run(batch=3, progress=kill)
    assert Design.objects.count() == 6
    assert ImportRun.objects.get().state == "interrupted"
    report = register.run(batch=3)
    assert report.counts["skipped"] == 6
    assert report.counts["designs_added"] == 4
    assert View.objects.count() == 10
    assert audit.verify() is None


def test_a_run_that_never_ended_is_marked(register: Any) -> None:
    two_designs(register)
    ImportRun.objects.create(started_at="2025-01-01T00:00Z", actor="x", source="source", importer="csv")
    register.run()
    assert list(ImportRun.objects.order_by("pk").values_list("state", flat=True)) == ["interrupted", "finished"]


def test_progress_grows_to_the_total(register: Any) -> None:
    two_designs(register)
    steps: list[tuple[int, int]] = []
    register.run(progress=lambda done, total, _: steps.append((done, total)))
    assert steps == sorted(steps)
    assert steps[-1] == (3, 3)


def test_status_and_class_changes_keep_their_history(register: Any) -> None:
    two_designs(register)
    register.run()
    register.write(
        [
            'D1,"홀더, 주식회사",의자,06-02,포기,front,a1.png',
            'D1,"홀더, 주식회사",의자,06-02,포기,back,a2.png',
            "D2,Holder B,Lamp,26-05,소멸,front,b1.png",
        ]
    )
    report = register.run()
    assert (report.counts["status_changes"], report.counts["class_changes"]) == (1, 1)
    changes = StatusChange.objects.filter(design__design_id="D1").order_by("pk")
    assert [(each.old, each.new, each.new_word) for each in changes] == [
        ("", "in force", "등록"),
        ("in force", "surrendered", "포기"),
    ]
    assert changes[1].source == "csv:source"
    classes = ClassChange.objects.filter(design__design_id="D1").order_by("pk")
    assert [(each.old, each.new) for each in classes] == [("", "06-01"), ("06-01", "06-02")]
    two_designs(register)
    assert register.run().counts["status_changes"] == 1, "back to what a first run had already read"
    assert Design.objects.get(design_id="D1").status == "in force"
    assert StatusChange.objects.filter(design__design_id="D1").count() == 3


def test_other_facts_keep_their_history_and_silence_changes_nothing(register: Any) -> None:
    register.picture("a.png")
    header = "design_id,holder,article,recorded_with_customs,recordal_number,expires_on,path"
    register.write(["D1,Old Co,Cup,yes,K-1,2030-01-31,a.png"], header=header)
    register.run()
    register.write(["D1,New Co,,,,,a.png"], header=header)
    register.run()
    design = Design.objects.get()
    assert (design.holder.name, design.article, design.recorded_with_customs) == ("New Co", "Cup", True)
    assert [(each.fact, each.old, each.new) for each in FactChange.objects.all()] == [("holder", "Old Co", "New Co")]
    assert str(design.expires_on) == "2030-01-31"


def test_korean_class_keeps_its_version(register: Any) -> None:
    register.picture("a.png")
    register.write(["D1,b5-20,2014,a.png"], header="design_id,korean_class,korean_class_version,path")
    register.run()
    design = Design.objects.get()
    assert (design.korean_class, design.korean_class_version) == ("B5-20", "2014")


def test_a_new_picture_under_the_same_name_replaces_the_view(register: Any) -> None:
    two_designs(register)
    register.run()
    last = queries.last_change_id()
    old = View.objects.get(source_path="b1.png")
    register.picture("b1.png", shade=200).touch()
    report = register.run()
    assert (report.counts["views_added"], report.counts["views_withdrawn"]) == (1, 1)
    new = View.objects.get(source_path="b1.png", withdrawn_at=None)
    steps = queries.changed_since(last)
    assert [(step.kind, step.view_key, step.row is None) for step in steps] == [
        ("withdrawn", old.view_key, True),
        ("added", new.view_key, False),
    ]
    assert old.view_key in set(View.objects.values_list("view_key", flat=True)), "the old row stays"


def test_rows_of_a_design_may_stand_apart(register: Any, codes: Any) -> None:
    for name in ("a1.png", "a2.png", "b1.png"):
        register.picture(name, shade=len(name) + ord(name[0]) + ord(name[1]))
    register.write(
        ["D1,H,Cup,07-01,등록,front,a1.png", "D2,H,Cup,07-01,등록,front,b1.png", "D1,H,Cup,07-01,등록,back,a2.png"]
    )
    report = register.run()
    assert codes(report) == []
    assert Design.objects.get(design_id="D1").views.count() == 2
    before = state()
    assert register.run().counts["skipped"] == 3
    assert state() == before


def test_one_audit_entry_a_batch_and_the_chain_holds(register: Any) -> None:
    two_designs(register)
    register.run(batch=1, reason="quarterly delivery")
    entries = list(AuditEntry.objects.order_by("sequence"))
    assert len(entries) == 2
    assert {(each.actor, each.action, each.reason) for each in entries} == {
        ("operator-1", "register.import", "quarterly delivery")
    }
    assert entries[0].details["designs_added"] == 1
    assert audit.verify() is None


def test_queries_of_a_run_do_not_grow_with_its_rows(register: Any) -> None:
    def run(count: int) -> int:
        rows = []
        for number in range(count):
            register.picture(f"{count}-{number}.png", number)
            rows.append(f"{count}-{number},H{count}-{number},Cup,07-01,등록,front,{count}-{number}.png")
        register.write(rows)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            register.run()
        print([q["sql"][:90] for q in captured])
        return len(captured)

    assert run(30) == run(10)
