"""What may be written in public: words of a length that is read, without letters that hide or turn others round."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from pandok.core.hidden_letters import without_hidden
from pandok.fields.programme.post_refusals import notice_refusal, refusal

POST, CORRECTION = 2000, 4000
NOTICE_TITLE, NOTICE = 120, 10_000
LEAST_LETTERS = 3
"""Different letters or digits: "?????" asks nothing."""
MOST_A_DAY = 20
"""Posts of one account in 24 hours, official ones aside."""


def plain(words: str) -> str:
    """Without hidden letters and controls, lines ending alike.

    >>> plain("  a\\u202eb\\r\\nc\\x07  ")
    'ab\\nc'
    """
    kept = without_hidden(words.replace("\r\n", "\n"))
    return "".join(one for one in kept if one in "\n\t" or unicodedata.category(one) != "Cc").strip()


def checked_post(text: str, *, most: int = POST) -> str:
    """Raises RequestError: post.text."""
    text = plain(text)
    letters = {one for one in text.casefold() if one.isalnum()}
    if len(text) > most or len(letters) < LEAST_LETTERS:
        raise refusal("text")
    return text


def checked_notice(said: Mapping[str, str]) -> dict[str, str]:
    """Title and text in both languages. Raises RequestError: programme_notice.words."""
    words = {name: plain(said.get(name, "")) for name in ("title_ko", "title_en", "text_ko", "text_en")}
    if not all(words.values()):
        raise notice_refusal("words")
    if any(len(one) > (NOTICE_TITLE if name.startswith("title") else NOTICE) for name, one in words.items()):
        raise notice_refusal("words")
    return words | {name: " ".join(words[name].split()) for name in ("title_ko", "title_en")}
