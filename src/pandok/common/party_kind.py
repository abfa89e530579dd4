"""What a field declares of a kind of party."""

from __future__ import annotations

from dataclasses import dataclass

from pandok.core.text import Text


@dataclass(frozen=True)
class PartyKind:
    """`name` as it is kept. `served`: terms and remedies count from service on such a party; others are asked, not
    served. `of_administrators`: they alone keep them, and an account acts for one of them at most."""

    name: str
    words: Text
    served: bool = False
    of_administrators: bool = False
