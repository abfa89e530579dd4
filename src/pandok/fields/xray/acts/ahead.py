"""The scan that comes next is fetched while another is read: sealed, so that fetching is no looking.

The browser holds bytes that it cannot open. The key comes with the answer that gives the scan to its reader, when its
time begins and the look is kept in the audit chain. Who never gets that answer has seen nothing.
"""

from __future__ import annotations

from datetime import datetime

from django.utils.crypto import salted_hmac

from pandok.common.models import Account
from pandok.engines.files.blobs import FolderBlobs
from pandok.engines.vault.ciphers import AesGcm
from pandok.fields.xray.lists.retention import erasure_of
from pandok.fields.xray.lists.waiting import KEPT_FOR, on_screen_of, waiting_for
from pandok.fields.xray.models import Inspection, ScanAhead, ScanView
from pandok.fields.xray.refusals import refusal

LENGTH_BYTES = 4
PARTS = (b"preview", b"planes")
_KEY_FOR = "pandok.xray.ahead"


def fetch_ahead(*, reader: Account, now: datetime) -> Inspection | None:
    """What this reader would be given after the scan on their screen; other readers are given something else first, as
    long as a scan on a screen is kept. None: nothing is on the screen, or nothing else waits."""
    shown = on_screen_of(reader, now)
    found = None if shown is None else waiting_for(reader, now).exclude(pk=shown.pk).first()
    if found is not None:
        ScanAhead.objects.update_or_create(reader=reader, defaults={"inspection": found, "asked_at": now})
    return found


def ahead_view(reader: Account, view_id: int, now: datetime) -> ScanView:
    """A view of what this reader fetches ahead. Raises RequestError xray.not_there for every other."""
    mine = ScanAhead.objects.filter(reader=reader, asked_at__gt=now - KEPT_FOR).values("inspection_id")
    found: ScanView | None = (
        ScanView.objects.filter(pk=view_id, scan__inspection__in=waiting_for(reader, now).order_by().values("pk"))
        .filter(scan__inspection__in=mine)
        .select_related("scan")
        .first()
    )
    if found is None or erasure_of(found.scan) is not None:
        raise refusal("not_there")
    return found


def sealed(view: ScanView, reader: Account, blobs: FolderBlobs, nonces: tuple[bytes, bytes]) -> bytes:
    """The preview and the planes as they are kept (gzip), each sealed by itself, so that the preview is opened at once:
    length of the first part (4 bytes, big endian), then of each its nonce and AES-256-GCM with `PARTS` as associated
    data. `nonces`: two of 12 bytes by chance, new at each call."""
    key, parts = ahead_key(view, reader), []
    for data, nonce, name in zip((view.preview_sha256, view.planes_sha256), nonces, PARTS, strict=True):
        parts.append(nonce + AesGcm().seal(key, nonce, blobs.get(data), name))
    return len(parts[0]).to_bytes(LENGTH_BYTES, "big") + b"".join(parts)


def ahead_key(view: ScanView, reader: Account) -> bytes:
    """Of one view for one reader. It goes out with the page that shows the view, and never before."""
    told = f"{reader.pk}:{view.pk}:{view.planes_sha256}"
    return salted_hmac(_KEY_FOR, told, algorithm="sha256").digest()
