"""Deletion of images by two persons: one proposes a list, another confirms it, then the files go.

Each scan is looked at once more before its files go: a hold, or being read again, keeps it. A file that another scan
names stays. Whoever is interrupted runs it again: what is gone already counts as erased.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from pandok.common.audit import writing as audit
from pandok.common.files_in_use import named_by_fields
from pandok.common.freed_pages import empty_write_ahead_log
from pandok.common.models import Account
from pandok.common.models.locking import locked
from pandok.common.people.allowed import must
from pandok.common.reasons import checked_reason
from pandok.common.records.deletion import Deletions, head_of, moment
from pandok.common.records.lifecycle import SYSTEM_NAME
from pandok.common.records.numbering import next_of_year
from pandok.core.audit import Detail
from pandok.core.deletion import DeletionState
from pandok.core.errors import RequestError
from pandok.core.retention import RetentionPolicy
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.core.text import Text
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.xray.acts.similar.indexing import forget_scan
from pandok.fields.xray.lists.files import files_of_empties, files_of_scans
from pandok.fields.xray.lists.retention import POLICIES, due_scans, erased_scans, files_of, is_held, term_of
from pandok.fields.xray.models import Scan, ScanDeletion, ScanDeletionItem
from pandok.fields.xray.refusals import refusal
from pandok.fields.xray.roles import Action
from pandok.fields.xray.similar_index import SimilarIndexes

Clock = Callable[[], datetime]
_ANOTHER = Text(
    ko="다른 관리자나 X-ray 판독 책임자가 확인해야 합니다.",
    en="Another administrator or an X-ray supervisor must confirm it.",
)


def propose_deletion(
    *, actor: Account, reason: str, now: datetime, policy: RetentionPolicy, blobs: FolderBlobs
) -> ScanDeletion:
    """Write down what may go today. Raises RequestError where nothing may, or the person may not."""
    must(actor, Action.PLAN_SCAN_DELETION)
    reason = checked_reason(reason)
    found = due_scans(policy=policy, now=now, blobs=blobs)
    if not found.scans:
        raise refusal("nothing_due")
    with transaction.atomic():
        number = next_of_year("XD", width=6, given=ScanDeletion.objects.all(), now=now)
        deletion = ScanDeletion.objects.create(
            number=number, policy=policy.version, reason=reason, planned_by=actor, planned_at=now
        )
        ScanDeletionItem.objects.bulk_create(
            ScanDeletionItem(
                deletion=deletion, scan=one.scan, rule=one.rule, due_on=one.due_on, size_bytes=one.size_bytes
            )
            for one in found.scans
        )
        return _deletions(policy).planned(deletion, actor=actor, now=now)


def withdraw_deletion(*, deletion: ScanDeletion, actor: Account, reason: str, now: datetime) -> ScanDeletion:
    """Give a plan up that nobody has confirmed."""
    must(actor, Action.CONFIRM_SCAN_DELETION, Action.PLAN_SCAN_DELETION)
    policy = POLICIES.version(deletion.policy)
    return _deletions(policy).withdraw(deletion, actor=actor, reason=checked_reason(reason), now=now)


def confirm_deletion(*, deletion: ScanDeletion, actor: Account, reason: str, now: datetime) -> ScanDeletion:
    """The second person agrees; from here on the files go. Raises RequestError for the same person."""
    must(actor, Action.CONFIRM_SCAN_DELETION)
    return _deletions(POLICIES.version(deletion.policy)).confirm(deletion, actor=actor, reason=reason, now=now)


def carry_out(deletion_id: UUID, *, blobs: FolderBlobs, indexes: SimilarIndexes, clock: Clock) -> ScanDeletion:
    """Erase the images of a confirmed deletion and close its certificate; goes on where an earlier run stopped."""
    policy = POLICIES.version(ScanDeletion.objects.get(pk=deletion_id).policy)

    def erase(deletion: ScanDeletion) -> None:
        for item_id in deletion.items.filter(outcome=ScanDeletionItem.OPEN).values_list("pk", flat=True):
            _erase(item_id, deletion, policy, blobs, indexes, clock())

    deletion = _deletions(policy).carry_out(deletion_id, erase=erase, clock=clock)
    empty_write_ahead_log()
    return deletion


def unfinished() -> list[UUID]:
    """Deletions that two persons agreed on and that were interrupted."""
    return list(ScanDeletion.objects.filter(state=DeletionState.CONFIRMED).values_list("pk", flat=True))


def _erase(
    item_id: int,
    deletion: ScanDeletion,
    policy: RetentionPolicy,
    blobs: FolderBlobs,
    indexes: SimilarIndexes,
    now: datetime,
) -> None:
    with transaction.atomic():
        item = locked(ScanDeletionItem, item_id, "scan__inspection")
        if item.outcome:
            return
        item.at = now
        item.outcome = _state(item.scan, policy, now)
        if item.outcome == ScanDeletionItem.ERASED:
            # Gone before the row says so: after a crash in between, the next run finds no file and writes the row.
            forget_scan(item.scan, indexes)
            for name in _of_it_alone(item.scan):
                blobs.remove(name)
        item.save(update_fields=["outcome", "at"])
        if item.outcome == ScanDeletionItem.ERASED:
            by = deletion.confirmed_by.get_username() if deletion.confirmed_by else SYSTEM_NAME
            told: dict[str, Detail] = {"deletion": deletion.number, "number": item.scan.inspection.number}
            audit.tell(by, "scan.erased", f"scan:{item.scan_id}", deletion.reason, now, told | {"period": item.rule})


def _state(scan: Scan, policy: RetentionPolicy, now: datetime) -> str:
    term = term_of(scan.inspection, policy)
    if term is None or term[1] > now.astimezone(OFFICE_ZONE).date():
        return ScanDeletionItem.NEEDED
    return ScanDeletionItem.HELD if is_held(scan.inspection) else ScanDeletionItem.ERASED


def _of_it_alone(scan: Scan) -> list[str]:
    """Its files without those that something else names: a scan with images, as the same bytes at another office, an
    empty container, or a record of another field."""
    names = set(files_of(scan))
    others = Scan.objects.exclude(pk=scan.pk).exclude(pk__in=erased_scans().values("scan_id"))
    named = {*files_of_scans(names, others), *files_of_empties(names), *named_by_fields(names, besides="xray")}
    return [name for name in files_of(scan) if name not in named]


def certificate_of(deletion: ScanDeletion, policy: RetentionPolicy) -> dict[str, object]:
    """As it stands now, with every scan whose images may go and what became of them."""
    return {
        "kind": "pandok x-ray deletion certificate 1",
        **head_of(deletion),
        "policy": deletion.policy,
        "scans": [
            {
                "inspection": item.scan.inspection.number,
                "sha256": item.scan.sha256,
                "files": files_of(item.scan),
                "what": policy.period(item.rule).title.model_dump(),
                "basis": policy.period(item.rule).basis.model_dump(),
                "term_ended_on": item.due_on.isoformat(),
                "outcome": item.outcome,
                "at": moment(item.at),
                "size_bytes": item.size_bytes,
            }
            for item in deletion.items.select_related("scan__inspection").prefetch_related("scan__files", "scan__views")
        ],
    }


def _not_in(deletion: ScanDeletion, state: DeletionState) -> RequestError:
    return refusal("deletion_stage", number=deletion.number, state=deletion.state, wanted=state.value)


def _facts(deletion: ScanDeletion) -> dict[str, Detail]:
    told: dict[str, Detail] = {"number": deletion.number}
    if deletion.state == DeletionState.WITHDRAWN:
        return told
    if deletion.state != DeletionState.DONE:
        return told | {"scans": deletion.items.count()}
    counts = {outcome: deletion.items.filter(outcome=outcome).count() for outcome, _ in ScanDeletionItem.OUTCOMES}
    return told | {"certificate_sha256": deletion.certificate_sha256} | counts


def _deletions(policy: RetentionPolicy) -> Deletions[ScanDeletion]:
    return Deletions(
        model=ScanDeletion,
        name="scan_deletion",
        actions={
            DeletionState.PLANNED: "scan_deletion.planned",
            DeletionState.CONFIRMED: "scan_deletion.confirmed",
            DeletionState.WITHDRAWN: "scan_deletion.withdrawn",
            DeletionState.DONE: "scan_deletion.done",
        },
        facts=_facts,
        another=_ANOTHER,
        content=lambda deletion: certificate_of(deletion, policy),
        not_now=_not_in,
        nobody=SYSTEM_NAME,
    )
