"""OGC SensorThings 1.1: one view for all its addresses. A program signs in with its token, as Bearer or as the password
of HTTP Basic, which is what clients of the standard know."""

from __future__ import annotations

import base64
import binascii
import json
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from pandok.common.people.tokens import account_of_token
from pandok.common.records.idempotency import KeptAnswer, do_once
from pandok.core.errors import PandokError, RequestError
from pandok.fields.street.acts.sensorthings.entities_made import EntityMaker
from pandok.fields.street.hazards_of_site import readers_of_site
from pandok.fields.street.lists.sensorthings.found import Page, find, number_of
from pandok.fields.street.lists.sensorthings.rows import know_properties
from pandok.fields.street.lists.sensorthings.shown import Writer, shown
from pandok.fields.street.roles import Action
from pandok.fields.street.sensorthings.claimed import CLAIMED
from pandok.fields.street.sensorthings.kinds import Kind
from pandok.fields.street.sensorthings.query_options import MOST_TOP, Options, options_of_address
from pandok.fields.street.sensorthings.resource_path import Asked, asked_by
from pandok.fields.street.web.sensorthings import changes
from pandok.fields.street.web.sensorthings.data_arrays import as_arrays
from pandok.web.api.callers import BearerToken, Caller, may
from pandok.web.api.idempotency_key import HEADER, request_sha256
from pandok.web.api.refusals import ApiRefusal, as_json, refusal

ROOT = "/street/sensorthings/v1.1"
READS, CHANGES = ("GET", "HEAD"), ("POST", "PATCH", "PUT", "DELETE")


@csrf_exempt
@login_not_required
def answer(request: HttpRequest, rest: str | None = None) -> HttpResponse:
    """Deny by default: who may see poles may read, who keeps poles may change."""
    try:
        return _answer(request, (rest or "").strip("/"))
    except RequestDataTooBig:
        return as_json(refusal(413))
    except DatabaseError:
        return as_json(refusal(503))
    except PandokError as error:
        said = as_json(error)
        if isinstance(error, RequestError) and not isinstance(error, ApiRefusal):
            said.status_code = 400
        return said


def _answer(request: HttpRequest, path: str) -> HttpResponse:
    if request.method not in READS + CHANGES:
        return _not_this_way(*READS, *CHANGES)
    caller = _caller(request, Action.SEE_STREET if request.method in READS else Action.KEEP_POLES)
    root = request.build_absolute_uri(ROOT)
    know_properties()
    if request.method in READS:
        return JsonResponse(_landing(root)) if not path else _read(request, path, root)
    asked = None if path == "CreateObservations" else asked_by(path)
    if asked is None and path != "CreateObservations":
        raise refusal(404)
    if asked is not None and (asked.inner or asked.references):
        raise refusal(404)
    changeable = ("PATCH", "PUT", "DELETE") if asked is not None and asked.is_entity else ("POST",)
    if request.method not in changeable:
        return _not_this_way(*(() if asked is None else READS), *changeable)
    now, key = timezone.now(), request.headers.get(HEADER)

    def run() -> KeptAnswer:
        return _changed(request, asked, EntityMaker(caller.account, now, readers_of_site()), root)

    if key is None:
        answer = run()
    else:
        sent = request_sha256(request)
        answer = do_once(caller=caller.name, key=key, request_sha256=sent, now=now, run=run)
    if answer.value is None:
        return HttpResponse(status=answer.status)
    said = JsonResponse(answer.value, status=answer.status, safe=False)
    if isinstance(answer.value, dict):
        said.headers["Location"] = answer.value["@iot.selfLink"]
    return said


def _changed(request: HttpRequest, asked: Asked | None, maker: EntityMaker, root: str) -> KeptAnswer:
    if asked is None:
        return KeptAnswer(201, changes.create_observations(request.body, maker, root))
    with transaction.atomic():
        if request.method == "DELETE":
            changes.delete(asked, maker)
            return KeptAnswer(200, None)
        number = (
            changes.create(asked, request.body, maker)
            if request.method == "POST"
            else changes.change(asked, request.body, maker, whole=request.method == "PUT")
        )
    made = asked_by(f"{asked.kind.value}({number})")
    assert made is not None
    page = find(made, Options())
    if page is None:
        raise refusal(404)
    return KeptAnswer(201 if request.method == "POST" else 200, shown(page, page.entities[0], Options(), root))


def _read(request: HttpRequest, path: str, root: str) -> HttpResponse:
    asked = asked_by(path)
    if asked is None:
        raise refusal(404)
    options = options_of_address(asked.kind, request.META.get("QUERY_STRING", ""))
    page = find(asked, options)
    if page is None:
        raise refusal(404)
    if asked.inner:
        return _inner(asked, page, root)
    if asked.is_entity:
        return JsonResponse(shown(page, page.entities[0], options, root))
    made: dict[str, Any] = {} if page.count is None else {"@iot.count": page.count}
    if page.more:
        made["@iot.nextLink"] = _next(request, options, len(page.entities))
    if options.as_array:
        return JsonResponse(made | {"value": as_arrays(page, options, root)})
    if asked.references:
        here = f"{root}/{page.kind.value}"
        links = [{"@iot.selfLink": f"{here}({number_of(page.kind, one)})"} for one in page.entities]
        return JsonResponse(made | {"value": links})
    writer = Writer(page.kind, options, root)
    head = json.dumps(made)[:-1] + ("," if made else "") + '"value":['
    body = [part for one in page.entities for part in (",", writer.text(page, one))]
    return HttpResponse("".join((head, *body[1:], "]}")).encode(), content_type="application/json")


def _inner(asked: Asked, page: Page, root: str) -> HttpResponse:
    whole = shown(page, page.entities[0], Options(), root)
    name = {"id": "@iot.id"}.get(asked.inner[-1], asked.inner[-1])
    value: Any = whole
    for key in asked.inner:
        key = {"id": "@iot.id"}.get(key, key)
        if not isinstance(value, dict) or key not in value:
            raise refusal(404)
        value = value[key]
    if value is None:
        return HttpResponse(status=204)
    if asked.raw:
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        return HttpResponse(text, content_type="text/plain; charset=utf-8")
    return JsonResponse({name: value})


def _next(request: HttpRequest, options: Options, shown_now: int) -> str:
    query = request.GET.copy()
    query["$top"], query["$skip"] = str(options.top), str(options.skip + shown_now)
    return f"{request.build_absolute_uri(request.path)}?{query.urlencode(safe='$')}"


def _landing(root: str) -> dict[str, Any]:
    return {
        "value": [{"name": one.value, "url": f"{root}/{one.value}"} for one in Kind],
        "serverSettings": {"conformance": list(CLAIMED), "maxTop": MOST_TOP},
    }


def _caller(request: HttpRequest, action: Action) -> Caller:
    header = request.headers.get("Authorization", "")
    scheme, _, text = header.partition(" ")
    if scheme.lower() == "basic":
        try:
            word = base64.b64decode(text, validate=True).decode().partition(":")[2]
        except (binascii.Error, UnicodeDecodeError):
            raise refusal(401) from None
        found = account_of_token(word, timezone.now())
        if found is None:
            raise refusal(401)
        return BearerToken((action,)).admit(Caller(found[0], f"token:{found[1].id}"))
    for door in may(action):
        caller = door(request)
        if caller is not None:
            return caller
    raise refusal(401)


def _not_this_way(*methods: str) -> HttpResponse:
    said = as_json(refusal(405))
    said.headers["Allow"] = ", ".join(methods)
    return said
