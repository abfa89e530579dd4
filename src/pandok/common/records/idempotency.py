"""Asking twice, doing once: a call with a key is kept with its answer, in the transaction of what it did.

Two calls with one key at the same moment: the second waits for the first (for its row on PostgreSQL, for the database
on SQLite) and is given its answer. What was refused left nothing behind and is not kept, so it may be tried again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from pandok.common.jobs.registry import every
from pandok.common.jobs.work import Work
from pandok.common.models import ApiCall
from pandok.core.errors import RequestError
from pandok.core.text import Text

KEPT = timedelta(hours=24)
LONGEST_KEY = 100


@dataclass(frozen=True)
class KeptAnswer:
    """Status and JSON of a call. `again`: it had been given before."""

    status: int
    value: Any
    again: bool = False


def do_once(
    *,
    caller: str,
    key: str,
    request_sha256: str,
    now: datetime,
    run: Callable[[], KeptAnswer],
    repeatable: bool = False,
) -> KeptAnswer:
    """Run `run` unless this caller has used `key` before; then its earlier answer.

    `repeatable`: running it twice does it once anyway, so that no transaction need be held open while it works.
    Raises RequestError for a key that cannot be one, and for a key that was used for another request; and what `run`
    raises, which undoes everything.
    """
    if not (0 < len(key) <= LONGEST_KEY and key.isascii() and key.isprintable()):
        raise _no_key()
    kept = _kept(caller, key, request_sha256, now)
    if kept is not None:
        return kept
    done = run() if repeatable else None
    try:
        with transaction.atomic():
            ApiCall.objects.filter(caller=caller, key=key, at__lte=now - KEPT).delete()
            call = ApiCall.objects.create(caller=caller, key=key, request_sha256=request_sha256, at=now)
            answer = done or run()
            call.status, call.answer = answer.status, answer.value
            call.save(update_fields=["status", "answer"])
            return answer
    except IntegrityError:
        kept = _kept(caller, key, request_sha256, now)
        if kept is None:
            raise
        return kept


@every(3600, by_clock=True)
def forget_old_calls(work: Work) -> None:
    ApiCall.objects.filter(at__lte=work.now - KEPT).delete()


def _kept(caller: str, key: str, request_sha256: str, now: datetime) -> KeptAnswer | None:
    call = ApiCall.objects.filter(caller=caller, key=key, at__gt=now - KEPT).first()
    if call is None:
        return None
    if call.request_sha256 != request_sha256:
        raise RequestError(
            Text(
                ko="같은 Idempotency-Key로 다른 내용을 보냈습니다.",
                en="This Idempotency-Key was used for another request.",
            ),
            Text(ko="새 요청에는 새 키를 쓰십시오.", en="Use a new key for a new request."),
            code="api.idempotency_key_used",
        )
    return KeptAnswer(call.status, call.answer, again=True)


def _no_key() -> RequestError:
    return RequestError(
        Text(ko="Idempotency-Key가 올바르지 않습니다.", en="That is not an Idempotency-Key."),
        Text(
            ko=f"ASCII 문자 1자에서 {LONGEST_KEY}자까지, 예를 들면 UUID를 쓰십시오.",
            en=f"Use 1 to {LONGEST_KEY} ASCII characters, for example a UUID.",
        ),
        code="api.idempotency_key",
    )
