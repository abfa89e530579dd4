"""`@once`: a call that changes something may carry an Idempotency-Key, and is then done once."""

from __future__ import annotations

import functools
import hashlib
import inspect
from collections.abc import Callable, Iterator
from typing import Any, TypeVar, get_type_hints, overload

from django.http import HttpRequest
from django.utils import timezone
from ninja.operation import Operation
from ninja.responses import Status
from pydantic import BaseModel

from pandok.common.decoding import MOST_BYTES, decoded_before
from pandok.common.records.idempotency import LONGEST_KEY, KeptAnswer, do_once
from pandok.web.api.callers import caller_of

HEADER = "Idempotency-Key"
MOST_FILES = 10
View = TypeVar("View", bound=Callable[..., Any])
_PARAMETER = {
    "in": "header",
    "name": HEADER,
    "required": False,
    "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY, "pattern": "^[ -~]+$"},
    "description": "The same key within 24 hours repeats the answer and does nothing again.",
}


@overload
def once(view: View) -> View: ...


@overload
def once(
    *, status: int = 200, forget: frozenset[str] = frozenset(), repeatable: bool = False
) -> Callable[[View], View]: ...


def once(
    view: Callable[..., Any] | None = None,
    *,
    status: int = 200,
    forget: frozenset[str] = frozenset(),
    repeatable: bool = False,
) -> Any:
    """`status` is that of a plain answer. Fields in `forget` are given once and are empty in a repeated answer.

    `repeatable`: see pandok.common.records.idempotency.do_once.
    """
    if view is None:
        return functools.partial(once, status=status, forget=forget, repeatable=repeatable)
    inner = view

    @functools.wraps(inner)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        key = request.headers.get(HEADER)
        if key is None:
            return _with_status(inner(request, *args, **kwargs), status)
        given: list[Any] = []

        def run() -> KeptAnswer:
            result = inner(request, *args, **kwargs)
            given.append(result)
            code, value = (result.status_code, result.value) if isinstance(result, Status) else (status, result)
            kept = value.model_dump(mode="json") if isinstance(value, BaseModel) else value
            return KeptAnswer(
                code, {name: "" if name in forget else one for name, one in kept.items()} if kept else kept
            )

        # Files are decoded in front of the transaction that the call runs in.
        with decoded_before(() if repeatable else _files(request)):
            answer = do_once(
                caller=caller_of(request).name,
                key=key,
                request_sha256=request_sha256(request),
                now=timezone.now(),
                run=run,
                repeatable=repeatable,
            )
        return Status(answer.status, answer.value) if answer.again else _with_status(given[0], status)

    wrapped.__signature__ = _signature(inner)  # type: ignore[attr-defined]  # a function takes attributes
    wrapped._ninja_contribute_to_operation = [_document]  # type: ignore[attr-defined]  # likewise
    return wrapped


def _files(request: HttpRequest) -> Iterator[tuple[str, bytes]]:
    for _, files in request.FILES.lists():
        for file in files[:MOST_FILES]:
            if (file.size or 0) <= MOST_BYTES:
                yield file.name or "", file.read()
                file.seek(0)


def request_sha256(request: HttpRequest) -> str:
    """A digest of the request: method, address, fields and files."""
    digest = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode())
    if request.content_type == "multipart/form-data":
        for name, values in sorted(request.POST.lists()):
            digest.update(repr((name, values)).encode())
        for name, files in sorted(request.FILES.lists()):
            for file in files:
                digest.update(repr((name, file.name, file.size)).encode())
                for chunk in file.chunks():
                    digest.update(chunk)
                file.seek(0)
    else:
        digest.update(request.body)
    return digest.hexdigest()


def _signature(view: Callable[..., Any]) -> inspect.Signature:
    """With types instead of their names, which only the module of `view` knows."""
    types = get_type_hints(view, include_extras=True)
    plain = inspect.signature(view)
    parameters = [one.replace(annotation=types.get(one.name, one.annotation)) for one in plain.parameters.values()]
    return plain.replace(parameters=parameters)


def _with_status(result: Any, status: int) -> Any:
    return result if isinstance(result, Status) else Status(status, result)


def _document(operation: Operation) -> None:
    extra = dict(operation.openapi_extra or {})
    extra["parameters"] = [*extra.get("parameters", []), _PARAMETER]
    operation.openapi_extra = extra
