"""Pictures and planes of a view, for who may see its inspection; each look is kept in the audit chain."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from pandok.common import house
from pandok.common.audit.viewing import record_viewing
from pandok.common.web.requests import AccountRequest
from pandok.fields.xray.lists.visible import view_of
from pandok.fields.xray.models import ScanView
from pandok.fields.xray.roles import Action
from pandok.fields.xray.web.views.parts import found_or_404
from pandok.web.middleware.deny_by_default import allows

LOOKED = "scan.looked"


@require_safe
@allows(Action.SEE_SCANS)
def preview(request: AccountRequest, view_id: int) -> HttpResponse:
    """8 bits in standard colours."""
    view = found_or_404(view_of, request.user, view_id)
    _looked(request, view)
    return _bytes(house.blobs().get(view.preview_sha256), "image/png")


@require_safe
@allows(Action.SEE_SCANS)
def planes(request: AccountRequest, view_id: int) -> HttpResponse:
    """All 16 bits: pandok.readers.xray.planes."""
    view = found_or_404(view_of, request.user, view_id)
    answer = _bytes(house.blobs().get(view.planes_sha256), "application/octet-stream")
    answer.headers["Content-Encoding"] = "gzip"
    return answer


def _looked(request: AccountRequest, view: ScanView) -> None:
    if request.method == "GET":
        record_viewing(
            account=request.user,
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
