"""Looking is a write: who saw which photograph or paper, in which context, is kept in the audit chain.

The same person looking at the same thing in the same context within `SAME_LOOK` is one event: a page asks for a
picture once as a stamp and once whole, and is reloaded. Browsers are told to keep no photograph (`no-store`), so that
no look passes by the server: a kept copy would also show it to the next person on a shared phone, without an event.
Views of the register are public and are not recorded.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection

from pandok.common.audit.writing import chain_held, tell
from pandok.common.models import Account, AuditEntry

SAME_LOOK = timedelta(minutes=10)
PHOTOGRAPH, DOCUMENT = "photograph.viewed", "document.viewed"


def record_viewing(*, account: Account, sha256: str, obj: str, now: datetime, action: str = PHOTOGRAPH) -> bool:
    """Keep that `account` was shown the file `sha256` in the context `obj` ("case:…", "reading:…", "notice:…").

    `action` is PHOTOGRAPH, or DOCUMENT for papers and PDFs. False where it is the same look as one just before.
    Call it before the bytes leave: where the event cannot be kept, nothing is shown.
    """
    name, actor = f"picture:{sha256}", account.get_username()

    def known() -> bool:
        # On both sides: of two requests the one that came a moment later may be written first.
        near = AuditEntry.objects.filter(object=name, at__gt=now - SAME_LOOK, at__lt=now + SAME_LOOK)
        earlier = near.filter(actor=actor, action=action)
        return any(details.get("in") == obj for details in earlier.values_list("details", flat=True))

    # Most looks are known, and wait for nobody who writes, unless the caller writes already. A page asks for preview
    # and planes at one moment.
    if not connection.in_atomic_block and known():
        return False
    with chain_held():
        if known():
            return False
        tell(actor, action, name, "", now, {"in": obj})
    return True
