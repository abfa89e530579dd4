"""The lab's first page, a problem with its leaderboard, a verdict and a proof, as people meet them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group

from pandok.common.models import Account
from pandok.common.people.accounts import ensure_role_groups
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.lab.models import LadderBoard, Run
from tests.browser.conftest import PASSWORD
from tests.browser.test_first_page import no_sideways_scroll
from tests.browser.test_trials import enter, seen
from tests.browser.waited import expect
from tests.chosen import Choose
from tests.fields.designs.fakes import NOON, FakeDesk, reading
from tests.fields.lab.acts.runs.fakes import make_registration, make_run, make_submission
from tests.fields.lab.web.proof_samples import make_acceptance, make_export
from tests.fields.lab.web.result_samples import make_result
from tests.roles import Role
from tests.world import Site

pytestmark = pytest.mark.browser


@pytest.fixture
def site(transactional_db: None, tmp_path: Path, choose: Choose) -> Site:  # noqa: ARG001
    choose(home=tmp_path)
    ensure_role_groups()
    return Site(FolderBlobs(tmp_path / "blobs"), FakeDesk(reading([])), [])


def with_leaders() -> Run:
    registration = make_registration(leaderboard=True)
    for name, shown in (("가온비전", 0.8), ("누리AI", 0.9)):
        run = make_run(registration, make_submission(registration, company=name))
        Run.objects.filter(pk=run.pk).update(state="released")
        facts = {"number": 1, "step": 0.1, "shown": shown, "improved": True, "at": NOON}
        LadderBoard.objects.create(run=run, registration=registration, submitter=run.submitter, **facts)
    return run


def test_the_lab_home_and_its_proofs_are_readable(
    page: Any, site: Site, accessible: Callable[[Any], None], keep_picture: Callable[[Any, str], None]
) -> None:
    registration = with_leaders().registration
    run = make_run(registration, make_submission(registration, company="다솜"))
    Run.objects.filter(pk=run.pk).update(state="awaiting_release")
    test = make_acceptance(site)
    make_export(site)
    person = Account.objects.create_user("evaluator", password=PASSWORD)
    for role in (Role.EVALUATOR, Role.OUTPUT_CHECKER, Role.FIELD_OWNER):
        person.groups.add(Group.objects.get(name=role.value))
    enter(page, person)
    for name, address in (
        ("lab-home", "/lab/"),
        ("lab-problem", f"/lab/problems/{registration.pack_id}/"),
        ("lab-proof", f"/lab/proofs/{test.proof_id}/"),
    ):
        seen(page, address, name, accessible, keep_picture)
        no_sideways_scroll(page)


def test_the_picture_of_a_verdict_keeps_its_words_readable_on_a_phone(
    page: Any,
    site: Site,  # noqa: ARG001
    screen: str,
    keep_picture: Callable[[Any, str], None],
) -> None:
    run = make_result()
    person = Account.objects.create_user("evaluator", password=PASSWORD)
    person.groups.add(Group.objects.get(name=Role.EVALUATOR.value))
    enter(page, person)
    page.goto(f"/lab/results/{run.pk}/")
    keep_picture(page, "lab-verdict")
    shown = page.locator(f".interval-{'narrow' if screen == 'phone' else 'wide'} svg")
    expect(shown).to_be_visible()
    heights = shown.locator("text").evaluate_all("all => all.map(one => one.getBoundingClientRect().height)")
    assert min(heights) >= 12
