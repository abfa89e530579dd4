"""Open courses in the browser: answers are checked and kept, the last step follows a submission that the lab took, the
certificate is one's own."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.test import Client
from pypdf import PdfReader

from pandok.common.models import Account, AuditEntry
from pandok.fields.academy.lists.open_progress import progress_of
from pandok.fields.academy.models import CourseAnswer, CourseCompletion
from pandok.fields.academy.open_courses.shelf import answers, courses
from pandok.fields.lab.models import Submission
from tests.fields.lab.acts.runs.fakes import make_registration, make_submission
from tests.roles import Role
from tests.world import Site

PAGE = "/academy/open/drawings/"


@pytest.fixture
def company(peopled: Site) -> Client:
    return peopled.client(Role.SUBMITTER)


@pytest.fixture
def me(company: Client) -> Account:
    return Account.objects.get(pk=company.session["_auth_user_id"])


def answer_all(client: Client) -> None:
    for name, value in answers()["drawings"].items():
        assert client.post(PAGE, {"question": name, "answer": f"{value}"}).status_code == 302


def handed_in(by: Account, monkeypatch: pytest.MonkeyPatch, refusals: tuple[str, ...] = ()) -> Submission:
    """To a problem of the lab that this course is about."""
    registration = make_registration()
    asked = replace(courses()["drawings"], problem=registration.pack.problem_id)
    monkeypatch.setitem(courses(), "drawings", asked)
    return make_submission(registration, by=by, refusals=[{"code": one} for one in refusals])


def test_an_answer_is_checked_at_once_and_a_right_one_stays(company: Client, me: Account) -> None:
    wrong = company.post(PAGE, {"question": "recall_practice", "answer": "99"})
    assert wrong.status_code == 422
    assert 'value="99"' in wrong.content.decode()
    assert 'aria-invalid="true"' in wrong.content.decode()
    for written in ("25,0 %", "25", " 25.3 "):
        assert company.post(PAGE, {"question": "recall_practice", "answer": written}).status_code == 302
    assert progress_of(me, courses()["drawings"]).answered == {"recall_practice": 25.3}
    answered = AuditEntry.objects.filter(action="open_course.answered").order_by("sequence")
    assert list(answered.values_list("details__right", flat=True)) == [False, True, True, True]


@pytest.mark.parametrize("written", ["", "many", "nan", "1e999", "1 000", "25;drop"])
def test_what_is_no_number_is_said_and_stays_in_the_field(company: Client, written: str) -> None:
    answer = company.post(PAGE, {"question": "recall_practice", "answer": written})
    assert answer.status_code == 422
    assert "숫자" in answer.content.decode()
    assert f'value="{written}"' in answer.content.decode()
    assert not CourseAnswer.objects.exists()


def test_no_certificate_before_the_last_step(company: Client, me: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    answer_all(company)
    assert company.post(f"{PAGE}certificate/").status_code == 409
    handed_in(me, monkeypatch, refusals=("gate.too_large",))
    assert company.post(f"{PAGE}certificate/").status_code == 409
    assert company.get(f"{PAGE}certificate/").status_code == 404
    assert not CourseCompletion.objects.exists()


def test_the_certificate_comes_once_and_is_the_own(
    company: Client, me: Account, peopled: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer_all(company)
    handed_in(me, monkeypatch)
    for _ in range(2):
        assert company.post(f"{PAGE}certificate/").status_code == 302
    kept = CourseCompletion.objects.get()
    paper = company.get(f"{PAGE}certificate/")
    assert paper["Content-Type"] == "application/pdf"
    words = "".join(page.extract_text() for page in PdfReader(io.BytesIO(paper.content)).pages)
    assert kept.number in words
    assert me.shown_name in words
    # What is answered afterwards, and a course that changed or is gone, leave the paper as it was.
    assert company.post(PAGE, {"question": "recall_practice", "answer": "25.4"}).status_code == 302
    assert paper.content == company.get(f"{PAGE}certificate/").content
    monkeypatch.setitem(courses(), "drawings", replace(courses()["drawings"], blocks=()))
    assert paper.content == company.get(f"{PAGE}certificate/").content
    assert peopled.client(Role.OFFICER).get(f"{PAGE}certificate/").status_code == 404
    assert AuditEntry.objects.filter(action="open_course.completed").count() == 1


def test_a_submission_of_somebody_else_does_not_count(
    company: Client, peopled: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer_all(company)
    handed_in(Account.objects.get(pk=peopled.client(Role.OFFICER).session["_auth_user_id"]), monkeypatch)
    assert company.post(f"{PAGE}certificate/").status_code == 409


def test_pages_and_notebook_in_both_languages(company: Client, english: Callable[[Client], Client]) -> None:
    shelf = company.get("/academy/open/").content.decode()
    for course in courses().values():
        assert course.title.ko in shelf
    assert company.get("/academy/open/nothing/").status_code == 404
    book = company.get(f"{PAGE}notebook/")
    assert book["Content-Disposition"] == 'attachment; filename="drawings.ipynb"'
    assert "사진에서 등록 도면 찾기" in book.content.decode()
    other = english(company).get(f"{PAGE}notebook/").content.decode()
    assert "From a photograph to a registered drawing" in other
    # No page and no notebook gives an answer away.
    assert "answers.json" not in book.content.decode()


def test_a_course_that_changed_its_questions_keeps_only_what_it_still_asks(
    company: Client, me: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer_all(company)
    shorter = replace(courses()["drawings"], blocks=courses()["drawings"].blocks[:6])
    monkeypatch.setitem(courses(), "drawings", shorter)
    assert progress_of(me, shorter).answered.keys() <= {one.name for one in shorter.questions}
    assert company.get(PAGE).status_code == 200
