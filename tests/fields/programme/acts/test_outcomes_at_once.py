"""Two people enter an outcome of one number at the same moment."""

from __future__ import annotations

from pathlib import Path
from threading import Barrier, Thread

from django.db import connection

from pandok.common.models import AuditEntry
from pandok.common.people.accounts import ensure_role_groups
from pandok.core.errors import RequestError
from pandok.fields.programme.models import Outcome
from tests.chosen import Choose
from tests.fields.programme.ledger import entered_outcome
from tests.fields.programme.office import signed


def test_one_of_two_that_enter_the_same_number_at_once_is_told_that_it_is_known(
    transactional_db: None,  # noqa: ARG001
    choose: Choose,
    tmp_path: Path,
) -> None:
    choose(home=tmp_path)
    ensure_role_groups()
    agreement, together, told = signed(), Barrier(2), list[str]()

    def enters() -> None:
        together.wait()
        try:
            entered_outcome(agreement)
            told.append("entered")
        except RequestError as error:
            told.append(str(error.error_code))
        finally:
            connection.close()

    both = [Thread(target=enters) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(told) == ["entered", "outcome.known"]
    assert Outcome.objects.count() == 1
    assert AuditEntry.objects.filter(action="outcome.entered").count() == 1
