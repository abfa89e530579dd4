"""Foreign text as a terminal may be given it: letters that it would obey, or that show nothing, as they are written."""

from __future__ import annotations

import unicodedata

from pandok.core.hidden_letters import without_hidden


def shown_letters(text: str, *, keep: str = "") -> str:
    r"""`text` with control letters, turns of the reading direction and empty letters written out.

    `keep`: such letters that may stay, as line ends in one's own text.

    >>> shown_letters("a\x1b[2Jb\u202ec") == r"a\x1b[2Jb\u202ec", shown_letters("판독 input.1")
    (True, '판독 input.1')
    >>> shown_letters("two\nlines", keep="\n") == "two\nlines"
    True
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(one if one in keep or is_shown(one) else _written(one) for one in text)


def is_shown(letter: str) -> bool:
    """Whether a terminal shows this letter and does nothing else."""
    return without_hidden(letter) != "" and (letter.isprintable() or unicodedata.category(letter) == "Zs")


def _written(letter: str) -> str:
    if "\ud800" <= letter <= "\udfff":
        return f"\\u{ord(letter):04x}"
    return letter.encode("unicode_escape").decode()
