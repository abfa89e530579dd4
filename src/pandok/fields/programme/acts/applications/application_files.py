"""Files beside an application: judged by their content, kept in the blobs, with a name that harms nobody."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from pandok.common.models import Account
from pandok.common.papers.content import media_type_of, safe_filename
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.programme.acts.applications.application_moves import CYCLE, own_application
from pandok.fields.programme.application_refusals import refusal
from pandok.fields.programme.application_states import ApplicationState
from pandok.fields.programme.models import ApplicationFile

MOST_FILES = 10
ADDED, DROPPED = "call-application.file_added", "call-application.file_dropped"


def add_file(
    application_id: UUID, *, data: bytes, filename: str, actor: Account, now: datetime, blobs: FolderBlobs
) -> ApplicationFile:
    """To a draft; the same bytes count once. Raises RequestError or PhotographError for what is no paper, too large or
    cut off, application.too_many_files, and as `own_application`."""
    media_type = media_type_of(data)
    name = safe_filename(filename, media_type)
    with transaction.atomic():
        own_application(application_id, actor, now, ApplicationState.DRAFT)
    sha256 = blobs.put(data)
    with transaction.atomic():
        application = own_application(application_id, actor, now, ApplicationState.DRAFT)
        there: ApplicationFile | None = application.files.filter(sha256=sha256).first()
        if there is not None:
            return there
        if application.files.count() >= MOST_FILES:
            raise refusal("too_many_files")
        made: ApplicationFile = ApplicationFile.objects.create(
            application=application,
            filename=name,
            media_type=media_type,
            size_bytes=len(data),
            sha256=sha256,
            added_by=actor,
            added_at=now,
        )
        CYCLE.happened(
            application, actor=actor, reason=name, now=now, action=ADDED, columns={"what": "file_added"},
            details={"sha256": sha256},
        )  # fmt: skip
    return made


def drop_file(application_id: UUID, file_id: int, *, actor: Account, now: datetime) -> None:
    """Out of a draft. Raises RequestError: application.no_file, and as `own_application`."""
    with transaction.atomic():
        application = own_application(application_id, actor, now, ApplicationState.DRAFT)
        found = application.files.filter(pk=file_id).first()
        if found is None:
            raise refusal("no_file")
        name, sha256 = found.filename, found.sha256
        found.delete()
        CYCLE.happened(
            application, actor=actor, reason=name, now=now, action=DROPPED, columns={"what": "file_dropped"},
            details={"sha256": sha256},
        )  # fmt: skip
