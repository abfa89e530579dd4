"""The API under fire: calls made from its own description, as officer, holder and auditor. No 5xx; answers conform.

`python -m benchmarks.fuzz_api` runs the same for long.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from django.core import signals
from django.db import close_old_connections

from tests.api.fuzzing import fuzz
from tests.api.world import ApiSite

EXAMPLES = int(os.environ.get("PANDOK_FUZZ_EXAMPLES", "3"))
SEED = int(os.environ.get("PANDOK_FUZZ_SEED", "20260302"))


@pytest.fixture(autouse=True)
def one_connection() -> Iterator[None]:
    """Calls run inside the test's transaction: a request must not close its connection, as Django's client knows."""
    both = (signals.request_started, signals.request_finished)
    for signal in both:
        signal.disconnect(close_old_connections)
    yield
    for signal in both:
        signal.connect(close_old_connections)


@pytest.mark.parametrize("role", ["officer", "holder", "auditor"])
def test_nothing_breaks(site: ApiSite, role: str) -> None:
    done = fuzz(site, role=role, examples=EXAMPLES, seed=SEED)
    print(f"{role}: {done.calls} calls of {done.operations} operations, {dict(sorted(done.statuses.items()))}")
    assert not done.faults, "\n\n".join(done.faults)
    assert done.operations >= 50
