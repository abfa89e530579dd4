"""Each shipped pack is built whole from its data; practice has the figures that its README states."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from pandok.core.errors import RequestError
from pandok.core.lab.problem import Part
from pandok.demo.packs import untuned
from pandok.demo.packs.declarations import fold_of, hs6_rates
from pandok.demo.packs.floods import window_of
from pandok.demo.packs.retrieval import build_articles
from pandok.demo.packs.table import SHIPPED, shipped_pack
from pandok.fields.lab.acts.packs.pack import Pack
from pandok.fields.lab.acts.packs.pack_reader import read_pack
from pandok.proof.paired_auc import delong


def right_first(pack: Pack, part: Part) -> float:
    return float(np.mean([pack.practice[one.case_id] in pack.truth[one.case_id] for one in pack.queries(part)]))


def area(pack: Pack, part: Part) -> float:
    ids = [one.case_id for one in pack.queries(part)]
    scores = np.array([float(pack.practice[one]) for one in ids])
    return delong(scores, scores, np.array([pack.truth[one] == ("1",) for one in ids])).areas[0]


@pytest.mark.parametrize("pack_id", sorted(SHIPPED))
def test_the_text_is_a_problem_and_states_margins_as_the_authors(pack_id: str) -> None:
    problem = shipped_pack(pack_id).problem
    assert problem.id == pack_id
    assert "작성자" in problem.owner.ko
    assert "기관" in problem.margin_reason.ko


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(RequestError, match="no such pack"):
        shipped_pack("weather")


def test_drawings(shared: Path, tmp_path: Path) -> None:
    SHIPPED["designs-drawings"].build(tmp_path / "pack", shared / "data")
    pack = read_pack(tmp_path / "pack")
    counts = [len(list(pack.queries(part))) for part in Part]
    assert (counts, len(pack.register)) == ([8, 22, 37], 310)
    assert right_first(pack, Part.CONFIRM) == pytest.approx(0.892, abs=0.03)  # a picture by rounding of resizing
    for part in Part:
        others = {one.cluster for other in Part if other is not part for one in pack.queries(other)}
        assert not {one.cluster for one in pack.queries(part)} & others
    with pytest.raises(RequestError, match="exists"):
        SHIPPED["designs-drawings"].build(tmp_path / "pack", shared / "data")


def test_packages(shared: Path, tmp_path: Path) -> None:
    SHIPPED["designs-packages"].build(tmp_path / "pack", shared / "data")
    pack = read_pack(tmp_path / "pack")
    assert [len(list(pack.queries(part))) for part in Part] == [120, 169, 456]
    assert right_first(pack, Part.CONFIRM) == pytest.approx(0.529, abs=0.01)
    names = {row["article"] for row in csv.DictReader((shared / "data/designs-packages/register.csv").open())}
    assert {one.groups["kind"] for one in pack.queries(Part.CONFIRM)} <= names
    assert all(one.case_id.startswith("q") and one.case_id[1:].isalnum() for one in pack.queries(Part.CONFIRM))


def test_floods(shared: Path, tmp_path: Path) -> None:
    SHIPPED["street-floods"].build(tmp_path / "pack", shared / "data")
    pack = read_pack(tmp_path / "pack")
    assert [len(list(pack.queries(part))) for part in Part] == [475, 303, 452]
    assert area(pack, Part.PUBLIC) == pytest.approx(0.868, abs=0.001)
    assert area(pack, Part.CONFIRM) == pytest.approx(0.883, abs=0.001)
    days = [{one.cluster for one in pack.queries(part)} for part in Part]
    assert max(days[0]) < min(days[1]) < max(days[1]) < min(days[2])


@pytest.mark.slow
def test_declarations(shared: Path, tmp_path: Path) -> None:
    SHIPPED["declarations"].build(tmp_path / "pack", shared / "data")
    pack = read_pack(tmp_path / "pack")
    assert [len(list(pack.queries(part))) for part in Part] == [32_817, 10_638, 10_545]
    assert area(pack, Part.FEEDBACK) == pytest.approx(0.571, abs=0.001)
    assert area(pack, Part.CONFIRM) == pytest.approx(0.584, abs=0.001)
    for part in Part:
        others = {one.cluster for other in Part if other is not part for one in pack.queries(other)}
        assert not {one.cluster for one in pack.queries(part)} & others


def test_the_fold_is_that_of_the_field_note() -> None:
    line = {"HS6 Code": "440890", "Net Mass": "108.0", "Item Price": "372254.4"}  # Declaration ID 97061800
    assert fold_of(line) == 2


def test_rates_are_drawn_towards_the_overall_rate() -> None:
    lines = [{"HS6 Code": "1", "Fraud": "1"}] * 5 + [{"HS6 Code": "2", "Fraud": "0"}] * 5
    rates, overall = hs6_rates(lines)
    assert overall == 0.5
    assert rates == {"1": (5 + 10) / 25, "2": 10 / 25}


def test_a_window_knows_only_what_was_measured_by_then() -> None:
    window = window_of([0.0, 1.0, 2.0, 7.0, 0.0], [0, 290, 590, 700, 5000])
    assert window is not None
    assert window.depth_cm[:6] == (0.0, 0.0, 0.0, 0.0, 0.0, 2.54)
    assert window.depth_cm[-1] == 5.08
    assert window.age_s[-1] == 10
    assert window.reaches
    assert window.forecast_cm == pytest.approx(5.08 + 30 * (5.08 - 2.54) / 5)
    assert window_of([0.0, 7.0, 0.0], [0, 100, 5000]) is None  # there already
    assert window_of([0.0, 1.0], [0, 500]) is None  # over already
    late = window_of([0.0, 7.0, 0.0], [0, 2401, 5000])
    assert late is not None
    assert not late.reaches


def drawn(*, turned: bool = False, shift: int = 0) -> bytes:
    picture = Image.new("RGB", (100, 80), (255, 255, 255))
    box = (40 + shift, 10, 60 + shift, 70) if turned else (20 + shift, 30, 80 + shift, 50)
    ImageDraw.Draw(picture).rectangle(box, fill=(20, 20, 20))
    target = io.BytesIO()
    picture.save(target, "PNG")
    return target.getvalue()


@pytest.mark.parametrize("pack_id", ["demo-articles", "designs-drawings", "designs-packages"])
def test_designs_are_compared_with_a_network_that_learnt_no_goods(pack_id: str) -> None:
    """Their practice is the shipped network as published, which knows a form again."""
    assert untuned.nearest([drawn(shift=2)], [drawn(turned=True), drawn()], ["standing", "lying"]) == ["lying"]
    assert "ImageNet" in SHIPPED[pack_id].problem.practice.what.en


def test_articles_drawn_by_ourselves_make_a_pack(tmp_path: Path) -> None:
    from pandok.demo.articles.lab_pictures import write_lab_pictures

    write_lab_pictures(tmp_path / "one", designs=12, photographs=1)
    write_lab_pictures(tmp_path / "two", designs=12, photographs=1)
    for name in ("one", "two"):
        build_articles(tmp_path / f"pack-{name}", tmp_path / name)
    first, second = (read_pack(tmp_path / f"pack-{name}") for name in ("one", "two"))
    assert first.hashes == second.hashes
    assert len(first.register) == 12


def off(pack: Pack, part: Part) -> float:
    return float(
        np.mean([abs(float(pack.practice[q.case_id]) - float(pack.truth[q.case_id][0])) for q in pack.queries(part)])
    )


def test_food_smells_confirm_on_recordings_of_later_sessions(shared: Path, tmp_path: Path) -> None:
    SHIPPED["food-smells"].build(tmp_path / "pack", shared / "data")
    pack = read_pack(tmp_path / "pack")
    assert [len(list(pack.queries(part))) for part in Part] == [1383, 277, 137]
    assert len({one.cluster for one in pack.queries(Part.CONFIRM)}) == 23
    for part in Part:
        others = {one.cluster for other in Part if other is not part for one in pack.queries(other)}
        assert not {one.cluster for one in pack.queries(part)} & others
    # What leaks the session is no input.
    assert pack.problem.input.columns == ("no2", "ethanol", "voc", "co", "alcohol", "lpg")
    assert right_first(pack, Part.FEEDBACK) > 0.5 > 0.3 > right_first(pack, Part.CONFIRM)


def test_gas_days_follow_time_and_a_correction_fitted_once_does_harm(shared: Path, tmp_path: Path) -> None:
    SHIPPED["gas-days"].build(tmp_path / "pack", shared / "data")
    pack = read_pack(tmp_path / "pack")
    assert [len(list(pack.queries(part))) for part in Part] == [1144, 758, 904]
    truth = np.array([float(pack.truth[one.case_id][0]) for one in pack.queries(Part.CONFIRM)])
    assert off(pack, Part.CONFIRM) > np.abs(truth - np.median(truth)).mean()


def test_strip_patches_are_parted_by_size_and_shape(shared: Path, tmp_path: Path) -> None:
    SHIPPED["strip-patches"].build(tmp_path / "pack", shared / "data")
    pack = read_pack(tmp_path / "pack")
    assert [len(list(pack.queries(part))) for part in Part] == [20, 10, 10]
    assert {one.groups.get("shape") for one in pack.queries(Part.CONFIRM)} <= {"largeBar", None}


@pytest.mark.parametrize("pack_id", ["food-smells", "gas-days", "strip-patches"])
def test_smells_and_strips_claim_nothing_of_drugs(pack_id: str) -> None:
    problem = shipped_pack(pack_id).problem
    told = problem.model_dump_json().lower()
    assert not any(word in told for word in ("drug", "narcotic", "cocaine", "마약", "필로폰"))
