"""Cases with real photographs and a registered view, ready to be notified, and the office that does it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pandok.common.models import Account, Delivery, DeliveryState, Party
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.counterfeit.acts.cases.deciding import choose_candidate, name_parties
from pandok.fields.counterfeit.acts.notices.issuing import issue_notices
from pandok.fields.counterfeit.acts.notices.office import Office
from pandok.fields.counterfeit.models import Case, Notice
from pandok.fields.designs.models import ReadingRecord, SignalPhotograph
from pandok.fields.register.models import View
from tests.fields.counterfeit.cases_fixtures import World, build_world
from tests.fields.designs.fakes import NOON, VIEW_SIZE, candidate, drawing, photograph, reading
from tests.roles import Role

PDF = b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\ntrailer <<>>\n%%EOF\n"
ADDRESS = "https://pandok.example"


@dataclass
class NoticeWorld:
    world: World
    office: Office
    photograph: str
    view: str

    @property
    def holder(self) -> Account:
        return self.world.account(Role.HOLDER, party=self.world.holder)

    @property
    def importer(self) -> Account:
        return self.world.account(Role.IMPORTER, party=self.world.importer)

    @property
    def appraiser(self) -> Account:
        return self.world.account(Role.APPRAISER, party=self.world.association)

    def reading(self) -> ReadingRecord:
        record = self.world.reading()
        SignalPhotograph.objects.filter(signal=record.signal).update(
            sha256=self.photograph, width_px=900, height_px=1200
        )
        value = reading([]).model_copy(
            update={"candidates": (candidate(1, 0.83, self.view, design_id=self.world.design.design_id),)}
        )
        record.value = value.model_dump(mode="json")
        record.save()
        return record

    def chosen(self, **declared: str) -> Case:
        from pandok.fields.counterfeit.acts.cases.opening import open_case

        facts = {"item_name": "유리병", "parcel_number": "EB123456789CN", "hs_code": "7010900000"} | declared
        case = open_case(reading=self.reading(), actor=self.world.officer, now=NOON, **facts)
        return choose_candidate(
            case=case, design_id="30-0001", actor=self.world.officer, reason="내부 메모: 형태가 같음", now=NOON
        )

    def issue(
        self, case: Case, nonce: str = "press", now: datetime = NOON, importer: Party | None = None
    ) -> list[Notice]:
        return issue_notices(
            case=case,
            actor=self.world.officer,
            reason="형태가 같아 통지함",
            now=now,
            office=self.office,
            nonce=nonce,
            importer=importer,
        )

    def notified_by_a_mail_that_waits(self) -> Case:
        """The holder's notice is issued; its mail is still queued."""
        case = self.chosen()
        self.issue(case)
        return Case.objects.get(id=case.id)

    def notified(self, *, importer: bool = True) -> Case:
        case = self.chosen()
        if importer:
            name_parties(case=case, actor=self.world.officer, now=NOON, importer=self.world.importer)
        self.issue(case)
        if self.office.delivers:
            mail_leaves()
        return Case.objects.get(id=case.id)


def build_notice_world(folder: Path) -> NoticeWorld:
    """Needs a database. Files are kept below `folder`."""
    world = build_world()
    blobs = FolderBlobs(folder / "blobs")
    view = blobs.put(drawing(100))
    View.objects.create(
        design=world.design,
        name="front",
        sha256=view,
        media_type="image/png",
        width=VIEW_SIZE[0],
        height=VIEW_SIZE[1],
        added_at=NOON,
    )
    return NoticeWorld(world, Office(blobs, ADDRESS), blobs.put(photograph()), view)


def mail_leaves() -> None:
    """A mail server that is up took all that was queued, as it was issued."""
    Delivery.objects.filter(state=DeliveryState.QUEUED.value).update(state=DeliveryState.SENT.value)
