"""A holder sees its own rights as customs has them, and nothing else of the register."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from pandok.common.models import Account
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.register.models import Design, View
from tests.fields.counterfeit.notices_fixtures import NoticeWorld
from tests.fields.designs.fakes import NOON, VIEW_SIZE, drawing
from tests.roles import Role

SignIn = Callable[[Account], Client]


@pytest.fixture
def others(notices: NoticeWorld, tmp_path: Path) -> Design:  # noqa: ARG001
    """A design of somebody else, with a view whose file is in the store."""
    design = Design.objects.create(design_id="30-7777", article="Lamp of another holder", word_mark="HANBIT LAMP")
    View.objects.create(
        design=design, name="front", sha256=FolderBlobs(tmp_path / "blobs").put(drawing(33)), media_type="image/png",
        width=VIEW_SIZE[0], height=VIEW_SIZE[1], added_at=NOON,
    )  # fmt: skip
    return design


def test_the_notice_leads_the_holder_to_its_right_in_the_register(notices: NoticeWorld, client_of: SignIn) -> None:
    case = notices.notified()
    notice = case.notices.get(template="holder_notice")
    client = client_of(notices.holder)
    assert case.design is not None
    link = f"/designs/?words={case.design.design_id}"
    assert f'href="{link}"' in client.get(f"/notices/{notice.id}/").content.decode()
    found = client.get(link)
    assert [one.design_id for one in found.context["rows"]] == [case.design.design_id]
    page = client.get(f"/designs/{case.design.design_id}/")
    assert page.status_code == 200
    assert case.number not in page.content.decode(), "work of customs is not shown"
    views = page.context["design"].views
    assert views
    assert all(client.get(f"/pictures/{one.sha256}").status_code == 200 for one in views)
    assert client.get(f"/pictures/{views[0].sha256}?look&design={case.design.design_id}").status_code == 200


def test_rights_of_others_are_hidden_from_a_holder(notices: NoticeWorld, others: Design, client_of: SignIn) -> None:
    client, view = client_of(notices.holder), others.views.get().sha256
    for words in ("", "30-7777", "Lamp", "HANBIT LAMP"):
        answer = client.get("/designs/", {"words": words})
        assert answer.status_code == 200
        assert "Lamp of another" not in answer.content.decode()
        assert answer.context["marks"] == []
    assert client.get("/designs/30-7777/").status_code == 404
    for address in (f"/pictures/{view}", f"/pictures/{view}?look", f"/pictures/{view}?look&design=30-7777"):
        assert client.get(address).status_code == 404
    own = notices.view
    html = client.get(f"/pictures/{own}?look&design=30-7777&beside={view}").content.decode()
    assert view not in html.replace(f"beside={view}", "")


def test_a_photograph_of_customs_is_not_seen_this_way(notices: NoticeWorld, client_of: SignIn) -> None:
    notices.notified()
    client = client_of(notices.holder)
    assert client.get(f"/pictures/{notices.photograph}").status_code == 404
    page = client.get("/designs/30-0001/", {"with": notices.photograph}).content.decode()
    assert f'src="/pictures/{notices.photograph}"' not in page


def test_another_holder_and_an_importer_see_none_of_it(
    notices: NoticeWorld, stranger: Account, client_of: SignIn
) -> None:
    notices.notified()
    assert client_of(stranger).get("/designs/").context["rows"] == []
    assert client_of(stranger).get("/designs/30-0001/").status_code == 404
    assert client_of(stranger).get(f"/pictures/{notices.view}").status_code == 404
    for account in (notices.importer, notices.world.account(Role.APPRAISER, "appraiser of none")):
        assert client_of(account).get("/designs/").status_code == 403
        assert client_of(account).get("/designs/30-0001/").status_code == 403
        assert client_of(account).get(f"/pictures/{notices.view}").status_code == 403
