"""Free text among cases: every word of the query must stand somewhere in `Case.words`, in one spelling."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db import connections
from django.db.models import BooleanField, F, Func, Lookup, Q, QuerySet, TextField
from django.db.models.expressions import RawSQL

from pandok.fields.counterfeit.lists.search_index import INDEX, entry, has_index, pairs
from pandok.fields.counterfeit.models import Case

MOST_TERMS = 8
_SIGNS = re.compile(r"[-./]")
LONGEST_TERM = 60
RARE = 5_000
"""Up to so many hits are looked up and sorted; more stand so close in the list that reading along it is faster."""


@dataclass(frozen=True)
class Search:
    """`queryset` restricted to the hits. `rare`: the hits are few, so that other conditions need no index."""

    queryset: QuerySet[Case]
    rare: bool


def searched(queryset: QuerySet[Case], text: str) -> Search:
    """The cases of `queryset` in whose words every term of `text` stands; all of them where it has no term."""
    terms = [spellings(term) for term in terms_of(text)]
    if not terms:
        return Search(queryset, False)
    connection = connections[queryset.db]
    rare = False
    if connection.vendor == "sqlite" and has_index(connection):
        query = _match(terms)
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT count(*) FROM (SELECT rowid FROM {INDEX} WHERE {INDEX} MATCH %s LIMIT %s)",
                [query, RARE + 1],
            )
            rare = cursor.fetchone()[0] <= RARE
        if rare:
            hits = RawSQL(f"SELECT rowid FROM {INDEX} WHERE {INDEX} MATCH %s", [query])
            queryset = queryset.filter(serial__in=hits)
    elif connection.vendor == "postgresql":
        grams = _Grams(F("words"))
        for term in terms:
            queryset = queryset.filter(_any(_HoldsAll(grams, sorted(set(pairs(one)))) for one in term))
    for term in terms:
        queryset = queryset.filter(_any(Q(words__contains=one) for one in term))
    return Search(queryset, rare)


def terms_of(text: str) -> list[str]:
    """The words of a query in the spelling of `Case.words`, each once."""
    return list(dict.fromkeys(term[:LONGEST_TERM] for term in normalised(text.replace("\x00", " ")).split()))[
        :MOST_TERMS
    ]


def spellings(term: str) -> tuple[str, ...]:
    """A term as it was typed, and where it is a number with printed signs, without them.

    >>> spellings("6093-1234-5678"), spellings("8708.70"), spellings("병")
    (('6093-1234-5678', '609312345678'), ('8708.70', '870870'), ('병',))
    """
    plain = _SIGNS.sub("", term)
    return (term, plain) if plain != term and any(letter.isdigit() for letter in plain) else (term,)


def _any(conditions: Iterable[Any]) -> Any:
    return reduce(or_, (one if isinstance(one, Q) else Q(one) for one in conditions))


def _match(terms: list[tuple[str, ...]]) -> str:
    """An FTS5 query of hexadecimal entries only: nothing of what was typed is read as its language."""
    wanted = {" OR ".join(sorted(f"({_all_pairs(one)})" for one in term)) for term in terms}
    return " AND ".join(sorted(f"({one})" for one in wanted))


def _all_pairs(term: str) -> str:
    return " AND ".join(sorted({entry(pair) + ("*" if len(pair) == 1 else "") for pair in pairs(term)}))


class _Grams(Func):
    function = "pandok_grams"
    output_field = TextField()  # an array of it; only compared, never read


class _HoldsAll(Lookup):
    lookup_name = "holds_all"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        left, left_values = self.process_lhs(compiler, connection)
        return f"{left} @> %s::text[]", (*left_values, self.rhs)

    @property
    def output_field(self) -> BooleanField[bool, bool]:
        return BooleanField()


def normalised(text: str) -> str:
    """Compatibility form, small letters, single blanks: "ＡＢ  가방" and "ab 가방" are the same."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
