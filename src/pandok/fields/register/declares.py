"""What the register declares."""

from __future__ import annotations

from pandok.common.declared import Declares
from pandok.fields.register.party_kinds import HOLDER

DECLARES = Declares(party_kinds=(HOLDER,), at_start=("pandok.fields.register.word_marks.make_beforehand",))
