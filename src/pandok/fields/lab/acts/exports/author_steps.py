"""The author's part: begin a request, put files in and out, send it to review, withdraw it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from pandok.common.models import Account
from pandok.common.reasons import checked_reason
from pandok.core.audit import Detail
from pandok.engines.near_copies.matching import Shelf
from pandok.fields.lab.acts.exports.export_folder import ExportFolder
from pandok.fields.lab.acts.exports.export_moves import EXPORTS, must, next_number, sums_of
from pandok.fields.lab.acts.exports.file_checks import findings_of
from pandok.fields.lab.acts.exports.refusals import refused
from pandok.fields.lab.acts.exports.types import MOST_FILES, MOST_REQUEST_BYTES, looked_into
from pandok.fields.lab.models import ExportFile, ExportRequest, LabProject
from pandok.fields.lab.roles import Action
from pandok.fields.lab.states.export_states import ExportMover, ExportState

_AUTHOR = ExportMover.AUTHOR


def begin_export(
    *,
    title: str,
    purpose: str,
    legal_basis: str,
    actor: Account,
    now: datetime,
    receiver: Account | None = None,
    project: LabProject | None = None,
) -> ExportRequest:
    """A request without files. Raises RequestError for missing words, or a receiver who has no part in the lab."""
    must(actor, Action.REQUEST_EXPORTS)
    title, purpose, basis = (" ".join(text.split()) for text in (title, purpose, legal_basis))
    if not (2 <= len(title) <= 200 and 10 <= len(purpose) <= 2000 and 5 <= len(basis) <= 300):
        raise refused("words")
    if receiver is not None and not receiver.may(Action.SEE_LAB):
        raise refused("receiver")
    with transaction.atomic():
        request = ExportRequest.objects.create(
            number=next_number(now),
            title=title,
            purpose=purpose,
            legal_basis=basis,
            author=actor,
            receiver=receiver,
            project=project,
            state=ExportState.PENDING.value,
            state_since=now,
            made_at=now,
        )
        details = {"title": title, "purpose": purpose[:500], "legal_basis": basis}
        EXPORTS.begin(request, actor=actor, reason="", now=now, action="export.begun", details=details)
        return request


def add_file(
    *, request: ExportRequest, filename: str, data: bytes, actor: Account, now: datetime, folder: ExportFolder
) -> ExportFile:
    """Seal one file into the request. Raises RequestError for a type, name, number or size that is not accepted."""
    looked = looked_into(filename, data)
    with transaction.atomic():
        request = _mine(request, actor)
        if request.files.filter(name=looked.name).exists():
            raise refused("name")
        size = sum(request.files.values_list("size_bytes", flat=True)) + len(data)
        if request.files.count() >= MOST_FILES or size > MOST_REQUEST_BYTES:
            raise refused("many")
        made = ExportFile.objects.create(
            request=request,
            name=looked.name,
            media_type=looked.media_type,
            sha256=folder.put(str(request.id), data),
            size_bytes=len(data),
            is_model=looked.has_model,
            added_at=now,
        )
        _changed(request)
        details: dict[str, Detail] = {"sha256": made.sha256, "bytes": made.size_bytes, "type": made.media_type}
        EXPORTS.note(request, "export.file_added", actor=actor, reason="", now=now, details=details)
        return made


def take_out(
    *, request: ExportRequest, file_id: int, actor: Account, now: datetime, folder: ExportFolder
) -> ExportRequest:
    """Take a file out again; its bytes are erased."""
    with transaction.atomic():
        request = _mine(request, actor)
        found = request.files.filter(id=file_id).first()
        if found is None:
            raise refused("changed")
        sha256 = found.sha256
        found.delete()
        _changed(request)
        EXPORTS.note(request, "export.file_taken_out", actor=actor, reason="", now=now, details={"sha256": sha256})
        if not request.files.filter(sha256=sha256).exists():
            transaction.on_commit(lambda: folder.drop(str(request.id), sha256))
        return request


def submit_export(
    *, request: ExportRequest, actor: Account, now: datetime, folder: ExportFolder, shelf: Shelf, key: bytes
) -> ExportRequest:
    """Run the automatic checks and hand the files to review; from here on they cannot change."""
    found = {
        one.id: [
            finding.as_dict()
            for finding in findings_of(looked_into(one.name, folder.get(str(request.id), one.sha256)), shelf, key)
        ]
        for one in request.files.all()
    }
    with transaction.atomic():
        request = _mine(request, actor)
        files = list(request.files.all())
        if not files:
            raise refused("empty")
        if {one.id for one in files} != set(found):
            raise refused("changed")
        for one in files:
            one.findings = found[one.id]
            one.save(update_fields=["findings"])
        round = request.events.filter(to_state=ExportState.SUBMITTED.value).count() + 1
        request.sums, request.checked_at = sums_of(request, round=round), now
        details = {"files": len(files), "findings": sum(len(one) for one in found.values())}
        EXPORTS.move(request, ExportState.SUBMITTED, by=_AUTHOR, actor=actor, reason="", now=now, details=details)
        return request


def withdraw_export(*, request: ExportRequest, actor: Account, reason: str, now: datetime) -> ExportRequest:
    """The author gives it up."""
    must(actor, Action.REQUEST_EXPORTS)
    reason = checked_reason(reason)
    with transaction.atomic():
        request = EXPORTS.locked(request.id)
        if request.author_id != actor.pk:
            raise refused("not_author")
        EXPORTS.move(request, ExportState.WITHDRAWN, by=_AUTHOR, actor=actor, reason=reason, now=now)
        return request


def _mine(request: ExportRequest, actor: Account) -> ExportRequest:
    """Locked, while its author may still change it."""
    must(actor, Action.REQUEST_EXPORTS)
    request = EXPORTS.locked(request.id)
    if request.author_id != actor.pk:
        raise refused("not_author")
    if not request.stands.changeable:
        raise refused("state")
    return request


def _changed(request: ExportRequest) -> None:
    request.sums, request.checked_at = "", None
    request.save(update_fields=["sums", "checked_at"])
