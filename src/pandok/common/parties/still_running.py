"""What still runs for a party, as each field says of it."""

from __future__ import annotations

from collections.abc import Callable

from pandok.common.models import Party
from pandok.core.text import Text

OF_FIELDS: list[Callable[[Party], list[Text]]] = []
"""What runs for a party in a field, a line each; fields add theirs when they are ready."""
NAMED_IN: list[Callable[[Party], bool]] = []
"""Whether a record of a field names the party: its kind stays then."""


def still_running(party: Party) -> list[Text]:
    """A line for whatever waits for the party. Empty: it can be taken out of use."""
    return [line for say in OF_FIELDS for line in say(party)]
