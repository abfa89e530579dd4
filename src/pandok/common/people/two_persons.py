"""What one person alone cannot do: nobody confirms what they proposed."""

from __future__ import annotations

from pandok.common.models import Account
from pandok.core.errors import RequestError
from pandok.core.text import Text


def must_be_another(actor: Account, proposed_by_id: int | None, *, who: Text) -> None:
    """Raises RequestError where the one who confirms a deletion is the one who proposed it; `who` says who else may."""
    if proposed_by_id == actor.pk:
        raise RequestError(
            Text(ko="제안한 사람은 확인할 수 없습니다.", en="Who proposed a deletion cannot confirm it."),
            who,
            code="request.second_person",
        )
