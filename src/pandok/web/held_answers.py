"""Answers that are held open until something changes: server-sent events without every screen asking each moment.

One thread looks at what is watched, for all screens of this process together; a held answer waits in memory. What
another process commits is seen by its next look: the wait is LOOK_S and no more. Each held answer takes one of the
server's threads: at most MOST_HELD of them, which the server has beside those for pages. A process in which nobody
waits looks at nothing.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from time import monotonic

from django.db import Error, connection

MOST_HELD = 16
LOOK_S = 0.1
BEAT_S = 5.0
"""So often a held answer says that it is there: a screen that is gone is noticed then."""
Look = Callable[[], str]


@dataclass
class _Watched:
    """`began`, `ended`: how many looks."""

    look: Look
    mark: str
    began: int = 0
    ended: int = 0
    waiting: int = 0


class ChangeWatch:
    """`pause_s` between looks; `end` closes what a look opened, once nobody waits."""

    def __init__(self, *, pause_s: float = LOOK_S, most: int = MOST_HELD, end: Callable[[], None] = lambda: None):
        self._pause_s, self._end = pause_s, end
        self._changed = threading.Condition()
        self._watched: dict[str, _Watched] = {}
        self._places = threading.BoundedSemaphore(most)
        self._thread: threading.Thread | None = None
        self._pause = threading.Event()
        self.closed = False
        """Nobody is held any more. Set without a lock, as by a signal: those who wait see it at the next look."""

    def enter(self) -> bool:
        """Whether there is room for one more; whoever got in leaves again."""
        return self._places.acquire(blocking=False)

    def leave(self) -> None:
        self._places.release()

    def wait(self, key: str, look: Look, known: str, most_s: float) -> str:
        """The mark once it is another than `known`; `known` after `most_s`. A look that began before this call counts
        for nothing: it may be older than what is known."""
        with self._changed:
            one = self._watched.setdefault(key, _Watched(look, known))
            one.waiting += 1
            before = one.began
            self._begin()
            try:
                self._changed.wait_for(lambda: self.closed or (one.ended > before and one.mark != known), most_s)
                return one.mark if one.ended > before else known
            finally:
                one.waiting -= 1
                if not one.waiting:
                    del self._watched[key]

    def _begin(self) -> None:
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=self._run, name="change-watch", daemon=True)
            self._thread.start()

    def _run(self) -> None:
        while True:
            with self._changed:
                wanted = list(self._watched.values())
                if not wanted:
                    self._end()
                    self._thread = None
                    return
                for one in wanted:
                    one.began += 1
            for one in wanted:
                try:
                    mark = one.look()
                except Error:
                    self._end()  # asked again after the pause, over a new connection
                    mark = one.mark
                with self._changed:
                    one.mark, one.ended = mark, one.began
                    self._changed.notify_all()
            self._pause.wait(self._pause_s)


def _end() -> None:
    # Asked for when it is called: a server imports this before Django is ready.
    connection.close()


WATCH = ChangeWatch(end=_end)


def held(watch: ChangeWatch, key: str, look: Look, known: str, *, most_s: float, busy: bytes) -> Iterator[bytes]:
    """Comments while nothing changes, and each new mark as an event; ends after about `most_s`. Where all places are
    taken it says `busy` and ends."""
    if not watch.enter():
        yield busy
        return
    try:
        until = monotonic() + most_s
        while not watch.closed and (left_s := until - monotonic()) > 0:
            yield b": \n\n"
            mark = watch.wait(key, look, known, min(BEAT_S, left_s))
            if mark != known:
                known = mark
                yield event_of(mark)
    finally:
        watch.leave()


def event_of(mark: str) -> bytes:
    return f"id: {mark}\nevent: changed\ndata: {mark}\n\n".encode()
