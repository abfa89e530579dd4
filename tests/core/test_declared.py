"""What is declared of goods is named once: shape, columns and calls have the same names."""

from __future__ import annotations

import pytest

from pandok.core.declaration import DECLARED, OF_CASE, Declaration, declare
from pandok.fields.counterfeit.models import Case
from pandok.fields.designs.models import Capture


def test_everything_declared_has_its_attribute_and_its_columns() -> None:
    names = {one.name for one in DECLARED}
    assert names == set(Declaration.model_fields) - {"taken_at"}
    assert names <= {field.name for field in Capture._meta.get_fields()}
    assert {one.name for one in OF_CASE} <= {field.name for field in Case._meta.get_fields()}


def test_what_nobody_declares_is_refused() -> None:
    with pytest.raises(TypeError, match="colour"):
        declare(colour="red")
