"""Pages of parties and sites: what was entered comes back with a refusal; only who may manages."""

from __future__ import annotations

from pandok.common.models import AuditEntry, Party, Site
from tests.fields.counterfeit.web.conftest import Customs, words
from tests.roles import Role

WHY = {"reason": "신청서에 따라 등록"}


def test_a_party_from_the_first_form_to_its_linked_name(customs: Customs) -> None:
    client = customs.client(customs.world.account(Role.SUPERVISOR, site=customs.world.site))
    sent = {"kind": "holder", "name": "새벽조명", "email": "no address", "language": "ko"} | WHY
    refused = client.post("/parties/new/", sent)
    assert refused.status_code == 422
    assert "새벽조명" in refused.content.decode()
    assert "신청서에 따라 등록" in refused.content.decode()
    answer = client.post("/parties/new/", sent | {"email": "ip@dawn.example"})
    party = Party.objects.get(name="새벽조명")
    assert answer["Location"] == f"/parties/{party.id}/"
    assert "새벽조명" in words(client.get("/parties/?text=dawn"))
    link = customs.world.holder.holder_names.get()
    assert "한빛용기 주식회사" in words(client.get(f"/parties/{party.id}/?holder=한빛"))
    taken = client.post(f"/parties/{party.id}/link/", {"holder": link.holder_id} | WHY)
    assert "is linked to" in words(taken)
    client.post(f"/parties/{customs.world.holder.id}/unlink/", {"holder": link.holder_id} | WHY)
    assert client.post(f"/parties/{party.id}/link/", {"holder": link.holder_id} | WHY).status_code == 302
    assert client.post(f"/parties/{party.id}/active/", {"active": "no"} | WHY).status_code == 302
    assert "Not active" in words(client.get(f"/parties/{party.id}/"))
    assert client.post(f"/parties/{party.id}/explode/", WHY).status_code == 404
    assert client.post(f"/parties/{party.id}/link/", {"holder": "x"} | WHY).status_code == 404


def test_sites(customs: Customs) -> None:
    client = customs.client(customs.world.account(Role.ADMINISTRATOR))
    sent = {"code": "PUS", "name_ko": "부산세관", "name_en": "Busan customs"}
    assert client.post("/sites/", sent).status_code == 422
    assert client.post("/sites/", sent | WHY).status_code == 302
    site = Site.objects.get(code="PUS")
    sender = {"head_ko": "부산세관장", "department_ko": "조사과", "phone": "051-000-0000"}
    names = {"change": "names", "name_ko": "부산세관", "name_en": "Busan customs"}
    assert client.post(f"/sites/{site.id}/", names | sender | {"phone": "0" * 41} | WHY).status_code == 422
    assert client.post(f"/sites/{site.id}/", names | sender).status_code == 422, "a change needs its reason"
    assert client.post(f"/sites/{site.id}/", names | sender | WHY).status_code == 302
    site.refresh_from_db()
    assert {name: getattr(site, name) for name in sender} == sender
    assert all(f'value="{said}"' in client.get(f"/sites/{site.id}/").content.decode() for said in sender.values())
    event = AuditEntry.objects.filter(action="site.changed").latest("sequence")
    assert "051-000-0000" in str(event.details)
    person = customs.world.officer.username
    assert client.post(f"/sites/{site.id}/", {"change": "add-member", "username": person} | WHY).status_code == 302
    assert person in words(client.get(f"/sites/{site.id}/"))
    assert client.post(f"/sites/{site.id}/", {"change": "explode"} | WHY).status_code == 404
    assert customs.client().get("/sites/").status_code == 403


def test_a_company_that_hands_in_models_is_kept_by_administrators_alone(customs: Customs) -> None:
    admin = customs.client(customs.world.account(Role.ADMINISTRATOR))
    person = customs.world.account(Role.SUBMITTER, "one of the company").username
    sent = {"kind": "company", "name": "판독기 주식회사", "language": "ko"} | WHY
    supervisor = customs.client(customs.world.account(Role.SUPERVISOR, site=customs.world.site))
    assert supervisor.post("/parties/new/", sent).status_code == 422
    address = admin.post("/parties/new/", sent)["Location"]
    assert supervisor.post(f"{address}add-member/", {"username": person} | WHY).status_code == 422
    assert admin.post(f"{address}add-member/", {"username": person} | WHY).status_code == 302
    shown = words(admin.get(address))
    assert person in shown
    assert "Company that submits models" in shown


def test_a_name_holds_no_letter_that_shows_nothing(customs: Customs) -> None:
    """Else two parties look alike on every page, or a page shows another sentence than the one recorded."""
    client = customs.client(customs.world.account(Role.SUPERVISOR, site=customs.world.site))
    sent = {"kind": "holder", "email": "", "language": "ko", "reason": "신청\u2066서에 \u202e따라\u202c 등록"}
    assert client.post("/parties/new/", sent | {"name": "\ufeff새벽\u200b조명\u202e"}).status_code == 302
    assert Party.objects.filter(name="새벽조명").count() == 1
    assert AuditEntry.objects.get(action="party.created").reason == "신청서에 따라 등록"
    for same in ("새벽조명", "새\u2060벽조명", "\u3164새벽조명"):
        assert "there already" in words(client.post("/parties/new/", sent | {"name": same}))
