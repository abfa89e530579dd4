"""The server's threads: the one that worked last takes the next request, and none is lost."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from pandok.web.warm_threads import WarmFirst


class Task:
    """Says which thread did it; waits for `until` before it is done."""

    def __init__(self, until: threading.Event | None = None):
        self._until, self.done, self.begun = until, threading.Event(), threading.Event()
        self.thread: int | None = None

    def service(self) -> None:
        self.begun.set()
        if self._until is not None:
            self._until.wait(60)
        self.thread = threading.get_ident()
        self.done.set()

    def cancel(self) -> None:
        pass


def all_wait(dispatcher: WarmFirst) -> None:
    """A thread is done with its task a moment before it waits again."""
    tick = threading.Event()
    for _ in range(6000):
        with dispatcher.lock:
            if dispatcher.active_count == 0:
                return
        tick.wait(0.01)
    raise AssertionError("threads that never wait")


@pytest.fixture
def dispatcher() -> Any:
    made = WarmFirst(5)
    yield made
    made.shutdown()
    assert not made.threads


def test_requests_after_each_other_come_to_one_thread(dispatcher: WarmFirst) -> None:
    found = set()
    for _ in range(20):
        all_wait(dispatcher)
        task = Task()
        dispatcher.add_task(task)
        assert task.done.wait(60)
        found.add(task.thread)
    assert len(found) == 1


def test_requests_at_one_moment_come_to_as_many_as_there_are_and_the_rest_waits(dispatcher: WarmFirst) -> None:
    until = threading.Event()
    held = [Task(until) for _ in range(5)]
    for task in held:
        dispatcher.add_task(task)
    assert all(task.begun.wait(60) for task in held)
    late = [Task() for _ in range(20)]
    for task in late:
        dispatcher.add_task(task)
    assert not any(task.begun.is_set() for task in late)
    until.set()
    assert all(task.done.wait(60) for task in [*held, *late])
    assert len({task.thread for task in held}) == 5


def test_a_request_that_fails_takes_no_thread_with_it(dispatcher: WarmFirst) -> None:
    class Failing(Task):
        def service(self) -> None:
            raise RuntimeError("broken")

    for _ in range(10):
        dispatcher.add_task(Failing())
    task = Task()
    dispatcher.add_task(task)
    assert task.done.wait(60)
