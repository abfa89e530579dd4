"""Bulk on this machine: one sandbox, or several side by side. The reference for every other bulk."""

from __future__ import annotations

import queue
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import ExitStack

from pandok.engines.bulk.lane import Lane
from pandok.engines.bulk.values import CaseInput, CaseResult, Open


class LocalBulk:
    """`lanes` sandboxes work at a time; each is a process of its own, driven by a thread."""

    def __init__(self, lanes: int = 1):
        self.lanes = lanes

    def run(self, open_model: Open, cases: Iterable[CaseInput]) -> Iterator[CaseResult]:
        if self.lanes == 1:
            with Lane(open_model) as lane:
                for case in cases:
                    yield lane.result(case)
            return
        with ExitStack() as stack:
            free: queue.SimpleQueue[Lane] = queue.SimpleQueue()
            for _ in range(self.lanes):
                free.put(stack.enter_context(Lane(open_model)))
            pool = stack.enter_context(ThreadPoolExecutor(self.lanes, thread_name_prefix="sandbox"))
            yield from _spread(pool, free, cases, self.lanes)


def _spread(
    pool: ThreadPoolExecutor, free: queue.SimpleQueue[Lane], cases: Iterable[CaseInput], lanes: int
) -> Iterator[CaseResult]:
    """As many cases in hand as there are sandboxes, never more."""

    def result(case: CaseInput) -> CaseResult:
        lane = free.get()
        try:
            return lane.result(case)
        finally:
            free.put(lane)

    in_hand: set[Future[CaseResult]] = set()
    for case in cases:
        in_hand.add(pool.submit(result, case))
        if len(in_hand) == lanes:
            done, in_hand = wait(in_hand, return_when=FIRST_COMPLETED)
            yield from (one.result() for one in done)
    for one in in_hand:
        yield one.result()
