"""What is said in public, in a real browser: asked, refused and answered; read by everybody, also on a phone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pandok.common.people.accounts import ensure_role_groups
from pandok.fields.programme.acts.community import posting
from pandok.fields.programme.acts.community.correcting import correct_rules
from pandok.fields.programme.models import CommunityPost, FirmCard
from tests.browser.test_first_page import no_sideways_scroll
from tests.browser.test_programme import enters
from tests.browser.waited import expect
from tests.chosen import Choose
from tests.fields.programme.acts.test_firm_cards import proven_trial, withdrawn
from tests.fields.programme.bidding import applicant
from tests.fields.programme.challenging import announced_challenge, begins_in, team_of
from tests.fields.programme.discussing import QUESTION, answered, asked, drafted_notice, published_notice, replied
from tests.fields.programme.office import NOON, WHY, accepted_problem, person
from tests.roles import Role

pytestmark = pytest.mark.browser
LONG = f"https://example.com/{'x' * 90} <b>굵게</b>"


def test_a_question_is_asked_answered_and_read_by_everybody(
    transactional_db: None,  # noqa: ARG001
    choose: Choose,
    tmp_path: Path,
    page: Any,
    accessible: Callable[[Any], None],
    keep_picture: Callable[[Any, str], None],
) -> None:
    choose(two_step="off", home=tmp_path)
    ensure_role_groups()
    challenge, office = begins_in(announced_challenge(), 7), person(Role.PROGRAMME_OFFICE)
    team_of(challenge, name="푸른 팀")
    correct_rules(challenge.pk, text_ko="무게는 kg으로 냅니다.", text_en="Weights are in kg.", actor=office, now=NOON)
    hidden = asked(challenge, "숨길 물음입니다")
    posting.hide(hidden.pk, reason="다른 참가자를 헐뜯는 글", actor=office, now=NOON)
    asked(None, LONG)
    published_notice()
    notice = drafted_notice(title_ko="아직 쓰는 알림")
    inside, public = f"/programme/challenges/{challenge.pk}/discussion/", f"/challenges/{challenge.number}/discussion/"
    enters(page, applicant(), inside)
    page.locator("main details summary").first.click()
    page.locator("#ask_text").fill(QUESTION)
    page.locator("main details[open] button.primary").click()
    expect(page.locator("#ask_text")).to_have_value(QUESTION)
    keep_picture(page, "community-refused")
    page.locator("#ask_nothing_sealed").check()
    page.locator("main details[open] button.primary").click()
    expect(page.locator("article").first).to_contain_text(QUESTION)
    made = CommunityPost.objects.get(text=QUESTION)
    replied(made)
    answered(made)
    seen = (
        (applicant(), inside, "community-asked"),
        (office, inside, "community-office"),
        (office, f"/programme/notices/{notice.pk}/", "community-notice-draft"),
    )
    for who, at, name in seen:
        enters(page, who, at)
        for one in page.locator("main details summary").all():
            one.click()
        no_sideways_scroll(page)
        accessible(page)
        keep_picture(page, name)
    page.context.clear_cookies()
    for at, name in (
        ("/community/", "community"),
        ("/community/questions/", "community-questions"),
        ("/community/notices/", "community-notices"),
        (public, "community-discussion"),
        (f"/challenges/{challenge.number}/", "community-challenge"),
    ):
        page.goto(at)
        no_sideways_scroll(page)
        accessible(page)
        keep_picture(page, name)
    assert WHY not in page.content()


def test_a_firm_publishes_its_card_and_stands_beside_a_problem(
    transactional_db: None,  # noqa: ARG001
    choose: Choose,
    tmp_path: Path,
    page: Any,
    accessible: Callable[[Any], None],
    keep_picture: Callable[[Any, str], None],
) -> None:
    choose(two_step="off", home=tmp_path)
    ensure_role_groups()
    withdrawn(proven_trial())
    problem = accepted_problem(title="또 다른 지하차도가 잠긴다")
    enters(page, applicant(), "/programme/firm/")
    page.locator("#id_text_ko").fill("지하차도의 수위계를 만듭니다. https://example.com/" + "x" * 90)
    page.locator("main details[open] button.primary").click()
    page.locator("main details summary").nth(1).click()
    page.locator("main details[open] button.primary").click()
    expect(page.locator("main [role=alert], main .notice-bad").first).to_be_visible()
    no_sideways_scroll(page)
    keep_picture(page, "firm-refused")
    page.locator("#publish_knows").check()
    page.locator("main details[open] button.primary").click()
    expect(page.locator("main .badge-good").first).to_be_visible()
    no_sideways_scroll(page)
    accessible(page)
    keep_picture(page, "firm-own")
    number = FirmCard.objects.get().number
    enters(page, person(Role.PROGRAMME_OFFICE), "/programme/firms/")
    page.locator("main details summary").first.click()
    no_sideways_scroll(page)
    accessible(page)
    keep_picture(page, "firm-cards")
    page.context.clear_cookies()
    for at, name in (
        ("/community/", "firm-community"),
        ("/community/firms/", "firms"),
        (f"/community/firms/{number}/", "firm"),
        (f"/problems/{problem.number}/", "firm-problem"),
    ):
        page.goto(at)
        no_sideways_scroll(page)
        accessible(page)
        keep_picture(page, name)
