"""Computed parcels, bags and containers are opened by themselves: what was in them is computed, too, and no officer
could look.

Each is opened when its reader has decided on the next one, so that a key that was pressed by mistake can be taken back.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pandok.common.models import Account
from pandok.common.people.accounts import DEMO_PREFIX
from pandok.core.text import Text
from pandok.demo.containers_to_read import container_number, container_scan
from pandok.demo.scans.machines import MACHINES, ScanMachine
from pandok.demo.scans.parts import Item
from pandok.demo.scans.scenes import scene_of
from pandok.demo.scans_to_read import demo_number, demo_recipe
from pandok.fields.xray.acts.opening import record_opening
from pandok.fields.xray.decisions import Found
from pandok.fields.xray.models import Inspection, InspectionEvent
from pandok.fields.xray.roles import Role
from pandok.fields.xray.states import InspectionState


@dataclass(frozen=True)
class Hidden:
    """What must not be missed, and where it lies: left, top, right, bottom."""

    words: Text
    box: tuple[int, int, int, int]


def hidden_in(inspection: Inspection) -> list[Hidden]:
    """The truth about a computed scan of the demonstration."""
    if inspection.container_type:
        made = container_scan(container_number(inspection.consignment))
        return [Hidden(one.words, made.box) for one in made.scene.threats if made.box]
    recipe, machine = demo_recipe(demo_number(inspection.consignment))
    return [Hidden(one.words, _box(one, MACHINES[machine])) for one in scene_of(recipe).threats]


def open_those_before(inspection: Inspection, event: InspectionEvent) -> None:
    """In the transaction of a step: every other computed one that a reader had stopped before, or that was drawn."""
    if not inspection.from_generator or event.to_state == InspectionState.OPENED.value:
        return
    officer = Account.objects.filter(username=DEMO_PREFIX + Role.OPENING_OFFICER.value).first()
    if officer is None:
        return
    waiting = Inspection.objects.filter(from_generator=True, state=InspectionState.OPENING.value)
    for one in waiting.exclude(pk=inspection.pk).exclude(readings__reader=officer):
        open_computed(one, officer, event.at)


def open_computed(inspection: Inspection, officer: Account, now: datetime) -> None:
    """Its truth becomes what its opening found."""
    threats = hidden_in(inspection)
    name = inspection.scans.order_by("-imported_at")[0].views.order_by("position")[0].name
    record_opening(
        inspection_id=inspection.pk,
        officer=officer,
        found=Found.PROHIBITED if threats else Found.NOTHING,
        what=f"계산 영상의 정답: {', '.join(one.words.ko for one in threats) or '신고대로임'}",
        marks=[{"view": name, "box": list(one.box)} for one in threats],
        now=now,
    )


def _box(item: Item, machine: ScanMachine) -> tuple[int, int, int, int]:
    lefts, tops, rights, bottoms = zip(*(machine.scanner.pixel_box(part.mesh) for part in item.parts), strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)
