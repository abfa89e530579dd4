"""Held answers: told once of every change, by one look for all, never of what is older than what is known."""

from __future__ import annotations

import threading

from pandok.web.held_answers import ChangeWatch, held

BUSY = b"busy"


class Marks:
    """What looks find; counted."""

    def __init__(self) -> None:
        self.mark, self.looks = "1", 0
        self.seen = threading.Event()

    def look(self) -> str:
        self.looks += 1
        self.seen.set()
        return self.mark


def waiting(watch: ChangeWatch, marks: Marks, known: str, found: list[bytes], events: int) -> threading.Thread:
    """Listens until it was told of so many events."""

    def listen() -> None:
        for said in held(watch, "key", marks.look, known, most_s=60, busy=BUSY):
            found.append(said)
            if sum(one.startswith(b"id") for one in found) == events:
                return

    one = threading.Thread(target=listen, daemon=True)
    one.start()
    return one


def test_all_who_wait_are_told_by_the_same_looks() -> None:
    watch, marks = ChangeWatch(pause_s=0.005), Marks()
    found: list[list[bytes]] = [[] for _ in range(8)]
    threads = [waiting(watch, marks, "1", one, events=2) for one in found]
    assert marks.seen.wait(30)
    marks.mark = "2"
    while not all(any(said.startswith(b"id") for said in one) for one in found):
        threads[0].join(0.001)
    marks.mark = "3"
    for one in threads:
        one.join(30)
    events = [tuple(said for said in one if said.startswith(b"id")) for one in found]
    assert set(events) == {(b"id: 2\nevent: changed\ndata: 2\n\n", b"id: 3\nevent: changed\ndata: 3\n\n")}


def test_what_is_older_than_what_is_known_is_not_told() -> None:
    """A look that another waits for began before this one knew more."""
    looking, go = threading.Event(), threading.Event()
    answers = iter(["1"])

    def slow() -> str:
        looking.set()
        go.wait(30)
        return next(answers, "2")

    watch = ChangeWatch(pause_s=0.005)
    first = threading.Thread(target=lambda: watch.wait("key", slow, "1", 60), daemon=True)
    first.start()
    assert looking.wait(30)
    found: list[str] = []
    second = threading.Thread(target=lambda: found.append(watch.wait("key", slow, "2", 0.05)), daemon=True)
    second.start()
    second.join(30)
    go.set()
    first.join(30)
    assert found == ["2"]


def test_where_all_places_are_taken_it_is_said_and_nobody_looks_once_all_are_gone() -> None:
    watch, marks = ChangeWatch(pause_s=0.005, most=1), Marks()
    one = held(watch, "key", marks.look, "1", most_s=0.01, busy=BUSY)
    assert next(one) == b": \n\n"
    assert list(held(watch, "key", marks.look, "1", most_s=60, busy=BUSY)) == [BUSY]
    assert list(one) == []
    assert next(held(watch, "key", marks.look, "1", most_s=0.01, busy=BUSY)) == b": \n\n", "the place is free again"
    thread = watch._thread
    if thread is not None:
        thread.join(30)
    assert watch._thread is None


def test_a_screen_that_is_gone_gives_its_place_back() -> None:
    watch, marks = ChangeWatch(pause_s=0.005, most=1), Marks()
    one = held(watch, "key", marks.look, "1", most_s=60, busy=BUSY)
    next(one)
    one.close()  # type: ignore[attr-defined]  # a generator
    assert watch.enter()


def test_a_server_that_ends_holds_nobody() -> None:
    watch, marks, found = ChangeWatch(pause_s=0.005), Marks(), list[bytes]()
    one = waiting(watch, marks, "1", found, events=1)
    assert marks.seen.wait(30)
    watch.closed = True
    one.join(30)
    assert not one.is_alive()
    assert found == [b": \n\n"]
