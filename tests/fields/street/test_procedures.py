"""Every kind of hazard has its own procedure, in time order, each step with its own key and words in both languages."""

from __future__ import annotations

import pytest

from pandok.fields.street.hazard_kinds import HazardKind
from pandok.fields.street.procedures import procedure_of


@pytest.mark.parametrize("kind", list(HazardKind))
def test_a_hazard_has_its_own_steps_in_the_order_in_which_they_are_due(kind: HazardKind) -> None:
    for reader in kind.readers:
        steps = procedure_of(reader)
        assert steps != procedure_of("nothing-known")
        assert [one.within_s for one in steps] == sorted(one.within_s for one in steps)
        assert len({one.key for one in steps}) == len(steps)
        assert all(one.words.ko and one.words.en for one in steps)
