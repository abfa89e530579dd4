"""Texts of messages that were sent: kept in the row, and as a file where the site has no mail server.

They are due like files, under the sha256 of their text. Who was written to, when, and the sha256 stay: that a message
was sent can be shown, what it said only for as long as its term.
"""

from __future__ import annotations

from collections.abc import Sequence

from pandok.common.models import Delivery
from pandok.engines.mail.folder import FolderMail


def text_sizes(hashes: Sequence[str]) -> dict[str, int]:
    """Size in bytes of the texts that are still kept, by their sha256."""
    found = (
        Delivery.objects.filter(body_sha256__in=hashes).exclude(body_text="").values_list("body_sha256", "body_text")
    )
    return {sha256: len(text.encode()) for sha256, text in found}


def forget_texts(sha256: str, mail: FolderMail) -> int:
    """Empty every message with this text, and erase the mails that were kept as files; returns how many there were."""
    told = Delivery.objects.filter(body_sha256=sha256)
    for message_id in told.values_list("message_id", flat=True):
        mail.forget(message_id)
    return told.exclude(body_text="").update(body_text="", subject="")
