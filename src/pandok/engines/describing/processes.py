"""Describing in processes of their own: threads of one process wait for each other at every step between two kernels.

A picture that brings its process down (memory, a fault in a codec) takes no other with it: the groups that were under
way are done again one at a time, the one that falls again view by view, and the view that falls alone is left out.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait as wait_for_any

from pandok.engines.describing.values import Described, DescribedViews, ReaderFiles, Views, describe
from pandok.readers.designs.reader import DesignReader

AHEAD = 2
"""Groups in hand for each process, so that none waits for the next."""


class DescribingProcesses:
    """`places` processes, each with a reader of its own (about 180 MB)."""

    def __init__(self, files: ReaderFiles, places: int):
        self._files, self._places = files, places

    def described(self, groups: Iterable[Views]) -> Iterator[DescribedViews]:
        """Raises ModelError where the reader cannot be opened."""
        left = iter(groups)
        while True:
            fallen: list[Views] = []
            with self._pool(self._places) as pool:
                yield from self._side_by_side(pool, left, fallen)
            if not fallen:
                return
            for group in fallen:
                yield self._alone(group)

    def _side_by_side(
        self, pool: ProcessPoolExecutor, groups: Iterator[Views], fallen: list[Views]
    ) -> Iterator[DescribedViews]:
        """As many as come; `fallen` gets those that were under way when a process fell."""
        in_hand: dict[Future[DescribedViews], Views] = {}
        while True:
            while len(in_hand) < AHEAD * self._places and (group := next(groups, None)) is not None:
                try:
                    in_hand[pool.submit(_describe, group)] = group
                except BrokenProcessPool:
                    fallen.append(group)
                    break
            if not in_hand:
                return
            done, _ = wait(in_hand, return_when=FIRST_COMPLETED)
            for future in done:
                group = in_hand.pop(future)
                try:
                    yield future.result()
                except BrokenProcessPool:
                    fallen.append(group)
            if fallen:
                yield from _rest(in_hand, fallen)
                return

    def _alone(self, group: Views) -> DescribedViews:
        """A group that was under way when a process fell: by itself, and where it falls again view by view."""
        found = self._once(group)
        if found is not None:
            return found
        views: list[Described | None] = []
        for data in group.files:
            one = self._once(Views(group.number, (data,)))
            views.append(None if one is None else one.views[0])
        return DescribedViews(group.number, tuple(views))

    def _once(self, group: Views) -> DescribedViews | None:
        with self._pool(1) as pool:
            try:
                return pool.submit(_describe, group).result()
            except BrokenProcessPool:
                return None

    def _pool(self, places: int) -> ProcessPoolExecutor:
        # Not forked: threads of the caller (index, database) must not be copied half-way.
        return ProcessPoolExecutor(places, multiprocessing.get_context("spawn"), _begin, (self._files,))


def _rest(in_hand: dict[Future[DescribedViews], Views], fallen: list[Views]) -> Iterator[DescribedViews]:
    """What was done before the process fell is a result like any other."""
    left: deque[tuple[Future[DescribedViews], Views]] = deque(in_hand.items())
    while left:
        future, group = left.popleft()
        try:
            yield future.result()
        except BrokenProcessPool:
            fallen.append(group)


class _Own:
    """What a describing process has: its reader, opened with the first group, so that an error is told as an answer."""

    files: ReaderFiles
    reader: DesignReader | None = None


def _begin(files: ReaderFiles) -> None:
    import cv2

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    cv2.setNumThreads(1)
    _Own.files = files
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A parent that was killed outright tells nobody."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait_for_any([parent.sentinel])
        os._exit(1)


def _describe(group: Views) -> DescribedViews:
    if _Own.reader is None:
        _Own.reader = _Own.files.open()
    return describe(_Own.reader, group)
