"""Images go by their term, by two persons, with a certificate; what they told of reading stays."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from pandok.common.models import AuditEntry
from pandok.core.canonical import digest
from pandok.core.errors import PandokError
from pandok.fields.register.models import Design, View
from pandok.fields.xray.acts.deciding import have_read_again
from pandok.fields.xray.acts.opening import record_opening
from pandok.fields.xray.acts.retention.deleting import carry_out, confirm_deletion, propose_deletion, withdraw_deletion
from pandok.fields.xray.acts.retention.holds import lift_hold, place_hold
from pandok.fields.xray.decisions import Decision, Found
from pandok.fields.xray.lists.retention import POLICIES, current_policy, due_scans, files_of
from pandok.fields.xray.models import (
    EmptyContainer,
    ImageReading,
    Inspection,
    Opening,
    ScanDeletion,
    ScanHold,
    ScanView,
)
from pandok.fields.xray.similar_index import SimilarIndexes
from tests.chosen import Choose
from tests.fields.xray.hall import Hall
from tests.roles import Role

pytestmark = pytest.mark.django_db
WHY = "보존기간이 지났습니다"


def ended(hall: Hall) -> tuple[Inspection, Inspection]:
    """One that was cleared, one that was opened and was a hit; a quarter of a year later."""
    cleared, opened = hall.inspection(), hall.inspection()
    hall.read("one", Decision.CLEAR)
    hall.read("one", Decision.OPEN)
    record_opening(
        inspection_id=opened.pk,
        officer=hall.person(Role.OPENING_OFFICER),
        found=Found.PROHIBITED,
        what="필로폰 의심",
        marks=[],
        now=hall.now,
    )
    hall.now += timedelta(days=91)
    return cleared, opened


def plan(hall: Hall) -> ScanDeletion:
    return propose_deletion(
        actor=hall.person(Role.ADMINISTRATOR),
        reason=WHY,
        now=hall.now,
        policy=current_policy(hall.now),
        blobs=hall.blobs,
    )


def carried_out(hall: Hall, deletion: ScanDeletion) -> ScanDeletion:
    indexes = SimilarIndexes(hall.blobs.folder.parent)
    return carry_out(deletion.pk, blobs=hall.blobs, indexes=indexes, clock=lambda: hall.now)


def due(hall: Hall) -> list[str]:
    found = due_scans(policy=current_policy(hall.now), now=hall.now, blobs=hall.blobs)
    return [one.scan.inspection.number for one in found.scans]


def test_two_persons_delete_what_is_due_and_labels_stay(hall: Hall) -> None:
    cleared, opened = ended(hall)
    assert due(hall) == [cleared.number], "a hit is kept for longer"
    deletion = plan(hall)
    assert due(hall) == [], "it stands in a plan"
    with pytest.raises(PandokError):
        confirm_deletion(deletion=deletion, actor=hall.person(Role.ADMINISTRATOR), reason=WHY, now=hall.now)
    with pytest.raises(PandokError):
        confirm_deletion(deletion=deletion, actor=hall.person(Role.SCAN_READER, "one"), reason=WHY, now=hall.now)
    names = files_of(cleared.scans.get())
    assert all(name in hall.blobs for name in names)
    confirm_deletion(deletion=deletion, actor=hall.person(Role.SCAN_SUPERVISOR), reason=WHY, now=hall.now)
    done = carried_out(hall, deletion)
    mine = set(names) - set(files_of(opened.scans.get()))
    assert mine, "the file as it came is its own"
    assert not any(name in hall.blobs for name in mine)
    assert all(name in hall.blobs for name in files_of(opened.scans.get())), "what another scan names too stays"
    assert (done.state, done.certificate_sha256) == ("done", digest(done.certificate))
    [said] = done.certificate["scans"]
    assert (said["inspection"], said["outcome"], set(said["files"])) == (cleared.number, "erased", set(names))
    assert done.certificate["planned"]["by"] != done.certificate["confirmed"]["by"]
    assert (ImageReading.objects.count(), Opening.objects.get().inspection) == (2, opened)
    assert AuditEntry.objects.filter(action="scan.erased", details__deletion=done.number).count() == 1
    assert carried_out(hall, done) == done, "again does nothing"


def test_what_an_empty_container_or_another_field_names_stays(hall: Hall) -> None:
    cleared, _ = ended(hall)
    scan = cleared.scans.get()
    came, [view] = scan.files.first(), scan.views.all()
    assert came is not None
    EmptyContainer.objects.create(
        container_type="22G1",
        response="cargo-4mv-6mv",
        rows=1,
        columns=1,
        planes_sha256=view.planes_sha256,
        penetration_limit=0.01,
        air_share=0.01,
        digest="0" * 64,
        imported_at=hall.now,
    )
    design = Design.objects.create(design_id="30-1")
    View.objects.create(design=design, name="front", sha256=came.sha256, width=1, height=1, added_at=hall.now)
    deletion = plan(hall)
    confirm_deletion(deletion=deletion, actor=hall.person(Role.SCAN_SUPERVISOR), reason=WHY, now=hall.now)
    carried_out(hall, deletion)
    assert view.planes_sha256 in hall.blobs
    assert came.sha256 in hall.blobs
    assert set(files_of(scan)) - {view.planes_sha256, came.sha256} != set()


def test_a_hold_and_a_new_reading_keep_images(hall: Hall) -> None:
    cleared, _ = ended(hall)
    supervisor = hall.person(Role.SCAN_SUPERVISOR)
    hold = place_hold(inspection=cleared, actor=supervisor, reason="소송이 진행 중", now=hall.now)
    assert place_hold(inspection=cleared, actor=supervisor, reason="다시 한 번", now=hall.now) == hold
    assert due(hall) == []
    with pytest.raises(PandokError) as nothing:
        plan(hall)
    assert nothing.value.error_code == "xray.nothing_due"
    lift_hold(hold=hold, actor=supervisor, reason="소송이 끝났습니다", now=hall.now)
    with pytest.raises(PandokError) as again:
        lift_hold(hold=hold, actor=supervisor, reason="소송이 끝났습니다", now=hall.now)
    assert again.value.error_code == "xray.hold_lifted"
    first = plan(hall)
    withdraw_deletion(deletion=first, actor=hall.person(Role.ADMINISTRATOR), reason="다시 확인이 필요", now=hall.now)
    second = plan(hall)
    confirm_deletion(deletion=second, actor=supervisor, reason=WHY, now=hall.now)
    place_hold(inspection=cleared, actor=supervisor, reason="새로운 소송", now=hall.now)
    assert [one.outcome for one in carried_out(hall, second).items.all()] == ["held"]
    assert all(name in hall.blobs for name in files_of(cleared.scans.get()))


def test_erased_images_are_shown_to_nobody_and_read_by_nobody(hall: Hall, choose: Choose) -> None:
    choose(home=hall.blobs.folder.parent)
    cleared, _ = ended(hall)
    deletion = plan(hall)
    supervisor = hall.person(Role.SCAN_SUPERVISOR)
    page = Client()
    page.force_login(supervisor)
    answer = page.post(f"/xray/retention/{deletion.pk}/confirm/", {"reason": WHY})
    assert answer.status_code == 302, answer.content
    view = ScanView.objects.get(scan__inspection=cleared)
    assert page.get(f"/xray/views/{view.pk}/preview/").status_code == 404
    shown = page.get(f"/xray/inspections/{cleared.pk}/").content.decode()
    assert "보존기간이 지나 영상이 삭제되었습니다" in shown
    assert "data-scan" not in shown
    assert f"/xray/views/{view.pk}/" not in page.get("/xray/inspections/?tab=read").content.decode()
    with pytest.raises(PandokError) as erased:
        have_read_again(inspection_id=cleared.pk, supervisor=supervisor, reason="다시 보아야 합니다", now=hall.now)
    assert erased.value.error_code == "xray.erased"
    told: Any = page.get(f"/xray/retention/{deletion.pk}/json/").json()
    assert told["sha256"] == digest(told["certificate"])
    for language in ("ko", "en"):
        page.cookies["pandok_language"] = language
        pdf = page.get(f"/xray/retention/{deletion.pk}/pdf/")
        assert pdf.content[:5] == b"%PDF-"
    assert cleared.number in page.get(f"/xray/retention/{deletion.pk}/").content.decode()


def test_the_page_proposes_holds_and_keeps_what_was_entered(hall: Hall, choose: Choose) -> None:
    choose(home=hall.blobs.folder.parent)
    cleared, _ = ended(hall)
    Inspection.objects.update(state_since=hall.now - timedelta(days=400))
    page = Client()
    page.force_login(hall.person(Role.ADMINISTRATOR))
    assert cleared.number in page.get("/xray/retention/").content.decode()
    answer = page.post("/xray/retention/hold/", {"number": "2026-X-999999", "reason": "소송이 진행 중"})
    assert (answer.status_code, "그런 검사가 없습니다" in answer.content.decode()) == (422, True)
    assert "소송이 진행 중" in answer.content.decode()
    assert page.post("/xray/retention/hold/", {"number": cleared.number, "reason": "소송이 진행 중"}).status_code == 302
    assert "보존 조치 중" in page.get(f"/xray/inspections/{cleared.pk}/").content.decode()
    hold = ScanHold.objects.get(inspection=cleared)
    assert page.post(f"/xray/retention/holds/{hold.pk}/lift/", {"reason": "소송이 끝났음"}).status_code == 302
    answer = page.post("/xray/retention/propose/", {"reason": "x"})
    assert answer.status_code == 422
    assert page.post("/xray/retention/propose/", {"reason": WHY}).status_code == 302
    deletion = ScanDeletion.objects.get()
    shown = page.get(f"/xray/retention/{deletion.pk}/").content.decode()
    assert "본인이 제안한 삭제입니다" in shown
    assert page.post(f"/xray/retention/{deletion.pk}/confirm/", {"reason": WHY}).status_code == 422


def test_periods_name_their_ground_and_invent_no_law() -> None:
    for policy in POLICIES.all():
        assert {one.id for one in policy.periods} == {"scan_cleared", "scan_opened", "scan_found"}
        for period in policy.periods:
            assert period.checked_by or "to be confirmed by the agency" in period.source
