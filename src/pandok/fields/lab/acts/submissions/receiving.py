"""A submission is received: unpacked, read, checked by the gate, kept, and its run queued; or kept with its refusals.

One upload key is one submission: the same form sent twice, also at the same moment, finds the first.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Any, BinaryIO
from uuid import UUID

from django.db import IntegrityError, transaction

from pandok.common.audit import writing as audit
from pandok.common.models import Account
from pandok.core.errors import RequestError
from pandok.core.lab.problem import Part
from pandok.core.text import Text
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.lab.acts.allowed import must
from pandok.fields.lab.acts.budget.budget import check_budget, same_model_elsewhere
from pandok.fields.lab.acts.budget.organisations import organisation_of
from pandok.fields.lab.acts.submissions.sealed_runs import ask_run, registration_of
from pandok.fields.lab.acts.submissions.upload_checks import Check, PublicIds, ReadUpload, read_upload
from pandok.fields.lab.models import LockedRegistration, ProblemPack, Submission
from pandok.fields.lab.roles import Action

MOST_UPLOADS_A_DAY = 100
_CHUNK = 1 << 20


def receive(
    *,
    upload: BinaryIO,
    size: int,
    pack: ProblemPack,
    upload_key: UUID,
    actor: Account,
    now: datetime,
    blobs: FolderBlobs,
    check: Check,
    public_ids: PublicIds,
) -> Submission:
    """The submission of this upload, new or found again. `check`: the gate, inside a sandbox.

    A refused one is kept with every reason found. Raises RequestError where nothing may be submitted now: no submitter,
    the problem is not registered, the budget is spent, or too many uploads came in a day.
    """
    must(actor, Action.SUBMIT_MODELS)
    organisation = organisation_of(actor)
    found = Submission.objects.filter(submitter=organisation.key, upload_key=upload_key).first()
    if found is not None:
        return found
    registration = registration_of(pack)
    check_budget(registration=registration, submitter=organisation.key, part=Part.FEEDBACK, now=now)
    _check_rate(organisation.key, now)
    read = read_upload(upload=upload, size=size, pack=pack, check=check, public_ids=public_ids)
    submission = Submission(
        pack=pack,
        submitter=organisation.key,
        submitter_name=organisation.name,
        by=actor,
        received_at=now,
        upload_key=upload_key,
        upload_sha256=_sha256(upload),
        upload_bytes=size,
        refusals=[one.as_dict() for one in read.refusals],
        **_facts(read, blobs),
    )
    try:
        with transaction.atomic():
            submission.save(force_insert=True)
            _note(submission, registration, actor, now)
            _note_same_model(submission, actor, now)
            if submission.accepted:
                ask_run(submission, registration, Part.FEEDBACK, actor, now)
    except IntegrityError:
        found = Submission.objects.filter(submitter=organisation.key, upload_key=upload_key).first()
        if found is None:
            raise
        return found
    return submission


def _facts(read: ReadUpload, blobs: FolderBlobs) -> dict[str, Any]:
    """The fields of the record. Of a refused upload no file is kept, only what identifies it."""
    sheet = read.sheet
    facts: dict[str, Any] = {
        "name": sheet.name if sheet else "",
        "version": sheet.version if sheet else "",
        "sheet_values": sheet.model_dump(mode="json") if sheet else {},
        "model_bytes": len(read.model),
        "model_sha256": hashlib.sha256(read.model).hexdigest() if read.model else "",
        "canonical_sha256": read.checked.canonical_sha256 if read.checked else "",
    }
    if not read.refusals:
        blobs.put(read.model)
        facts |= {"card": read.card, "sample_outputs": read.samples}
    return facts


def _note(submission: Submission, registration: LockedRegistration, actor: Account, now: datetime) -> None:
    codes = [one["code"] for one in submission.refusals]
    audit.tell(
        actor,
        "lab.submission.refused" if codes else "lab.submission.received",
        f"submission:{submission.pk}",
        ", ".join(codes)[:500],
        now,
        {
            "submitter": submission.submitter,
            "registration": registration.sha256,
            "upload_sha256": submission.upload_sha256,
            "model_sha256": submission.model_sha256,
        },
    )


def _note_same_model(submission: Submission, actor: Account, now: datetime) -> None:
    """The lab sees that another organisation handed this very model in; its runs are charged to this one too."""
    others = same_model_elsewhere(submission) if submission.accepted else []
    if others:
        details = {
            "submitter": submission.submitter,
            "canonical_sha256": submission.canonical_sha256,
            "others": ", ".join(others)[:500],
        }
        about = f"submission:{submission.pk}"
        audit.tell(actor, "lab.submission.same_model", about, "", now, details)


def _sha256(upload: BinaryIO) -> str:
    upload.seek(0)
    found = hashlib.sha256()
    while chunk := upload.read(_CHUNK):
        found.update(chunk)
    return found.hexdigest()


def _check_rate(submitter: str, now: datetime) -> None:
    today = Submission.objects.filter(submitter=submitter, received_at__gt=now - timedelta(days=1)).count()
    if today >= MOST_UPLOADS_A_DAY:
        raise RequestError(
            Text(ko="하루에 올릴 수 있는 횟수를 넘었습니다.", en="Too many uploads in one day."),
            Text(
                ko="`pandok lab check`로 먼저 확인하고 내일 다시 올리십시오.",
                en="Check with `pandok lab check` first, and upload again tomorrow.",
            ),
            code="lab.too_many_uploads",
        )
