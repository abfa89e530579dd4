"""Data sets in a real browser: the catalogue, one with its report, and what everybody sees."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pandok.common.people.accounts import ensure_role_groups
from pandok.fields.programme.models import DataSet
from tests.browser.test_first_page import no_sideways_scroll
from tests.browser.test_programme import enters
from tests.browser.test_programme import pytestmark as pytestmark
from tests.browser.waited import expect
from tests.chosen import Choose
from tests.fields.programme.data_dam import reported
from tests.fields.programme.office import person
from tests.roles import Role


def test_a_data_set_and_its_report_are_read_on_every_screen(
    transactional_db: None,  # noqa: ARG001
    choose: Choose,
    page: Any,
    accessible: Callable[[Any], None],
    keep_picture: Callable[[Any, str], None],
) -> None:
    choose(two_step="off")
    ensure_role_groups()
    report = reported("r99,-5,전화 010-1234-5678,yes,no,test", "r98,abc,,maybe,,test")
    DataSet.objects.update(state="published")
    found = report.version.data_set
    enters(page, person(Role.PROGRAMME_OFFICE, "office"), "/programme/data/")
    expect(page.locator(".rows a")).to_have_count(1)
    for at, name in (
        ("/programme/data/", "data-sets"),
        (f"/programme/data/{found.pk}/", "data-set"),
        (f"/programme/data/reports/{report.pk}/", "quality-report"),
        ("/programme/data/new/", "data-set-new"),
        ("/data-sets/", "public-data-sets"),
        (f"/data-sets/{found.number}/", "public-data-set"),
    ):
        page.goto(at)
        no_sideways_scroll(page)
        accessible(page)
        keep_picture(page, name)
    assert "010-1234-5678" not in page.content()
