"""The case that a call acts in, and the turn in which the caller acts."""

from __future__ import annotations

import hashlib
import uuid
from uuid import UUID

from django.http import HttpRequest

from pandok.common.models import Account
from pandok.fields.counterfeit.api.cases import visible_case
from pandok.fields.counterfeit.lists.visible import turns_in
from pandok.fields.counterfeit.models import Case
from pandok.fields.counterfeit.states import Turn
from pandok.web.api.callers import actor_of, caller_of
from pandok.web.api.idempotency_key import HEADER
from pandok.web.api.refusals import refusal


def case_in_turn(request: HttpRequest, case_id: UUID, *turns: Turn) -> tuple[Account, Case]:
    """Who acts, and in which case. A case that the caller does not see is answered 404, one in which the caller may
    take none of `turns` 403."""
    actor = actor_of(request)
    case = visible_case(actor, case_id)
    if not turns_in(actor, case) & set(turns):
        raise refusal(403)
    return actor, case


def nonce_of(request: HttpRequest) -> str:
    """What tells the use cases that a call came before; a call without Idempotency-Key is always a new one."""
    key = request.headers.get(HEADER)
    if key is None:
        return uuid.uuid4().hex
    return hashlib.sha256(f"{caller_of(request).name} {key}".encode()).hexdigest()
