"""What the register declares."""

from __future__ import annotations

from pandok.common.declared import Declares

DECLARES = Declares(at_start=("pandok.fields.register.word_marks.make_beforehand",))
