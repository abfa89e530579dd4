"""What the audit trail keeps of one case, under whatever name."""

from __future__ import annotations

import contextlib
from uuid import UUID

from django.db.models import Q

from pandok.fields.counterfeit.models import Case


def objects_about_a_case(text: str) -> list[str]:
    """By "case:…", an id or a case number; none where it is no case."""
    kind, _, key = text.rpartition(":")
    case = _case(key) if kind in ("", "case") and len(key) < 64 else None
    return objects_of_case(case) if case else []


def objects_of_case(case: Case) -> list[str]:
    """A case with everything that belongs to it: readings, photographs, papers, notices, the capture."""
    photographs = case.signal.photographs.values_list("sha256", flat=True)
    papers = case.documents.values_list("id", "sha256")
    notices = list(case.notices.values_list("id", "pdf_sha256"))
    names = [f"case:{case.id}"]
    names += [f"reading:{one}" for one in case.signal.readings.values_list("id", flat=True)]
    names += [f"picture:{one}" for one in photographs]
    names += [name for key, sha256 in papers for name in (f"document:{key}", f"picture:{sha256}")]
    names += [f"notice:{key}" for key, _ in notices] + [f"picture:{sha256}" for _, sha256 in notices if sha256]
    names += [f"picture:{one}" for one in case.confirmed_views.values_list("view__sha256", flat=True)]
    capture = getattr(case.signal, "capture", None)
    return [*names, f"capture:{capture.pk}"] if capture else names


def _case(text: str) -> Case | None:
    by = Q(number=text)
    with contextlib.suppress(ValueError):
        by |= Q(id=UUID(text))
    return Case.objects.select_related("signal").filter(by).first()
