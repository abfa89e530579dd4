"""A field's pack carried through the lab: its verdict, its place on the map, its problem in the register."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pandok.common.people.accounts import DEMO_PREFIX, ensure_demo_accounts
from pandok.demo.cli.problems import build_pack
from pandok.demo.field_examples import carried, ensure_field_problem
from pandok.demo.lab_people import open_way
from pandok.demo.packs.region_fields import field_pack
from pandok.fields.lab.models import ComparisonRecord
from pandok.fields.programme.lists.resources import Asked, resources_among
from pandok.fields.programme.models import FieldProblem
from pandok.fields.programme.topics import Topic

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_pack_is_on_the_map_and_its_problem_in_the_register_of_its_field(tmp_path: Path) -> None:
    ensure_demo_accounts(timezone.now())
    field = field_pack("solar-hours")
    pack = build_pack("solar-hours", tmp_path / "pack")
    way = open_way(DEMO_PREFIX, site="here", reason="tested here")
    run = carried(way, field, pack, tmp_path)
    found = ComparisonRecord.objects.get(run=run).comparison
    assert found.verdict == "not_proven"
    assert [one.number for one in resources_among(Asked(kind="problem_pack"))] == ["solar-hours"]
    now = datetime.now(UTC)
    problem = ensure_field_problem(field, run, now)
    assert problem is not None
    assert ensure_field_problem(field, run, now) == problem
    assert FieldProblem.objects.get(topic=Topic.ENERGY.value) == problem
    assert problem.today_value == pytest.approx(found.endpoints[0].practice.value, abs=1e-4)
    assert "solar-hours" in problem.data_there
    page = Client().get(reverse("public_problem", args=[problem.number]))
    assert page.status_code == 200
