"""The checkers' part: two of them, neither the author nor the receiver, on the very files that then leave."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from pandok.common.models import Account
from pandok.common.people.two_persons import must_be_another
from pandok.common.people.votes import must_vote_freely
from pandok.common.reasons import checked_reason
from pandok.core.audit import Detail
from pandok.fields.lab.acts.exports.export_folder import ExportFolder
from pandok.fields.lab.acts.exports.export_moves import EXPORTS, must, sums_of
from pandok.fields.lab.acts.exports.refusals import refused
from pandok.fields.lab.acts.vault.what_left import note_what_left
from pandok.fields.lab.models import ExportFile, ExportRequest, ExportVote
from pandok.fields.lab.roles import Action
from pandok.fields.lab.states.export_states import Choice, ExportMover, ExportState, Vote, approved

_CHECKER = ExportMover.CHECKER
_ENDS = {Choice.RETURN: ExportState.RETURNED, Choice.REJECT: ExportState.REJECTED}


def vote_on_export(
    *,
    request: ExportRequest,
    choice: Choice,
    reason: str,
    sums: str,
    actor: Account,
    now: datetime,
    models_too: bool = False,
    findings_seen: bool = False,
) -> ExportRequest:
    """One answer. `sums` are the files as the checker saw them. Raises RequestError for who may not, or comes late."""
    must(actor, Action.REVIEW_EXPORTS)
    must_vote_freely(actor, now)
    reason = checked_reason(reason)
    with transaction.atomic():
        request = EXPORTS.locked(request.id)
        _check_voter(request, actor, sums)
        if choice is Choice.APPROVE:
            _check_approval(request, models_too=models_too, findings_seen=findings_seen)
        ExportVote.objects.create(
            request=request,
            voter=actor,
            sums=sums,
            choice=choice.value,
            models_too=models_too,
            findings_seen=findings_seen,
            reason=reason,
            at=now,
        )
        new = _ENDS.get(choice) or _after_approval(request)
        details = {"choice": choice.value, "models": models_too, "findings_seen": findings_seen}
        EXPORTS.move(request, new, by=_CHECKER, actor=actor, reason=reason, now=now, details=details)
        return request


def release_export(
    *, request: ExportRequest, actor: Account, reason: str, now: datetime, folder: ExportFolder
) -> ExportRequest:
    """Let the files go: votes and contents are looked at once more. The one door out of the lab."""
    must(actor, Action.REVIEW_EXPORTS)
    must_vote_freely(actor, now)
    reason = checked_reason(reason)
    with transaction.atomic():
        request = EXPORTS.locked(request.id)
        must_be_another(actor, request.author_id, request.receiver_id, refused=refused("own"))
        if request.stands is not ExportState.APPROVED:
            raise refused("state")
        if not _approved(request):
            raise refused("not_approved")
        files = list(request.files.all())
        for one in files:
            folder.get(str(request.id), one.sha256)  # raises where the bytes are others
        request.released_at = now
        details: dict[str, Detail] = {"files": len(files)}
        EXPORTS.move(request, ExportState.RELEASED, by=_CHECKER, actor=actor, reason=reason, now=now, details=details)
        for one in files:
            details = {
                "sha256": one.sha256,
                "bytes": one.size_bytes,
                "type": one.media_type,
                "model": one.is_model,
            }
            EXPORTS.note(request, "export.left", actor=actor, reason=reason, now=now, details=details)
            if request.project is not None:
                told = f"{request.number} {one.name}"
                note_what_left(what=told, actor=actor, now=now, project=request.project, sha256=one.sha256)
        return request


def open_for_review(*, file: ExportFile, actor: Account, now: datetime, folder: ExportFolder) -> bytes:
    """A checker looks at a file inside the lab; every look is an entry."""
    must(actor, Action.REVIEW_EXPORTS)
    request = ExportRequest.objects.get(id=file.request_id)
    must_be_another(actor, request.author_id, request.receiver_id, refused=refused("own"))
    if not (request.stands.in_review or request.stands is ExportState.APPROVED):
        raise refused("state")
    data = folder.get(str(request.id), file.sha256)
    EXPORTS.note(request, "export.looked_at", actor=actor, reason="", now=now, details={"sha256": file.sha256})
    return data


def take_released(*, file: ExportFile, actor: Account, now: datetime, folder: ExportFolder) -> bytes:
    """Author or named receiver takes a released file; nobody else, and not before."""
    request = ExportRequest.objects.get(id=file.request_id)
    if actor.pk not in (request.author_id, request.receiver_id) or not actor.is_active:
        raise refused("role")
    if request.stands is not ExportState.RELEASED:
        raise refused("state")
    data = folder.get(str(request.id), file.sha256)
    EXPORTS.note(request, "export.taken", actor=actor, reason="", now=now, details={"sha256": file.sha256})
    return data


def _check_voter(request: ExportRequest, actor: Account, sums: str) -> None:
    must_be_another(actor, request.author_id, refused=refused("own"))
    must_be_another(actor, request.receiver_id, refused=refused("receiver_votes"))
    if not (request.stands.in_review or request.stands is ExportState.APPROVED):
        raise refused("state")
    if sums != request.sums or sums_of(request) != request.sums:
        raise refused("changed")
    if ExportVote.objects.filter(request=request, voter=actor, sums=sums).exists():
        raise refused("voted")


def _check_approval(request: ExportRequest, *, models_too: bool, findings_seen: bool) -> None:
    if request.stands is ExportState.APPROVED:
        raise refused("state")
    files = list(request.files.all())
    if any(one.findings for one in files) and not findings_seen:
        raise refused("findings")
    if any(one.is_model for one in files) and not models_too:
        raise refused("models")


def _after_approval(request: ExportRequest) -> ExportState:
    return ExportState.APPROVED if _approved(request) else ExportState.PARTIALLY_REVIEWED


def _approved(request: ExportRequest) -> bool:
    votes: list[Vote] = [one.value for one in request.votes.all()]
    has_model = request.files.filter(is_model=True).exists()
    sums = sums_of(request)
    return request.sums == sums and approved(votes, author=str(request.author_id), sums=sums, has_model=has_model)
