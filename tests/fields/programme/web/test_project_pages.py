"""What everybody sees of a trial, what the programme sees of all of them, and the answer after the end by its form."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pandok.fields.programme.models import Agreement, Remeasurement, UseAnswer
from tests.fields.programme.acts.test_afterwards import ASKED, ended
from tests.fields.programme.office import OVER, drafted, issued, person, signed
from tests.roles import Role
from tests.tampering import take_trigger_away
from tests.world import Site


def _due_last_year() -> None:
    from datetime import date

    from django.db.models import QuerySet

    with connection.cursor() as cursor:
        take_trigger_away(cursor, "programme_remeasurement")
    QuerySet(Remeasurement).filter(months=12).update(due_on=date(2020, 9, 30))


def test_the_public_page_of_a_trial_names_no_person_and_says_what_became_of_it(site: Site) -> None:
    made = ended()
    _due_last_year()
    listed = Client().get("/projects/").content.decode()
    assert made.title in listed
    shown = Client().get(f"/projects/{made.number}/").content.decode()
    for words in ("헛경보 비율", "입증", "목표 0.2", "알 수 없음: 쓰지 않는 것으로 봄", "안전총괄과장"):
        assert words in shown
    for role in (Role.FIELD_OWNER, Role.PROGRAMME_MANAGER, Role.PROGRAMME_OFFICE):
        assert person(role).username not in shown
    assert Client().get(f"/projects/{drafted().number}/").status_code == 404
    page = f"/programme/agreements/{made.pk}/"
    owner = site.client(Role.FIELD_OWNER, made.field_owner.username if made.field_owner else "")
    again = made.remeasurements.get(months=12)
    assert f"{page}afterwards/{again.pk}/" in owner.get(f"{page}evidence/").content.decode()
    assert owner.post(f"{page}afterwards/{again.pk}/", {"use": "", "reason": "모름"}).status_code == 422
    assert (
        owner.post(f"{page}afterwards/{again.pk}/", {"use": "dormant", "reason": "예산이 없어 끔"}).status_code == 302
    )
    assert UseAnswer.objects.get().use == "dormant"
    told = Client().get(f"/projects/{made.number}/", headers={"accept-language": "en"}).content.decode()
    assert "예산이 없어 끔" in told
    assert "dormant" in told


def test_a_hidden_problem_and_a_withdrawn_certificate_on_the_public_page(site: Site) -> None:
    from pandok.fields.programme.acts.certificates.withdrawing import propose_withdrawal, settle_withdrawal

    del site
    done = issued()
    propose_withdrawal(done.pk, reason="장치가 뒤바뀜", actor=person(Role.PROGRAMME_OFFICE), now=OVER)
    settle_withdrawal(done.pk, confirmed=True, reason="확인함. 사실임", actor=person(Role.PROGRAMME_MANAGER), now=OVER)
    problem = done.agreement.problem
    type(problem).objects.filter(pk=problem.pk).update(published=False)
    shown = Client().get(f"/projects/{done.agreement.number}/").content.decode()
    assert "장치가 뒤바뀜" in shown
    assert "발급 취소" in shown
    assert done.code not in shown
    assert problem.title not in shown


def test_one_list_says_what_was_promised_proven_and_used_with_as_many_questions_for_ten_as_for_one(site: Site) -> None:
    manager = site.client(Role.PROGRAMME_MANAGER)
    ended()
    manager.get("/programme/portfolio/")
    with CaptureQueriesContext(
        connection,
    ) as one:
        shown = manager.get("/programme/portfolio/").content.decode()
    assert "약속과 결과" in shown
    for _ in range(4):
        signed()
    with CaptureQueriesContext(connection) as five:
        assert manager.get("/programme/portfolio/").content.decode().count("<article") == 5
    assert len(five) <= len(one) + 1


@pytest.mark.django_db
def test_a_trial_is_ended_by_its_form(site: Site) -> None:
    made = signed()
    office = site.client(Role.PROGRAMME_OFFICE)
    answer = office.post(f"/programme/agreements/{made.pk}/step/", {"act": "end", "reason": "측정을 마침"})
    assert answer.status_code == 422
    assert "최종 측정이 없습니다" in answer.content.decode()
    assert Agreement.objects.get().state == "running"
    assert ASKED > OVER
