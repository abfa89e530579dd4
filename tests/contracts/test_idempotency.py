"""Two calls with one key at the same moment do it once: on SQLite and on PostgreSQL, with real connections."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import timezone

from pandok.common.models import ApiCall, Site
from pandok.common.records.idempotency import KeptAnswer, do_once
from tests.contracts.stores import app_on, empty_postgresql, in_threads

THREADS = 4


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def store(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any
) -> Iterator[str]:
    home = tmp_path_factory.mktemp("idempotency")
    with django_db_blocker.unblock():
        if request.param == "sqlite":
            with app_on("", home):
                yield "sqlite"
        else:
            with app_on(empty_postgresql(), home):
                yield "postgresql"


def once(number: int, key: str, *, repeatable: bool = False) -> KeptAnswer:
    """Leaves one row as its effect."""

    def run() -> KeptAnswer:
        site, _ = Site.objects.get_or_create(code=key if repeatable else f"{key}-{number}", defaults={"name_ko": "가"})
        return KeptAnswer(201, {"site": site.code})

    return do_once(caller="token:1", key=key, request_sha256="0", now=timezone.now(), run=run, repeatable=repeatable)


@pytest.mark.usefixtures("store")
def test_it_is_done_once() -> None:
    answers = in_threads(THREADS, lambda number: once(number, "a"))
    assert {str(one.value) for one in answers} == {str(answers[0].value)}
    assert sum(not one.again for one in answers) == 1
    assert Site.objects.filter(code__startswith="a-").count() == 1
    assert ApiCall.objects.filter(key="a").count() == 1


@pytest.mark.usefixtures("store")
def test_what_bears_repetition_has_one_answer() -> None:
    answers = in_threads(THREADS, lambda number: once(number, "b", repeatable=True))
    assert {str(one.value) for one in answers} == {"{'site': 'b'}"}
    assert Site.objects.filter(code="b").count() == 1
