"""Kinds of parties are declared by the fields whose parties they are."""

from __future__ import annotations

from pandok.common.declared import party_kinds, roles
from pandok.common.models import Party
from pandok.common.parties.electronic import served_kinds


def test_what_the_table_takes_is_what_the_fields_declare() -> None:
    assert list(party_kinds()) == [kind for kind, _ in Party.KINDS]
    assert set(served_kinds()) == {"holder", "importer"}
    assert [kind.name for kind in party_kinds().values() if kind.of_administrators] == ["company"]


def test_people_act_for_kinds_that_there_are() -> None:
    assert {role.facts.acts_for for role in roles()} - {""} == set(party_kinds())
