"""Pictures and planes of a view, for who may see its inspection; each look is kept in the audit chain."""

from __future__ import annotations

import cv2
import numpy as np
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from pandok.common import house
from pandok.common.audit.viewing import record_viewing
from pandok.common.models import Account
from pandok.common.web.requests import AccountRequest
from pandok.fields.xray.lists.visible import view_of
from pandok.fields.xray.models import ScanView
from pandok.fields.xray.roles import Action
from pandok.fields.xray.web.views.parts import found_or_404
from pandok.web.middleware.deny_by_default import allows

LOOKED = "scan.looked"
STAMP_PX = 192


@require_safe
@allows(Action.SEE_SCANS)
def preview(request: AccountRequest, view_id: int) -> HttpResponse:
    """8 bits in standard colours."""
    view = found_or_404(view_of, request.user, view_id)
    _looked(request, view)
    data = house.blobs().get(view.preview_sha256)
    return _bytes(data, "image/png" if data.startswith(b"\x89PNG") else "image/jpeg")


@require_safe
@allows(Action.SEE_SCANS)
def small(request: AccountRequest, view_id: int) -> HttpResponse:
    """The preview as a stamp for lists."""
    view = found_or_404(view_of, request.user, view_id)
    _looked(request, view)
    return _bytes(stamp(house.blobs().get(view.preview_sha256)), "image/jpeg")


@require_safe
@allows(Action.SEE_SCANS)
def planes(request: AccountRequest, view_id: int) -> HttpResponse:
    """All 16 bits: pandok.readers.xray.planes."""
    view = found_or_404(view_of, request.user, view_id)
    _looked(request, view)
    answer = _bytes(house.blobs().get(view.planes_sha256), "application/octet-stream")
    answer.headers["Content-Encoding"] = "gzip"
    return answer


def stamp(preview: bytes) -> bytes:
    """A JPEG whose longer side has at most `STAMP_PX`. `preview`: a picture that Pandok made."""
    colours = cv2.imdecode(np.frombuffer(preview, np.uint8), cv2.IMREAD_COLOR)
    assert colours is not None
    rows, columns = colours.shape[:2]
    share = min(1.0, STAMP_PX / max(rows, columns))
    size = (max(1, round(columns * share)), max(1, round(rows * share)))
    fine, data = cv2.imencode(".jpg", cv2.resize(colours, size, interpolation=cv2.INTER_AREA))
    assert fine
    return data.tobytes()


def _looked(request: AccountRequest, view: ScanView) -> None:
    if request.method == "GET":
        keep_look(request.user, view)


def keep_look(account: Account, view: ScanView) -> None:
    """Before the image leaves, or the key of one that was fetched ahead."""
    record_viewing(
        account=account,
        sha256=view.preview_sha256,
        obj=f"inspection:{view.scan.inspection_id}",
        now=timezone.now(),
        action=LOOKED,
    )


def _bytes(data: bytes, content_type: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=content_type)
    # Asked for at every look, so that every look is kept and a shared machine keeps none.
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["Content-Security-Policy"] = "default-src 'none'"
    return answer
