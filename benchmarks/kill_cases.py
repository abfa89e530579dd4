"""Cases written while processes are killed: opened, a candidate chosen, the holder notified, each with its number."""

from __future__ import annotations

import io
import uuid
from collections import Counter
from datetime import UTC, datetime

from django.contrib.auth.models import Group
from django.db import transaction
from PIL import Image, ImageDraw

from pandok.common.models import Account, Party
from pandok.common.people.accounts import ensure_role_groups
from pandok.core.reading import Candidate, Evidence, Reading, RegisteredDesign
from pandok.fields.counterfeit.acts.cases.deciding import choose_candidate
from pandok.fields.counterfeit.acts.cases.opening import open_case
from pandok.fields.counterfeit.acts.notices.issuing import issue_notices
from pandok.fields.counterfeit.acts.notices.office import Office, open_office
from pandok.fields.counterfeit.models import Case, CaseEvent, Notice
from pandok.fields.counterfeit.roles import Role
from pandok.fields.counterfeit.states import State
from pandok.fields.designs.models import ReadingRecord, Signal, SignalPhotograph
from pandok.fields.register.models import Design, Holder, PartyHolder, View
from pandok.settings import settings

DESIGN = "30-9000001"
_NAMES = uuid.UUID("7a0cf7f2-4b0b-4d2e-8d5e-9a3a1a6b7c10")
SIDE_PX = 240


def write_case(number: int) -> None:
    """Open case `number`, choose its candidate and notify the holder; whatever was done before is found again."""
    office, officer, view = _world()
    now = datetime.now(UTC)
    reading = _reading(number, officer, view, now)
    case = open_case(reading=reading, actor=officer, now=now, item_name=f"case {number}")
    if State(case.state) is State.READ:
        case = choose_candidate(case=case, design_id=DESIGN, actor=officer, reason="kill test", now=now)
    if State(case.state) is State.CANDIDATE_CHOSEN:
        issue_notices(case=case, actor=officer, reason="kill test", now=now, office=office, nonce=f"case {number}")


def check_cases(acknowledged: frozenset[int]) -> list[str]:
    """Lost, doubled or torn cases, and notices that were issued more than once."""
    wrong = []
    cases = {case.item_name: case for case in Case.objects.all()}
    if len(cases) != Case.objects.count():
        wrong.append("a case is there twice")
    for number in sorted(acknowledged):
        case = cases.get(f"case {number}")
        if case is None:
            wrong.append(f"case {number} is lost")
        elif case.state != State.NOTIFIED.value:
            wrong.append(f"case {number} was notified and is {case.state}")
    numbers = Counter(Case.objects.values_list("number", flat=True))
    wrong += [f"two cases have number {number}" for number, count in numbers.items() if count > 1]
    for case in cases.values():
        events = list(CaseEvent.objects.filter(case=case).order_by("sequence"))
        if [event.sequence for event in events] != list(range(1, len(events) + 1)):
            wrong.append(f"the history of {case.item_name} has a gap")
        if not events or events[-1].to_state != case.state:
            wrong.append(f"{case.item_name} is {case.state}, but its history says otherwise")
        told = Notice.objects.filter(case=case, template="holder_notice").count()
        if told != int(case.state == State.NOTIFIED.value):
            wrong.append(f"{case.item_name} is {case.state} and has {told} notices")
    return wrong


def _reading(number: int, officer: Account, view: str, now: datetime) -> ReadingRecord:
    value = Reading(
        outcome="candidates",
        candidates=(
            Candidate(
                rank=1,
                design=RegisteredDesign(design_id=DESIGN),
                probability=0.9,
                score=1.0,
                evidence=Evidence(photograph_index=0, view="front", view_sha256=view),
            ),
        ),
        reader="kill test",
    )
    with transaction.atomic():
        signal, new = Signal.objects.get_or_create(
            id=uuid.uuid5(_NAMES, f"signal {number}"), defaults={"actor": officer, "caught_at": now}
        )
        if new:
            SignalPhotograph.objects.create(signal=signal, position=0, sha256=view, width_px=SIDE_PX, height_px=SIDE_PX)
        record, _ = ReadingRecord.objects.get_or_create(
            id=uuid.uuid5(_NAMES, f"reading {number}"),
            defaults={
                "signal": signal,
                "actor": officer,
                "read_at": now,
                "outcome": value.outcome,
                "reader": value.reader,
                "value": value.model_dump(mode="json"),
            },
        )
    return record


def _world() -> tuple[Office, Account, str]:
    """What every case needs; made once, found afterwards, also after a kill in the middle."""
    office = open_office(settings(), settings().home)
    picture = Image.new("RGB", (SIDE_PX, SIDE_PX), "white")
    ImageDraw.Draw(picture).ellipse((40, 40, 200, 200), outline="black", width=4)
    target = io.BytesIO()
    picture.save(target, "PNG")
    view = office.blobs.put(target.getvalue())
    with transaction.atomic():
        officer, new = Account.objects.get_or_create(username="officer")
        if new:
            ensure_role_groups()
            officer.groups.add(Group.objects.get(name=Role.OFFICER.value))
            now = datetime.now(UTC)
            registered = Holder.objects.create(name="kill holder")
            party = Party.objects.create(
                kind=Party.HOLDER, name="kill holder", email="kill@holder.example", added_at=now
            )
            PartyHolder.objects.create(party=party, holder=registered)
            design = Design.objects.create(design_id=DESIGN, article="article", holder=registered, status="in force")
            View.objects.create(
                design=design,
                name="front",
                sha256=view,
                media_type="image/png",
                width=SIDE_PX,
                height=SIDE_PX,
                added_at=now,
            )
    return office, officer, view
