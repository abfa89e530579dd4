"""Free text: any two Korean syllables, one syllable, parts of numbers; kept in step with every change of a case."""

from __future__ import annotations

import pytest
from django.db import connection

from pandok.fields.counterfeit.lists import search, search_index
from pandok.fields.counterfeit.lists.search import searched, terms_of
from pandok.fields.counterfeit.models import Case
from tests.fields.counterfeit.cases_fixtures import World, build_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    world = build_world()
    world.case(item_name="여성용 손가방", parcel_number="EB123456789CN")
    world.case(item_name="머그컵 세트", bl_number="MAEU58123")
    world.case(item_name="Leather BAG, 100% cotton_strap", hs_code="420221")
    return world


def found(text: str) -> list[str]:
    return sorted(case.number[-1] for case in searched(Case.objects.all(), text).queryset)


QUERIES = [
    ("가방", ["1"]),
    ("손가방", ["1"]),
    ("여성용 가방", ["1"]),
    ("방가", []),
    ("용손", []),  # not across a blank
    ("컵", ["2"]),
    ("트", ["2"]),
    ("머", ["2"]),
    ("세트 머그", ["2"]),
    ("ｂａｇ", ["3"]),
    ("ba", ["3"]),
    ("456789", ["1"]),
    ("2026-000002", ["2"]),
    ("58", ["2"]),
    ("100%", ["3"]),
    ("%", ["3"]),
    ("_", ["3"]),
    ("n_s", ["3"]),
    ("nxs", []),
    ('" OR 1=1 --', []),
    ("가방*", []),
    ("없는말", []),
    ("", ["1", "2", "3"]),
    ("officer", ["1", "2", "3"]),
]


@pytest.mark.usefixtures("world")
def test_what_queries_find() -> None:
    assert {text: found(text) for text, _ in QUERIES} == dict(QUERIES)


@pytest.mark.usefixtures("world")
def test_frequent_words_are_found_without_the_index_as_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "RARE", 0)
    assert {text: found(text) for text, _ in QUERIES} == dict(QUERIES)


@pytest.mark.usefixtures("world")
def test_the_index_follows_every_change() -> None:
    case = Case.objects.get(number="2026-000002")
    case.words = "2026-000002 도자기 접시"
    case.save()
    assert found("머그") == []
    assert found("접시") == ["2"]
    Case.objects.filter(id=case.id).update(words="다른 말")
    assert found("접시") == []
    assert found("다른") == ["2"]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM desk_caseevent")
        cursor.execute("DELETE FROM desk_case WHERE number = '2026-000002'")
    assert found("다른") == []


@pytest.mark.usefixtures("world")
def test_a_lost_index_is_made_again_and_filled() -> None:
    """SQLite's index is kept by triggers, PostgreSQL's by the server."""
    lost = "TRIGGER desk_case_grams_update" if connection.vendor == "sqlite" else "INDEX desk_case_grams"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP {lost}")
    Case.objects.filter(number="2026-000002").update(words="도자기 접시")
    assert not search_index.has_index(connection)
    assert found("접시") == ["2"]  # read from the words themselves
    connection.check_constraints()  # PostgreSQL makes no index while a check of the test's transaction is put off
    search_index.ensure()
    assert search_index.has_index(connection)
    assert found("접시") == ["2"]
    assert found("머그") == []


def test_terms_are_few_short_and_without_what_no_text_holds() -> None:
    assert terms_of("가방\x00 가방  Bag") == ["가방", "bag"]
    assert len(terms_of(" ".join(str(number) for number in range(99)))) == search.MOST_TERMS
    assert len(terms_of("가" * 500)[0]) == search.LONGEST_TERM


@pytest.mark.parametrize(
    ("declared", "typed"),
    [
        ({"parcel_number": "609312345678"}, "6093-1234-5678"),
        ({"parcel_number": "6093-1234-5678"}, "609312345678"),
        ({"hs_code": "870870"}, "8708.70"),
        ({"hs_code": "8708701000"}, "8708.70.1000"),
        ({"bl_number": "ABCD/12-345"}, "abcd12345"),
        ({"bl_number": "ABCD12345"}, "ABCD-12345 유리병"),
    ],
)
def test_numbers_are_found_as_they_are_printed(declared: dict[str, str], typed: str) -> None:
    world = build_world()
    case, other = world.case(item_name="유리병", **declared), world.case(item_name="컵", parcel_number="700000000001")
    assert list(searched(Case.objects.all(), typed).queryset) == [case]
    assert list(searched(Case.objects.all(), "7000-0000-0001").queryset) == [other]
