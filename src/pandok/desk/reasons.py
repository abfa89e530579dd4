"""Changes that touch somebody else carry a reason, and the name of who made them."""

from __future__ import annotations

from pandok.core.errors import RequestError
from pandok.core.text import Text, counted
from pandok.desk.models import Account

OPERATOR = "operator"
"""Who acts at the command line of the server."""
LEAST_REASON, MOST_REASON = 5, 2000
LEAST_LETTERS = 3
"""Different letters or digits: "....." and "11111" are no reasons."""


def checked_reason(reason: str) -> str:
    """The reason without blanks around it: the one rule for what cannot be undone or touches somebody else.

    Raises RequestError where it says nothing or too much.
    """
    reason = " ".join(reason.split())
    letters = {letter for letter in reason.casefold() if letter.isalnum()}
    if LEAST_REASON <= len(reason) <= MOST_REASON and len(letters) >= LEAST_LETTERS:
        return reason
    raise RequestError(
        Text(
            ko=f"사유가 없거나 너무 짧거나 깁니다({len(reason)}자).",
            en=f"The reason is missing, too short or too long ({counted(len(reason), 'character')}).",
        ),
        Text(
            ko=f"사유를 {LEAST_REASON}자 이상 {MOST_REASON}자 이하의 글로 적으십시오. 감사 기록에 남습니다.",
            en=f"Give a reason in words, {LEAST_REASON} to {MOST_REASON} characters; it is kept in the audit log.",
        ),
        code="request.reason",
    )


def name_of(actor: Account | None) -> str:
    """For the audit log; None is the operator at the command line."""
    return actor.get_username() if actor is not None else OPERATOR
