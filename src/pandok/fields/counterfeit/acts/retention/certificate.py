"""The certificate of a deletion: what was erased, on what ground, by whom, when; tied to the audit chain.

Its sha256 stands in the chain (event `deletion.done`), and it names the chain's newest entry before that event: so
neither can be changed later without the other showing it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pandok.common.models import AuditEntry
from pandok.core.audit import GENESIS
from pandok.core.canonical import digest
from pandok.core.retention import RetentionPolicy
from pandok.fields.counterfeit.models import Deletion, ErasedFile


def open_certificate(deletion: Deletion, policy: RetentionPolicy) -> dict[str, Any]:
    """As it stands before the files go: "planned", with every file that may go."""
    return _content(deletion, policy, "planned")


def closed_certificate(deletion: Deletion, policy: RetentionPolicy) -> tuple[dict[str, Any], str]:
    """As it stands after the last file, with its sha256 over the canonical JSON."""
    last = AuditEntry.objects.order_by("-sequence").values_list("sequence", "hash").first() or (0, GENESIS)
    content = _content(deletion, policy, "done") | {"audit_before": {"sequence": last[0], "hash": last[1]}}
    return content, digest(content)


def erased_by(sha256: str) -> Deletion | None:
    """The newest deletion that erased this file."""
    found = ErasedFile.objects.filter(sha256=sha256).select_related("deletion").order_by("-at").first()
    return found.deletion if found else None


def _content(deletion: Deletion, policy: RetentionPolicy, state: str) -> dict[str, Any]:
    return {
        "kind": "pandok deletion certificate 1",
        "number": deletion.number,
        "state": state,
        "policy": deletion.policy,
        "reason": deletion.reason,
        "planned": {"by": deletion.planned_by.get_username(), "at": _said(deletion.planned_at)},
        "confirmed": {
            "by": deletion.confirmed_by.get_username() if deletion.confirmed_by else "",
            "at": _said(deletion.confirmed_at),
            "reason": deletion.confirm_reason,
        },
        "done_at": _said(deletion.done_at),
        "files": [
            {
                "sha256": item.sha256,
                "what": policy.period(item.rule).title.model_dump(),
                "belongs_to": item.belongs_to,
                "basis": policy.period(item.rule).basis.model_dump(),
                "term_ended_on": item.due_on.isoformat(),
                "outcome": item.outcome,
                "at": _said(item.at),
                "size_bytes": item.size_bytes,
            }
            for item in deletion.items.all()
        ],
    }


def _said(instant: datetime | None) -> str:
    return instant.isoformat(timespec="seconds") if instant else ""
