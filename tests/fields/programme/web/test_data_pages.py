"""Data sets in pages: entered, looked through, published; to the public only counts are told."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from pandok.fields.lab.acts.vault.croissant import faults
from pandok.fields.programme.acts.data_sets.quality_job import look_through
from pandok.fields.programme.acts.data_sets.quality_runs import RunAsked
from pandok.fields.programme.models import DataSet, QualityReport, QualityRun
from tests.fields.programme.data_dam import DATA_SET, FAULTY, HIDDEN_VALUES, PLAN_JSON
from tests.fields.programme.office import NOON, WHY
from tests.roles import Role
from tests.world import Site


def looked(run: QualityRun) -> QualityReport:
    look_through(RunAsked(run=run.pk), SimpleNamespace(now=NOON))  # type: ignore[arg-type]
    run.refresh_from_db()
    assert not run.failed
    return QualityReport.objects.get(run=run)


def test_a_data_set_goes_from_its_form_to_the_public_page(site: Site) -> None:
    office = site.client(Role.PROGRAMME_OFFICE)
    bad = office.post("/programme/data/new/", DATA_SET | {"plan": '{"name": 3}'})
    assert bad.status_code == 422
    assert "자료 계획을 읽을 수 없습니다" in bad.content.decode()
    answer = office.post("/programme/data/new/", DATA_SET | {"plan": PLAN_JSON})
    made = DataSet.objects.get()
    page = f"/programme/data/{made.pk}/"
    assert answer.headers["Location"] == page
    assert office.post(f"{page}look/", {"table": ""}).status_code == 422
    upload = SimpleUploadedFile("levels.csv", FAULTY, content_type="text/csv")
    assert office.post(f"{page}look/", {"table": "", "upload": upload}).status_code == 302
    assert "검사 중" in office.get(page).content.decode()
    report = looked(QualityRun.objects.get())
    shown = office.get(page).content.decode()
    assert "3개를 지킴" not in shown
    assert "가운데 1개를 지킴" in shown
    whole = office.get(f"/programme/data/reports/{report.pk}/").content.decode()
    assert "•••-••••-••••" in whole
    paper = office.get(f"/programme/data/reports/{report.pk}/report.pdf")
    assert paper.content.startswith(b"%PDF")
    told = office.get(f"/programme/data/reports/{report.pk}/report.json").json()
    assert (told["sha256"], told["meets_plan"]) == (report.sha256, False)
    for one in (shown, whole, json.dumps(told, ensure_ascii=False)):
        assert not [value for value in HIDDEN_VALUES if value in one]
    public = f"/data-sets/{made.number}/"
    assert Client().get(public).status_code == 404
    assert office.post(f"{page}step/", {"act": "offer", "reason": WHY}).status_code == 302
    assert office.post(f"{page}step/", {"act": "publish", "reason": WHY}).status_code == 404
    manager = site.client(Role.PROGRAMME_MANAGER)
    assert manager.post(f"{page}step/", {"act": "publish", "reason": ""}).status_code == 422
    assert manager.post(f"{page}step/", {"act": "publish", "reason": WHY}).status_code == 302
    seen = Client().get(public).content.decode()
    assert DATA_SET["purpose"] in seen
    main = seen.split("<main")[1].split("</main>")[0]
    for private in ("r99", "maybe", "levels.csv", WHY, "•••", office.get(page).wsgi_request.user.username):
        assert private not in main, private
    assert made.number in Client().get("/data-sets/?words=지하차도&region=honam").content.decode()
    described = json.loads(Client().get(f"{public}croissant.json").content)
    assert faults(described) == []
    assert [one["name"] for one in described["recordSet"][0]["field"]][:2] == ["id", "depth_mm"]
    assert "levels.csv" not in json.dumps(described)
    assert manager.post(f"{page}step/", {"act": "make_private", "reason": WHY}).status_code == 302
    assert Client().get(public).status_code == 404


@pytest.mark.parametrize("role", [Role.COMMITTEE_MEMBER, Role.AUDITOR, Role.FIELD_OWNER, Role.EVALUATOR])
def test_who_reads_alone_is_offered_nothing_to_do(site: Site, role: Role) -> None:
    office = site.client(Role.PROGRAMME_OFFICE)
    office.post("/programme/data/new/", DATA_SET | {"plan": PLAN_JSON})
    page = f"/programme/data/{DataSet.objects.get().pk}/"
    main = site.client(role).get(page).content.decode().split("<main")[1].split("</main>")[0]
    assert "<form" not in main


def test_other_forms_are_refused_in_their_place(site: Site) -> None:
    office = site.client(Role.PROGRAMME_OFFICE)
    office.post("/programme/data/new/", DATA_SET | {"plan": PLAN_JSON})
    page = f"/programme/data/{DataSet.objects.get().pk}/"
    refused = office.post(f"{page}version/", {"plan": "{", "note": "<b>바꿈</b>"})
    assert refused.status_code == 422
    assert "&lt;b&gt;바꿈" in refused.content.decode()
    assert office.post(f"{page}version/", {"plan": PLAN_JSON, "note": WHY}).status_code == 302
    assert office.post(f"{page}reword/", DATA_SET | {"title": "새 이름", "reason": WHY}).status_code == 302
    assert "새 이름" in office.get(page).content.decode()
    assert office.post(f"{page}look/vault/", {"table": ""}).status_code == 422
    assert office.post(f"{page}step/", {"act": "no such step"}).status_code == 302
