"""A large upload in pieces: what has come stays, and after a broken connection the sender goes on from there.

The offset of tus 1.0 (https://tus.io/protocols/resumable-upload): a piece says where it begins, and is taken only where
the last one ended. Bounded for each organisation, swept after a day, compared with its checksum at the end.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from django.db import transaction

from pandok.common.audit import writing as audit
from pandok.common.jobs.registry import every
from pandok.common.jobs.work import Work
from pandok.common.models import Account
from pandok.common.trust.doubts import SLACK
from pandok.core.audit import Detail
from pandok.core.errors import RequestError
from pandok.core.text import Text, counted
from pandok.engines.files.durable import flush_folder, make_folder
from pandok.fields.lab.acts.allowed import must
from pandok.fields.lab.acts.budget.organisations import hold, organisation_of
from pandok.fields.lab.acts.submissions.unpacking import MOST_UPLOAD_BYTES
from pandok.fields.lab.models import PartialUpload, Submission
from pandok.fields.lab.roles import Action
from pandok.settings import settings

FOLDER = "uploads"
PIECE_BYTES, MOST_PIECE_BYTES = 8 << 20, 16 << 20
"""Proposed, and taken at most: a broken connection costs its sender one piece."""
MOST_AT_ONCE = 3
KEPT_FOR = timedelta(days=1)
_CHUNK = 1 << 20
Receive = Callable[[BinaryIO, int], Submission]


def begin(*, size: int, sha256: str, actor: Account, now: datetime) -> PartialUpload:
    """Room for `size` bytes whose sha256 will be this. Raises RequestError where an organisation has too many."""
    must(actor, Action.SUBMIT_MODELS)
    organisation = organisation_of(actor)
    if not 0 < size <= MOST_UPLOAD_BYTES:
        raise RequestError(
            Text(
                ko=f"1바이트부터 {MOST_UPLOAD_BYTES >> 20} MB까지 올릴 수 있습니다.",
                en=f"An upload has from 1 byte to {MOST_UPLOAD_BYTES >> 20} MB.",
            ),
            Text(ko="모델을 줄여 다시 시작하십시오.", en="Make the model smaller and begin again."),
            code="lab.upload_size",
        )
    with transaction.atomic():
        hold(organisation)
        open_ones = PartialUpload.objects.filter(submitter=organisation.key, begun_at__gt=now - KEPT_FOR)
        if open_ones.count() >= MOST_AT_ONCE:
            raise RequestError(
                Text(
                    ko=f"끝나지 않은 업로드가 {MOST_AT_ONCE}개 있습니다.",
                    en=f"{MOST_AT_ONCE} uploads are not finished yet.",
                ),
                Text(ko="그중 하나를 끝내거나 지우고 다시 하십시오.", en="Finish or delete one of them first."),
                code="lab.upload_many",
            )
        made = PartialUpload.objects.create(
            submitter=organisation.key, by=actor, bytes=size, sha256=sha256, begun_at=now
        )
        _record(made, "lab.upload.begun", actor.get_username(), "", now)
    return made


def of_account(upload_id: UUID, actor: Account, now: datetime) -> PartialUpload | None:
    """One of the account's organisation that is not a day old."""
    own = PartialUpload.objects.filter(submitter=organisation_of(actor).key, begun_at__gt=now - KEPT_FOR)
    return own.filter(pk=upload_id).first()


def offset_of(upload: PartialUpload, home: Path) -> int:
    """How many bytes are here."""
    try:
        return _path(upload, home).stat().st_size
    except FileNotFoundError:
        return 0


def take_piece(*, upload: PartialUpload, offset: int, length: int, read: Callable[[int], bytes], home: Path) -> int:
    """Add a piece that begins at `offset`; returns how many bytes are here then. What came of a torn piece is kept.

    Raises RequestError `lab.upload_offset` (field `offset`: where to go on), `lab.upload_busy`, `lab.upload_piece`.
    """
    if not 0 < length <= MOST_PIECE_BYTES or offset + length > upload.bytes:
        raise RequestError(
            Text(
                ko=f"조각은 {MOST_PIECE_BYTES >> 20} MB 이하여야 하고, 알린 크기를 넘을 수 없습니다.",
                en=f"A piece has at most {MOST_PIECE_BYTES >> 20} MB and does not go beyond the announced size.",
            ),
            Text(ko="조각을 줄여 다시 보내십시오.", en="Send smaller pieces."),
            code="lab.upload_piece",
        )
    with _locked(_path(upload, home)) as file:
        here = os.fstat(file).st_size
        if offset != here:
            raise _wrong_offset(
                Text(ko=f"여기에는 {here}바이트가 있습니다.", en=f"{counted(here, 'byte is', 'bytes are')} here."),
                Text(ko="그 자리부터 이어 보내십시오.", en="Go on from there."),
                here,
            )
        while length and (part := read(min(length, _CHUNK))):
            _append(file, part)
            length -= len(part)
        os.fsync(file)
        return os.fstat(file).st_size


def hand_in(*, upload: PartialUpload, actor: Account, now: datetime, home: Path, receive: Receive) -> Submission:
    """The submission of a whole upload, which then goes. Raises RequestError `lab.upload_offset` where something is
    missing and `lab.upload_checksum` where it is not what was announced, and what `receive` raises."""
    here = offset_of(upload, home)
    if here != upload.bytes:
        raise _wrong_offset(
            Text(
                ko=f"{upload.bytes}바이트 가운데 {here}바이트만 왔습니다.",
                en=f"{here:,} of {counted(upload.bytes, 'byte')} have come.",
            ),
            Text(ko="나머지를 이어 보낸 뒤 제출하십시오.", en="Send the rest, then submit it."),
            here,
        )
    with _path(upload, home).open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != upload.sha256:
            _remove(upload, "checksum", actor.get_username(), now, home)
            raise RequestError(
                Text(
                    ko="받은 것이 알린 sha256과 달라 버렸습니다.",
                    en="What came has another sha256 than announced; it was removed.",
                ),
                Text(ko="처음부터 다시 올리십시오.", en="Upload it again from the start."),
                code="lab.upload_checksum",
            )
        file.seek(0)
        made = receive(file, upload.bytes)
    _remove(upload, "handed in", actor.get_username(), now, home)
    return made


def give_up(*, upload: PartialUpload, actor: Account, now: datetime, home: Path) -> None:
    must(actor, Action.SUBMIT_MODELS)
    _remove(upload, "given up", actor.get_username(), now, home)


@every(3600, by_clock=True)
def sweep(work: Work) -> None:
    """What is a day old goes, and files that no row names."""
    home = settings().home
    # Begun under a clock that was ahead, they would stay until that day: they are a day old tomorrow.
    PartialUpload.objects.filter(begun_at__gt=work.now + SLACK).update(begun_at=work.now)
    for upload in PartialUpload.objects.filter(begun_at__lte=work.now - KEPT_FOR):
        _remove(upload, "a day old", "system", work.now, home)
    known = {str(one) for one in PartialUpload.objects.values_list("pk", flat=True)}
    for file in (home / FOLDER).glob("*"):
        if file.name not in known and abs(work.now.timestamp() - file.stat().st_mtime) > KEPT_FOR.total_seconds():
            file.unlink(missing_ok=True)


def earlier_submission(upload_key: UUID, actor: Account) -> Submission | None:
    return Submission.objects.filter(submitter=organisation_of(actor).key, upload_key=upload_key).first()


def _append(file: int, data: bytes) -> None:
    """All of it or, on a full disk, nothing."""
    here, left = os.fstat(file).st_size, memoryview(data)
    try:
        while left:
            left = left[os.write(file, left) :]
    except OSError:
        os.ftruncate(file, here)
        raise


@contextmanager
def _locked(path: Path) -> Iterator[int]:
    """The file, for one sender at a time."""
    make_folder(path.parent)
    is_new = not path.exists()
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
    try:
        if is_new:
            flush_folder(path.parent)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise RequestError(
                Text(ko="이 업로드의 다른 조각을 받고 있습니다.", en="Another piece of this upload is coming in."),
                Text(ko="잠시 뒤 어디까지 왔는지 묻고 이어 보내십시오.", en="Ask shortly how far it is, and go on."),
                code="lab.upload_busy",
            ) from error
        yield file
    finally:
        os.close(file)


def _path(upload: PartialUpload, home: Path) -> Path:
    return home / FOLDER / str(upload.pk)


def _remove(upload: PartialUpload, why: str, actor: str, now: datetime, home: Path) -> None:
    with transaction.atomic():
        gone, _ = PartialUpload.objects.filter(pk=upload.pk).delete()
        if gone:
            _record(upload, "lab.upload.removed", actor, why, now)
    _path(upload, home).unlink(missing_ok=True)


def _record(upload: PartialUpload, action: str, actor: str, reason: str, now: datetime) -> None:
    details: dict[str, Detail] = {"submitter": upload.submitter, "bytes": upload.bytes, "sha256": upload.sha256}
    audit.tell(actor, action, f"upload:{upload.pk}", reason, now, details)


def _wrong_offset(what: Text, next_step: Text, here: int) -> RequestError:
    return RequestError(what, next_step, code="lab.upload_offset", offset=here)
