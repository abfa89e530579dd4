"""From seizure to lesson in a browser within two minutes; a case lesson on a phone, by keyboard, without scripts."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from pandok.common.models import Account
from pandok.common.people.accounts import ensure_role_groups
from pandok.fields.academy.kinds import PictureSet
from pandok.fields.academy.lists.pictures import pictures_in_use
from pandok.fields.academy.models import Article, DesignAnswer, DesignLesson, PictureLook
from pandok.fields.counterfeit.acts.cases.opening import open_case
from pandok.fields.register.models import Design
from tests.browser.conftest import PASSWORD
from tests.browser.test_first_page import no_sideways_scroll
from tests.browser.waited import expect
from tests.chosen import Choose
from tests.fields.academy.finds import article_in_use, bag_picture, kept_picture, opened_find
from tests.fields.academy.web.test_scan_articles import NAMED, files, knife_alone
from tests.fields.designs.fakes import FakeDesk
from tests.fields.xray.hall import Hall
from tests.fields.xray.hall import hall as hall
from tests.roles import Role

pytestmark = pytest.mark.browser
MOST_S = 120.0


@pytest.fixture
def seized(transactional_db: None, hall: Hall, choose: Choose) -> Hall:  # noqa: ARG001
    choose(home=hall.blobs.folder.parent, two_step="off")
    ensure_role_groups()
    hall.now = timezone.now()
    for seed in (8021, 8022, 8023):
        bag_picture(hall.blobs, hall.now, seed)
    opened_find(hall)
    for role, name in ((Role.TRAINER, "trainer"), (Role.SCAN_SUPERVISOR, "veteran")):
        account = hall.person(role, name)
        account.set_password(PASSWORD)
        account.save()
    return hall


def sign_in(page: Any, name: str, to: str) -> None:
    page.context.clear_cookies(name="pandok_session")
    page.goto(f"/sign-in/?next={to}")
    page.fill("#id_username", name)
    page.fill("#id_password", PASSWORD)
    page.press("#id_password", "Enter")
    page.wait_for_url(f"**{to}")


@pytest.mark.usefixtures("seized")
def test_from_seizure_to_lesson_within_two_minutes(
    page: Any,
    language: str,
    accessible: Callable[[Any], None],
    keep_picture: Callable[[Any, str], None],
) -> None:
    begin = time.monotonic()
    sign_in(page, "trainer", "/academy/material/")
    page.get_by_role("link", name="신고하지 않은 칼").click()
    page.wait_for_url("**/academy/seizures/**")
    accessible(page)
    no_sideways_scroll(page)
    keep_picture(page, "academy-seizure")
    page.fill("#id_name_ko", "식칼")
    page.fill("#id_name_en", "kitchen knife")
    page.select_option("#id_article_kind", "blade")
    page.press("#id_name_en", "Enter")

    page.wait_for_url("**/academy/articles/**")
    previews = page.locator(".ac-preview img")
    expect(previews.first).to_be_visible()
    expect(previews.first).to_have_js_property("complete", True)
    assert previews.first.evaluate("one => one.naturalWidth") > 100
    accessible(page)
    no_sideways_scroll(page)
    keep_picture(page, "academy-previews")
    page.get_by_role("button", name="검토 요청" if language == "ko" else "Send to review").click()
    expect(page.locator(".notice[role=status]")).to_be_visible()
    article = Article.objects.get()
    assert article.state == "in_review"

    page.get_by_role("button", name="로그아웃" if language == "ko" else "Sign out").click()
    sign_in(page, "veteran", f"/academy/articles/{article.pk}/")
    page.locator("input[name=said_0][value=real]").check()
    accessible(page)
    no_sideways_scroll(page)
    keep_picture(page, "academy-review")
    page.get_by_role("button", name="사용 시작" if language == "ko" else "Take it into use").click()
    expect(page.locator(".badges")).to_contain_text("사용 중" if language == "ko" else "In use")
    assert time.monotonic() - begin <= MOST_S
    assert pictures_in_use().filter(article=article).count() == 1


@pytest.fixture
def taught(desk: FakeDesk) -> DesignLesson:
    """A released lesson, and a trainee who has not answered it."""
    from tests.web.access_samples import make_reading
    from tests.world import Site

    ensure_role_groups()
    from django.contrib.auth.models import Group

    from pandok.common import house

    officer = Account.objects.get(username="officer")
    site = Site(house.blobs(), desk, [])
    site.accounts["officer"] = officer
    case = open_case(reading=make_reading(site), actor=officer, now=timezone.now())
    trainee = Account.objects.create_user("trainee", password=PASSWORD)
    trainee.groups.add(Group.objects.get(name=Role.TRAINEE.value))
    designs = list(Design.objects.order_by("design_id")[:5])
    now = timezone.now()
    lesson: DesignLesson = DesignLesson.objects.create(
        case=case,
        photograph_sha256=case.signal.photographs.all()[0].sha256,
        choices=[one.pk for one in designs],
        answer=designs[2],
        program_said={"outcome": "candidates", "named": [designs[0].design_id], "probability": 0.7, "reader": "x"},
        state="in_use",
        state_since=now,
        made_at=now,
        made_by=officer,
    )
    return lesson


def test_a_case_lesson_by_keyboard_without_scripts(
    taught: DesignLesson,
    browser: Any,
    live_server: Any,
    screen: str,
    language: str,
    keep_picture: Callable[[Any, str], None],
) -> None:
    width = 390 if screen == "phone" else 1280
    context = browser.new_context(
        viewport={"width": width, "height": 844}, base_url=live_server.url, java_script_enabled=False
    )
    context.add_cookies([{"name": "pandok_language", "value": language, "url": live_server.url}])
    page = context.new_page()
    page.goto("/sign-in/?next=/academy/cases/")
    page.fill("#id_username", "trainee")
    page.fill("#id_password", PASSWORD)
    page.press("#id_password", "Enter")
    page.wait_for_url("**/academy/cases/")
    page.locator("input[name=choice]").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    keep_picture(page, "academy-case")
    page.locator("input[name=confidence]").first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.wait_for_url("**/academy/cases/answers/**")
    kept = DesignAnswer.objects.get()
    assert (kept.chosen_id, kept.right, kept.confidence) == (taught.answer_id, True, 2)
    expect(page.locator("h1")).to_have_text("맞았습니다" if language == "ko" else "Right")
    expect(page.get_by_text("0.70")).to_be_visible()
    keep_picture(page, "academy-case-answer")
    context.close()


@pytest.mark.usefixtures("seized")
def test_a_second_person_looks_through_what_people_are_measured_with(
    page: Any,
    accessible: Callable[[Any], None],
    keep_picture: Callable[[Any, str], None],
    seized: Hall,
) -> None:
    knife = article_in_use(seized.now, set=PictureSet.TRANSFER.value)
    for of, seed in ((knife, 8031), (None, 8032), (knife, 8033)):
        kept_picture(seized.blobs, seized.now, of, seed, of_set=PictureSet.TRANSFER)
    sign_in(page, "veteran", "/academy/sets/")
    keep_picture(page, "academy-sets")
    accessible(page)
    page.click("main ol.rows a")
    page.wait_for_url("**/academy/sets/transfer/")
    page.wait_for_load_state("networkidle")
    keep_picture(page, "academy-set")
    accessible(page)
    no_sideways_scroll(page)
    for number in range(3):
        section = page.locator("main section").nth(number)
        section.locator("input[type=radio]").nth(1 if number == 0 else 0).check()
    page.click("main form button.primary")
    expect(page.locator("main .notice")).to_be_visible()  # why it was rejected is missing
    keep_picture(page, "academy-set-refused")
    page.locator("main section").first.locator("input:not([type=radio]), textarea").fill("칼이 상자 밖에 있음")
    page.click("main form button.primary")
    page.wait_for_load_state("networkidle")
    expect(page.locator("main input[type=radio]")).to_have_count(0)
    assert sorted(PictureLook.objects.values_list("accepted", flat=True)) == [False, True, True]
    page.goto("/academy/material/")
    keep_picture(page, "academy-material")


@pytest.mark.usefixtures("seized")
def test_a_scan_of_an_article_by_itself_becomes_a_draft(
    page: Any, accessible: Callable[[Any], None], keep_picture: Callable[[Any, str], None]
) -> None:
    sign_in(page, "trainer", "/academy/articles/scan/")
    accessible(page)
    no_sideways_scroll(page)
    keep_picture(page, "academy-scan-article")
    sent = [{"name": one.name, "mimeType": "image/png", "buffer": one.read()} for one in files(knife_alone())]
    page.set_input_files("#id_scan", sent)
    page.select_option("#id_spectrum", NAMED["spectrum"])
    page.fill("#id_name_ko", "식칼")
    page.fill("#id_name_en", "kitchen knife")
    page.select_option("#id_article_kind", "blade")
    page.click("main form button.primary")
    page.wait_for_url("**/academy/articles/*-*/")
    expect(page.locator(".ac-preview img").first).to_have_js_property("complete", True)
    accessible(page)
    no_sideways_scroll(page)
    keep_picture(page, "academy-scan-article-draft")
