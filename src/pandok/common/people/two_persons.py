"""What one person alone cannot do: nobody confirms, votes on or checks what they had a part in."""

from __future__ import annotations

from typing import Any

from pandok.common.models import Account
from pandok.core.errors import PandokError, RequestError
from pandok.core.text import Text


def must_be_another(actor: Account | None, *had_a_part: int | None, refused: PandokError) -> None:
    """Raises `refused` where the actor is one of these accounts; None among both is the operator of the server."""
    if (actor.pk if actor else None) in had_a_part:
        raise refused


def another_confirms(who: Text) -> RequestError:
    """The refusal of one who confirms a deletion that they proposed; `who` says who else may."""
    return another_person_must(
        Text(ko="제안한 사람은 확인할 수 없습니다.", en="Whoever proposed a deletion cannot confirm it."), who
    )


def another_person_must(what: Text, next_step: Text, **fields: Any) -> RequestError:
    """Somebody else must do it."""
    return RequestError(what, next_step, code="request.second_person", **fields)
