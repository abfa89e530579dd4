"""Pictures by the sha256 of their content. Looking at a photograph is kept in the audit trail."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router

from pandok.common import house
from pandok.common.audit.viewing import record_viewing
from pandok.fields.counterfeit.acts.notices.picture_context import shown_in
from pandok.fields.counterfeit.acts.picture_access import is_registered_view
from pandok.fields.counterfeit.roles import Action
from pandok.fields.designs.roles import Action as ReadingAction
from pandok.readers.designs.file_kind import picture_format
from pandok.web.api.binary import binary, safe_file
from pandok.web.api.callers import actor_of, may
from pandok.web.api.refusals import not_found
from pandok.web.api.request_values import Sha256

router = Router(tags=["pictures"])
_MEDIA_TYPES = {
    "JPEG": "image/jpeg",
    "PNG": "image/png",
    "WEBP": "image/webp",
    "GIF": "image/gif",
    "TIFF": "image/tiff",
    "BMP": "image/bmp",
}


@router.get(
    "/{sha256}",
    auth=may(ReadingAction.SEE_OWN_READINGS, Action.SEE_CASES),
    **binary("The picture as it is stored", "image/*"),
    summary="One picture",
)
def get_picture(request: HttpRequest, sha256: Sha256) -> HttpResponse:
    account, blobs = actor_of(request), house.blobs()
    seen_in = shown_in(account, sha256)
    if sha256 not in blobs or not (seen_in or is_registered_view(sha256)):
        raise not_found()
    data = blobs.get(sha256)
    kind = picture_format(data) or ""
    if kind not in _MEDIA_TYPES:
        raise not_found()
    if seen_in is not None:
        record_viewing(account=account, sha256=sha256, obj=seen_in, now=timezone.now())
    return safe_file(data, media_type=_MEDIA_TYPES[kind], filename=f"{sha256[:12]}.{kind.lower()}")
