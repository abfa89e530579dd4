"""Words of Korean statements and how alike they are, by Kiwi (kiwipiepy), whose model comes with it."""

from __future__ import annotations

import functools
from typing import Any, NamedTuple

PARTS_WITHOUT_MEANING = frozenset({"VX", "VCP", "VCN", "XSV", "XSA", "XSN", "NNB", "MAJ", "NP", "MM", "NR"})


class Morpheme(NamedTuple):
    number: int
    form: str


class KoreanWords:
    def __init__(self, kiwi: Any):
        self._kiwi = kiwi

    def words(self, statement: str) -> list[Morpheme]:
        """Morphemes that mean something, in their order."""
        meant = (
            one
            for one in self._kiwi.tokenize(statement)
            if one.tag[0] in "NVMX" and one.tag.split("-")[0] not in PARTS_WITHOUT_MEANING
        )
        return [Morpheme(one.id, one.form) for one in meant]

    def likeness(self, one: Any, other: Any) -> float:
        """-1 to 1; NaN where Kiwi does not know one of them."""
        if one.form == other.form:
            return 1.0
        return float(self._kiwi.morpheme_similarity(one.number, other.number))


@functools.cache
def korean_words() -> KoreanWords:
    """The first call loads the model: about two seconds, and 320 MB that a server keeps."""
    from kiwipiepy import Kiwi

    # Names of several words and typing errors would cost 180 MB more and change nothing of what is found.
    return KoreanWords(Kiwi(model_type="cong-global", load_multi_dict=False, load_typo_dict=False))
