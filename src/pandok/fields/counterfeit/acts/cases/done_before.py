"""One press of a button is one act: a form carries a nonce, and the event that it led to remembers it."""

from __future__ import annotations

from pandok.fields.counterfeit.models import Case, CaseEvent

LONGEST_NONCE = 64


def done_before(case: Case, nonce: str) -> CaseEvent | None:
    """The event of this case that the same form has led to. Ask again once the case is locked."""
    if not nonce or len(nonce) > LONGEST_NONCE:
        return None
    return CaseEvent.objects.filter(case=case, data__nonce=nonce).first()
