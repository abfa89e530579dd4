"""The academy at one moment, on both databases: certificates, each person one, numbered without gaps; difficulties,
written once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pandok.common.models import Account, AuditEntry, Site
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.academy.acts.bank.calibration import LEAST_PEOPLE, LEAST_PICTURES, calibrate_pictures
from pandok.fields.academy.acts.open_courses import answer_question, complete
from pandok.fields.academy.acts.sittings.answering import confide, say, show
from pandok.fields.academy.kinds import PictureSet, Said, SittingMode
from pandok.fields.academy.models import Certificate, CourseCompletion, PictureCalibration, Sitting
from pandok.fields.academy.open_courses.shelf import answers, courses
from pandok.fields.academy.states import SittingState
from tests.contracts.test_numbers_at_once import ASKED, at_once, db, prepared, without_gaps  # noqa: F401
from tests.fields.academy.acts.test_calibration import answered
from tests.fields.academy.school import MARK, NOON, School
from tests.fields.lab.acts.runs.fakes import make_registration, make_submission


@pytest.mark.usefixtures("db")
def test_certificates_of_reading(tmp_path: Path) -> None:
    school = School(FolderBlobs(tmp_path / "blobs"), Site.objects.create(code="ICN", name_ko="인천", name_en="Incheon"))
    school.bank(PictureSet.SEALED, articles=10, each=1)
    course = school.course(pass_d_a=0.3)
    school.form(course)
    begun = [school.begin(course, SittingMode.CERTIFY, f"reader {one}") for one in range(ASKED)]
    start = school.now
    for sitting in begun:
        school.now = start  # all six at the same time: a test ends by the clock
        for _ in range(len(sitting.order) - 1):
            assert school.answer(sitting)

    def last(sitting: Sitting) -> str:
        number = len(sitting.order)
        step = {"sitting_id": sitting.pk, "trainee": sitting.trainee, "number": number}
        shown = show(**step, now=school.now)
        threat = shown is not None and shown.picture.threat
        said = Said.STOP if threat else Said.CLEAR
        say(**step, said=said, marks=[MARK] if threat else [], functions=[], now=school.now)
        confide(**step, confidence=5, now=school.now)
        return "kept"

    # Twice each: the key was pressed two times.
    assert set(at_once([lambda one=one: last(one) for one in begun * 2])) <= {"kept", "academy.not_there"}
    assert {one.state for one in Sitting.objects.all()} == {SittingState.ENDED.value}
    assert without_gaps(Certificate.objects.values_list("number", flat=True))
    assert Certificate.objects.count() == ASKED


@pytest.mark.usefixtures("db")
def test_certificates_of_completion() -> None:
    registration = make_registration()
    course = replace(courses()["drawings"], problem=registration.pack.problem_id)
    people = [Account.objects.create_user(f"learner {one}") for one in range(ASKED)]
    for person in people:
        make_submission(registration, by=person)
        for question, value in answers()["drawings"].items():
            answer_question(course, question, str(value), account=person, now=NOON)
    found = at_once([lambda one=one: complete(course, account=one, now=NOON).number for one in people * 2])
    assert found[:ASKED] == found[ASKED:]
    assert without_gaps(found[:ASKED])
    assert CourseCompletion.objects.count() == ASKED


@pytest.mark.usefixtures("db")
def test_difficulties_of_one_night(tmp_path: Path) -> None:
    """Two workers, or a worker and a command: the same answers are written once."""
    school = School(FolderBlobs(tmp_path / "blobs"), Site.objects.create(code="ICN", name_ko="인천", name_en="Incheon"))
    answered(school, people=LEAST_PEOPLE)
    now = school.now
    kept = at_once([lambda: calibrate_pictures(now=now).pictures] * ASKED)
    assert sorted(kept) == [0] * (ASKED - 1) + [LEAST_PICTURES]
    assert PictureCalibration.objects.count() == LEAST_PICTURES
    assert AuditEntry.objects.filter(action="academy.calibrated").count() == 1
