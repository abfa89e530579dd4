"""Fuzz the API for long: python -m benchmarks.fuzz_api --examples 500 --seed 1 (through pytest's own database).

The same run as tests/api/test_fuzz.py with more examples; prints statuses and faults for each role, exit code 1 where
there is a fault.
"""

from __future__ import annotations

import argparse
import os
import sys

import pytest

EXAMPLES, SEED = "PANDOK_FUZZ_EXAMPLES", "PANDOK_FUZZ_SEED"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", type=int, default=200, help="calls for each operation and role")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    os.environ[EXAMPLES], os.environ[SEED] = str(chosen.examples), str(chosen.seed)
    return int(pytest.main(["tests/api/test_fuzz.py", "-q", "-s", "--show-capture=no", "-p", "no:cacheprovider"]))


if __name__ == "__main__":
    sys.exit(main())
