"""Pictures and planes of a view: while it stands on one's own screen, and sealed while it is to come."""

from __future__ import annotations

import secrets
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.views.decorators.http import require_POST, require_safe

from pandok.common import house
from pandok.common.models import Account
from pandok.common.web.requests import AccountRequest
from pandok.engines.vault.ciphers import NONCE_BYTES, AesGcm
from pandok.fields.academy.lists.visible import own_sitting, view_ahead, view_on_screen
from pandok.fields.academy.models import PictureView, Shown
from pandok.fields.academy.roles import Action
from pandok.fields.academy.web.views.parts import found_or_404
from pandok.fields.xray.acts.ahead import LENGTH_BYTES
from pandok.web.middleware.deny_by_default import allows

_KEY_FOR = "pandok.academy.ahead"


@require_safe
@allows(Action.TRAIN)
def preview(request: AccountRequest, view_id: int) -> HttpResponse:
    view = found_or_404(view_on_screen, request.user, view_id)
    data = house.blobs().get(view.preview_sha256)
    return _bytes(data, "image/png" if data.startswith(b"\x89PNG") else "image/jpeg")


@require_safe
@allows(Action.TRAIN)
def planes(request: AccountRequest, view_id: int) -> HttpResponse:
    """All 16 bits: pandok.readers.xray.planes."""
    view = found_or_404(view_on_screen, request.user, view_id)
    answer = _bytes(house.blobs().get(view.planes_sha256), "application/octet-stream")
    answer.headers["Content-Encoding"] = "gzip"
    return answer


@require_POST
@allows(Action.TRAIN)
def ahead(request: AccountRequest, sitting_id: UUID) -> HttpResponse:
    """Addresses of the sealed views of the picture that was chosen; nothing that tells of it."""
    sitting = found_or_404(own_sitting, request.user, sitting_id)
    shown = Shown.objects.filter(sitting=sitting, shown_at=None).select_related("picture").first()
    views = shown.picture.views.order_by("position") if shown else []
    told = [{"view": view.pk, "address": reverse("academy_sealed", args=[view.pk])} for view in views]
    return JsonResponse({"views": told})


@require_safe
@allows(Action.TRAIN)
def sealed(request: AccountRequest, view_id: int) -> HttpResponse:
    """Nonce, then AES-256-GCM of: length of the preview, preview, planes. The key comes when the time begins."""
    view = found_or_404(view_ahead, request.user, view_id)
    blobs, nonce = house.blobs(), secrets.token_bytes(NONCE_BYTES)
    seen, exact = blobs.get(view.preview_sha256), blobs.get(view.planes_sha256)
    whole = len(seen).to_bytes(LENGTH_BYTES, "big") + seen + exact
    return _bytes(nonce + AesGcm().seal(ahead_key(view, request.user), nonce, whole, b""), "application/octet-stream")


def ahead_key(view: PictureView, trainee: Account) -> bytes:
    """Of one view for one person."""
    told = f"{trainee.pk}:{view.pk}:{view.planes_sha256}"
    return salted_hmac(_KEY_FOR, told, algorithm="sha256").digest()


def _bytes(data: bytes, content_type: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=content_type)
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["Content-Security-Policy"] = "default-src 'none'"
    return answer
