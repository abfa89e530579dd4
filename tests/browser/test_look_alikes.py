"""Look-alikes on a phone and on a desk: one headline, side by side, what differs, nothing that a tool would fault."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pandok.core.reading import Box, ComparedView, LookAlikes
from tests.browser.test_first_page import no_sideways_scroll, sign_in
from tests.browser.waited import expect
from tests.fields.designs.fakes import FakeDesk

pytestmark = pytest.mark.browser


def test_look_alikes_stand_side_by_side(
    desk: FakeDesk,
    page: Any,
    shots: list[str],
    accessible: Callable[[Any], None],
    keep_picture: Callable[[Any, str], None],
) -> None:
    chances = (0.31, 0.28, 0.2, 0.02, 0.01)
    candidates = tuple(
        one.model_copy(update={"probability": chance})
        for one, chance in zip(desk.answer.candidates, chances, strict=True)
    )
    views = tuple(
        ComparedView(
            rank=one.rank,
            view="front",
            view_sha256=one.evidence.view_sha256,
            differs=(Box(x1=150, y1=280, x2=450, y2=420),) if one.rank > 1 else (),
        )
        for one in candidates[:3]
    )
    alike = LookAlikes(ranks=(1, 2, 3), probability=sum(chances[:3]), views=views)
    desk.answer = desk.answer.model_copy(update={"candidates": candidates, "look_alikes": (alike,)})
    sign_in(page)
    page.set_input_files("input[capture][data-take]", shots[0])
    page.wait_for_selector(".thumb[data-new] img")
    page.click("#read")
    page.wait_for_selector(".look-alikes")
    expect(page.locator(".look-alikes li")).to_have_count(3)
    expect(page.locator(".look-alikes .edge")).to_have_count(2)
    page.locator(".look-alikes a").nth(1).click()
    assert page.url.endswith("#candidate-2")
    accessible(page)
    no_sideways_scroll(page)
    keep_picture(page, "look-alikes")
