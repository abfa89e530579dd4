"""That another person must is asked in one place, whatever is confirmed, voted on or checked."""

from __future__ import annotations

import ast

import pytest

from pandok.common.models import Account
from pandok.common.people.two_persons import another_confirms, must_be_another
from pandok.core.errors import RequestError
from pandok.core.text import Text
from tests.contracts.pinned import SOURCE

WHO = Text(ko="다른 사람", en="Somebody else")
NO_REFUSAL = {
    "common/people/changes.py",  # says why not, for the page
    "common/records/deletion.py",  # who withdraws: both may
    "fields/academy/api/certificate_tests.py",  # says which are one's own
    "fields/academy/acts/cases/making.py",  # as whom somebody moves: both may take a lesson away
    "fields/academy/acts/reviewing/articles.py",  # the same of an article
    "fields/academy/acts/reviewing/retiring.py",  # who withdraws: both may
    "fields/programme/acts/problems/proposing.py",  # as whom somebody says it anew
    "fields/street/acts/commanding.py",  # as whom somebody moves: both may
    "fields/street/acts/warning.py",  # as whom somebody moves: both may
}
PARTS = ("_by_id", "author_id", "owner_id", "officer_id", "receiver_id")


def asks_by_hand(source: str) -> bool:
    found = [ast.unparse(node) for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Compare)]
    positive = [one for one in found if " == " in one or (" in " in one and " not in " not in one)]
    return any("actor.pk" in one and any(part in one for part in PARTS) for one in positive)


def test_nobody_asks_by_hand_whether_it_is_another() -> None:
    found = {
        path.relative_to(SOURCE).as_posix()
        for path in SOURCE.rglob("*.py")
        if asks_by_hand(path.read_text(encoding="utf-8"))
    }
    assert found - NO_REFUSAL == set(), "use must_be_another (pandok.common.people.two_persons)"


@pytest.mark.parametrize(("actor", "parts"), [(Account(pk=1), (2, 1)), (None, (None,))])
def test_who_had_a_part_is_refused(actor: Account | None, parts: tuple[int | None, ...]) -> None:
    with pytest.raises(RequestError) as refused:
        must_be_another(actor, *parts, refused=another_confirms(WHO))
    assert refused.value.error_code == "request.second_person"


@pytest.mark.parametrize(("actor", "parts"), [(Account(pk=1), (2, None)), (None, (1,))])
def test_another_may(actor: Account | None, parts: tuple[int | None, ...]) -> None:
    must_be_another(actor, *parts, refused=another_confirms(WHO))
