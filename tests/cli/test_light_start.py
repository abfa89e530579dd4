"""What every command loads: not the libraries that read pictures, scans, models and documents, which take seconds."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.own_postgresql import on_store

LOADED_WHEN_USED = (
    "faiss",
    "imagecodecs",
    "lxml",
    "numba",
    "onnx",
    "onnxruntime",
    "openpyxl",
    "pydicom",
    "scipy",
    "skimage",
    "tifffile",
)


def test_a_command_on_the_records_loads_no_reader(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom pandok.cli.terminal import start_django\nstart_django()\n"
        f"print([one for one in {LOADED_WHEN_USED!r} if one in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env=os.environ | on_store(tmp_path / "home"),
        check=True,
    )
    assert done.stdout.strip() == "[]"
