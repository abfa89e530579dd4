import io
import itertools
import json

import numpy as np
import pytest
from PIL import Image

from pandok.core.errors import PhotographError, RequestError
from pandok.core.reading import Candidate, Evidence, Reading
from pandok.core.text import Text
from pandok.fields.designs.evaluation.measuring import Pictures, evaluate, load_folder

HEADERS = {
    "register.csv": "design_id,holder,article,locarno_class,status,view,path",
    "queries.csv": "query_id,path,design_id",
}
KEYS = {
    "recall_at_1",
    "recall_at_5",
    "recall_at_10",
    "map",
    "dir_at_1pct",
    "auroc_in_register",
    "nothing_close",
    "expected_calibration_error",
    "read_ms_p50",
    "read_ms_p95",
    "counts",
    "intervals",
    "reader",
    "problems",
}


SAID = Text(ko="읽을 수 없습니다.", en="It cannot be read.")


class GrayReader:
    """Reads the mean gray: a design is near when its views are as bright; says 0.9 below a distance of 8, else 0.1."""

    def __init__(self):
        self.tops = []

    def enroll(self, entries):
        return [(entry.design, entry.view, float(entry.pixels.mean())) for entry in entries]

    def read(self, photographs, gallery, *, top):
        self.tops.append(top)
        bright = float(photographs[0].mean())
        nearest = {}
        for design, view, gray in gallery:
            distance = abs(gray - bright)
            if distance < nearest.get(design.design_id, (np.inf,))[0]:
                nearest[design.design_id] = (distance, design, view)
        order = sorted(nearest.values(), key=lambda found: found[0])[:top]
        close = order[0][0] < 8
        return Reading(
            outcome="candidates" if close else "nothing_close",
            candidates=tuple(
                Candidate(
                    rank=rank,
                    design=design,
                    probability=0.9 if close and rank == 1 else 0.01,
                    score=-distance,
                    evidence=Evidence(photograph_index=0, view=view),
                )
                for rank, (distance, design, view) in enumerate(order, 1)
            ),
            probability_in_register=0.9 if close else 0.1,
            threshold=0.5,
            reader="gray 1",
        )


@pytest.fixture
def folder(tmp_path):
    """Registered grays 0, 40, 80, 120 (120 under two ids); queries at and between them."""
    for name in ("r0", "r40", "r80", "r120", "q2", "q41", "q119", "q180", "q200"):
        Image.new("RGB", (48, 48), (int(name[1:]),) * 3).save(tmp_path / f"{name}.png")
    views = ("A,,,,,1,r0.png", "B,,,,,1,r40.png", "B,,,,,2,r80.png", "C,,,,,1,r120.png", "D,,,,,1,r120.png")
    write(tmp_path, "register.csv", *views)
    write(
        tmp_path,
        "queries.csv",
        "q2,q2.png,A",
        "q41,q41.png,A",  # the reader will say B
        "q119,q119.png,C;D",
        "q200,q200.png,",
        "q180,q180.png,",
    )
    return tmp_path


def write(folder, file, *rows):
    (folder / file).write_text("\n".join([HEADERS[file], *rows]) + "\n", encoding="utf-8")


def measured(folder, reader=None, **options):
    ticks = itertools.count()
    return evaluate(folder, reader or GrayReader(), clock=lambda: next(ticks) * 0.25, bootstrap_rounds=50, **options)


def test_the_promised_keys_and_their_values(folder):
    answer = measured(folder).as_json()
    assert set(answer) == KEYS
    assert json.loads(json.dumps(answer, allow_nan=False)) == answer
    assert answer["recall_at_1"] == pytest.approx(2 / 3)
    assert answer["recall_at_5"] == answer["recall_at_10"] == 1
    assert answer["map"] == pytest.approx((1 + 1 / 2 + 1) / 3)
    assert answer["dir_at_1pct"] == pytest.approx(2 / 3)
    assert answer["auroc_in_register"] == 1
    assert answer["nothing_close"] == {"true_positive_rate": 1.0, "false_positive_rate": 0.0, "threshold": 0.5}
    assert answer["counts"] == {
        "designs": 4,
        "views": 5,
        "queries": 5,
        "in_register": 3,
        "not_in_register": 2,
        "skipped": 0,
    }
    assert answer["read_ms_p50"] == answer["read_ms_p95"] == 250
    assert answer["reader"] == "gray 1"
    assert answer["problems"] == []


def test_calibration_is_of_the_first_candidate_over_all_queries(folder):
    write(folder, "queries.csv", "q2,q2.png,A", "q200,q200.png,")
    # 0.9 and right; 0.01 and not in the register
    assert measured(folder).as_json()["expected_calibration_error"] == pytest.approx((0.1 + 0.01) / 2)


def test_a_reader_without_calibration_gives_an_order_only(folder):
    answer = measured(folder, calibrated=False).as_json()
    assert set(answer) == KEYS
    assert answer["expected_calibration_error"] is None
    assert set(answer["nothing_close"].values()) == {None}
    assert answer["auroc_in_register"] == 1


def test_several_designs_count_any_for_recall_and_all_for_map(folder):
    write(folder, "queries.csv", "q119,q119.png,C;A", "q200,q200.png,")
    answer = measured(folder).as_json()
    assert answer["recall_at_1"] == 1
    assert answer["map"] == pytest.approx((1 + 2 / 4) / 2)


def test_equal_probabilities_are_decided_by_the_score_of_the_first_candidate(folder):
    Image.new("RGB", (48, 48), (4,) * 3).save(folder / "q4.png")
    write(folder, "queries.csv", "q2,q2.png,A", "q41,q41.png,B", "q4,q4.png,")  # all "0.9"; q4 the farthest
    assert measured(folder).as_json()["auroc_in_register"] == 1


def test_unreadable_pictures_are_told_and_skipped(folder):
    (folder / "broken.png").write_bytes((folder / "r0.png").read_bytes()[:60])
    (folder / "empty.png").write_bytes(b"")
    write(folder, "register.csv", "A,,,,,1,r0.png", "A,,,,,2,broken.png", "E,,,,,1,empty.png")
    write(folder, "queries.csv", "q1,broken.png,A", "q2,q2.png,A", "q3,q2.png,E")
    answer = measured(folder).as_json()
    assert answer["counts"] == {
        "designs": 1,
        "views": 1,
        "queries": 2,
        "in_register": 2,
        "not_in_register": 0,
        "skipped": 3,
    }
    assert [(problem["file"], problem["line"]) for problem in answer["problems"]] == [
        ("register.csv", 3),
        ("register.csv", 4),
        ("queries.csv", 2),
    ]
    assert answer["recall_at_1"] == 0.5  # the design whose only view is broken stays a miss
    assert answer["dir_at_1pct"] is None
    assert answer["auroc_in_register"] is None


def test_an_unreadable_answer_is_a_miss_that_nobody_called_nothing_close(folder):
    class Silent(GrayReader):
        def read(self, *_signal, **_options):
            return Reading(outcome="unreadable", reader="silent")

    answer = measured(folder, Silent()).as_json()
    assert answer["recall_at_10"] == answer["map"] == answer["dir_at_1pct"] == 0
    assert answer["auroc_in_register"] == 0.5
    assert answer["nothing_close"]["true_positive_rate"] == answer["nothing_close"]["false_positive_rate"] == 0
    assert answer["expected_calibration_error"] == 0


def test_the_same_seed_gives_the_same_intervals_and_they_hold_the_figures(folder):
    first, again = measured(folder, seed=7).as_json(), measured(folder, seed=7).as_json()
    assert first == again
    low, high = first["intervals"]["recall_at_1"]
    assert low <= first["recall_at_1"] <= high


def test_the_whole_ranking_is_asked_for_and_progress_told(folder):
    reader, told = GrayReader(), []
    measured(folder, reader, progress=lambda *step: told.append(step))
    assert set(reader.tops) == {4}
    assert told[0] == ("enroll", 1, 5)
    assert told[-1] == ("read", 5, 5)


def test_order_of_rows_does_not_matter(folder):
    before = measured(folder).figures
    for file in HEADERS:
        rows = (folder / file).read_text(encoding="utf-8").split("\n")[1:-1]
        write(folder, file, *reversed(rows))
    assert measured(folder).figures == pytest.approx(before)


@pytest.mark.parametrize("file", ["register.csv", "queries.csv"])
def test_nothing_left_to_evaluate_is_told(folder, file):
    write(folder, file)
    if file == "register.csv":
        write(folder, "queries.csv", "q200,q200.png,")
    with pytest.raises(RequestError) as told:
        measured(folder)
    assert told.value.error_code == "request.nothing_to_evaluate"


def test_a_decoder_can_be_handed_in(folder):
    def refuse(data):
        assert Image.open(io.BytesIO(data)).size == (48, 48)
        raise PhotographError(SAID, SAID)

    pictures = Pictures(load_folder(folder), refuse)
    assert list(pictures.views()) == []
    assert pictures.skipped == 5
    assert SAID.ko in pictures.problems[0].what.ko


@pytest.mark.parametrize("name", ["designs-drawings", "designs-packages", "designs-produce", "marks-logos"])
def test_the_shared_sets_load_without_a_problem(shared, name):
    chosen = load_folder(shared / "data" / name)
    assert chosen.problems == ()
    assert {bool(query.design_ids) for query in chosen.queries} == {True, False}
