"""What is refused is named as its form names it: a proof that is too short is no reason that is missing."""

from __future__ import annotations

import re

import pytest

from pandok.common import reasons
from pandok.common.reasons import REASON, Asked, checked_reason, given_words
from pandok.core.errors import RequestError

ASKED = {name: one for name, one in vars(reasons).items() if isinstance(one, Asked)}


@pytest.mark.parametrize("name", sorted(ASKED))
@pytest.mark.parametrize("written", ["", "1", ".....", "x" * 3000])
def test_it_is_called_what_was_asked_for(name: str, written: str) -> None:
    asked = ASKED[name]
    with pytest.raises(RequestError) as refused:
        checked_reason(written, asked)
    with pytest.raises(RequestError) as nothing:
        given_words(" ", asked)
    for said in (refused.value, nothing.value):
        assert said.what.ko.startswith(asked.ko)
        assert said.what.en.startswith(asked.en)
        if asked.en != REASON.en:
            assert "사유" not in said.what.ko + said.next_step.ko
            assert not re.search("reason", said.what.en + said.next_step.en, re.I)
