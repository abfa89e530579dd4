"""Measured by a button, shown with what was promised, computed again by a link; at the command line too."""

from __future__ import annotations

import json
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone
from typer.testing import CliRunner

from pandok.cli.main import app
from pandok.fields.programme.models import Measurement
from tests.fields.programme.office import OVER, measured, signed
from tests.fields.programme.records import records
from tests.roles import Role
from tests.tampering import take_trigger_away
from tests.world import Site


def test_measured_shown_and_computed_again_by_its_pages(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    made = signed()
    at = f"/programme/agreements/{made.pk}/"
    office = site.client(Role.PROGRAMME_OFFICE)
    assert f"{at}evidence/" in office.get(at).content.decode()
    later = timezone.now() + timedelta(days=400)
    monkeypatch.setattr("pandok.fields.programme.web.views.evidence.timezone", SimpleNamespace(now=lambda: later))
    answer = office.post(f"{at}measure/")
    kept = Measurement.objects.get()
    assert answer.headers["Location"] == f"/programme/measurements/{kept.pk}/"
    again = office.post(f"{at}measure/")
    assert again.status_code == 422
    assert "최종 측정은 이미" in again.content.decode()
    shown = office.get(f"/programme/measurements/{kept.pk}/?again=1").content.decode()
    assert "끝자리까지 같습니다" in shown
    assert "판단 불가" in shown
    committee = site.client(Role.COMMITTEE_MEMBER)
    listed = committee.get(f"{at}evidence/").content.decode()
    assert kept.number in listed
    assert f"{at}measure/" not in listed


def test_what_was_changed_by_hand_stands_on_the_page(site: Site) -> None:
    kept = measured()
    with connection.cursor() as cursor:
        take_trigger_away(cursor, "programme_measurement")
    page = f"/programme/measurements/{kept.pk}/?again=1"
    manager = site.client(Role.PROGRAMME_MANAGER)
    values = kept.values | {"kpis": [kept.values["kpis"][0] | {"verdict": "proven"}]}
    QuerySet(Measurement).filter(pk=kept.pk).update(values=values)
    assert "보관한 것과 다르게 나옴" in manager.get(page).content.decode()
    QuerySet(Measurement).filter(pk=kept.pk).update(values={"no": "measurement"})
    answer = manager.get(page)
    assert answer.status_code == 200
    assert "더는 읽을 수 없습니다" in answer.content.decode()


def test_an_agreement_reads_the_records_of_its_sources_only_on_request(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = signed()
    read: list[str] = []
    monkeypatch.setattr("pandok.fields.programme.lists.agreements._as_it_stood", lambda name, _: str(read.append(name)))
    office, at = site.client(Role.PROGRAMME_OFFICE), f"/programme/agreements/{made.pk}/"
    assert "요청할 때 비교합니다" in office.get(at).content.decode()
    assert read == []
    office.get(f"{at}?data=1")
    assert read == ["street_alerts"]


def test_signatures_stand_in_the_language_of_the_page(site: Site) -> None:
    made = signed()
    manager = site.client(Role.PROGRAMME_MANAGER)
    shown = manager.get(f"/programme/agreements/{made.pk}/", headers={"accept-language": "en"}).content.decode()
    assert "Programme manager" in shown
    assert "사업 책임자" not in shown


def test_measured_and_computed_again_at_the_command_line(site: Site) -> None:
    del site
    made = signed()
    records("street_alerts", OVER.replace(month=5), good=3, bad=1)
    kept = CliRunner().invoke(app, ["programme", "measure", made.number, "--json"])
    assert kept.exit_code == 0, kept.output
    assert json.loads(kept.output)["kpis"][0]["records"] == 4
    assert Measurement.objects.get().measured_by is None
    again = CliRunner().invoke(app, ["programme", "recompute", "--json"])
    assert (again.exit_code, json.loads(again.output)[0]["same"]) == (0, True)
