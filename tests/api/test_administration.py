"""Parties, sites, guides and retention by calls: what the pages do, with the same rules and the same trail."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.utils import timezone

from pandok.common.models import AuditEntry, Party, SiteMember
from pandok.fields.counterfeit.acts.learning.case_figures import follow_cases
from pandok.fields.counterfeit.models import Deletion, IdentificationGuide, LegalHold
from pandok.fields.register.models import Holder
from tests.api.world import ApiSite, Form
from tests.fields.designs.fakes import photograph
from tests.roles import Role

WHY = {"reason": "등록 신청에 따름"}


def test_a_party_from_its_first_day_to_its_last(site: ApiSite) -> None:
    boss = site.member(Role.SUPERVISOR)
    holder = Holder.objects.create(name="한빛조명 주식회사")
    made = site.ask(
        boss, "post", "/parties", WHY | {"kind": "holder", "name": "한빛조명", "email": "right@hanbit.example"}
    )
    assert made.status_code == 201, made.content
    key = made.json()["id"]
    assert (
        site.ask(boss, "post", "/parties", WHY | {"kind": "holder", "name": "한빛조명"}).json()["code"]
        == "party.exists"
    )
    found = site.ask(boss, "get", "/holders?name=한빛 조명").json()
    assert found == [{"id": holder.pk, "name": "한빛조명 주식회사", "party_id": None}]
    linked = site.ask(boss, "post", f"/parties/{key}/holder-names", WHY | {"holder_id": holder.pk, "linked": True})
    assert linked.json()["holder_names"] == [{"id": holder.pk, "name": "한빛조명 주식회사", "party_id": key}]
    person = site.stranger(Role.HOLDER)
    joined = site.ask(boss, "post", f"/parties/{key}/members", WHY | {"username": person.username, "member": True})
    assert [one["username"] for one in joined.json()["members"]] == [person.username]
    wrong = {"username": site.member(Role.OFFICER).username, "member": True}
    assert site.ask(boss, "post", f"/parties/{key}/members", WHY | wrong).json()["code"] == "party.account"
    facts = {"kind": "holder", "name": "한빛조명", "email": "new@hanbit.example", "language": "en"}
    assert site.ask(boss, "post", f"/parties/{key}/facts", WHY | facts).json()["email"] == "new@hanbit.example"
    left = site.ask(boss, "post", f"/parties/{key}/members", WHY | {"username": person.username, "member": False})
    assert left.json()["members"] == []
    unlinked = site.ask(boss, "post", f"/parties/{key}/holder-names", WHY | {"holder_id": holder.pk, "linked": False})
    assert unlinked.json()["holder_names"] == []
    assert site.ask(boss, "post", f"/parties/{key}/active", WHY | {"active": False}).json()["active"] is False
    trail = AuditEntry.objects.filter(object=f"party:{key}").order_by("pk").values_list("action", flat=True)
    assert list(trail) == [
        "party.created", "party.linked", "party.member_added", "party.changed", "party.member_removed",
        "party.unlinked", "party.deactivated",
    ]  # fmt: skip
    assert set(AuditEntry.objects.filter(object=f"party:{key}").values_list("reason", flat=True)) == {WHY["reason"]}


def test_addresses_are_for_those_who_keep_them(site: ApiSite) -> None:
    officer = site.member(Role.OFFICER)
    assert "email" not in site.ask(officer, "get", f"/parties/{site.world.holder.pk}").json()
    assert site.ask(officer, "get", f"/parties/{site.world.holder.pk}/record").status_code == 403


def test_an_officer_works_at_one_site(site: ApiSite) -> None:
    boss, officer = site.member(Role.ADMINISTRATOR), site.member(Role.OFFICER)
    facts = {"code": "BUSAN-2", "name_ko": "부산 신항", "name_en": "Busan New Port"}
    made = site.ask(boss, "post", "/sites", WHY | facts).json()
    moved = site.ask(boss, "post", f"/sites/{made['id']}/members", WHY | {"username": officer.username, "member": True})
    assert moved.json()["members"] == [officer.username]
    assert SiteMember.objects.get(account=officer).site_id == made["id"]
    renamed = site.ask(boss, "post", f"/sites/{made['id']}/names", WHY | {"name_ko": "부산신항", "name_en": "Busan"})
    assert (renamed.json()["code"], renamed.json()["name_ko"]) == ("BUSAN-2", "부산신항")
    sender = {"head_en": "Head of Busan", "phone": "051-000-0000"}
    names = {"name_ko": "부산신항", "name_en": "Busan"}
    told = site.ask(boss, "post", f"/sites/{made['id']}/names", WHY | names | sender).json()
    assert {name: told[name] for name in sender} == sender
    again = site.ask(boss, "post", f"/sites/{made['id']}/names", WHY | names).json()
    assert again["phone"] == sender["phone"], "what is not named stays"
    site.ask(boss, "post", f"/sites/{made['id']}/members", WHY | {"username": officer.username, "member": False})
    assert not SiteMember.objects.filter(account=officer).exists()
    assert site.ask(boss, "get", "/sites/").status_code in (301, 404)
    assert "BUSAN-2" in [one["code"] for one in site.ask(boss, "get", "/sites").json()]


def test_a_guide_is_written_seen_by_officers_changed_and_taken_back(site: ApiSite) -> None:
    holder, officer = site.member(Role.HOLDER), site.member(Role.OFFICER)
    fields = {"party_id": str(site.world.holder.pk), "title": "밑면의 각인", "text": "정품은 밑면에 각인이 있습니다."}
    picture = {"pictures": ("밑면.jpg", photograph(), "image/jpeg")}
    made = site.ask(holder, "post", "/guides", Form(fields, picture))
    assert made.status_code == 201, made.content
    first = made.json()
    address = f"/guides/{first['id']}/pictures/{first['pictures'][0]}"
    assert site.ask(officer, "get", address).headers["Content-Type"] == "image/jpeg"
    assert site.ask(officer, "get", f"/guides/{first['id']}/pictures/{'0' * 64}").status_code == 404
    design = site.opened_case().reading.reading.candidates[0].design.design_id
    seen = site.ask(officer, "get", f"/designs/{design}/guides").json()
    assert [one["title"] for one in seen] == ([first["title"]] if seen else [])
    changed = {"title": "밑면과 뚜껑", "text": "둘 다 각인이 있습니다.", "keep_pictures": first["pictures"]}
    second = site.ask(holder, "post", f"/guides/{first['id']}", Form(changed)).json()
    assert second["pictures"] == first["pictures"]
    assert site.ask(holder, "post", f"/guides/{first['id']}", Form(changed)).status_code == 404
    other = site.ask(holder, "post", "/guides", Form(fields | {"party_id": str(site.world.importer.pk)}))
    assert other.status_code == 404
    bad = site.ask(holder, "post", "/guides", Form(fields, {"pictures": ("x.jpg", b"no picture", "image/jpeg")}))
    assert (bad.status_code, IdentificationGuide.objects.count()) == (422, 2)
    assert site.ask(holder, "post", f"/guides/{second['id']}/withdraw", {}).status_code == 200
    assert site.ask(holder, "get", "/guides").json() == []


def test_a_plan_of_deletion_waits_for_a_person(site: ApiSite) -> None:
    planner = site.member(Role.ADMINISTRATOR)
    assert site.ask(planner, "post", "/retention/deletions", WHY).json()["code"] == "request.nothing_due"
    due = site.ask(planner, "get", "/retention/due").json()
    assert (due["files"], due["policy"]["version"]) == ([], "KR-2026")
    plan = Deletion.objects.create(
        number="2026-D-0001", policy="KR-2026", reason="기간 경과", planned_by=planner, planned_at=timezone.now()
    )
    shown = site.ask(site.member(Role.AUDITOR), "get", f"/retention/deletions/{plan.id}").json()
    assert (shown["state"], shown["files"], shown["confirmed_by"]) == ("planned", 0, None)
    assert site.ask(planner, "post", f"/retention/deletions/{plan.id}/confirm", WHY).status_code == 404
    assert site.ask(planner, "get", "/retention/deletions").json()["items"][0]["number"] == "2026-D-0001"
    given_up = site.ask(planner, "post", f"/retention/deletions/{plan.id}/withdraw", WHY)
    assert given_up.status_code == 200, given_up.content
    assert given_up.json()["state"] == "withdrawn"
    again = site.ask(planner, "post", f"/retention/deletions/{plan.id}/withdraw", WHY)
    assert again.status_code == 422


def test_a_hold_stands_until_it_is_lifted(site: ApiSite) -> None:
    case, boss = site.opened_case(), site.member(Role.SUPERVISOR)
    held = site.ask(boss, "post", f"/cases/{case.id}/hold", WHY)
    assert held.status_code == 201, held.content
    key = held.json()["id"]
    assert site.ask(boss, "post", f"/cases/{case.id}/hold", WHY).json()["id"] == key
    assert [one["case_number"] for one in site.ask(boss, "get", "/retention/holds").json()] == [case.number]
    assert site.ask(site.member(Role.OFFICER), "post", f"/cases/{case.id}/hold", WHY).status_code == 403
    assert site.ask(boss, "post", f"/retention/holds/{key}/lift", WHY).json()["lifted_at"] is not None
    assert site.ask(boss, "post", f"/retention/holds/{key}/lift", WHY).json()["code"] == "request.hold_lifted"
    assert site.ask(boss, "post", f"/retention/holds/{uuid.uuid4()}/lift", WHY).status_code == 404
    assert LegalHold.objects.get().lifted_at - timezone.now() < timedelta(minutes=1)


def test_a_party_with_cases_keeps_its_kind(site: ApiSite) -> None:
    site.notified_case()
    boss, party = site.member(Role.SUPERVISOR), Party.objects.get(pk=site.world.holder.pk)
    answer = site.ask(boss, "post", f"/parties/{party.pk}/facts", WHY | {"kind": "importer", "name": party.name})
    assert (answer.status_code, answer.json()["code"]) == (422, "party.kind")


def test_a_company_that_hands_in_models_is_kept_by_administrators_alone(site: ApiSite) -> None:
    facts = {"kind": "company", "name": "판독기 주식회사"}
    refused = site.ask(site.member(Role.SUPERVISOR), "post", "/parties", WHY | facts)
    assert refused.json()["code"] == "party.company"
    admin = site.member(Role.ADMINISTRATOR)
    made = site.ask(admin, "post", "/parties", WHY | facts).json()
    person = site.world.account(Role.SUBMITTER, "one of the company")
    member = WHY | {"username": person.username, "member": True}
    assert site.ask(admin, "post", f"/parties/{made['id']}/members", member).status_code == 200
    listed = site.ask(admin, "get", "/parties?kind=company").json()
    assert [one["kind"] for one in listed] == ["company"]


def test_the_figures_are_those_of_the_page_with_their_intervals(site: ApiSite) -> None:
    case = site.notified_case()
    follow_cases()
    found = site.ask(site.member(Role.SUPERVISOR), "get", "/statistics").json()
    share = found["whole"]["nothing_close"]
    assert (found["whole"]["cases"], share["hits"], share["count"]) == (1, 0, 1)
    assert share["low"] == 0
    assert 0.5 < share["high"] < 1
    assert [one["name"] for one in found["classes"]] == [case.locarno_class[:2]]


def test_a_call_brings_no_letter_that_shows_nothing(site: ApiSite) -> None:
    boss = site.member(Role.SUPERVISOR)
    facts = WHY | {"kind": "importer", "name": "dawn\u202elights\u200b"}
    assert site.ask(boss, "post", "/parties", facts).json()["name"] == "dawnlights"
    assert site.ask(boss, "post", "/parties", facts | {"name": "dawn\u2066lights"}).json()["code"] == "party.exists"
    guide = {"title": "식별\u202e 요령", "text": "밑면의 \u2067각인", "party_id": str(site.world.holder.pk)}
    made = site.ask(site.member(Role.HOLDER), "post", "/guides", Form(guide))
    assert made.json()["title"] == "식별 요령"
