"""Work lists in the browser: filters, saved filters, acts on many cases, exports that no spreadsheet runs."""

from __future__ import annotations

import csv
import io
from uuid import uuid4

import polars
import pytest
from openpyxl import load_workbook

from pandok.common.models import AuditEntry, Party, Site
from pandok.fields.counterfeit.lists import cases as lists
from pandok.fields.counterfeit.models import Case, SavedFilter
from tests.fields.counterfeit.web.conftest import Customs, step, words
from tests.roles import Role


def test_the_tabs_and_filters(customs: Customs) -> None:
    customs.case(item_name="여성용 가방")
    customs.case(item_name="유리병")
    client = customs.client()
    mine = words(client.get("/cases/"))
    assert "2 cases" in mine
    assert "여성용 가방" in mine
    found = words(client.get("/cases/?tab=all&text=가방&state=read"))
    assert "1 case in the list" in found
    assert "유리병" not in found
    assert "No case meets these conditions" in words(client.get("/cases/?tab=overdue&text=가방"))
    assert "No holder has this name" in words(client.get("/cases/?holder_name=nobody"))
    Party.objects.create(kind=Party.HOLDER, name="한빛조명", added_at=customs.world.holder.added_at)
    assert "Several holders" in words(client.get("/cases/?holder_name=한빛"))
    assert "1+" not in mine


CANNOT_BE_MEANT = [
    "tab=nowhere",
    "state=x&turn=y&locarno=zz&site=a",
    "opened_from=never&opened_to=2026-13-99",
    "after=1.2",
    "after=-.5",
    "after=999999999999999999999.1",
    "after=99999999999999999.1",
    "after='",
    "text=" + "가" * 300,
    "text=%00",
    "holder_name=%00",
    "site=99999999999999999999",
]


def test_what_cannot_be_meant_is_no_error(customs: Customs) -> None:
    customs.case()
    client = customs.client()
    asked = [f"{query}{tab}" for query in CANNOT_BE_MEANT for tab in ("", "&tab=all", "&tab=overdue")]
    assert {query: client.get(f"/cases/?{query}").status_code for query in asked} == dict.fromkeys(asked, 200)


def test_pages_follow_each_other(customs: Customs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists.WorkList.page, "__defaults__", (None, 2))
    numbers = [customs.case().number for _ in range(5)]
    client = customs.client()
    seen, address = [], "/cases/?tab=all"
    for _ in range(3):
        answer = client.get(address)
        seen += [row.number for row in answer.context["rows"]]
        address = f"/cases/?{answer.context['next']}"
    assert seen == numbers[::-1]
    assert answer.context["next"] == ""


def test_a_saved_filter_is_the_persons_own(customs: Customs) -> None:
    world, client = customs.world, customs.client()
    client.post("/cases/filters/", {"tab": "all", "name": "가방 건", "text": "가방", "holder_name": world.holder.name})
    kept = SavedFilter.objects.get()
    assert kept.query == {"tab": "all", "text": "가방", "holder": str(world.holder.id)}
    page = client.get("/cases/")
    assert "가방 건" in words(page)
    found = client.get(page.context["saved"][0].address)
    assert found.context["form"].chosen().holder == world.holder.id
    other = customs.client(world.account(Role.OFFICER, "colleague", site=world.site))
    assert "가방 건" not in words(other.get("/cases/"))
    assert other.post(f"/cases/filters/{kept.id}/delete/").status_code == 404
    assert client.post("/cases/filters/", {"name": " "}).status_code == 422
    client.post(f"/cases/filters/{kept.id}/delete/")
    assert not SavedFilter.objects.exists()
    assert AuditEntry.objects.filter(action__in=("filter.saved", "filter.deleted")).count() == 2


def test_closing_many_tells_what_failed_and_why(customs: Customs) -> None:
    client = customs.client()
    nothing, read = customs.case(), customs.case()
    client.post(f"/cases/{nothing.id}/act/", step(nothing, "nothing_close"))
    elsewhere = customs.case()
    other = customs.world.account(Role.OFFICER, "other", site=Site.objects.create(code="PUS", name_ko="a", name_en="a"))
    Case.objects.filter(id=elsewhere.id).update(site=other.site_membership.site, officer=other)
    sent = {
        "act": "close",
        "case": [nothing.id, read.id, elsewhere.id, uuid4()],
        "reason": "통관 허용",
        "form": str(uuid4()),
    }
    asked = words(client.post("/cases/act/", sent))
    assert "4 chosen cases will be closed" in asked
    assert not AuditEntry.objects.filter(action="case.closed").exists()
    sent["confirmed"] = "yes"
    report = words(client.post("/cases/act/", sent))
    assert "1 case done" in report
    assert "1 case refused" in report
    assert "2 cases not found" in report
    assert "cannot become 'Closed'" in report
    assert list(Case.objects.order_by("number").values_list("state", flat=True)) == ["closed", "read", "read"]
    assert AuditEntry.objects.filter(action="case.closed", reason="통관 허용").count() == 1
    assert "nothing was done again" in words(client.post("/cases/act/", sent))


def test_handing_many_over(customs: Customs) -> None:
    cases = [customs.case(), customs.case()]
    colleague = customs.world.account(Role.OFFICER, "colleague", site=customs.world.site)
    client = customs.client()
    ids = [case.id for case in cases]
    no_reason = client.post("/cases/act/", {"act": "assign", "case": ids, "officer": colleague.pk})
    assert no_reason.status_code == 422
    assert no_reason.context["chosen"] == {str(one) for one in ids}
    sent = {"act": "assign", "case": ids, "officer": colleague.pk, "reason": "교대", "form": str(uuid4())}
    assert "2 cases done" in words(client.post("/cases/act/", sent))
    assert Case.objects.filter(officer=colleague).count() == 2
    assert client.post("/cases/act/", sent | {"case": ["x"]}).status_code == 404
    assert client.post("/cases/act/", sent | {"act": "explode"}).status_code == 404
    assert client.post("/cases/act/", sent | {"case": [], "form": str(uuid4())}).status_code == 422
    auditor = customs.client(customs.world.account(Role.AUDITOR))
    assert auditor.post("/cases/act/", sent).status_code == 403


HOSTILE = '=HYPERLINK("http://x","y")'


def test_exports_are_whole_harmless_and_audited(customs: Customs, monkeypatch: pytest.MonkeyPatch) -> None:
    from pandok.fields.counterfeit.lists import exporting

    monkeypatch.setattr(exporting, "ROWS_AT_ONCE", 2)
    for name in (HOSTILE, "+82", "가방, 큰 것"):
        customs.case(item_name=name)
    client = customs.client()
    answer = client.get("/cases/export/csv/?tab=all")
    data = b"".join(answer.streaming_content)
    assert data.startswith("\ufeff".encode())
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert [row["Item"] for row in rows] == ["가방, 큰 것", "'+82", f"'{HOSTILE}"]
    assert [row["State"] for row in rows] == ["Read"] * 3
    sheet = load_workbook(io.BytesIO(b"".join(client.get("/cases/export/xlsx/?tab=all").streaming_content))).active
    assert [cell.data_type for row in sheet.iter_rows(min_row=2) for cell in row if cell.value] == ["s"] * sum(
        1 for row in sheet.iter_rows(min_row=2) for cell in row if cell.value
    )
    assert HOSTILE in [cell.value for row in sheet.iter_rows() for cell in row]
    table = polars.read_parquet(io.BytesIO(b"".join(client.get("/cases/export/parquet/?tab=all").streaming_content)))
    assert table["item_name"].to_list() == ["가방, 큰 것", "'+82", f"'{HOSTILE}"]
    assert client.get("/cases/export/exe/").status_code == 404
    kept = AuditEntry.objects.filter(action="cases.exported").order_by("sequence").values_list("details", flat=True)
    assert [details["format"] for details in kept] == ["csv", "xlsx", "parquet"]


def test_an_export_holds_only_what_the_person_sees(customs: Customs) -> None:
    customs.case(item_name="가방")
    elsewhere = Site.objects.create(code="PUS", name_ko="부산세관", name_en="Busan customs")
    other = customs.client(customs.world.account(Role.OFFICER, "elsewhere", site=elsewhere))
    data = b"".join(other.get("/cases/export/csv/?tab=all").streaming_content).decode()
    assert data.count("\n") == 1
    holder = customs.client(customs.world.account(Role.HOLDER, party=customs.world.holder))
    assert holder.get("/cases/export/csv/").status_code == 403


def test_too_many_rows_for_a_sheet_are_refused(customs: Customs, monkeypatch: pytest.MonkeyPatch) -> None:
    from pandok.fields.counterfeit.lists import exporting

    monkeypatch.setattr(exporting, "MOST_IN_A_FILE", 1)
    customs.case()
    customs.case()
    assert customs.client().get("/cases/export/xlsx/?tab=all").status_code == 422
