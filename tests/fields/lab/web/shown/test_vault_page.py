"""Every kind of sealed object has words: a new one must not end the page of its deposit."""

from __future__ import annotations

from pandok.fields.lab.models import ObjectKind
from pandok.fields.lab.web.shown.vault_page import KINDS


def test_every_kind_has_words() -> None:
    assert set(KINDS) >= set(ObjectKind.values)
