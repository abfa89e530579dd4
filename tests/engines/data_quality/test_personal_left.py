"""Personal data that were left are found where they stand, and no report says what they are."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from PIL import Image

from pandok.core.lab.personal_data import PersonalKind
from pandok.core.programme.data_judged import judged, meets
from pandok.core.programme.data_plan import ColumnPlan, DataPlan, Holds
from pandok.core.programme.data_targets import DataMeasure, DataTarget
from pandok.engines.data_quality.report import quality_of
from pandok.engines.personal_data.shapes import hidden
from tests.fields.lab.acts.vault.masking.people import People

PLAN = DataPlan(
    name="민원 기록",
    columns=(
        ColumnPlan(name="memo", required=False),
        ColumnPlan(name="who", required=False),
        ColumnPlan(name="photo", holds=Holds.FILE, required=False),
        ColumnPlan(name="count", holds=Holds.WHOLE_NUMBER, required=False),
    ),
    targets=(DataTarget(measure=DataMeasure.PERSONAL, most=0), DataTarget(measure=DataMeasure.KAPPA, least=0.8)),
)


def with_position(path: Path) -> None:
    image = Image.new("RGB", (64, 48), "white")
    exif = image.getexif()
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (35.0, 10.0, 30.0)
    image.save(path, exif=exif)


def test_each_kind_is_found_where_it_stands_and_its_value_is_nowhere_in_the_report(tmp_path: Path) -> None:
    people = People(7)
    values = {
        PersonalKind.RESIDENT_NUMBER: people.resident_number(),
        PersonalKind.PHONE: "010-2345-6789",
        PersonalKind.CARD: people.card(),
        PersonalKind.EMAIL: people.email(),
        PersonalKind.PASSPORT: "M123A4567",
        PersonalKind.DRIVER_LICENCE: people.driver_licence(),
        PersonalKind.PLATE: "12가 3456",
    }
    rows = [f"기록 {value} 확인,,,1" for value in values.values()]
    rows += ["광주광역시 북구 무등로 12,홍길동,,2", "정상,,,전화 010-9999-1234", f"접수 계좌 {people.account()},,,3"]
    rows += [",,at.jpg,4", ",,010-7777-1234.txt,5", ",,broken.jpg,6"]
    (tmp_path / "t.csv").write_text("memo,who,photo,count\n" + "\n".join(rows) + "\n", encoding="utf-8")
    with_position(tmp_path / "at.jpg")
    (tmp_path / "010-7777-1234.txt").write_text("첫 줄\n연락처 02-345-6789\n", encoding="utf-8")
    (tmp_path / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0 cut")
    found = quality_of(tmp_path / "t.csv", PLAN, folder=tmp_path)
    assert found.personal
    counts = {(one.kind, one.column): one.count for one in found.personal.found}
    for kind in values:
        assert counts.get((kind, "memo"), 0) >= 1, kind
    assert counts[PersonalKind.NAME, "who"] == 1
    assert counts[PersonalKind.ADDRESS, "memo"] == 1
    assert counts[PersonalKind.ACCOUNT, "memo"] == 1
    assert counts[PersonalKind.METADATA, ""] == 1
    assert counts[PersonalKind.PHONE, ""] == 1
    assert found.personal.files == 2
    told = found.model_dump_json()
    for value in [*values.values(), "홍길동", "무등로 12", "9999-1234", "7777-1234", "345-6789"]:
        assert value not in told, value
    assert "•••-••••-••••" in told
    no, unknown = judged(PLAN, found)
    assert (no.met, unknown.met) == (False, None)
    assert not meets((no, unknown))


def test_a_column_that_is_personal_as_a_whole_is_told_once_and_shown_nowhere(tmp_path: Path) -> None:
    people = People(9)
    names = [people.name() for _ in range(30)]
    (tmp_path / "t.csv").write_text("성명,n\n" + "\n".join(f"{name},x" for name in names), encoding="utf-8")
    plan = DataPlan(name="x", columns=(ColumnPlan(name="성명", pattern="[a-z]+"), ColumnPlan(name="n")))
    found = quality_of(tmp_path / "t.csv", plan)
    assert found.personal
    assert [(one.kind, one.count) for one in found.personal.found] == [(PersonalKind.NAME, 30)]
    assert not any(name in found.model_dump_json() for name in names)


def test_a_clean_table_has_none_and_a_random_text_is_never_made_longer() -> None:
    rng = random.Random(3)
    for _ in range(200):
        text = "".join(rng.choice("가나다 0123-@.abc") for _ in range(40))
        assert len(hidden(text)) == len(text)


def test_a_plan_without_targets_is_met_by_nothing_and_counts_are_a_target(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("label\na\na\nb\n", encoding="utf-8")
    bare = DataPlan(name="x", label="label", columns=(ColumnPlan(name="label"),))

    def met(plan: DataPlan) -> bool:
        return meets(judged(plan, quality_of(tmp_path / "t.csv", plan)))

    assert not met(bare)
    assert met(bare.model_copy(update={"counts": {"a": 2, "b": 1}}))
    assert not met(bare.model_copy(update={"counts": {"c": 1}}))
    with pytest.raises(ValueError, match="another plan"):
        judged(PLAN, quality_of(tmp_path / "t.csv", bare))
