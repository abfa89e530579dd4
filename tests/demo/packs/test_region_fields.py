"""The packs of the regions' fields: the same bytes each time, no leak, practice as a second count has it, and the
simple models in the lab's sandbox with the figures that the page tells."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from pandok.core.errors import RequestError
from pandok.core.lab.comparison import ScoredRow
from pandok.core.lab.problem import Part
from pandok.demo.packs.inspections import places_among
from pandok.demo.packs.region_fields import FIELD_PACKS, OF_PACK, field_pack
from pandok.demo.packs.simple.capacity import limit_at_capacity
from pandok.demo.packs.simple.outcome import answers, outcome
from pandok.demo.packs.simple.simple_model import SimpleModel
from pandok.demo.packs.table import SHIPPED, Source
from pandok.engines.sandbox.sandbox import open_sandbox
from pandok.engines.sandbox.unsandboxed import PlainSession
from pandok.fields.lab.acts.packs.pack import Pack
from pandok.fields.lab.acts.packs.pack_reader import read_pack
from pandok.proof.comparing import compare
from pandok.proof.planning import simulated_power

ROOT = Path(__file__).resolve().parents[3]
TOLD = json.loads((ROOT / "benchmarks/results/region_packs.json").read_text(encoding="utf-8"))["packs"]
LARGE = "inspection-choice"


@pytest.fixture(scope="module")
def built(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    place = tmp_path_factory.mktemp("fields")
    for one in FIELD_PACKS:
        SHIPPED[one.pack_id].build(place / one.pack_id, shared / "data")
    return {one.pack_id: place / one.pack_id for one in FIELD_PACKS}


@pytest.fixture(scope="module")
def packs(built: dict[str, Path]) -> dict[str, Pack]:
    return {pack_id: read_pack(folder) for pack_id, folder in built.items()}


@pytest.fixture(scope="module")
def models(packs: dict[str, Pack]) -> dict[str, SimpleModel]:
    return {one.pack_id: one.fit(packs[one.pack_id]) for one in FIELD_PACKS}


def content(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        digest.update(path.relative_to(folder).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()


def test_each_field_has_one_problem() -> None:
    assert len({one.topic for one in FIELD_PACKS}) == len(FIELD_PACKS) == len(OF_PACK) == 6
    with pytest.raises(RequestError, match="no problem of a field"):
        field_pack("declarations")


@pytest.mark.parametrize("pack_id", sorted(OF_PACK))
def test_the_same_data_give_the_same_bytes(pack_id: str, built: dict[str, Path], shared: Path, tmp_path: Path) -> None:
    SHIPPED[pack_id].build(tmp_path / "again", shared / "data")
    assert content(tmp_path / "again") == content(built[pack_id])


@pytest.mark.parametrize("pack_id", sorted(set(OF_PACK) - {"market-produce", LARGE}))
def test_no_cluster_stands_in_two_parts(pack_id: str, packs: dict[str, Pack]) -> None:
    clusters = [{one.cluster for one in packs[pack_id].queries(part)} for part in Part]
    assert not clusters[0] & (clusters[1] | clusters[2])
    # Feedback and confirm of mentions are other firms on the same days; nothing is handed out of either.
    assert pack_id == "mention-bursts" or not clusters[1] & clusters[2]


def test_what_looks_back_looks_back_into_its_own_part(packs: dict[str, Pack]) -> None:
    for pack_id, days in (("machine-hours", 1), ("solar-hours", 3), ("mention-bursts", 8)):
        moments = {
            part: [datetime.strptime(one.case_id[-10:], "%Y%m%d%H") for one in packs[pack_id].queries(part)]
            for part in Part
        }
        assert min(moments[Part.FEEDBACK]) - max(moments[Part.PUBLIC]) >= timedelta(hours=days * 24 - 1)
        if pack_id != "mention-bursts":
            assert min(moments[Part.CONFIRM]) - max(moments[Part.FEEDBACK]) >= timedelta(hours=days * 24 - 1)
    firms = [{one.site for one in packs["mention-bursts"].queries(part)} for part in Part]
    assert not firms[0] & firms[1] | firms[0] & firms[2] | firms[1] & firms[2]


def test_no_twin_of_a_consignment_stands_anywhere(packs: dict[str, Pack]) -> None:
    columns = packs[LARGE].problem.input.columns
    places = [columns.index(name) for name in ("hs4", "net_mass_kg", "item_price_krw")]
    parts: dict[tuple[str, ...], set[Part]] = {}
    for one in packs[LARGE].cases.values():
        parts.setdefault(tuple(one.inputs[at] for at in places), set()).add(one.part)
    # HS6 is no input; of what is one, mass and price to the last digit meet in another part by chance alone.
    assert len(packs[LARGE].cases) == 17_187
    assert np.mean([len(one) > 1 for one in parts.values()]) < 0.02


def test_practice_is_what_a_second_count_says(packs: dict[str, Pack]) -> None:
    cells = {
        pack_id: {
            one.case_id: dict(zip(packs[pack_id].problem.input.columns, map(float, one.inputs), strict=True))
            for one in packs[pack_id].cases.values()
        }
        for pack_id in ("machine-hours", "solar-hours", "mention-bursts")
    }
    machine, solar, mentions = (packs[one] for one in cells)
    quiet = [
        cells["machine-hours"][one.case_id]["last"]
        for one in machine.queries(Part.PUBLIC)
        if machine.truth[one.case_id] == ("0",)
    ]
    for case_id, row in cells["machine-hours"].items():
        assert float(machine.practice[case_id]) == pytest.approx(abs(row["last"] - np.median(quiet)), abs=2e-4)
    for case_id, row in cells["solar-hours"].items():
        times = min(3.0, row["last_kw"] / max(0.2, row["yesterday_last_kw"]))
        assert float(solar.practice[case_id]) == pytest.approx(row["yesterday_next_kw"] * times, abs=5e-3)
    for case_id, row in cells["mention-bursts"].items():
        assert float(mentions.practice[case_id]) == row["times_1h"]


def test_what_the_solar_hours_ask_is_told_by_the_hour_after(packs: dict[str, Pack]) -> None:
    """The truth of an hour is what the next case calls the last hour."""
    pack = packs["solar-hours"]
    told = 0
    for one in pack.cases.values():
        after = datetime.strptime(one.case_id[1:], "%Y%m%d%H") + timedelta(hours=1)
        if (later := pack.cases.get(f"s{after:%Y%m%d%H}")) is not None:
            assert pack.truth[one.case_id][0] == later.inputs[1]
            told += 1
    assert told > 500


def test_the_rule_opens_no_more_than_there_is_capacity_for(packs: dict[str, Pack]) -> None:
    for part in Part:
        practice = [float(packs[LARGE].practice[one.case_id]) for one in packs[LARGE].queries(part)]
        assert 0.03 < np.mean(np.array(practice) >= 0.95) <= 0.05
    assert places_among([1.0, 2.0, 2.0, 3.0], ["a"] * 4) == [0.0, 0.25, 0.25, 0.75]
    assert limit_at_capacity([float(one) for one in range(100)]) == 95.0
    assert limit_at_capacity([1.0] * 100) == float("inf")


def test_the_plan_of_the_consignments_is_that_of_the_planning_tool(packs: dict[str, Pack]) -> None:
    fraud = sum(packs[LARGE].truth[one.case_id] == ("1",) for one in packs[LARGE].queries(Part.CONFIRM))
    rng = np.random.default_rng(1)
    assert simulated_power(fraud, 0.1, 0.05, 0.0, rng=rng, rounds=500) > 0.9


@pytest.mark.parametrize("pack_id", sorted(OF_PACK))
def test_the_page_tells_what_the_model_comes_to(
    pack_id: str, packs: dict[str, Pack], models: dict[str, SimpleModel]
) -> None:
    pack, made, told = packs[pack_id], models[pack_id], TOLD[pack_id]
    with PlainSession(made.model) as running:
        found = outcome(pack, made, running, Part.CONFIRM)
    assert (found.verdict, found.reached) == (told["verdict"], told["cases"])
    for came, written in zip(found.endpoints, told["endpoints"], strict=True):
        assert came.metric.value == written["metric"]
        for value, of in (
            (came.model.value, "model"),
            (came.practice.value, "practice"),
            (came.difference, "difference"),
        ):
            assert value == pytest.approx(written[of], abs=0.01)
        assert came.interval == pytest.approx(tuple(written["interval"]), abs=0.02)


@pytest.mark.parametrize("pack_id", sorted(OF_PACK))
def test_in_the_sandbox_the_model_says_the_same(
    pack_id: str, packs: dict[str, Pack], models: dict[str, SimpleModel]
) -> None:
    pack, made, sandbox = packs[pack_id], models[pack_id], open_sandbox()
    checked = sandbox.check(made.model)
    assert checked.accepted, checked.refusals
    cases = list(pack.queries(Part.CONFIRM))[:20]
    with PlainSession(made.model) as plain, sandbox.load(made.model) as inside:
        assert answers(pack, made, inside, cases) == answers(pack, made, plain, cases)


@pytest.mark.parametrize("pack_id", sorted(set(OF_PACK) - {LARGE}))
def test_a_model_is_the_same_each_time_and_learns_from_public_cases_alone(
    pack_id: str, packs: dict[str, Pack], models: dict[str, SimpleModel]
) -> None:
    pack = packs[pack_id]
    public = {one: case for one, case in pack.cases.items() if case.part is Part.PUBLIC}
    truth = {one: pack.truth[one] for one in public}
    alone = Pack(pack.files, pack.problem, public, truth, {one: pack.practice[one] for one in public}, {})
    assert OF_PACK[pack_id].fit(alone) == models[pack_id]


@pytest.mark.parametrize("pack_id", sorted(OF_PACK))
def test_without_its_data_a_pack_says_what_is_missing(pack_id: str, tmp_path: Path) -> None:
    if SHIPPED[pack_id].source is Source.SHIPPED:
        SHIPPED[pack_id].build(tmp_path / "pack", tmp_path)
        return
    with pytest.raises(RequestError, match="is not here") as refused:
        SHIPPED[pack_id].build(tmp_path / "pack", tmp_path)
    assert refused.value.error_code == "pack.no_source"
    assert not (tmp_path / "pack").exists()


def damaged() -> Iterator[tuple[str, str, str, str]]:
    yield "machine-hours", "nab/realKnownCause/machine_temperature_system_failure.csv", "value", "hot"
    yield "mention-bursts", "nab/realTweets/Twitter_volume_AAPL.csv", "timestamp", "yesterday"
    yield LARGE, "customs_declaration/df_syn_train_eng.csv.gz", "Fraud", "perhaps"


@pytest.mark.parametrize(("pack_id", "name", "column", "cell"), list(damaged()))
def test_a_defect_is_told_with_its_row(
    pack_id: str, name: str, column: str, cell: str, shared: Path, tmp_path: Path
) -> None:
    source, target = shared / "data" / name, tmp_path / name
    text = gzip.decompress(source.read_bytes()).decode() if name.endswith(".gz") else source.read_text()
    lines = text.splitlines()[:20]
    place = lines[0].split(",").index(column)
    row = lines[6].split(",")
    lines[6] = ",".join([*row[:place], cell, *row[place + 1 :]])
    target.parent.mkdir(parents=True)
    broken = "\n".join(lines).encode()
    target.write_bytes(gzip.compress(broken) if name.endswith(".gz") else broken)
    if name.startswith("nab/"):
        (tmp_path / "nab/combined_windows.json").write_bytes((shared / "data/nab/combined_windows.json").read_bytes())
    with pytest.raises(RequestError, match="row 7") as refused:
        SHIPPED[pack_id].build(tmp_path / "pack", tmp_path)
    assert (refused.value.error_code, column in refused.value.what.en) == ("pack.source_row", True)


def test_of_so_few_sentences_even_equal_answers_prove_no_specificity(packs: dict[str, Pack]) -> None:
    """What the plan of the cells says of itself."""
    pack = packs["personal-cells"]
    rows = [
        ScoredRow(
            case_id=one.case_id,
            truth=pack.truth[one.case_id],
            practice=float(pack.practice[one.case_id]),
            model=float(pack.practice[one.case_id]),
            cluster=one.cluster,
            site="",
            groups={},
        )
        for one in pack.queries(Part.CONFIRM)
    ]
    specificity = compare(pack.problem, rows, threshold=0.5).endpoints[1]
    assert specificity.difference == 0
    assert specificity.interval[0] < -specificity.margin
