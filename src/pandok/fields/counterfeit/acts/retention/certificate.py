"""The certificate of a deletion of files: what was erased and on what ground."""

from __future__ import annotations

from typing import Any

from pandok.common.records.deletion import head_of, moment
from pandok.core.retention import RetentionPolicy
from pandok.fields.counterfeit.models import Deletion, ErasedFile


def certificate_of(deletion: Deletion, policy: RetentionPolicy) -> dict[str, Any]:
    """As it stands now, with every file that may go and what became of it."""
    return {
        "kind": "pandok deletion certificate 1",
        **head_of(deletion),
        "policy": deletion.policy,
        "files": [
            {
                "sha256": item.sha256,
                "what": policy.period(item.rule).title.model_dump(),
                "belongs_to": item.belongs_to,
                "basis": policy.period(item.rule).basis.model_dump(),
                "term_ended_on": item.due_on.isoformat(),
                "outcome": item.outcome,
                "at": moment(item.at),
                "size_bytes": item.size_bytes,
            }
            for item in deletion.items.all()
        ],
    }


def erased_by(sha256: str) -> Deletion | None:
    """The newest deletion that erased this file."""
    found = ErasedFile.objects.filter(sha256=sha256).select_related("deletion").order_by("-at").first()
    return found.deletion if found else None
