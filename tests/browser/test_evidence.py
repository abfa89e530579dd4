"""Evidence in a real browser: measured, certified, checked by anybody, and what became of it in view of everybody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.db.models import QuerySet

from pandok.common.people.accounts import ensure_role_groups
from pandok.engines.proof_pack.site_key import site_signing_key
from pandok.fields.programme.acts.certificates.issuing import draft_certificate
from pandok.fields.programme.models import Measurement, Remeasurement
from pandok.settings import settings
from tests.browser.test_first_page import no_sideways_scroll
from tests.browser.test_programme import enters
from tests.browser.waited import expect
from tests.chosen import Choose
from tests.fields.programme.acts.test_afterwards import ended
from tests.fields.programme.office import OVER, issued, person
from tests.roles import Role
from tests.tampering import take_trigger_away

pytestmark = pytest.mark.browser


def test_what_was_promised_proven_certified_and_what_became_of_it(
    transactional_db: None,  # noqa: ARG001
    choose: Choose,
    page: Any,
    accessible: Callable[[Any], None],
    keep_picture: Callable[[Any, str], None],
) -> None:
    choose(two_step="off")
    ensure_role_groups()
    made = ended()
    with connection.cursor() as cursor:
        take_trigger_away(cursor, "programme_remeasurement")
    QuerySet(Remeasurement).filter(months=12).update(due_on=date(2020, 9, 30))
    kept = Measurement.objects.get()
    draft = draft_certificate(kept.pk, "performance", actor=person(Role.PROGRAMME_OFFICE), now=OVER)
    done = issued(draft, key=site_signing_key(settings().home))

    def looked_at(at: str, name: str) -> None:
        page.goto(at)
        no_sideways_scroll(page)
        accessible(page)
        keep_picture(page, name)

    office = person(Role.PROGRAMME_OFFICE, "office")
    enters(page, office, f"/programme/agreements/{made.pk}/evidence/")
    looked_at(f"/programme/agreements/{made.pk}/evidence/", "programme-evidence")
    page.locator("main details summary").first.click()
    looked_at(f"/programme/measurements/{kept.pk}/?again=1", "programme-measurement")
    expect(page.locator('.notice[role="status"]')).to_be_visible()
    looked_at(f"/programme/certificates/{done.pk}/", "programme-certificate")
    looked_at("/programme/portfolio/", "programme-portfolio")
    page.context.clear_cookies(name=django_settings.SESSION_COOKIE_NAME)
    looked_at("/projects/", "programme-projects")
    looked_at(f"/projects/{made.number}/", "programme-project")
    looked_at("/verify/", "programme-verify-empty")
    page.fill("#id_number", done.number)
    page.fill("#id_code", done.code.lower())
    page.locator("main button.primary").click()
    expect(page.locator("#certified")).to_be_visible()
    no_sideways_scroll(page)
    accessible(page)
    keep_picture(page, "programme-verify")
