"""Pages of lists that only grow: by time and id of the last row shown, so that new rows shift nothing."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet

from pandok.web.api.refusals import ApiRefusal, refusal
from pandok.web.api.request_values import EARLIEST, LATEST, Page

One = TypeVar("One", bound=Model)
Shape = TypeVar("Shape")


def page_by_time(
    rows: QuerySet[One], *, field: str, cursor: str, limit: int, shape: Callable[[One], Shape]
) -> Page[Shape]:
    """The rows after the cursor, the newest by `field` first. Raises a refusal for a cursor that cannot be one."""
    rows = rows.order_by(f"-{field}", "-pk")
    if cursor:
        at, key = _opened(cursor)
        try:
            key = rows.model._meta.pk.to_python(key)
        except (ValidationError, OverflowError) as error:
            raise wrong_cursor() from error
        rows = rows.filter(Q(**{f"{field}__lt": at}) | Q(**{field: at, "pk__lt": key}))
    found = list(rows[: limit + 1])
    more = len(found) > limit
    shown = found[:limit]
    following = _closed(getattr(shown[-1], field), shown[-1].pk) if more else None
    return Page(items=[shape(row) for row in shown], next=following)


def _closed(at: datetime, key: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps([at.isoformat(), str(key)]).encode()).decode()


def _opened(cursor: str) -> tuple[datetime, str]:
    try:
        at, key = json.loads(base64.urlsafe_b64decode(cursor.encode()))
        moment = datetime.fromisoformat(at)
    except (ValueError, TypeError, binascii.Error) as error:
        raise wrong_cursor() from error
    if moment.tzinfo is None or not isinstance(key, str) or not EARLIEST <= moment <= LATEST:
        raise wrong_cursor()
    return moment, key


def wrong_cursor() -> ApiRefusal:
    return refusal(422, errors=[{"place": ["query", "cursor"], "why": "not a cursor of this list"}])
