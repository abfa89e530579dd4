"""The case page: one tap from a reading, steps by the table only, stale pages, forms sent twice, who may not."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from pandok.common.models import AuditEntry, Party, Site
from pandok.fields.counterfeit.acts.cases.as_seen import stamp
from pandok.fields.counterfeit.acts.notices.access import PAGE, record_opening
from pandok.fields.counterfeit.models import Case, CaseEvent, Notice
from pandok.fields.counterfeit.states import State
from pandok.fields.designs.models import Capture
from tests.fields.counterfeit.cases_fixtures import let_term_pass
from tests.fields.counterfeit.web.conftest import Customs, step, words
from tests.fields.designs.fakes import NOON, encoded
from tests.roles import Role


def test_a_look_at_the_notice_keeps_nothing_and_one_press_does_all(customs: Customs) -> None:
    record, client = customs.reading(), customs.client()
    page = client.get(f"/readings/{record.id}/")
    assert f'href="/readings/{record.id}/notify/?design_id=30-0001"' in page.content.decode()
    assert "This right is not in force today" in words(page)  # the second candidate has lapsed
    look = client.get(f"/readings/{record.id}/notify/?design_id=30-0001")
    assert "한빛용기" in words(look)
    assert "Nothing is kept or sent before you press" in words(look)
    assert (Case.objects.count(), Notice.objects.count(), CaseEvent.objects.count()) == (0, 0, 0)
    sent = {"form": str(uuid4()), "design_id": "30-0001"}
    unsaid = client.post(f"/readings/{record.id}/notify/", sent)
    assert (unsaid.status_code, Case.objects.count()) == (422, 0)
    assert "The reason is empty" in words(unsaid)
    sent |= {"phrase": "0", "importer": str(customs.world.importer.pk)}
    for _ in range(2):
        answer = client.post(f"/readings/{record.id}/notify/", sent)
        case = Case.objects.get()
        assert answer["Location"] == f"/cases/{case.id}/"
    assert (case.state, case.holder, case.candidate_rank) == ("notified", customs.world.holder, 1)
    assert case.importer == customs.world.importer
    assert case.events.get(kind="candidate_chosen").reason == "The whole form is close to the registered views"
    assert sorted(case.notices.values_list("party__kind", flat=True)) == ["holder", "importer"]
    assert f"Case {case.number}" in words(client.get(f"/readings/{record.id}/"))
    assert client.get(f"/readings/{record.id}/notify/?design_id=30-0001").status_code == 302


def test_the_importer_of_the_same_shipment_is_known(customs: Customs) -> None:
    earlier = customs.case(bl_number="HLCU1234567")
    Case.objects.filter(id=earlier.id).update(importer=customs.world.importer)
    case, client = customs.case(bl_number="HLCU1234567"), customs.client()
    page = client.get(f"/cases/{case.id}/notify/?design_id=30-0001").content.decode()
    assert re.search(rf'name="importer" value="{customs.world.importer.pk}" checked', page)
    other = customs.case(bl_number="MAEU7654321")
    page = client.get(f"/cases/{other.id}/notify/?design_id=30-0001").content.decode()
    assert not re.search(r'name="importer" value="[^"]*" checked', page)


def test_a_right_that_does_not_stand_opens_nothing(customs: Customs) -> None:
    record = customs.reading()
    customs.world.design.status = "lapsed"
    customs.world.design.save()
    answer = customs.client().post(f"/readings/{record.id}/case/", {"design_id": "30-0001", "phrase": "0"})
    assert answer.status_code == 422
    assert not Case.objects.exists()


def test_nothing_close_and_only_open(customs: Customs) -> None:
    client = customs.client()
    client.post(f"/readings/{customs.reading().id}/case/", {"nothing": "yes", "phrase": "0"})
    client.post(f"/readings/{customs.reading().id}/case/", {})
    assert list(Case.objects.order_by("number").values_list("state", flat=True)) == ["nothing_close", "read"]


def test_the_way_to_the_end_by_the_buttons_of_the_page(customs: Customs) -> None:
    case, client = customs.case(item_name="유리병"), customs.client()
    page = words(client.get(f"/cases/{case.id}/"))
    assert "It is your turn." in page
    assert "Choose a candidate, or say nothing is close." in page
    client.post(f"/cases/{case.id}/act/", step(case, "choose", design_id="30-0001"))
    assert "Notify holder and importer" in words(client.get(f"/cases/{case.id}/"))
    confirm = words(client.get(f"/cases/{case.id}/notify/"))
    assert "한빛용기" in confirm
    assert "Tell the holder only" in confirm
    sent = {"form": str(uuid4()), "phrase": "0", "importer": "none"}
    assert client.post(f"/cases/{case.id}/notify/", sent)["Location"] == f"/cases/{case.id}/"
    assert client.post(f"/cases/{case.id}/notify/", sent).status_code == 302
    assert Notice.objects.count() == 1
    told = words(client.get(f"/cases/{case.id}/"))
    assert "Turn: Right holder" in told
    assert "Mail is on its way" in told
    assert "Not served yet" in told
    assert "No term is running." in told
    assert "Not opened yet" in told
    notice = Notice.objects.get()
    record_opening(
        notice=notice, account=customs.world.account(Role.HOLDER, party=notice.party), what=PAGE, now=timezone.now()
    )
    told = words(client.get(f"/cases/{case.id}/"))
    assert "business day" in told
    assert "law KR-2026" in told
    client.post(f"/cases/{case.id}/act/", step(case, "appraise", finding="infringes"))
    assert 'value="decide"' not in client.get(f"/cases/{case.id}/").content.decode()
    refused = client.post(f"/cases/{case.id}/act/", step(case, "decide", disposition="destroyed"))
    assert refused.status_code == 422
    assert "cannot be ended before" in words(refused)
    let_term_pass(case)
    client.post(f"/cases/{case.id}/act/", step(case, "decide", disposition="destroyed"))
    client.post(f"/cases/{case.id}/act/", step(case, "close"))
    case.refresh_from_db()
    assert (case.state, case.disposition) == ("closed", "destroyed")
    ended = words(client.get(f"/cases/{case.id}/"))
    assert "Nobody has to act now." in ended
    assert "Disposition decided → Closed" in ended or "→ Closed" in ended


def test_an_association_is_asked_by_the_button_of_the_page(customs: Customs) -> None:
    case, client = customs.case(), customs.client()
    client.post(f"/cases/{case.id}/act/", step(case, "choose", design_id="30-0001"))
    client.post(f"/cases/{case.id}/notify/", {"form": str(uuid4()), "phrase": "0"})
    asked = {"form": str(uuid4()), "phrase": "0"}
    refused = client.post(f"/cases/{case.id}/appraisal/", asked)
    assert refused.status_code == 422
    assert "No association is named" in words(refused)
    assert "Ask for the appraisal" not in words(client.get(f"/cases/{case.id}/"))
    association = Party.objects.create(
        kind=Party.ASSOCIATION, name="감정 단체", email="desk@appraisers.example", added_at=NOON
    )
    Case.objects.filter(id=case.id).update(appraiser=association)
    assert "Ask for the appraisal" in words(client.get(f"/cases/{case.id}/"))
    for _ in range(2):
        assert client.post(f"/cases/{case.id}/appraisal/", asked).status_code == 302
    case.refresh_from_db()
    assert case.turn == "appraiser"
    assert Notice.objects.filter(party=association).count() == 1
    assert "Ask for the appraisal" not in words(client.get(f"/cases/{case.id}/"))


def test_a_page_in_korean_says_whose_turn_it_is(customs: Customs) -> None:
    page = words(customs.client(language="ko").get(f"/cases/{customs.case().id}/"))
    assert "후보를 고르거나 유사 디자인이 없다고 정하십시오." in page


def test_a_stale_page_changes_nothing_and_loses_nothing(customs: Customs) -> None:
    case, client = customs.case(), customs.client()
    stale = step(case, "nothing_close", reason="손잡이가 다름")
    client.post(f"/cases/{case.id}/act/", step(case, "choose", design_id="30-0001"))
    before = CaseEvent.objects.count()
    answer = client.post(f"/cases/{case.id}/act/", stale)
    assert answer.status_code == 409
    page = words(answer)
    assert "changed meanwhile, so nothing was done" in page
    assert "손잡이가 다름" in page
    assert "Candidate chosen" in page
    assert CaseEvent.objects.count() == before


def test_a_form_sent_twice_acts_once(customs: Customs) -> None:
    case, client = customs.case(), customs.client()
    sent = step(case, "choose", design_id="30-0001")
    assert client.post(f"/cases/{case.id}/act/", sent).status_code == 302
    assert client.post(f"/cases/{case.id}/act/", sent).status_code == 302
    assert case.events.filter(kind="candidate_chosen").count() == 1


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"step": "decide", "disposition": "destroyed"}, 422),  # the table has no such way
        ({"step": "choose", "design_id": "nowhere"}, 422),
        ({"step": "nothing_close", "phrase": "", "reason": "  "}, 422),
        ({"step": "choose", "design_id": "30-0001", "form": "no number"}, 302),
        ({"step": "explode"}, 404),
        ({"step": "nothing_close", "seen": ""}, 409),
    ],
)
def test_what_is_refused(customs: Customs, fields: dict[str, str], status: int) -> None:
    case = customs.case()
    answer = customs.client().post(f"/cases/{case.id}/act/", step(case, "") | fields)
    assert answer.status_code == status
    case.refresh_from_db()
    assert case.state == ("candidate_chosen" if status == 302 else "read")


def test_who_may_not(customs: Customs) -> None:
    world, case = customs.world, customs.case()
    elsewhere = Site.objects.create(code="PUS", name_ko="부산세관", name_en="Busan customs")
    other = world.account(Role.OFFICER, "elsewhere", site=elsewhere)
    client = customs.client(other)
    paths = ("", "act/", "declared/", "assign/", "notify/", "documents/", "parties/holder/")
    assert {path: client.post(f"/cases/{case.id}/{path}").status_code for path in paths if path} == dict.fromkeys(
        (path for path in paths if path), 404
    )
    assert client.get(f"/cases/{case.id}/").status_code == 404
    assert client.post(f"/readings/{case.reading_id}/case/").status_code == 404
    holder = customs.client(world.account(Role.HOLDER, party=world.holder))
    assert {holder.get(f"/cases/{case.id}/{path}").status_code for path in paths} == {403}
    auditor = customs.client(world.account(Role.AUDITOR))
    assert auditor.get(f"/cases/{case.id}/").status_code == 200
    assert auditor.post(f"/cases/{case.id}/act/", step(case, "nothing_close")).status_code == 403
    assert "What you can do now" not in words(auditor.get(f"/cases/{case.id}/"))
    colleague = customs.client(world.account(Role.OFFICER, "colleague", site=world.site))
    assert colleague.get(f"/pictures/{customs.photograph}").status_code == 200
    assert client.get(f"/pictures/{customs.photograph}").status_code == 404


def test_corrections_need_a_reason_and_keep_what_was(customs: Customs) -> None:
    case, client = customs.case(item_name="유리병", parcel_number="EB123456789CN"), customs.client()
    fields = {"item_name": "유리 항아리", "parcel_number": "eb 123456789 cn", "hs_code": "", "bl_number": ""}
    refused = client.post(f"/cases/{case.id}/declared/", step(case, "") | fields | {"phrase": ""})
    assert refused.status_code == 422
    assert "유리 항아리" in refused.content.decode()
    client.post(f"/cases/{case.id}/declared/", step(case, "") | fields)
    case.refresh_from_db()
    assert (case.item_name, case.parcel_number) == ("유리 항아리", "EB123456789CN")
    assert "항아리" in case.words
    event = case.events.get(kind="declaration_corrected")
    assert event.data == {"item_name": "유리병 → 유리 항아리"}
    assert AuditEntry.objects.filter(action="case.declaration_corrected", reason=event.reason).exists()
    wrong = client.post(f"/cases/{case.id}/declared/", step(case, "") | fields | {"hs_code": "12"})
    assert wrong.status_code == 422


def test_parties_are_found_by_name_and_named(customs: Customs) -> None:
    case, client = customs.case(), customs.client()
    found = words(client.get(f"/cases/{case.id}/parties/importer/?text=도담"))
    assert "도담상사" in found
    assert "감정협회" not in words(client.get(f"/cases/{case.id}/parties/importer/"))
    sent = step(case, "", party=str(customs.world.importer.id))
    assert client.post(f"/cases/{case.id}/parties/importer/", sent).status_code == 302
    assert client.post(f"/cases/{case.id}/parties/importer/", sent).status_code == 302
    case.refresh_from_db()
    assert case.importer == customs.world.importer
    assert case.events.filter(kind="parties_named").count() == 1
    wrong = step(case, "", party=str(customs.world.holder.id))
    assert client.post(f"/cases/{case.id}/parties/importer/", wrong).status_code == 404
    assert client.get(f"/cases/{case.id}/parties/everybody/").status_code == 404


def test_papers_are_added_shared_and_seen_by_whom_they_concern(customs: Customs) -> None:
    world, case, client = customs.world, customs.case(), customs.client()
    client.post(f"/cases/{case.id}/act/", step(case, "choose", design_id="30-0001"))
    client.post(f"/cases/{case.id}/notify/", {"form": str(uuid4()), "phrase": "0"})
    file = SimpleUploadedFile("../감정 서.pdf", b"%PDF-1.7\n1 0 obj\n%%EOF")
    assert client.post(f"/cases/{case.id}/documents/", {"kind": "other", "file": file}).status_code == 302
    paper = case.documents.get()
    assert (paper.filename, paper.media_type) == ("감정 서.pdf", "application/pdf")
    shown = client.get(f"/documents/{paper.id}/")
    assert shown["Content-Disposition"].startswith("attachment")
    assert "sandbox" in shown["Content-Security-Policy"]
    assert AuditEntry.objects.filter(action="document.viewed").count() == 1
    holder = customs.client(world.account(Role.HOLDER, party=world.holder))
    assert holder.get(f"/documents/{paper.id}/").status_code == 404
    share = {"with": ["holder"], "phrase": "0"}
    assert holder.post(f"/documents/{paper.id}/share/", share).status_code == 403
    assert client.post(f"/documents/{paper.id}/share/", share).status_code == 302
    assert holder.get(f"/documents/{paper.id}/").status_code == 200
    importer = customs.client(world.account(Role.IMPORTER, party=world.importer))
    assert importer.get(f"/documents/{paper.id}/").status_code == 404
    assert case.events.filter(kind="document_shared").count() == 1


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"MZ\x90", "program"),
        (b"%PDF-1.7 cut", "cut off"),
        (b"<svg onload=alert(1)>", "SVG"),
        (b"GIF89a", "GIF"),
        (b"\xff\xd8\xff\xe0 no picture", ""),
    ],
)
def test_papers_that_are_none_are_refused(customs: Customs, data: bytes, said: str) -> None:
    case = customs.case()
    file = SimpleUploadedFile("a.pdf", data)
    answer = customs.client().post(f"/cases/{case.id}/documents/", {"kind": "other", "file": file})
    assert answer.status_code == 422
    assert said in words(answer)
    assert not case.documents.exists()


def test_pictures_of_papers_are_kept_as_they_came(customs: Customs) -> None:
    from PIL import Image

    case = customs.case()
    data = encoded(Image.new("RGB", (300, 300), "white"), "PNG")
    sent = {"kind": "licence", "file": SimpleUploadedFile("con", data)}
    client = customs.client()
    client.post(f"/cases/{case.id}/documents/", sent)
    paper = case.documents.get()
    assert (paper.filename, paper.size_bytes) == ("_con.png", len(data))
    assert client.get(f"/documents/{paper.id}/").content == data


def test_handing_over_stays_at_the_site(customs: Customs) -> None:
    world, case, client = customs.world, customs.case(), customs.client()
    colleague = world.account(Role.OFFICER, "colleague", site=world.site)
    stranger = world.account(Role.OFFICER, "stranger", site=Site.objects.create(code="PUS", name_ko="a", name_en="a"))
    assert client.post(f"/cases/{case.id}/assign/", {"officer": stranger.pk, "phrase": "0"}).status_code == 422
    assert client.post(f"/cases/{case.id}/assign/", {"officer": colleague.pk, "phrase": "0"}).status_code == 302
    case.refresh_from_db()
    assert case.officer == colleague
    assert "colleague" in case.words


def test_a_newer_reading_can_be_taken(customs: Customs) -> None:
    case, client = customs.case(), customs.client()
    newer = customs.reading()
    newer.signal, newer.read_at = case.signal, newer.read_at.replace(hour=9)
    newer.save()
    assert "There is a newer reading" in words(client.get(f"/cases/{case.id}/"))
    client.post(f"/cases/{case.id}/act/", step(case, "read_again"))
    case.refresh_from_db()
    assert (case.reading, State(case.state)) == (newer, State.READ)


def test_the_stamp_tells_what_a_decision_rests_on(customs: Customs) -> None:
    case = customs.case()
    before: Any = stamp(case)
    case.words = "others"
    assert stamp(case) == before
    case.item_name = "others"
    assert stamp(case) != before


def test_value_and_quantity_of_the_capture_stand_on_the_case_and_can_be_corrected(customs: Customs) -> None:
    record, client = customs.reading(), customs.client()
    Capture.objects.create(
        id=uuid4(),
        account=customs.world.officer,
        signal=record.signal,
        received_at=NOON,
        taken_at=NOON,
        value_krw="1250000",
        quantity="1200",
    )
    client.post(f"/readings/{record.id}/case/", {"form": str(uuid4())})
    case = Case.objects.get()
    assert (case.value_krw, case.quantity) == ("1250000", "1200")
    page = words(client.get(f"/cases/{case.id}/"))
    assert "1,250,000" in page
    assert "1,200" in page
    sent = step(case, "", phrase="0", value_krw="1,300,000 원", quantity="열두 개")
    refused = client.post(f"/cases/{case.id}/declared/", sent)
    assert refused.status_code == 422
    assert "at most 7 digits" in words(refused)
    assert client.post(f"/cases/{case.id}/declared/", sent | {"quantity": "12 개"}).status_code == 302
    case.refresh_from_db()
    assert (case.value_krw, case.quantity) == ("1300000", "12")
