"""Whatever form is refused, its page shows again what was entered, in the form and beside its message."""

from __future__ import annotations

import re
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

import pandok
from pandok.common.models import PartyMember
from tests.fields.counterfeit.web.conftest import Customs, step
from tests.roles import Role

OWN = "잘 모르겠으나 길게 적어 본 사유"


def opened(page: str, action: str) -> str:
    """The form that is sent to this address, with the fold around it, which must be open."""
    [form] = re.findall(rf'<details[^>]* open[^>]*>(?:(?!</details>).)*action="{action}".*?</form>', page, re.DOTALL)
    return str(form)


def test_a_refused_sharing_keeps_its_ticks_and_says_why_in_its_own_form(customs: Customs) -> None:
    case, client = customs.case(), customs.client()
    for name in ("first.pdf", "second.pdf"):
        file = SimpleUploadedFile(name, b"%PDF-1.7\n1 0 obj\n%%EOF" + name.encode())
        assert client.post(f"/cases/{case.id}/documents/", {"kind": "other", "file": file}).status_code == 302
    first, second = (case.documents.get(filename=name).id for name in ("first.pdf", "second.pdf"))
    answer = client.post(f"/documents/{first}/share/", {"with": ["importer"], "phrase": "", "reason": " "})
    assert answer.status_code == 422
    form = opened(answer.content.decode(), f"/documents/{first}/share/")
    assert re.search(r'value="importer"[^>]*checked', form)
    assert not re.search(r'value="holder"[^>]*checked', form)
    assert 'role="alert"' in form
    with pytest.raises(ValueError, match="unpack"):
        opened(answer.content.decode(), f"/documents/{second}/share/")


def test_a_refused_handing_over_keeps_the_colleague(customs: Customs) -> None:
    case, client = customs.case(), customs.client()
    colleague = customs.world.account(Role.OFFICER, "colleague", site=customs.world.site)
    answer = client.post(f"/cases/{case.id}/assign/", {"officer": colleague.pk, "phrase": "", "reason": ""})
    assert answer.status_code == 422
    form = opened(answer.content.decode(), f"/cases/{case.id}/assign/")
    assert re.search(rf'value="{colleague.pk}"[^>]*selected', form)
    assert not re.search(rf'value="{customs.world.officer.pk}"[^>]*selected', form)
    assert client.post(f"/cases/{case.id}/assign/", {"officer": "0", "phrase": "0"}).status_code == 404
    assert client.post(f"/cases/{case.id}/assign/", {"officer": "9" * 40, "phrase": "0"}).status_code == 404


def test_a_refused_step_keeps_its_reason_and_carries_the_case_as_it_is_now(customs: Customs) -> None:
    case, client = customs.case(), customs.client()
    sent = step(case, "choose", design_id="99-9999", phrase="", reason=OWN)
    answer = client.post(f"/cases/{case.id}/act/", sent)
    assert answer.status_code == 422
    form = opened(answer.content.decode(), f"/cases/{case.id}/act/")
    assert 'value="99-9999"' in form
    assert OWN in form
    assert f'name="seen" value="{sent["seen"]}"' in form
    assert f'value="{sent["form"]}"' not in form, "a form that is shown again is a new one"


def test_a_line_that_is_not_taken_away_keeps_why_in_its_own_line(customs: Customs) -> None:
    world = customs.world
    client = customs.client(world.account(Role.SUPERVISOR, site=world.site))
    members = [world.account(Role.HOLDER, name) for name in ("first", "second")]
    for one in members:
        PartyMember.objects.get_or_create(party=world.holder, account=one)
    sent = {"account": members[0].pk, "reason": "짧음"}
    answer = client.post(f"/parties/{world.holder.id}/remove-member/", sent)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert page.count('value="짧음"') == 1
    assert re.search(rf'name="account" value="{members[0].pk}"(?:(?!</form>).)*value="짧음"', page, re.DOTALL)


def test_many_cases_that_are_not_handed_over_stay_chosen_with_officer_and_reason(customs: Customs) -> None:
    cases, client = [customs.case(), customs.case()], customs.client()
    colleague = customs.world.account(Role.OFFICER, "colleague", site=customs.world.site)
    sent = {"act": "assign", "case": [str(cases[0].id)], "officer": colleague.pk, "reason": "", "form": str(uuid4())}
    answer = client.post("/cases/act/", sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert re.search(rf'value="{cases[0].id}" checked', page)
    assert not re.search(rf'value="{cases[1].id}" checked', page)
    assert re.search(rf'<option value="{colleague.pk}" selected', page)


def test_no_page_reads_a_reason_past_its_form() -> None:
    """What is typed comes through a Form class, so that it is cut, cleaned and shown again in one way."""
    views = Path(pandok.__file__).parent.rglob("views/**/*.py")
    by_hand = re.compile(r"""request\.POST(\.get\(|\[)["']reason["']""")
    assert [path.name for path in views if by_hand.search(path.read_text(encoding="utf-8"))] == []
