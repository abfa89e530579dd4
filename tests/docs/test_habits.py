"""What the makers run: the look-up of known weaknesses says what it did not look up, coverage counts by room."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WHOLE = {"name": "django", "version": "5.2", "vulns": []}
WEAK = {"name": "pillow", "version": "9.0", "vulns": [{"id": "PYSEC-2023-1", "fix_versions": ["9.5"]}]}
UNKNOWN = {"name": "numpy", "skip_reason": "Dependency not found on PyPI and could not be audited: numpy (2.4)"}


def _audit(folder: Path, stdout: str, code: int = 0) -> subprocess.CompletedProcess[str]:
    asked = folder / "pip-audit"
    asked.write_text(f"#!{sys.executable}\nimport sys\nprint({stdout!r})\nsys.exit({code})\n", encoding="utf-8")
    asked.chmod(0o755)
    script = ROOT / "docs" / "audit_dependencies.py"
    return subprocess.run([sys.executable, script, asked, ROOT / "requirements.lock"], capture_output=True, text=True)


@pytest.mark.parametrize(
    ("found", "code", "said"),
    [
        ([WHOLE], 0, "1 of 1 packages looked up, 0 weaknesses known"),
        ([WHOLE, WEAK], 1, "pillow 9.0: PYSEC-2023-1, mended in 9.5"),
        ([WHOLE, UNKNOWN], 2, "NOT CHECKED: Dependency not found on PyPI"),
        ([], 2, "could not be reached"),
    ],
)
def test_what_was_not_looked_up_is_no_clearance(
    tmp_path: Path, found: list[dict[str, object]], code: int, said: str
) -> None:
    answer = _audit(tmp_path, json.dumps({"dependencies": found, "fixes": []}))
    assert (answer.returncode, said in answer.stdout) == (code, True), answer.stdout + answer.stderr


def test_a_database_out_of_reach_is_said_and_fails(tmp_path: Path) -> None:
    answer = _audit(tmp_path, "", code=1)
    assert answer.returncode == 2
    assert "could not be reached" in answer.stdout


def test_coverage_is_counted_by_room(tmp_path: Path) -> None:
    lines = {
        "src/pandok/core/text.py": (10, 9),
        "src/pandok/core/lab/case.py": (5, 0),
        "src/pandok/core/days.py": (10, 1),
    }
    files = {name: {"summary": {"num_statements": all_, "covered_lines": run}} for name, (all_, run) in lines.items()}
    report = tmp_path / "coverage.json"
    report.write_text(json.dumps({"files": files}), encoding="utf-8")
    script = ROOT / "docs" / "coverage_by_room.py"
    table = subprocess.run([sys.executable, script, report], capture_output=True, text=True, check=True).stdout
    assert "| core | 20 | 50 % |" in table
    assert "| core/lab | 5 | 0 % |" in table
    assert "| all | 25 | 40 % |" in table
