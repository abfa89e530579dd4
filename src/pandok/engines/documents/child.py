"""The process that reads one document: kind as its argument, bytes on its input, a Document as JSON on its output.

It takes its limits before it looks at a byte. It says nothing else: no message of a library leaves it.
"""

from __future__ import annotations

import os
import resource
import sys

MEMORY_BYTES = 1 << 30
CPU_S = 60
UNREADABLE, TOO_MUCH = 3, 4


def main() -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_S, CPU_S))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    data = sys.stdin.buffer.read()
    out = os.dup(1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    try:
        from pandok.engines.documents.pdf_words import Unreadable, read_pdf
        from pandok.engines.documents.values import PDF
        from pandok.engines.documents.workbook_words import read_workbook

        try:
            found = (read_pdf if sys.argv[1] == PDF else read_workbook)(data)
        except Unreadable:
            return UNREADABLE
        answer = found.model_dump_json().encode()
    except (MemoryError, RecursionError):
        return TOO_MUCH
    with os.fdopen(out, "wb") as target:
        target.write(answer)
    return 0


if __name__ == "__main__":
    sys.exit(main())
