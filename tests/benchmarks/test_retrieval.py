import json

import numpy as np
import pytest
from PIL import Image

from benchmarks import retrieval


@pytest.fixture
def folder(tmp_path):
    rng = np.random.default_rng(2)
    for name in ("a", "b", "c"):
        Image.fromarray(rng.integers(0, 255, (64, 64, 3), dtype=np.uint8)).save(tmp_path / f"{name}.png")
    (tmp_path / "register.csv").write_text(
        "design_id,holder,article,locarno_class,status,view,path\nA,,,,,1,a.png\nB,,,,,1,b.png\n", encoding="utf-8"
    )
    (tmp_path / "queries.csv").write_text("query_id,path,design_id\n1,a.png,A\n2,b.png,B\n3,c.png,\n", encoding="utf-8")
    return tmp_path


@pytest.fixture
def results(tmp_path, monkeypatch):
    monkeypatch.setattr(retrieval, "FOLDER", tmp_path / "results")
    return tmp_path / "results"


def peer(name):
    return next(method for method in retrieval.peers() if method.name == name)


def test_a_result_can_be_repeated_from_its_file(folder, results):
    retrieval.run([folder], [peer("pHash 8")], rounds=20, fresh=False)
    (path,) = results.glob("*/*.json")
    result = json.loads(path.read_text(encoding="utf-8"))
    assert result["recall_at_1"] == 1
    assert result["expected_calibration_error"] is None
    assert result["kind"] == "peer"
    assert {"machine", "commit", "seed", "measured_at", "question", "key", "counts", "intervals"} <= set(result)


def test_only_what_is_missing_or_changed_is_measured(folder, results):
    def names():
        return {path: json.loads(path.read_text(encoding="utf-8")).get("touched") for path in results.glob("*/*.json")}

    def run(**options):
        retrieval.run([folder], [peer("pHash 8"), peer("dHash 8")], **{"rounds": 20, "fresh": False, **options})

    run()
    for path in names():
        path.write_text(json.dumps({**json.loads(path.read_text(encoding="utf-8")), "touched": True}), encoding="utf-8")
    run()
    assert set(names().values()) == {True}
    run(rounds=21)
    assert set(names().values()) == {None}


def test_the_table_shows_every_method_with_its_interval(folder, results):
    retrieval.run([folder], [peer("HOG")], rounds=20, fresh=True)
    (path,) = results.glob("*/*.json")
    lines = "\n".join(retrieval.table([json.loads(path.read_text(encoding="utf-8"))]))
    assert "| HOG | 1.00 [1.00, 1.00] |" in lines
    assert "2 designs, 2 views, 2 queries in the register, 1 not" in lines
