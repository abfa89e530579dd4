"""Shadow trials and random checks as people meet them: readable, touchable, without serious axe finding."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from pandok.common.models import Account
from pandok.fields.designs.models import SignalPhotograph
from pandok.fields.lab.acts.shadow.give_verdict import give_verdict
from pandok.fields.lab.acts.shadow.monitor import look
from pandok.fields.lab.acts.shadow.unblinding import unblind
from pandok.fields.lab.models import AuditDraw
from tests.browser.test_first_page import big_enough_to_touch, no_sideways_scroll
from tests.browser.waited import expect
from tests.chosen import Choose
from tests.fields.designs.fakes import photograph
from tests.fields.lab.acts.assisted.assisted_fixtures import build as build_assisted
from tests.fields.lab.acts.shadow.trial_fixtures import REASON, Trials, build_trials
from tests.roles import Role

pytestmark = pytest.mark.browser
Keep = Callable[[Any, str], None]
Check = Callable[[Any], None]
WORDS = "open sesame 27"


@pytest.fixture
def trials(transactional_db: None, tmp_path: Path, choose: Choose) -> Trials:  # noqa: ARG001
    choose(home=tmp_path)
    made = build_trials(tmp_path, planned_n=60, truth_within_days=1)
    for number in range(60):
        nothing = number % 12 == 0
        officer = "" if nothing else "30-0002" if number % 9 == 0 else "30-0001"
        made.one(model="30-0001", officer=officer, truth=None if nothing else "30-0001")
    return made


def enter(page: Any, account: Account) -> None:
    page.goto("/sign-in/")
    page.fill("#id_username", account.username)
    page.fill("#id_password", WORDS)
    page.press("#id_password", "Enter")
    page.wait_for_selector(".top-links")


def test_an_officer_reads_without_and_then_with_help(
    page: Any,
    transactional_db: None,  # noqa: ARG001
    tmp_path: Path,
    choose: Choose,
    accessible: Check,
    keep_picture: Keep,
) -> None:
    choose(home=tmp_path)
    made = build_assisted(tmp_path)
    SignalPhotograph.objects.update(sha256=made.trials.blobs.put(photograph()))
    enter(page, made.readers[0])
    address = f"/trial-readings/{made.trial.id}/"
    seen(page, address, "assisted-waiting", accessible, keep_picture)
    page.locator("form[action*='/trial-readings/open/'] button").click()
    page.wait_for_selector("input[name=design]")
    expect(page.locator("#help")).to_have_count(0)
    accessible(page)
    keep_picture(page, "assisted-alone")
    page.locator("label[for=d0]").click()
    page.locator("form[action*='/trial-readings/answer/'] button").click()
    page.wait_for_selector("#help")
    no_sideways_scroll(page)
    accessible(page)
    keep_picture(page, "assisted-helped")
    page.locator("label[for=d1]").click()
    page.locator("form[action*='/trial-readings/answer/'] button").click()
    page.wait_for_selector("form[action*='/trial-readings/open/']")
    expect(page.locator("main").first).to_contain_text("2 / 24", use_inner_text=True)


def test_pages_of_a_trial(page: Any, trials: Trials, accessible: Check, keep_picture: Keep) -> None:
    trials.world.account(Role.SUPERVISOR)
    enter(page, trials.evaluator)
    address = f"/lab/trials/{trials.trial.id}/"
    look(trial=trials.trial, now=trials.clock())
    for name, place in (("trials", "/lab/trials/"), ("trial", address), ("trial-new", "/lab/trials/new/")):
        seen(page, place, name, accessible, keep_picture)
    trials.now += timedelta(days=2)
    trial = unblind(trial=trials.fresh(), actor=trials.evaluator, reason=REASON, now=trials.clock())
    give_verdict(trial=trial, actor=trials.evaluator, reason=REASON, now=trials.clock())
    seen(page, address, "trial-opened", accessible, keep_picture)
    seen(page, f"{address}verdict/", "trial-verdict", accessible, keep_picture)
    expect(page.locator("svg[role=img]:visible polyline")).to_have_count(2)


def test_pages_of_random_checks(page: Any, trials: Trials, accessible: Check, keep_picture: Keep) -> None:
    enter(page, trials.colleague)
    seen(page, "/random-checks/", "random-checks", accessible, keep_picture)
    draw = AuditDraw.objects.filter(drawn=True)[0]
    seen(page, f"/random-checks/{draw.id}/", "random-check", accessible, keep_picture)
    seen(page, f"/cases/{draw.case.decision.desk_case_id}/", "random-check-case", accessible, keep_picture)
    page.click(f"a[href='/random-checks/{draw.id}/']")
    page.check("input[name=found][value=none]")
    page.fill("textarea[name=reason]", "포장을 열어 확인했습니다")
    page.click("form.card button.primary")
    page.wait_for_url("**/random-checks/")
    draw.refresh_from_db()
    assert draw.finding.design_id == ""


def seen(page: Any, address: str, name: str, accessible: Check, keep_picture: Keep) -> None:
    assert page.goto(address).status == 200, address
    page.wait_for_selector("main")
    keep_picture(page, name)
    accessible(page)
    no_sideways_scroll(page)
    big_enough_to_touch(page)
