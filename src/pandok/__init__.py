"""Pandok (판독): from a signal to a reading with evidence, a decision, a notice, an outcome and a proof."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from pandok.version import __version__

if TYPE_CHECKING:
    from pandok.fields.designs.open_desk import open_desk as open

# ONNX Runtime 1.31 starts a telemetry thread when it is imported. Nothing leaves this house unasked.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
# The matrices of a reading are small: a second thread of OpenBLAS helps none of them, and where several processes read
# side by side its waiting threads took five sixths of the processor.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

__all__ = ["__version__", "open"]


def __getattr__(name: str) -> Any:
    # Imported on use: `import pandok` must stay cheap for the command line and for leaf modules.
    if name == "open":
        from pandok.fields.designs.open_desk import open_desk

        return open_desk
    raise AttributeError(f"module 'pandok' has no attribute {name!r}")
