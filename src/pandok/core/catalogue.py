"""Sentences of the house in one further language, looked up by their English.

An entry may have places, `{name}`: a sentence that was filled is found again by what stands around them, and what was
filled in is said in the language too. What the catalogue lacks stays English.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

LONGEST_VALUE = 300
"""Characters of a value that is looked up in its turn; longer ones are words of people."""
DAY = "{weekday} {day} {month} {year}"
DAY_WITHOUT_WEEKDAY = "{day} {month} {year}"
"""Entries for days (pandok.core.dates): `month` is said as a number, `weekday` by its own entry, in English long or
short."""
_PLACE = re.compile(r"\{([a-z_]+)\}")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DATE = re.compile(
    rf"(?:(?P<weekday>(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*) )?(?P<day>\d{{1,2}}) (?P<month>{'|'.join(_MONTHS)})[a-z]* "
    r"(?P<year>\d{4})(?P<time>, \d\d:\d\d(?::\d\d)?)?"
)


class Catalogue:
    """`sentences`: English to the language, "" where nobody has said it yet.

    >>> vi = Catalogue({"Released": "Cho thông quan", "Outcome: {what}": "Kết quả: {what}"})
    >>> vi.say("Outcome: Released"), vi.say("Suspended")
    ('Kết quả: Cho thông quan', 'Suspended')
    """

    def __init__(self, sentences: Mapping[str, str]):
        self._plain = {english: said for english, said in sentences.items() if said}
        filled = [
            english for english in self._plain if _PLACE.search(english) and english not in (DAY, DAY_WITHOUT_WEEKDAY)
        ]
        self._patterns = [
            _Pattern(english, self._plain[english]) for english in sorted(filled, key=_letters, reverse=True)
        ]
        self.say = lru_cache(maxsize=5000)(self._say)

    def _say(self, english: str) -> str:
        return self._found(english) or english

    def _found(self, english: str) -> str | None:
        if english in self._plain:
            return self._plain[english]
        if day := _DATE.fullmatch(english):
            return self._day(day)
        found = ((one.said, values) for one in self._patterns if (values := one.values_of(english)) is not None)
        said, values = next(found, (None, {}))
        return None if said is None else _PLACE.sub(lambda place: self._value(values.get(place[1], "")), said)

    def _value(self, english: str) -> str:
        return self.say(english) if len(english) <= LONGEST_VALUE else english

    def _day(self, day: re.Match[str]) -> str | None:
        weekday = day["weekday"] or ""
        form = self._plain.get(DAY if weekday else DAY_WITHOUT_WEEKDAY)
        if form is None:
            return None
        month = str(_MONTHS.index(day["month"]) + 1)
        values = {"weekday": self.say(weekday), "day": str(int(day["day"])), "month": month, "year": day["year"]}
        return _PLACE.sub(lambda place: values.get(place[1], ""), form) + (day["time"] or "")


class _Pattern:
    """An entry with places, read backwards."""

    def __init__(self, english: str, said: str):
        self.said = said
        pieces = _PLACE.split(english)
        self._around = [piece for piece in pieces[::2] if piece]
        seen: set[str] = set()
        source = ""
        for place, piece in enumerate(pieces):
            if place % 2 == 0:
                source += re.escape(piece)
            else:
                source += f"(?P={piece})" if piece in seen else f"(?P<{piece}>.+?)"
                seen.add(piece)
        self._form = re.compile(source, re.DOTALL)

    def values_of(self, english: str) -> dict[str, str] | None:
        if any(piece not in english for piece in self._around):
            return None
        found = self._form.fullmatch(english)
        return found.groupdict() if found else None


def _letters(english: str) -> int:
    """How much of an entry stands around its places: what says most is tried first."""
    return len(_PLACE.sub("", english))
