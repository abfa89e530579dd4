"""Deciding: what it rests on stands beside the form, the irreversible asks again, errors stand in forms."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.utils import timezone

from pandok.fields.counterfeit.acts.answering.holder import request_suspension
from pandok.fields.counterfeit.acts.cases.deciding import decide, record_appraisal
from pandok.fields.counterfeit.acts.cases.suspending import refuse_suspension
from pandok.fields.counterfeit.models import Case, CaseEvent, HolderAnswer, ImporterStatement
from pandok.fields.counterfeit.outcomes import Disposition, Finding
from pandok.fields.counterfeit.states import State, Turn
from tests.fields.counterfeit.web.conftest import Customs, step, words
from tests.fields.designs.fakes import NOON
from tests.roles import Role
from tests.web.test_no_reason_beforehand import NO_REASONS, chosen_beforehand


def notified(customs: Customs) -> Case:
    case, client = customs.case(item_name="유리병", hs_code="7010900000"), customs.client()
    sent = {"form": str(uuid4()), "design_id": "30-0001", "phrase": "0", "importer": str(customs.world.importer.pk)}
    assert client.post(f"/cases/{case.id}/notify/", sent).status_code == 302
    case.refresh_from_db()
    return case


def appraised(customs: Customs) -> Case:
    """With an answer, a request with value and security, the importer's plea and a finding."""
    case, world = notified(customs), customs.world
    HolderAnswer.objects.create(
        case=case, party=world.holder, answer="not_genuine", reason="로고가 다름", answered_by=world.officer, at=NOON
    )
    ImporterStatement.objects.create(
        case=case, party=world.importer, text="정식 수입품입니다", asks_release=True, made_by=world.officer, at=NOON
    )
    holder = world.account(Role.HOLDER, party=world.holder)
    now = timezone.now()
    request_suspension(
        case=case, value_krw=1_000_000, undertakes=True, actor=holder, reason="보류를 요청함", now=now, nonce="n"
    )
    refuse_suspension(case=case, actor=world.officer, reason="담보를 제공하지 않음", now=now)
    return record_appraisal(
        case=case, finding=Finding.INFRINGES, by=Turn.OFFICER, actor=world.officer, reason="뚜껑이 같음", now=NOON
    )


def test_what_a_decision_rests_on_stands_beside_its_form(customs: Customs) -> None:
    case = appraised(customs)
    page = customs.client().get(f"/cases/{case.id}/").content.decode()
    basis = page[page.index('id="basis-title"') : page.index('id="step-')]
    for fact in (
        "Appraised as infringing",
        "뚜껑이 같음",
        "Not genuine",
        "로고가 다름",
        "KRW 1,000,000",
        "KRW 1,200,000",
        "보류를 요청함",
        "정식 수입품입니다",
        "Asks for release",
        "유리병",
        "7010.90-0000",
    ):
        assert fact in basis, fact
    assert page.index('id="basis-title"') < page.index('id="step-decide"') < page.index('id="notices-title"')
    assert page.count('class="clock"') == len(re.findall(r'<div class="clock">', page)) <= case.clocks.count()


def test_decided_and_closed_cases_say_the_outcome_at_the_top(customs: Customs) -> None:
    case, client = appraised(customs), customs.client()
    assert "outcome-what" not in client.get(f"/cases/{case.id}/").content.decode()
    decide(
        case=case, disposition=Disposition.DESTROYED, actor=customs.world.officer, reason="감정 결과에 따름", now=NOON
    )
    client.post(f"/cases/{case.id}/act/", step(case, "close"))
    case.refresh_from_db()
    assert case.state == "closed"
    page = client.get(f"/cases/{case.id}/").content.decode()
    head = page[: page.index("reading-columns")]
    assert "Destroyed" in head
    assert "감정 결과에 따름" in head


@pytest.mark.parametrize(
    ("disposition", "says"),
    [
        ("destroyed", "Destroyed goods cannot be brought back."),
        ("released", "The goods are released."),
        ("returned", "The goods are sent back."),
        ("referred", "The goods go to investigation."),
    ],
)
def test_a_decision_asks_once_more_and_says_what_will_happen(customs: Customs, disposition: str, says: str) -> None:
    case, client = appraised(customs), customs.client()
    sent = step(case, "decide", disposition=disposition, reason="비교 결과", confirmed="")
    asked = client.post(f"/cases/{case.id}/act/", sent)
    assert asked.status_code == 200
    page = words(asked)
    assert says in page
    assert "도담상사, 한빛용기 will be told of the outcome." in page
    assert "비교 결과" in page
    case.refresh_from_db()
    assert case.state == "appraised"
    again = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', asked.content.decode()))
    again.pop("csrfmiddlewaretoken", None)
    assert client.post(f"/cases/{case.id}/act/", again | {"confirmed": "yes"}).status_code == 302
    case.refresh_from_db()
    assert (case.state, case.disposition) == ("decided", disposition)


@pytest.mark.parametrize("kind", ["close", "withdraw"])
def test_closing_and_withdrawing_ask_once_more(customs: Customs, kind: str) -> None:
    case, client = customs.case(), customs.client()
    client.post(f"/cases/{case.id}/act/", step(case, "nothing_close"))
    before = CaseEvent.objects.count()
    phrase = "1" if kind == "close" else "0"
    asked = client.post(f"/cases/{case.id}/act/", step(case, kind, phrase=phrase, confirmed=""))
    assert "This will happen" in words(asked)
    assert CaseEvent.objects.count() == before
    done = client.post(f"/cases/{case.id}/act/", step(case, kind, phrase=phrase))
    assert done.status_code == 302
    case.refresh_from_db()
    assert case.state == {"close": "closed", "withdraw": "withdrawn"}[kind]
    if kind == "withdraw":
        assert "withdrawn as opened by mistake" in words(client.get(f"/cases/{case.id}/"))


def test_reasons_that_cannot_be_true_are_not_offered_and_refused(customs: Customs) -> None:
    client = customs.client()
    empty = customs.reading()
    empty.value |= {"candidates": []}
    empty.save()
    page = words(client.get(f"/readings/{empty.id}/"))
    assert "All candidates differ" not in page
    assert "The photographs do not show enough to tell" in page
    refused = client.post(f"/readings/{empty.id}/case/", {"nothing": "yes", "phrase": "0", "form": str(uuid4())})
    assert refused.status_code == 422
    assert "nothing of the kind is on the record" in words(refused)
    assert not Case.objects.exists()
    unsaid = client.post(f"/readings/{empty.id}/case/", {"nothing": "yes", "form": str(uuid4())})
    assert "The reason is empty" in words(unsaid)
    assert not Case.objects.exists()


def test_a_case_in_any_state_chooses_no_reason_and_its_errors_stand_in_the_form(customs: Customs) -> None:
    client = customs.client()
    chosen = customs.case()
    client.post(f"/cases/{chosen.id}/act/", step(chosen, "choose", design_id="30-0001"))
    nothing = customs.case()
    client.post(f"/cases/{nothing.id}/act/", step(nothing, "nothing_close"))
    for case in (customs.case(), chosen, nothing, notified(customs), appraised(customs)):
        page = client.get(f"/cases/{case.id}/").content.decode()
        assert [one for one in chosen_beforehand(page) if one not in NO_REASONS] == []
        for kind in set(re.findall(r'name="step" value="(\w+)"', page)):
            sent = step(case, kind, phrase="", confirmed="", disposition="returned", finding="infringes")
            answer = client.post(f"/cases/{case.id}/act/", sent | {"reason": " "})
            assert answer.status_code == 422, kind
            shown = answer.content.decode()
            place = "form-choose" if kind == "choose" else f"step-{kind}"
            form = shown[shown.index(f'id="{place}"') :]
            assert 'role="alert" tabindex="-1" autofocus' in form[: form.index("</form>")], kind
            assert shown.count('role="alert"') == 1, kind


@pytest.mark.parametrize("state", State)
def test_every_state_has_a_stage(state: State) -> None:
    assert 0 <= state.means.stage.place <= 5


def test_a_tapped_photograph_has_a_way_back(customs: Customs) -> None:
    case, client = customs.case(), customs.client()
    assert f'href="/pictures/{customs.photograph}?look"' in client.get(f"/cases/{case.id}/").content.decode()
    page = client.get(
        f"/pictures/{customs.photograph}?look", headers={"referer": f"http://testserver/cases/{case.id}/"}
    )
    assert f'href="/cases/{case.id}/"' in page.content.decode()
    assert f'src="/pictures/{customs.photograph}"' in page.content.decode()
    strange = client.get(f"/pictures/{customs.photograph}?look", headers={"referer": "https://elsewhere.example/x"})
    assert "elsewhere" not in strange.content.decode()
    for way, said in (("", "http://testserver//elsewhere.example/x"), ("&from=//elsewhere.example", "")):
        twisted = client.get(f"/pictures/{customs.photograph}?look{way}", headers={"referer": said})
        assert 'href="//' not in twisted.content.decode()
    assert client.get(f"/pictures/{'0' * 64}?look").status_code == 404
