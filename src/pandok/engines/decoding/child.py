"""The process that decodes: one picture after the other from its standard input, until that ends.

Request and answer are a line of JSON with sizes, then bytes. Nothing is unpickled: a picture that takes this process
over can only lie about pixels.
"""

from __future__ import annotations

import contextlib
import json
import resource
import sys
from typing import Any, BinaryIO


def main() -> None:
    take, give = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # what a library prints must not stand between answers
    from pandok.core.errors import PandokError
    from pandok.readers.designs.photograph import decode

    _bound_memory(int(sys.argv[1]))
    while line := take.readline():
        asked = json.loads(line)
        data = take.read(asked.pop("bytes"))
        try:
            found = decode(data, **asked)
        except PandokError as error:
            _answer(give, {"refused": error.as_dict()}, b"")
        else:
            header = {
                "shape": found.pixels.shape,
                "sha256": found.sha256,
                "format": found.format,
                "width_px": found.width_px,
                "height_px": found.height_px,
                "had_location": found.had_location,
                "remarks": [one.model_dump(mode="json") for one in found.remarks],
            }
            _answer(give, header, found.pixels.tobytes())


def _bound_memory(most_bytes: int) -> None:
    """`most_bytes` on top of what the libraries have taken."""
    with contextlib.suppress(OSError, ValueError):
        with open("/proc/self/statm", encoding="ascii") as file:
            taken = int(file.read().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (taken + most_bytes, taken + most_bytes))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer(give: BinaryIO, header: dict[str, Any], data: bytes) -> None:
    give.write(json.dumps({**header, "bytes": len(data)}).encode() + b"\n")
    give.write(data)
    give.flush()


if __name__ == "__main__":
    main()
