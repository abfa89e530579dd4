"""A worker whose database goes away ends in a few words, and what it held is done by the next one at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import InterfaceError, OperationalError, connection
from pydantic import BaseModel

from pandok.common.jobs import queue, registry
from pandok.common.jobs.process import run_worker
from pandok.common.jobs.work import Work
from pandok.common.models import Job, JobState
from tests.chosen import Choose
from tests.contracts.stores import app_on, empty_postgresql
from tests.own_postgresql import own_server

KIND = "test.losing"


class Nothing(BaseModel):
    pass


def shut_out(address: str, *, everybody: bool) -> None:
    """The server ends all connections to this database, as it does when it stops; with `everybody` no other begins."""
    name = urlsplit(address).path.lstrip("/")
    with psycopg.connect(own_server().address, autocommit=True) as opened:
        if everybody:
            opened.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')  # type: ignore[arg-type]
        opened.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])


def let_in(address: str) -> None:
    name = urlsplit(address).path.lstrip("/")
    with psycopg.connect(own_server().address, autocommit=True) as opened:
        opened.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')  # type: ignore[arg-type]


@pytest.fixture
def address(tmp_path: Path, choose: Choose, monkeypatch: pytest.MonkeyPatch, django_db_blocker: Any) -> Iterator[str]:
    choose(home=tmp_path)
    registry.kinds()
    monkeypatch.setattr(registry, "_handlers", dict(registry._handlers))
    monkeypatch.setattr(registry, "_periodic", {})
    address = empty_postgresql()
    with django_db_blocker.unblock(), app_on(address, tmp_path):
        yield address


@pytest.mark.parametrize("in_transaction", [True, False])
@pytest.mark.parametrize("everybody", [False, True], ids=["for a moment", "until after its end"])
def test_a_worker_that_loses_its_database_ends_quietly_and_its_job_is_free(
    address: str, caplog: pytest.LogCaptureFixture, *, in_transaction: bool, everybody: bool
) -> None:
    done = []

    @registry.handles(KIND, Nothing, in_transaction=in_transaction)
    def lose_it_once(payload: Nothing, work: Work) -> None:
        del payload
        if Job.objects.get().attempts == 1:
            shut_out(address, everybody=everybody)
            Job.objects.count()
        done.append(work.now)

    queue.enqueue(KIND, {}, key="one", now=datetime.now(UTC))
    with pytest.raises((OperationalError, InterfaceError)):
        run_worker(once=True, kinds=[KIND])
    assert [record for record in caplog.records if record.exc_info] == [], "a traceback"
    let_in(address)
    connection.close()
    assert done == []
    assert run_worker(once=True, kinds=[KIND]) == 1, "the lease of the first is waited for"
    assert len(done) == 1
    assert Job.objects.get().state == JobState.DONE
