"""Computed scans of the day before, decided on by their truth: past images for what waits now to be compared with.

Their readings say that they are the demonstration's. No help had read them when they were decided on, so that the
figures of what help did count none of them.
"""

from __future__ import annotations

from datetime import timedelta

from pandok.common.models import Account
from pandok.common.people.accounts import DEMO_PREFIX
from pandok.demo.scans_opened import hidden_in, open_computed
from pandok.demo.scans_to_read import PAST, demo_consignment
from pandok.fields.xray.acts.deciding import decide
from pandok.fields.xray.acts.showing import show_next
from pandok.fields.xray.acts.similar.indexing import index_inspection
from pandok.fields.xray.decisions import Decision
from pandok.fields.xray.lists.help_shown import help_for
from pandok.fields.xray.models import Inspection
from pandok.fields.xray.roles import Role
from pandok.fields.xray.similar_index import SimilarIndexes
from pandok.fields.xray.states import InspectionState

REMARK = "시연: 계산 영상의 정답대로 결정함"
SHOWN_AFTER, DECIDED_AFTER, OPENED_AFTER = timedelta(seconds=2), timedelta(seconds=6), timedelta(hours=1)
"""From when a scan came in."""


def ensure_demo_past(indexes: SimilarIndexes) -> int:
    """What came in the day before is decided on, opened where it held something, and stands in the index; returns how
    many were added. Needs the scans and accounts of the demonstration; may be called again."""
    reader, officer = _account(Role.SCAN_SUPERVISOR), _account(Role.OPENING_OFFICER)
    added = 0
    for number in range(PAST):
        waits = Inspection.objects.filter(
            from_generator=True, consignment=demo_consignment(number), state=InspectionState.WAITING.value
        ).first()
        if waits is None or not _decided(waits, reader, officer):
            continue
        waits.refresh_from_db()
        index_inspection(waits, indexes)
        added += 1
    return added


def _decided(inspection: Inspection, reader: Account, officer: Account) -> bool:
    """False where it is not for this reader to decide: it was helped, or another scan stands before it."""
    shown_at = inspection.begun_at + SHOWN_AFTER
    if help_for(inspection, inspection.scans.get(), shown_at) or show_next(reader=reader, now=shown_at) != inspection:
        return False
    hidden = hidden_in(inspection)
    name = inspection.scans.get().views.order_by("position")[0].name
    decide(
        inspection_id=inspection.pk,
        reader=reader,
        decision=Decision.OPEN if hidden else Decision.CLEAR,
        marks=[{"view": name, "box": list(one.box)} for one in hidden],
        remark=REMARK,
        functions=[],
        now=inspection.begun_at + DECIDED_AFTER,
    )
    if hidden:
        open_computed(inspection, officer, inspection.begun_at + OPENED_AFTER)
    return True


def _account(role: Role) -> Account:
    found: Account = Account.objects.get(username=DEMO_PREFIX + role.value)
    return found
