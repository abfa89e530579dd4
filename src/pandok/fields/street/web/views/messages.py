"""Messages of a pole over HTTP: numbered and acknowledged as over the broker. The pole's password is its sign-in."""

from __future__ import annotations

import base64
import binascii
from time import monotonic

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from pandok.fields.street.acts.registering import is_password
from pandok.fields.street.acts.taking import Arrived, take
from pandok.fields.street.hazards_of_site import readers_of_site
from pandok.fields.street.messages import read_batch
from pandok.fields.street.models import Pole
from pandok.settings import settings
from pandok.web.api.rate import BUCKETS
from pandok.web.api.refusals import as_json, refusal


@csrf_exempt
@login_not_required
@require_POST
def take_messages(request: HttpRequest, key: str) -> JsonResponse:
    """`{"messages": […]}` with HTTP Basic, pole and password; the answer says how far each spool is kept without a gap.
    After any other answer than 200 nothing was kept, and the pole sends again."""
    if not _is_pole(request.headers.get("Authorization", ""), key):
        answer = as_json(refusal(401))
        answer.headers["WWW-Authenticate"] = 'Basic realm="pandok-poles"'
        return answer
    if wait_s := BUCKETS.take(f"pole:{key}", per_minute=settings().api_rate_per_minute, now=monotonic()):
        return as_json(refusal(429, retry_after_s=wait_s))
    try:
        batch = read_batch(request.body)
    except RequestDataTooBig:
        return as_json(refusal(413))
    if batch is None:
        return as_json(refusal(422))
    now = timezone.now()
    try:
        taken = take([Arrived(key, one, now) for one in batch.messages], hazards=readers_of_site())
    except DatabaseError:
        return as_json(refusal(503))
    return JsonResponse({"kept": [{"spool": one.spool, "contiguous": one.contiguous} for one in taken]})


def _is_pole(header: str, key: str) -> bool:
    scheme, _, text = header.partition(" ")
    if scheme.lower() != "basic":
        return False
    try:
        name, _, word = base64.b64decode(text, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return False
    pole = Pole.objects.filter(key=name).first() if name == key else None
    return pole is not None and is_password(pole, word)
