"""What was tapped by mistake is taken back on the page as long as nobody was told of it."""

from __future__ import annotations

import pytest

from pandok.common.models import Delivery
from pandok.fields.counterfeit.models import Case, Notice
from tests.fields.counterfeit.web.conftest import Customs, step, words


@pytest.mark.parametrize("mistaken", ["choose", "nothing_close"])
def test_a_mistaken_tap_is_taken_back_by_the_button_of_the_page(customs: Customs, mistaken: str) -> None:
    case, client = customs.case(), customs.client()
    client.post(f"/cases/{case.id}/act/", step(case, mistaken, design_id="30-0001"))
    case.refresh_from_db()
    assert case.state == {"choose": "candidate_chosen", "nothing_close": "nothing_close"}[mistaken]
    assert 'name="step" value="reopen"' in client.get(f"/cases/{case.id}/").content.decode()
    assert client.post(f"/cases/{case.id}/act/", step(case, "reopen")).status_code == 302
    case = Case.objects.get(pk=case.pk)
    assert case.state == "read"
    assert "Choose a candidate, or say nothing is close." in words(client.get(f"/cases/{case.id}/"))
    assert [event.kind for event in case.events.order_by("sequence")][-1] == "choice_reopened"
    assert not Notice.objects.exists()
    assert not Delivery.objects.exists()
    client.post(f"/cases/{case.id}/act/", step(case, "choose", design_id="30-0001"))
    case.refresh_from_db()
    assert case.state == "candidate_chosen"
