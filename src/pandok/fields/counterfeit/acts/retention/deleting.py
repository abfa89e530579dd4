"""Deletion by two persons: one proposes a list, another confirms it, then the files go, one after the other.

The certificate exists before the first file goes and is closed after the last one. Whoever is interrupted in between
runs it again: a file that is gone already counts as erased, and nothing is done twice. Each file is looked at once
more before it goes: a hold, or a new use of the file, keeps it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.db import transaction

from pandok.common.audit import writing as audit
from pandok.common.freed_pages import empty_write_ahead_log
from pandok.common.models import Account
from pandok.common.models.locking import locked
from pandok.common.people.allowed import must
from pandok.common.reasons import checked_reason
from pandok.common.records.deletion import Deletions
from pandok.common.records.lifecycle import SYSTEM_NAME
from pandok.common.records.numbering import next_of_year
from pandok.core.audit import Detail
from pandok.core.deletion import DeletionState
from pandok.core.errors import RequestError
from pandok.core.retention import RetentionPolicy
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.core.text import Text
from pandok.engines.files.blobs import FolderBlobs
from pandok.engines.mail.folder import FolderMail
from pandok.fields.counterfeit.acts.retention.certificate import certificate_of
from pandok.fields.counterfeit.acts.retention.due_files import due_files
from pandok.fields.counterfeit.acts.retention.messages import forget_texts
from pandok.fields.counterfeit.acts.retention.owners import held_cases, owners_of, state_of
from pandok.fields.counterfeit.acts.retention.policy import policy_version
from pandok.fields.counterfeit.acts.retention.read_words import forget_words
from pandok.fields.counterfeit.models import Deletion, DeletionItem, ErasedFile
from pandok.fields.counterfeit.roles import Action

Clock = Callable[[], datetime]
AFTER_ERASED: list[Callable[[str, Account | None, datetime], object]] = []
"""Who is told that a file was erased, by its sha256 and who confirmed it, in that transaction."""
_ANOTHER = Text(
    ko="다른 관리자나 감독자가 확인해야 합니다.", en="Another administrator or a supervisor must confirm it."
)


def propose_deletion(
    *, actor: Account, reason: str, now: datetime, policy: RetentionPolicy, blobs: FolderBlobs
) -> Deletion:
    """Write down what may go today. Raises RequestError where nothing may, or the person may not."""
    must(actor, Action.PLAN_DELETION)
    reason = checked_reason(reason)
    found = due_files(policy=policy, now=now, blobs=blobs)
    if not found.files:
        raise RequestError(
            Text(ko="지금 삭제할 파일이 없습니다.", en="There is no file to delete now."),
            Text(ko="보존기간이 지난 파일이 생기면 다시 하십시오.", en="Come back when the term of some file is over."),
            code="request.nothing_due",
        )
    with transaction.atomic():
        number = next_of_year("D", width=6, given=Deletion.objects.all(), now=now)
        deletion = Deletion.objects.create(
            number=number, policy=policy.version, reason=reason, planned_by=actor, planned_at=now
        )
        DeletionItem.objects.bulk_create(
            DeletionItem(
                deletion=deletion,
                sha256=one.sha256,
                rule=one.period,
                due_on=one.due_on,
                belongs_to=list(one.belongs_to),
                size_bytes=one.size_bytes,
            )
            for one in found.files
        )
        return _deletions(policy).planned(deletion, actor=actor, now=now)


def withdraw_deletion(*, deletion: Deletion, actor: Account, reason: str, now: datetime) -> Deletion:
    """Give a plan up that nobody has confirmed: for who may plan one, and for who may confirm it."""
    must(actor, Action.CONFIRM_DELETION, Action.PLAN_DELETION)
    policy = policy_version(deletion.policy)
    return _deletions(policy).withdraw(deletion, actor=actor, reason=checked_reason(reason), now=now)


def confirm_deletion(
    *, deletion: Deletion, actor: Account, reason: str, now: datetime, policy: RetentionPolicy
) -> Deletion:
    """The second person agrees; from here on the files go. Raises RequestError for the same person."""
    must(actor, Action.CONFIRM_DELETION)
    return _deletions(policy).confirm(deletion, actor=actor, reason=reason, now=now)


def carry_out(deletion_id: UUID, *, policy: RetentionPolicy, blobs: FolderBlobs, clock: Clock) -> Deletion:
    """Erase the files of a confirmed deletion and close its certificate; goes on where an earlier run stopped."""

    def erase(deletion: Deletion) -> None:
        for item_id in deletion.items.filter(outcome=DeletionItem.OPEN).values_list("id", flat=True):
            _erase(item_id, deletion, policy, blobs, clock())

    deletion = _deletions(policy).carry_out(deletion_id, erase=erase, clock=clock)
    empty_write_ahead_log()
    return deletion


def unfinished() -> list[UUID]:
    """Deletions that two persons agreed on and that were interrupted."""
    return list(Deletion.objects.filter(state=DeletionState.CONFIRMED).values_list("pk", flat=True))


def _erase(item_id: int, deletion: Deletion, policy: RetentionPolicy, blobs: FolderBlobs, now: datetime) -> None:
    with transaction.atomic():
        item = locked(DeletionItem, item_id)
        if item.outcome:
            return
        owners = owners_of([item.sha256])
        today = now.astimezone(OFFICE_ZONE).date()
        state, _, _ = state_of(owners.get(item.sha256, []), policy, today, held_cases(owners))
        item.at = now
        if state != "over":
            item.outcome = state
            item.save(update_fields=["outcome", "at"])
            return
        # Gone before the row says so: after a crash in between, the next run finds no file and writes the row.
        forget_texts(item.sha256, FolderMail(mail_folder(blobs)))
        blobs.remove(item.sha256)
        item.outcome = DeletionItem.ERASED
        item.save(update_fields=["outcome", "at"])
        ErasedFile.objects.create(sha256=item.sha256, deletion=deletion, rule=item.rule, at=now)
        emptied = forget_words(item.sha256)
        for told in AFTER_ERASED:
            told(item.sha256, deletion.confirmed_by, now)
        audit.tell(
            _confirmer(deletion),
            "file.erased",
            f"picture:{item.sha256}",
            deletion.reason,
            now,
            {"deletion": deletion.number, "period": item.rule, "readings_emptied": emptied},
        )


def mail_folder(blobs: FolderBlobs) -> Path:
    """Where mails lie as files: beside the blobs, in the home folder of the site."""
    return blobs.folder.parent / "mail"


def _not_in(deletion: Deletion, state: DeletionState) -> RequestError:
    return RequestError(
        Text(
            ko=f"삭제 {deletion.number}은(는) 지금 이 단계가 아닙니다.",
            en=f"Deletion {deletion.number} is not at this stage now.",
        ),
        Text(ko="화면을 새로 고치십시오.", en="Reload the page."),
        code="request.deletion_state",
        state=deletion.state,
        wanted=state.value,
    )


def _confirmer(deletion: Deletion) -> str:
    return deletion.confirmed_by.get_username() if deletion.confirmed_by else SYSTEM_NAME


def _facts(deletion: Deletion) -> dict[str, Detail]:
    told: dict[str, Detail] = {"number": deletion.number}
    if deletion.state == DeletionState.WITHDRAWN:
        return told
    if deletion.state != DeletionState.DONE:
        return told | {"files": deletion.items.count()}
    counts = {outcome: deletion.items.filter(outcome=outcome).count() for outcome, _ in DeletionItem.OUTCOMES}
    return told | {"certificate_sha256": deletion.certificate_sha256} | counts


def _deletions(policy: RetentionPolicy) -> Deletions[Deletion]:
    return Deletions(
        model=Deletion,
        name="deletion",
        actions={
            DeletionState.PLANNED: "deletion.planned",
            DeletionState.CONFIRMED: "deletion.confirmed",
            DeletionState.WITHDRAWN: "deletion.withdrawn",
            DeletionState.DONE: "deletion.done",
        },
        facts=_facts,
        another=_ANOTHER,
        content=lambda deletion: certificate_of(deletion, policy),
        not_now=_not_in,
        nobody=SYSTEM_NAME,
    )
