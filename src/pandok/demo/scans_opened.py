"""Computed parcels and bags are opened by themselves: what was in them is computed, too, and no officer could look.

Each is opened when its reader has decided on the next one, so that a key that was pressed by mistake can be taken back.
"""

from __future__ import annotations

from pandok.common.models import Account
from pandok.common.people.accounts import DEMO_PREFIX
from pandok.demo.scans.machines import MACHINES, ScanMachine
from pandok.demo.scans.parts import Item
from pandok.demo.scans.scenes import scene_of
from pandok.demo.scans_to_read import SEED, demo_recipe
from pandok.fields.xray.acts.opening import record_opening
from pandok.fields.xray.decisions import Found
from pandok.fields.xray.models import Inspection, InspectionEvent
from pandok.fields.xray.roles import Role
from pandok.fields.xray.states import InspectionState


def open_those_before(inspection: Inspection, event: InspectionEvent) -> None:
    """In the transaction of a step: every other computed one that a reader had stopped before, or that was drawn."""
    if not inspection.from_generator or event.to_state == InspectionState.OPENED.value:
        return
    officer = Account.objects.filter(username=DEMO_PREFIX + Role.OPENING_OFFICER.value).first()
    if officer is None:
        return
    waiting = Inspection.objects.filter(from_generator=True, state=InspectionState.OPENING.value)
    for one in waiting.exclude(pk=inspection.pk).exclude(readings__reader=officer):
        _open(one, officer, event)


def _open(inspection: Inspection, officer: Account, event: InspectionEvent) -> None:
    number = int(inspection.consignment.removeprefix("XR")) - 1000 * SEED
    recipe, machine = demo_recipe(number)
    threats = scene_of(recipe).threats
    name = inspection.scans.order_by("-imported_at")[0].views.order_by("position")[0].name
    record_opening(
        inspection_id=inspection.pk,
        officer=officer,
        found=Found.PROHIBITED if threats else Found.NOTHING,
        what=f"계산 영상의 정답: {', '.join(item.words.ko for item in threats) or '신고대로임'}",
        marks=[{"view": name, "box": _box(item, MACHINES[machine])} for item in threats],
        now=event.at,
    )


def _box(item: Item, machine: ScanMachine) -> list[int]:
    lefts, tops, rights, bottoms = zip(*(machine.scanner.pixel_box(part.mesh) for part in item.parts), strict=True)
    return [min(lefts), min(tops), max(rights), max(bottoms)]
