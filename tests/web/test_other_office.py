"""People of another customs office reach no case of this one, by its number or by a guess: on no page or part of one,
in no list, search, file or figure. The calls: tests/api/test_access.py."""

from __future__ import annotations

import uuid

import pytest
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from pandok.common.models import Account, Party, SiteMember
from pandok.common.models import Site as CustomsSite
from pandok.fields.counterfeit.acts.cases.deciding import name_parties
from pandok.fields.counterfeit.models import Case
from pandok.fields.designs.models import ReadingRecord, SignalPhotograph
from tests.roles import Role
from tests.web import access_samples
from tests.web.access_samples import ANOTHER_OFFICER, case_of_another
from tests.web.access_table import TABLE, O, Row
from tests.world import Site

HIDDEN = [
    (name, row) for name, rows in TABLE.items() for row in rows if O in row.hidden_from and row.sample and not row.api
]
ELSEWHERE = (Role.OFFICER, Role.SUPERVISOR)
HTMX = {"HX-Request": "true", "HX-Target": "list", "HX-Current-URL": "http://testserver/cases/"}


def belongs(account: Account, code: str) -> None:
    place, _ = CustomsSite.objects.get_or_create(code=code, defaults={"name_ko": code, "name_en": code})
    SiteMember.objects.get_or_create(account=account, defaults={"site": place})


@pytest.fixture
def offices(site: Site) -> Site:
    """Whoever opens cases is of one office, officer and supervisor are of another."""
    belongs(site.account(O, ANOTHER_OFFICER), "ICN")
    for role in ELSEWHERE:
        belongs(site.account(role), "PUS")
    return site


@pytest.mark.parametrize(("name", "row"), HIDDEN, ids=[f"{row.method}-{name}" for name, row in HIDDEN])
def test_no_address_of_a_case_answers_people_of_another_office(offices: Site, name: str, row: Row) -> None:
    arguments = getattr(access_samples, row.sample)(offices)
    address, wrong = reverse(name, kwargs=arguments), []
    for role in ELSEWHERE:
        for headers in ({}, HTMX):
            with transaction.atomic():
                connection.atomic_blocks[-1]._from_testcase = True
                answer = getattr(offices.client(role), row.method)(address, dict(row.data), headers=headers)
                transaction.set_rollback(True)
            if answer.status_code != 404:
                wrong.append((role.value, answer.status_code))
    assert wrong == []


@pytest.fixture
def case(offices: Site) -> Case:
    case = case_of_another(offices)
    importer = Party.objects.create(
        kind=Party.IMPORTER, name="비밀수입", email="x@hidden.example", added_at=timezone.now()
    )
    name_parties(case=case, actor=offices.account(O, ANOTHER_OFFICER), now=timezone.now(), importer=importer)
    Case.objects.filter(pk=case.pk).update(item_name="숨은물품", parcel_number="EB999888777CN")
    case.refresh_from_db()
    return case


def secrets_of(case: Case) -> list[str]:
    reading = ReadingRecord.objects.get(signal_id=case.signal_id)
    photographs = SignalPhotograph.objects.filter(signal_id=case.signal_id).values_list("sha256", flat=True)
    return [case.number, str(case.pk), "숨은물품", "EB999888777CN", str(reading.pk), *photographs]


def asked_for(case: Case) -> list[str]:
    """Lists, searches, files and figures, asked for just this case."""
    icn = case.site_id
    words = (case.number, "숨은물품", "EB999888777CN", "EB-9998-8877-7CN", "비밀수입", str(case.pk))
    found = ["/", "/cases/", "/readings/", "/cases/?tab=all", "/cases/?tab=overdue", f"/cases/?tab=all&site={icn}"]
    found += [f"/cases/?tab=all&text={word}" for word in words] + [f"/designs/?text={word}" for word in words]
    found += [f"/cases/export/{form}/?tab=all&site={icn}" for form in ("csv", "xlsx")]
    found += [f"/statistics/?site={icn}", "/statistics/", "/retention/", "/designs/30-0000/", "/account/", "/webhooks/"]
    return found


@pytest.mark.parametrize("role", ELSEWHERE)
@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "part"])
def test_no_list_search_file_or_figure_tells_of_it(
    offices: Site, case: Case, role: Role, headers: dict[str, str]
) -> None:
    client, secrets = offices.client(role), secrets_of(case)
    mine = offices.client(O, ANOTHER_OFFICER)
    assert case.number in mine.get("/cases/?tab=all").content.decode(), "the page does show it to its own office"
    told = []
    for address in asked_for(case):
        answer = client.get(address, headers=headers)
        assert answer.status_code < 500, address
        asked = address.partition("?")[2]
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        told += [(address, one) for one in secrets if one.encode() in body and one not in asked]
    assert told == []


@pytest.mark.parametrize("role", ELSEWHERE)
def test_no_form_of_an_own_page_takes_its_number(offices: Site, case: Case, role: Role) -> None:
    """In bulk, or slipped into a form: the other office's case stays as it is."""
    client = offices.client(role)
    before = Case.objects.filter(pk=case.pk).values().get()
    form = {
        "form": str(uuid.uuid4()),
        "case": [str(case.pk)],
        "cases": [str(case.pk)],
        "reason": "여러 건을 함께 처리함",
    }
    for act in ("close", "assign", "withdraw", "nothing_close", "notify"):
        answer = client.post("/cases/act/", form | {"act": act, "officer": str(offices.account(role).pk)})
        assert answer.status_code < 500
        assert case.number not in answer.content.decode()
    assert Case.objects.filter(pk=case.pk).values().get() == before
