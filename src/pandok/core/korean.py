"""Particles of Korean that follow the last sound of the word before them."""

from __future__ import annotations

_FIRST, _LAST, _FINALS, _RIEUL = 0xAC00, 0xD7A3, 28, 8
_PAIRS: dict[str, tuple[str, str]] = {
    "은": ("은", "는"),
    "이": ("이", "가"),
    "을": ("을", "를"),
    "과": ("과", "와"),
    "으로": ("으로", "로"),
}
"""What follows a final consonant, and what follows a vowel."""
_DIGITS_WITH_FINAL = frozenset("013678")
_RIEUL_DIGITS = frozenset("178")


def particle(word: str, after_consonant: str) -> str:
    """The form of a particle that fits `word`; one that ends in another script reads as ending in a vowel.

    >>> particle("시연 통관장", "으로"), particle("서울", "으로"), particle("우체국", "이")
    ('으로', '로', '이')
    >>> particle("창고", "은"), particle("3", "을")
    ('는', '을')
    """
    closed, open_ = _PAIRS[after_consonant]
    last = word.rstrip(" )]’”'\"")[-1:]
    if _FIRST <= ord(last or " ") <= _LAST:
        final = (ord(last) - _FIRST) % _FINALS
        rieul = final == _RIEUL
    else:
        final, rieul = int(last in _DIGITS_WITH_FINAL), last in _RIEUL_DIGITS
    if after_consonant == "으로" and rieul:
        return open_
    return closed if final else open_
