"""What left the lab, noted so that the ledger can answer: by the run that made it, or by the project."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from pandok.common.audit import writing as audit
from pandok.common.models import Account
from pandok.fields.lab.models import LabProject, WhatLeft


def note_what_left(
    *, what: str, actor: Account, now: datetime, run_id: str = "", project: LabProject | None = None, sha256: str = ""
) -> WhatLeft:
    """One sentence about a thing that left (a released verdict, an exported file), with its sha256.

    With `run_id` it concerns what that run opened; without, everything that the project opened before.
    """
    if not run_id and project is None:
        raise ValueError("what left belongs to a run or to a project")
    with transaction.atomic():
        left = WhatLeft.objects.create(
            run_id=run_id, project=project, what=what[:300], sha256=sha256, actor=actor, at=now
        )
        audit.tell(
            actor,
            "vault.left",
            f"run:{run_id}" if run_id else f"lab-project:{project.pk if project else ''}",
            what[:300],
            now,
            {"sha256": sha256},
        )
        return left
