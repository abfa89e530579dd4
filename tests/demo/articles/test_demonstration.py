import csv

import cv2

from pandok.demo.articles import demonstration
from pandok.demo.articles.demonstration import QUERY_COLUMNS, REGISTER_COLUMNS, write_demonstration


def _read(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_demonstration_counts_and_repeats(tmp_path, monkeypatch):
    monkeypatch.setattr(demonstration, "VIEW_PX", 80)
    monkeypatch.setattr(demonstration, "PHOTOGRAPH_PX", 120)
    steps = []
    write_demonstration(tmp_path / "a", seed=5, designs=6, progress=lambda done, total: steps.append((done, total)))
    write_demonstration(tmp_path / "b", seed=5, designs=6)
    register, queries = _read(tmp_path / "a/register.csv"), _read(tmp_path / "a/queries.csv")
    assert tuple(register[0]) == REGISTER_COLUMNS
    assert tuple(queries[0]) == QUERY_COLUMNS
    ids = [r["design_id"] for r in register]
    assert len(set(ids)) == 6
    assert all(4 <= ids.count(i) <= 7 for i in set(ids))
    assert {q["design_id"] for q in queries} - {""} <= set(ids)
    assert sum(q["design_id"] == "" for q in queries) == 1
    assert len(queries) == 4
    assert steps[-1] == (10, 10)
    for row, size_px in [*((r, 80) for r in register), *((q, 120) for q in queries)]:
        assert cv2.imread(str(tmp_path / "a" / row["path"])).shape == (size_px, size_px, 3)
        assert (tmp_path / "a" / row["path"]).read_bytes() == (tmp_path / "b" / row["path"]).read_bytes()
    assert (tmp_path / "a/register.csv").read_bytes() == (tmp_path / "b/register.csv").read_bytes()
