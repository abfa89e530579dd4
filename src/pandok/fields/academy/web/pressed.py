"""An answer that could not be kept, as of when it was given: the page that gives it back carries the moment, signed.

Where the disk is full nothing can be written, and the time of the picture runs out meanwhile. Signed with the answer
itself: another answer sent with it counts from when it comes.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.core import signing

_SALT = "pandok.academy.pressed"


def signed_moment(sitting: UUID, number: int, said: str, marks: Any, now: datetime) -> str:
    return signing.dumps([str(sitting), number, said, marks, now.isoformat()], salt=_SALT)


def moment_of(signed: str, sitting: UUID, number: int, said: str, marks: Any) -> datetime | None:
    """None: nothing was sent along, or not with this answer."""
    if not signed:
        return None
    try:
        *answer, at = signing.loads(signed, salt=_SALT)
    except (signing.BadSignature, ValueError):
        return None
    return datetime.fromisoformat(at) if answer == [str(sitting), number, said, marks] else None
