"""Wordings: the sentences of each notice in both languages with places for values, and how these are filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Literal

from pydantic import TypeAdapter

from pandok.core.korean import particle
from pandok.core.reading import Value
from pandok.core.text import Text
from pandok.fields.counterfeit.acts.notices.content import Section

_PLACE = re.compile(r"\{([a-z_]+)(?::([가-힣]+))?\}")
"""A value; in Korean also the particle after it, as it follows a consonant: `{office:으로}`."""


class Wording(Value):
    """One notice before it is filled in. `shows` are the pictures that its reader may see."""

    to: Literal["holder", "importer", "association", "any"]
    title: Text
    subject: Text
    lead: tuple[Text, ...]
    facts: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    shows: tuple[Literal["photographs", "evidence", "drawings", "appeal"], ...] = ()


_FILE = TypeAdapter(dict[str, Wording])


@cache
def wordings() -> dict[str, dict[str, Wording]]:
    """Every version that is shipped. Raises pydantic.ValidationError for a broken file."""
    return {
        path.name.removesuffix(".json"): _FILE.validate_json(path.read_text(encoding="utf-8"))
        for path in files("pandok.fields.counterfeit.acts.notices.wording").iterdir()
        if path.name.endswith(".json")
    }


def newest_version() -> str:
    return max(wordings(), key=lambda name: tuple(int(part) for part in name.split(".")))


def fill(text: Text, values: Mapping[str, Text]) -> Text:
    """The sentence with its values; what a value holds is never looked at again. Raises KeyError for a missing one.

    >>> fill(Text(ko="{a}까지", en="by {a}"), {"a": Text(ko="{b}", en="2")}).ko
    '{b}까지'
    >>> fill(Text(ko="{a:으로}", en=""), {"a": Text(ko="시연 통관장", en="")}).ko
    '시연 통관장으로'
    """
    return Text(
        ko=_PLACE.sub(lambda place: _with_particle(values[place[1]].ko, place[2]), text.ko),
        en=_PLACE.sub(lambda place: values[place[1]].en, text.en),
    )


def _with_particle(value: str, after_consonant: str | None) -> str:
    return value + (particle(value, after_consonant) if after_consonant else "")


def fill_all(texts: tuple[Text, ...], values: Mapping[str, Text]) -> tuple[Text, ...]:
    return tuple(fill(text, values) for text in texts)
