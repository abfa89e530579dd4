"""Outcomes, resources, certificates and hand-overs by programs: the acts of the pages, with the same refusals."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from pandok.common.models import Account
from pandok.engines.hand_over.package import packed
from pandok.engines.proof_pack.keys import key_file
from pandok.fields.lab.acts.proofs.importing import add_key
from pandok.fields.programme.acts.evidence.measuring import measure
from pandok.fields.programme.models import HandOverTaken, Outcome, ResourceBooking, TrialCertificate
from tests.api.world import ApiSite, Form
from tests.engines.hand_over.packages import KEY, OTHER, PROOF, SITE, statement
from tests.fields.programme.ledger import PATENT, PDF
from tests.fields.programme.office import WHY, person, signed
from tests.fields.programme.on_map import RESOURCE, resource
from tests.fields.programme.spreading import handed_over
from tests.roles import Role

pytestmark = pytest.mark.django_db
PAPER = {"file": ("출원번호통지서.pdf", PDF, "application/pdf")}
SENT = {name: value for name, value in PATENT.items() if value}
YES = {"holds": True, "reason": WHY}
PLACE = RESOURCE | {"latitude": 35.17, "longitude": 126.88}
HERE = {"region": "yeongnam", "devices": "레이더", "season": "여름", "prevalence": "드묾"}


def asked(site: ApiSite, who: Account, path: str, body: Any = None, *, key: str = "") -> tuple[int, Any]:
    headers = {"Idempotency-Key": key} if key else {}
    got = site.ask(who, "post", f"/programme{path}", {} if body is None else body, headers=headers)
    return got.status_code, got.json()


def refused(site: ApiSite, who: Account, path: str, body: Any = None) -> str:
    status, told = asked(site, who, path, body)
    assert status >= 400, told
    return str(told["code"])


def test_an_outcome_is_entered_with_evidence_once_and_checked_by_another(site: ApiSite) -> None:
    agreement, office = signed(), person(Role.PROGRAMME_OFFICE)
    path = f"/agreements/{agreement.pk}/outcomes"
    status, made = asked(site, office, path, Form(SENT, PAPER), key="o")
    assert (status, made["holds"], made["registration"]) == (200, None, "10-2026-0012345")
    assert asked(site, office, path, Form(SENT, PAPER), key="o") == (200, made)
    assert refused(site, office, path, Form(SENT, PAPER)) == "outcome.known"
    assert refused(site, office, path, Form(SENT | {"figure": "1"}, PAPER)) == "outcome.figure"
    assert refused(site, office, path, Form(SENT | {"share_percent": "101"}, PAPER)) == "api.invalid"
    assert refused(site, office, path, Form(SENT, {"file": ("a.pdf", b"x", "application/pdf")})) != ""
    check = f"/outcomes/{made['id']}/check"
    assert refused(site, office, check, YES) == "api.not_allowed", "who enters does not check"
    both = person(Role.PROGRAMME_OFFICE, "office and manager")
    both.groups.add(person(Role.PROGRAMME_MANAGER).groups.get())
    own = asked(site, both, path, Form(SENT | {"registration": "10-2026-0099999"}, PAPER))[1]
    assert refused(site, both, f"/outcomes/{own['id']}/check", YES) == "outcome.own"
    manager = person(Role.PROGRAMME_MANAGER)
    status, done = asked(site, manager, check, YES, key="c")
    assert (status, done["holds"], done["check_reason"]) == (200, True, WHY)
    assert asked(site, manager, check, YES, key="c") == (200, done)
    assert refused(site, manager, check, YES) == "outcome.checked"
    assert Outcome.objects.count() == 2
    assert [one["id"] for one in site.ask(manager, "get", "/programme/outcomes").json()["items"]] == [
        own["id"], made["id"],
    ]  # fmt: skip
    assert site.ask(manager, "get", f"/programme/outcomes/{made['id']}").json() == done


def test_a_resource_is_entered_said_anew_and_booked_by_one_at_a_time(site: ApiSite) -> None:
    office, owner = person(Role.PROGRAMME_OFFICE), person(Role.FIELD_OWNER)
    status, made = asked(site, office, "/resources", PLACE, key="r")
    assert (status, made["latitude"], made["bookings"]) == (200, 35.17, [])
    assert asked(site, office, "/resources", PLACE, key="r") == (200, made)
    own = f"/resources/{made['id']}"
    assert refused(site, office, "/resources", PLACE | {"longitude": None}) == "resource.place"
    assert refused(site, office, "/resources", PLACE | {"kind": "data_set"}) == "api.invalid"
    assert refused(site, owner, own, PLACE | {"reason": WHY}) == "api.not_allowed"
    anew = asked(site, office, own, PLACE | {"title": "운암 지하차도", "reason": WHY})[1]
    assert anew["title"] == "운암 지하차도"
    begins = (timezone.now() + timedelta(days=2)).replace(second=0, microsecond=0)
    when = {"begins_at": begins.isoformat(), "ends_at": (begins + timedelta(hours=3)).isoformat()}
    booking = when | {"for_whom": "가온센서", "purpose": "수위계 비교"}
    status, booked = asked(site, owner, f"{own}/bookings", booking, key="b")
    assert (status, booked["begins_at"][:16]) == (200, begins.isoformat()[:16])
    assert asked(site, owner, f"{own}/bookings", booking, key="b") == (200, booked)
    assert refused(site, office, f"{own}/bookings", booking) == "resource.taken"
    assert refused(site, person(Role.OFFICER, "an officer"), f"{own}/bookings", booking) == "api.not_allowed"
    assert refused(site, owner, f"{own}/bookings", booking | {"ends_at": booking["begins_at"]}) == "resource.time"
    free = resource(booked=False)
    assert refused(site, owner, f"/resources/{free.pk}/bookings", booking) == "resource.not_booked"
    assert site.ask(owner, "get", f"/programme{own}").json()["bookings"] == [booked]
    cancel = f"/resource-bookings/{booked['id']}/cancel"
    gone = asked(site, owner, cancel, {"reason": WHY}, key="x")
    assert (gone[0], gone[1]["cancelled_at"] is not None) == (200, True)
    assert asked(site, owner, cancel, {"reason": WHY}, key="x") == gone
    assert refused(site, owner, cancel, {"reason": WHY}) == "resource.no_booking"
    assert refused(site, owner, "/resource-bookings/999999/cancel", {"reason": WHY}) == "api.not_found"
    assert ResourceBooking.objects.count() == 1
    found = site.ask(owner, "get", "/programme/resources?words=운암 지하차도").json()
    assert made["id"] in [one["id"] for one in found]


def test_a_certificate_is_drafted_by_one_issued_by_another_and_withdrawn_by_two(site: ApiSite) -> None:
    office, manager = person(Role.PROGRAMME_OFFICE), person(Role.PROGRAMME_MANAGER)
    measurement = measure(signed().pk, actor=office, now=timezone.now())
    path = f"/measurements/{measurement.pk}/certificates"
    assert refused(site, office, path, {"kind": "medal"}) == "api.invalid"
    status, draft = asked(site, office, path, {"kind": "trial"}, key="d")
    assert (status, draft["state"]) == (200, "drafted")
    assert asked(site, office, path, {"kind": "trial"}, key="d") == (200, draft)
    assert refused(site, office, path, {"kind": "trial"}) == "evidence.certified_already"
    step = f"/certificates/{draft['id']}/step"
    issue, withdraw, confirm = ({"what": what, "reason": WHY} for what in ("issue", "withdraw", "confirm"))
    assert refused(site, office, step, issue) == "api.not_allowed"
    assert refused(site, person(Role.FIELD_OWNER), step, issue) == "api.not_allowed"
    status, issued = asked(site, manager, step, issue, key="i")
    assert (status, issued["state"], len(issued["sha256"])) == (200, "issued", 64)
    assert asked(site, manager, step, issue, key="i") == (200, issued)
    assert refused(site, manager, step, issue) == "certificate.no_such_way"
    assert asked(site, manager, step, withdraw)[1]["state"] == "withdrawing"
    assert refused(site, manager, step, confirm) == "evidence.own_withdrawal"
    other = person(Role.PROGRAMME_MANAGER, "another manager")
    done = asked(site, other, step, confirm)[1]
    assert (done["state"], done["withdrawn_for"]) == ("withdrawn", WHY)
    assert site.ask(office, "get", f"/programme/certificates/{draft['id']}").json() == done
    own = asked(site, manager, path, {"kind": "trial"})[1]
    assert refused(site, manager, f"/certificates/{own['id']}/step", issue) == "evidence.own_draft"
    assert asked(site, manager, f"/certificates/{own['id']}/step", issue | {"what": "drop"})[1]["state"] == "dropped"
    assert TrialCertificate.objects.get(pk=draft["id"]).envelope


def test_a_token_without_the_scope_of_issuing_issues_nothing(site: ApiSite) -> None:
    office, manager = person(Role.PROGRAMME_OFFICE), person(Role.PROGRAMME_MANAGER)
    measurement = measure(signed().pk, actor=office, now=timezone.now())
    made = asked(site, office, f"/measurements/{measurement.pk}/certificates", {"kind": "trial"})[1]
    token = site.token(manager, ["see_agreements", "see_all_agreements", "draft_certificates"])
    got = site.ask(token, "post", f"/programme/certificates/{made['id']}/step", {"what": "issue", "reason": WHY})
    assert got.status_code == 403
    assert TrialCertificate.objects.get(pk=made["id"]).state == "drafted"


@pytest.fixture
def trusted(site: ApiSite) -> None:  # noqa: ARG001
    evaluator = person(Role.EVALUATOR)
    for name, key in ((SITE, KEY), ("부산 동구청", OTHER)):
        add_key(
            data=key_file(key.public, site=name).encode(), site=name, reason="전화로 확인", actor=evaluator,
            now=timezone.now(),
        )  # fmt: skip


@pytest.mark.usefixtures("trusted")
def test_a_package_of_another_site_is_taken_in_once(site: ApiSite) -> None:
    office, manager = person(Role.PROGRAMME_OFFICE), person(Role.PROGRAMME_MANAGER)
    data = packed(statement(), PROOF, b"", KEY)
    sent = Form(HERE, {"file": ("a.zip", data, "application/zip")})
    assert refused(site, manager, "/hand-overs/taken", sent) == "api.not_allowed"
    bad = Form(HERE | {"problem": "2026-FP-999999"}, {"file": ("a.zip", data, "application/zip")})
    assert refused(site, office, "/hand-overs/taken", bad) == "spread.bad_sheet"
    status, taken = asked(site, office, "/hand-overs/taken", sent, key="t")
    assert (status, taken["site"], taken["answer"]) == (200, SITE, None)
    assert asked(site, office, "/hand-overs/taken", sent, key="t") == (200, taken)
    assert refused(site, office, "/hand-overs/taken", sent) == "spread.taken"
    own = f"/hand-overs/taken/{taken['id']}/answer"
    assert refused(site, office, own) == "api.not_allowed"
    assert refused(site, manager, own) == "spread.undecided"
    assert site.ask(manager, "get", f"/programme{own}").status_code == 404
    assert HandOverTaken.objects.count() == 1
    listed = site.ask(office, "get", "/programme/hand-overs/taken").json()["items"]
    assert [one["id"] for one in listed] == [taken["id"]]


def test_a_package_with_a_key_that_is_not_trusted_is_refused(site: ApiSite) -> None:
    data = packed(statement(), PROOF, b"", KEY)
    sent = Form(HERE, {"file": ("a.zip", data, "application/zip")})
    assert refused(site, person(Role.PROGRAMME_OFFICE), "/hand-overs/taken", sent)
    assert not HandOverTaken.objects.exists()


def test_only_what_is_measured_and_proven_is_handed_over(site: ApiSite) -> None:
    office, agreement = person(Role.PROGRAMME_OFFICE), signed()
    sheet = {
        "proof": "2026-P-000001", "operated_by": "재난상황팀장", "paid_by": "북구청", "devices": "수위계",
        "season": "여름", "prevalence": "드묾",
    }  # fmt: skip
    path = f"/agreements/{agreement.pk}/hand-overs"
    assert refused(site, office, path, sheet) == "spread.no_proof"
    assert refused(site, office, path, sheet | {"devices": " "}) == "api.invalid"
    assert refused(site, person(Role.PROGRAMME_MANAGER), path, sheet) == "api.not_allowed"


def test_a_hand_over_is_listed_with_its_package(site: ApiSite) -> None:
    made = handed_over()
    office = person(Role.PROGRAMME_OFFICE)
    [one] = site.ask(office, "get", "/programme/hand-overs").json()["items"]
    assert (one["id"], one["answers"]) == (str(made.pk), [])
    got = site.ask(office, "get", f"/programme/hand-overs/{made.pk}/package")
    assert "hand-over.json" in " ".join(zipfile.ZipFile(io.BytesIO(got.content)).namelist())
