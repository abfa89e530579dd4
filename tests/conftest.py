"""Shared by all tests: the shared data, and what must not be skipped in CI."""

from __future__ import annotations

import gc
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db.backends.signals import connection_created
from django.db.models.signals import post_save
from django.db.transaction import Atomic
from hypothesis import HealthCheck, settings

from pandok.core.foreign_bytes import WATCHERS
from tests.audit_words import every_detail_has_words
from tests.emptied_tables import empty_only_what_is_written
from tests.own_postgresql import on_postgresql

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# Nobody pulls the plug on a test; that what is promised is flushed is held by those that watch for the call.
os.fsync = lambda _, /: None

# Hundreds of processes of the product are started; each would compile its source again.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# A tenth of the time of these tests would be spent looking for circles among what stays anyway.
gc.set_threshold(10_000, 20, 20)

# A slow machine fails no property: what is asked is whether it holds.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")

pytest_plugins = ("tests.world",)

ROOT = Path(__file__).resolve().parent.parent


def shared_folder() -> Path:
    """The folder with shared test data: PANDOK_SHARED, else `../shared` beside the repository."""
    return Path(os.environ.get("PANDOK_SHARED") or ROOT.parent / "shared")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The shared data; skips the test where it is absent."""
    folder = shared_folder()
    if not (folder / "data").is_dir():
        pytest.skip("no shared data: set PANDOK_SHARED to the folder that holds data/")
    return folder


def pytest_collection_finish() -> None:
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def single_threaded_pictures() -> None:
    import cv2

    cv2.setNumThreads(1)


def nothing_foreign_under_the_lock(what: str) -> None:
    """A file from outside is never parsed while a transaction of the product is open (that of a test case is none)."""
    from django.db import connection

    if any(not getattr(block, "of_a_test", block._from_testcase) for block in connection.atomic_blocks):
        raise AssertionError(f"a {what} is parsed while a transaction is open")


def _entered(block: Atomic) -> None:
    """Some tests undo what they did by a transaction around it."""
    block.of_a_test = block._from_testcase or "/tests/" in sys._getframe(1).f_code.co_filename  # type: ignore[attr-defined]
    _enter(block)


_enter, Atomic.__enter__ = Atomic.__enter__, _entered  # type: ignore[method-assign]
WATCHERS.append(nothing_foreign_under_the_lock)


def numbers_before_events(execute: Any, sql: Any, values: Any, many: bool, context: Any) -> Any:
    """A number is drawn before the first audit event of its transaction (pandok.common.records.numbering)."""
    ours = (one for one in context["connection"].atomic_blocks if not getattr(one, "of_a_test", one._from_testcase))
    if isinstance(sql, str) and (outermost := next(ours, None)) is not None:
        if 'INSERT INTO "register_auditentry"' in sql:
            outermost.told = True
        elif '"desk_numberseries"' in sql and getattr(outermost, "told", False):
            raise AssertionError("a number is drawn after an audit event of its transaction")
    return execute(sql, values, many, context)


def _watch(connection: Any, **_: Any) -> None:
    if numbers_before_events not in connection.execute_wrappers:
        connection.execute_wrappers.append(numbers_before_events)


connection_created.connect(_watch)


def _list_static_files_once() -> None:
    """WhiteNoise lists all of them for each test client, a third of the time of a page; they are the same each time."""
    from whitenoise.middleware import WhiteNoiseMiddleware

    listed, found = WhiteNoiseMiddleware.add_files_from_finders, dict[tuple[object, ...], dict[str, Any]]()

    def once(self: Any) -> None:
        key = (self.static_prefix, self.static_root, self.autorefresh, self.max_age)
        if key not in found:
            before = set(self.files)
            listed(self)
            found[key] = {url: file for url, file in self.files.items() if url not in before}
        self.files.update(found[key])

    WhiteNoiseMiddleware.add_files_from_finders = once


_list_static_files_once()
post_save.connect(every_detail_has_words, sender="common.AuditEntry")

empty_only_what_is_written()


@pytest.fixture(autouse=True)
def no_heads_of_another_test() -> Iterator[None]:
    """What a test noted of its audit chain lies outside the database, which is undone behind it."""
    yield
    (Path(os.environ.get("PANDOK_HOME", "")) / "audit-heads.json").unlink(missing_ok=True)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport() -> Iterator[None]:
    """In CI (PANDOK_TESTS_REQUIRE_ALL=1) a skip fails, unless it is for want of the shared data, or, on PostgreSQL, of
    a test about SQLite's own files."""
    outcome: Any = yield
    report = outcome.get_result()
    if os.environ.get("PANDOK_TESTS_REQUIRE_ALL") == "1" and report.skipped and not hasattr(report, "wasxfail"):
        reason = str(report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr)
        if "shared" not in reason.lower() and not (on_postgresql() and "files of SQLite" in reason):
            report.outcome = "failed"
            report.longrepr = f"skipped in CI, where everything must run: {reason}"


def pytest_sessionfinish() -> None:
    home = Path(os.environ.get("PANDOK_HOME", ""))
    if home.name.startswith("pandok-tests-"):
        shutil.rmtree(home, ignore_errors=True)
