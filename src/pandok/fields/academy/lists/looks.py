"""Which pictures somebody was shown outside of a sitting, as the audit trail tells it."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from pandok.common.models import Account, AuditEntry
from pandok.fields.academy.kinds import PictureSet
from pandok.fields.academy.models import PictureLook, PictureView, RealismReview

LOOKED = "academy.looked"
"""Action of the audit trail: an image left the house."""


def not_looked_at(account: Account, pictures: Iterable[UUID | str], context: str) -> int:
    """How many of these were not shown to this person on the page of `context`, in any view."""
    files: dict[str, set[str]] = {}
    views = PictureView.objects.filter(picture__in=list(pictures))
    for picture, sha256 in views.values_list("picture_id", "preview_sha256"):
        files.setdefault(str(picture), set()).add(f"picture:{sha256}")
    named = set().union(*files.values()) if files else set()
    looks = AuditEntry.objects.filter(action=LOOKED, actor=account.get_username(), object__in=named)
    seen = {name for name, details in looks.values_list("object", "details") if details.get("in") == context}
    return sum(not (each & seen) for each in files.values())


def shown_outside(account: Account, set_: PictureSet) -> set[str]:
    """Pictures of a set that this person looked through for others or judged: who saw them is not measured by them."""
    judged = RealismReview.objects.filter(reviewer=account, picture__set=set_.value)
    decided = PictureLook.objects.filter(by=account, picture__set=set_.value)
    entries = AuditEntry.objects.filter(action=LOOKED, actor=account.get_username(), object__startswith="picture:")
    files = {one.partition(":")[2] for one in entries.values_list("object", flat=True)}
    views = PictureView.objects.filter(picture__set=set_.value, preview_sha256__in=files) if files else None
    found = set(judged.values_list("picture_id", flat=True)) | set(decided.values_list("picture_id", flat=True))
    if views is not None:
        found |= set(views.values_list("picture_id", flat=True))
    return {str(one) for one in found}
