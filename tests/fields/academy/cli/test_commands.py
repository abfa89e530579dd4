"""Courses, tests and ledgers at the command line."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from pandok.cli.main import app
from pandok.fields.academy.acts.sittings.ending import end
from pandok.fields.academy.kinds import PictureSet
from pandok.fields.academy.models import CertificateForm
from tests.fields.academy.lists.test_results import untriggered
from tests.fields.academy.school import School
from tests.fields.academy.school import school as school

pytestmark = pytest.mark.django_db


def run(*arguments: str, code: int = 0) -> str:
    done = CliRunner().invoke(app, ["academy", *arguments])
    assert done.exit_code == code, done.output
    return done.output


def test_a_course_its_tests_and_the_ledger(school: School) -> None:
    made = json.loads(run("course", "소포", "Parcels", "--pictures", "20", "--pass", "0.5", "--json"))["id"]
    assert json.loads(run("courses", "--json"))[0]["tests"] == 0
    school.bank(PictureSet.SEALED, articles=10, each=2)
    assert json.loads(run("draw", made, "--seed", "3", "--json")) == {
        "id": str(CertificateForm.objects.get().pk),
        "number": 1,
        "pictures": 20,
    }
    school.bank()
    sitting = school.begin(school.course())
    school.answer(sitting)
    end(sitting_id=sitting.pk, trainee=sitting.trainee, now=school.now)
    assert json.loads(run("ledger", "--json"))[0]["broken_row"] is None
    with untriggered() as cursor:
        cursor.execute("UPDATE academy_trainingminutes SET seconds = seconds + 600")
    run("ledger", code=1)
