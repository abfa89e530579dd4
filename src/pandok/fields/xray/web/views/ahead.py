"""What a browser fetches while its reader looks at another scan: sealed, and no look."""

from __future__ import annotations

import secrets

from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from pandok.common import house
from pandok.common.web.requests import AccountRequest
from pandok.engines.vault.ciphers import NONCE_BYTES
from pandok.fields.xray.acts.ahead import ahead_view, fetch_ahead, sealed
from pandok.fields.xray.acts.deciding import newest_scan
from pandok.fields.xray.roles import Action
from pandok.fields.xray.web.views.parts import found_or_404
from pandok.web.middleware.deny_by_default import allows


@require_POST
@allows(Action.READ_SCANS)
def ahead(request: AccountRequest) -> HttpResponse:
    """Addresses of the sealed views that come next; nothing that tells of the inspection."""
    found = fetch_ahead(reader=request.user, now=timezone.now())
    views = [] if found is None else newest_scan(found).views.order_by("position")
    told = [{"view": view.pk, "address": reverse("xray_sealed", args=[view.pk])} for view in views]
    return JsonResponse({"views": told})


@require_safe
@allows(Action.READ_SCANS)
def sealed_view(request: AccountRequest, view_id: int) -> HttpResponse:
    now = timezone.now()
    view = found_or_404(lambda account, key: ahead_view(account, key, now), request.user, view_id)
    nonces = (secrets.token_bytes(NONCE_BYTES), secrets.token_bytes(NONCE_BYTES))
    data = sealed(view, request.user, house.blobs(), nonces)
    answer = HttpResponse(data, content_type="application/octet-stream")
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
