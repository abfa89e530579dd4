"""The commands of audit, retention and labels, on a new site."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.test_commands import pandok


def test_the_chain_is_verified_anchored_and_compared(tmp_path: Path) -> None:
    made = pandok(tmp_path, "audit", "head", "--out", "anchor.json")
    assert made.returncode == 0, made.stderr
    done = pandok(tmp_path, "--language", "en", "audit", "verify", "--anchor", "anchor.json")
    assert (done.returncode, done.stdout.strip()) == (0, "The audit log is whole: 2 entries.")
    since = pandok(tmp_path, "--language", "en", "audit", "verify", "--since-last")
    assert since.stdout.strip() == "The audit log is whole after entry 2: 1 entry."
    looks = pandok(tmp_path, "audit", "who-saw", "a" * 64, "--json")
    assert json.loads(looks.stdout) == []
    anchor = json.loads((tmp_path / "anchor.json").read_text(encoding="utf-8"))
    (tmp_path / "anchor.json").write_text(json.dumps(anchor | {"sequence": 7}), encoding="utf-8")
    changed = pandok(tmp_path, "audit", "verify", "--anchor", "anchor.json")
    assert (changed.returncode, "request.anchor" in changed.stderr) == (2, True)


def test_retention_and_labels_say_what_there_is_not(tmp_path: Path) -> None:
    plan = pandok(tmp_path, "retention", "plan", "--json")
    assert json.loads(plan.stdout) == {"files": [], "held": 0, "shared": 0, "more": False}
    assert pandok(tmp_path, "retention", "apply").returncode == 0
    nobody = pandok(tmp_path, "retention", "plan", "--by", "nobody", "--reason", "term is over")
    assert (nobody.returncode, "request.account" in nobody.stderr) == (2, True)
    empty = pandok(tmp_path, "designs", "labels", "out")
    assert (empty.returncode, "request.no_labels" in empty.stderr) == (2, True)
    month = pandok(tmp_path, "designs", "labels", "out", "--since", "spring")
    assert (month.returncode, "request.month" in month.stderr) == (2, True)
