"""Every reading that was kept has a number: of its message and its place in it. It stays when the message is packed."""

from __future__ import annotations

from pandok.fields.street.messages import MOST_READINGS

PLACES = 512
assert MOST_READINGS < PLACES


def observation_id(message: int, place: int) -> int:
    """
    >>> observation_id(3, 1), message_of(1537)
    (1537, 3)
    """
    return message * PLACES + place


def message_of(observation: int) -> int:
    return observation // PLACES
