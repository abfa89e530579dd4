"""What is installed is what stands in the folder: every file of the package that is no module is named in its data."""

from __future__ import annotations

import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "pandok"


def test_every_file_of_the_package_is_packed() -> None:
    patterns = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    packed = {path for pattern in patterns["package-data"]["pandok"] for path in PACKAGE.glob(pattern)}
    files = {path for path in PACKAGE.rglob("*") if path.is_file() and path.suffix != ".py"}
    # What Python and numba compile on first use lies there.
    files = {path for path in files if "__pycache__" not in path.parts}
    assert len(files) > 200
    assert sorted(str(path.relative_to(PACKAGE)) for path in files - packed) == []


def test_every_folder_with_modules_is_a_package() -> None:
    without = {path.parent for path in PACKAGE.rglob("*.py") if not (path.parent / "__init__.py").exists()}
    assert sorted(str(path.relative_to(PACKAGE)) for path in without) == []
