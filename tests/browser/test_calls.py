"""A call in a real browser: an application with its members, the review with its table, what all see."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pandok.common.people.accounts import ensure_role_groups
from pandok.fields.programme.models import ApplicationReview, Call
from tests.browser.test_first_page import no_sideways_scroll
from tests.browser.test_programme import enters
from tests.browser.waited import expect
from tests.chosen import Choose
from tests.fields.programme.bidding import (
    ANSWERS,
    NUMBERS,
    advisor,
    all_scored,
    applicant,
    assigned,
    closes_in,
    decided,
    published_call,
    tied,
    under_review,
)
from tests.fields.programme.office import person
from tests.roles import Role

pytestmark = pytest.mark.browser


def test_a_firm_applies_and_finds_its_receipt(
    transactional_db: None,  # noqa: ARG001
    choose: Choose,
    tmp_path: Path,
    page: Any,
    accessible: Callable[[Any], None],
    keep_picture: Callable[[Any, str], None],
) -> None:
    choose(two_step="off", home=tmp_path)
    ensure_role_groups()
    call = closes_in(published_call(), 9)
    enters(page, applicant(), f"/programme/calls/{call.pk}/")
    no_sideways_scroll(page)
    accessible(page)
    keep_picture(page, "calls-call")
    page.locator("main form.card button.primary").click()
    expect(page.locator("#lacking")).to_be_visible()
    page.fill("#id_title", "물이 차기 전에 알리는 수위 읽기")
    for place, share in ((0, "60"), (1, "39")):
        page.fill(f"#id_name_{place}", ("가온센서", "나래연구소")[place])
        page.fill(f"#id_number_{place}", NUMBERS[place])
        page.fill(f"#id_share_{place}", share)
    for key, value in ANSWERS.items():
        page.fill(f"#id_answer_{key}", value)
    page.locator('button[value="submit"]').click()
    expect(page.locator('section[aria-labelledby="lacking"] li')).to_have_count(1)
    no_sideways_scroll(page)
    accessible(page)
    keep_picture(page, "calls-application")
    page.fill("#id_share_1", "40")
    page.locator('button[value="submit"]').click()
    expect(page.locator("#receipt")).to_be_visible()
    no_sideways_scroll(page)
    accessible(page)
    keep_picture(page, "calls-receipt")


def test_a_call_is_reviewed_decided_and_told(
    transactional_db: None,  # noqa: ARG001
    choose: Choose,
    page: Any,
    accessible: Callable[[Any], None],
    keep_picture: Callable[[Any, str], None],
) -> None:
    choose(two_step="off")
    ensure_role_groups()
    call = under_review()
    tied("advisor three", "가온센서")
    review = assigned(call)[0]
    Call.objects.filter(pk=call.pk).update(scores_due_at="2199-01-01T00:00:00Z")
    enters(page, advisor("advisor one"), f"/programme/reviews/{review.pk}/")
    no_sideways_scroll(page)
    accessible(page)
    keep_picture(page, "calls-review")
    enters(page, person(Role.PROGRAMME_OFFICE), f"/programme/calls/{call.pk}/review/")
    expect(page.locator("#matrix")).to_be_visible()
    no_sideways_scroll(page)
    accessible(page)
    keep_picture(page, "calls-matrix")
    page.goto("/programme/ties/")
    no_sideways_scroll(page)
    accessible(page)
    keep_picture(page, "calls-ties")
    ApplicationReview.objects.filter(application__call=call).delete()
    decided(all_scored(call))
    page.goto(f"/programme/calls/{call.pk}/review/")
    no_sideways_scroll(page)
    accessible(page)
    keep_picture(page, "calls-decided")
    page.goto(f"/calls/{call.number}/")
    expect(page.locator("#selected")).to_be_visible()
    no_sideways_scroll(page)
    accessible(page)
    keep_picture(page, "calls-public")
    page.goto("/calls/")
    no_sideways_scroll(page)
    accessible(page)
    keep_picture(page, "calls-public-list")
