"""A challenge in a real browser: the office's page and form, a team with its join word, what everybody sees."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pandok.common.people.accounts import ensure_role_groups
from pandok.fields.programme.models import ChallengeMember
from tests.browser.test_first_page import no_sideways_scroll
from tests.browser.test_programme import enters
from tests.browser.waited import expect
from tests.chosen import Choose
from tests.fields.programme.bidding import applicant
from tests.fields.programme.challenging import (
    FIRST,
    announced_challenge,
    begins_in,
    confirmed,
    handed_in,
    opened_challenge,
    published_challenge,
    team_of,
)
from tests.fields.programme.office import person
from tests.roles import Role

pytestmark = pytest.mark.browser


def test_a_team_is_made_and_the_board_is_seen_by_everybody(
    transactional_db: None,  # noqa: ARG001
    choose: Choose,
    tmp_path: Path,
    page: Any,
    accessible: Callable[[Any], None],
    keep_picture: Callable[[Any, str], None],
) -> None:
    choose(two_step="off", home=tmp_path)
    ensure_role_groups()
    coming, past = begins_in(announced_challenge(), 7), announced_challenge()
    team = team_of(past)
    team_of(past, "나래전자")
    opened_challenge(past)
    key = str(ChallengeMember.objects.get(team=team).organisation)
    handed_in(team.made_by, key, FIRST, 0.7)
    confirmed(team.made_by, key, FIRST)
    published_challenge(past)
    enters(page, applicant(), f"/programme/challenges/{coming.pk}/")
    page.locator("main details summary").first.click()
    page.locator("#register_name").fill("푸른 팀")
    page.locator("main details[open] button.primary").click()
    page.locator("main form button.primary").click()
    expect(page.locator("main .notice-good .code")).to_be_visible()
    no_sideways_scroll(page)
    accessible(page)
    keep_picture(page, "challenge-team")
    enters(page, person(Role.PROGRAMME_OFFICE), f"/programme/challenges/{coming.pk}/")
    for one in page.locator("main details summary").all():
        one.click()
    no_sideways_scroll(page)
    accessible(page)
    keep_picture(page, "challenge-office")
    for at, name in (("/challenges/", "challenges-public"), (f"/challenges/{past.number}/", "challenge-board")):
        page.goto(at)
        no_sideways_scroll(page)
        accessible(page)
        keep_picture(page, name)
