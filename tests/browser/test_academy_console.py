"""A sitting in a real browser, by keyboard alone: begin, read, decide, say how sure, learn what was right, go on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from pandok.common.people.accounts import ensure_role_groups
from pandok.fields.academy.models import Shown, Sitting, TrainingMinutes, TrialAnswer
from tests.browser.conftest import PASSWORD
from tests.browser.test_first_page import no_sideways_scroll
from tests.browser.waited import expect
from tests.chosen import Choose
from tests.fields.academy.school import School
from tests.fields.academy.school import school as school

pytestmark = pytest.mark.browser
EXACT = "() => [...document.querySelectorAll('.xv-pane')].every(one => ['gl', 'flat'].includes(one.dataset.exact))"
PICTURES = 4


@pytest.fixture
def ready(
    transactional_db: None,  # noqa: ARG001
    school: School,
    choose: Choose,
) -> School:
    choose(home=school.blobs.folder.parent, two_step="off")
    ensure_role_groups()
    school.now = timezone.now()
    school.bank()
    trainee = school.person()
    trainee.set_password(PASSWORD)
    trainee.save()
    return school


def signed_in(page: Any, school: School) -> None:
    page.goto("/sign-in/?next=/academy/")
    page.fill("#id_username", school.person().username)
    page.fill("#id_password", PASSWORD)
    page.press("#id_password", "Enter")
    page.wait_for_url("**/academy/")


def shown_exactly(page: Any) -> None:
    expect(page.locator("[data-left-ms]")).to_be_visible()
    page.wait_for_selector(".xv-pane")
    page.wait_for_function(EXACT)


def test_a_sitting_by_keyboard(
    ready: School,
    page: Any,
    accessible: Callable[[Any], None],
    keep_picture: Callable[[Any, str], None],
) -> None:
    ready.course(seconds=60)
    press = page.keyboard.press
    signed_in(page, ready)
    accessible(page)
    no_sideways_scroll(page)
    press("Enter")
    page.wait_for_url("**/academy/sittings/**")
    expect(page.locator("#next-picture")).to_be_visible()
    for number in range(1, PICTURES + 1):
        press("Enter")
        shown_exactly(page)
        expect(page.locator(".candidate")).to_have_count(0)
        threat = Shown.objects.get().picture.threat
        if number == 1:
            accessible(page)
            no_sideways_scroll(page)
            keep_picture(page, "academy-picture")
        if threat:
            press("s")
            for _ in range(3):
                press("ArrowLeft")
            press("Enter")
        press("Enter" if threat else "Space")
        expect(page.locator("[name=confidence]")).to_have_count(5)
        if number == 1:
            accessible(page)
        press("Digit4")
        expect(page.locator("#answer-title")).to_be_visible()
        expect(page.locator("#next-picture")).to_be_visible()
        if threat:
            page.wait_for_function(EXACT)
            expect(page.locator(".candidate")).to_have_count(1)
            press("b")
            expect(page.locator(".candidate")).to_have_count(0)
            press("p")
            expect(page.locator(".xv-pane").nth(1)).to_be_attached()
            no_sideways_scroll(page)
        accessible(page)
    keep_picture(page, "academy-feedback")
    assert [one.confidence for one in TrialAnswer.objects.all()] == [4] * PICTURES
    assert all(one.stopped == one.threat for one in TrialAnswer.objects.all())
    press("z")
    expect(page.locator("#go-on")).to_be_visible()
    accessible(page)
    press("Enter")
    expect(page.locator("#next-picture")).to_be_visible()
    page.reload()
    expect(page.locator("#next-picture")).to_be_visible()
    page.locator("#end").click()
    page.wait_for_url("**/result/")
    accessible(page)
    no_sideways_scroll(page)
    keep_picture(page, "academy-result")
    assert Sitting.objects.get().state == "ended"
    assert sum(one.pictures for one in TrainingMinutes.objects.all()) == PICTURES
    page.goto("/academy/results/")
    drawn_by = page.evaluate("[...document.styleSheets].flatMap(one => [...one.cssRules].map(two => two.selectorText))")
    assert ".chart .line" in drawn_by  # without its sheet a curve is a black area
    accessible(page)
    no_sideways_scroll(page)


def test_the_time_of_a_picture_runs_out_by_itself(ready: School, page: Any) -> None:
    ready.course(seconds=3)
    signed_in(page, ready)
    page.keyboard.press("Enter")
    page.wait_for_url("**/academy/sittings/**")
    expect(page.locator("#next-picture")).to_be_visible()
    page.keyboard.press("Enter")
    # Nothing is pressed: what comes next is what was right.
    expect(page.locator("#answer-title")).to_be_visible()
    assert [one.said for one in TrialAnswer.objects.all()] == ["timed_out"]
