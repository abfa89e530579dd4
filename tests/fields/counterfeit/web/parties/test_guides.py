"""Pages of the identification guides."""

from __future__ import annotations

from collections.abc import Callable

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from pandok.common.models import Account
from pandok.fields.counterfeit.models import IdentificationGuide
from tests.fields.counterfeit.notices_fixtures import NoticeWorld
from tests.fields.designs.fakes import photograph

SignIn = Callable[[Account], Client]


def said(notices: NoticeWorld, **changes: object) -> dict[str, object]:
    facts = {"party": str(notices.world.holder.id), "design_id": "30-0001", "title": "<b>병</b>", "text": "<script>x"}
    return facts | {"pictures": SimpleUploadedFile("a.jpg", photograph(), "image/jpeg")} | changes


def test_a_holder_writes_changes_and_withdraws_a_guide(notices: NoticeWorld, client_of: SignIn) -> None:
    client = client_of(notices.holder)
    assert client.post("/guides/new/", said(notices)).status_code == 302
    guide = IdentificationGuide.objects.get()
    page = client.get("/guides/").content.decode()
    assert "&lt;b&gt;병&lt;/b&gt;" in page
    assert "<script>x" not in page
    assert client.get(f"/guides/{guide.id}/pictures/{guide.pictures[0]}").status_code == 200
    changed = said(notices, text="새 설명", pictures=[], keep=guide.pictures)
    assert client.post(f"/guides/{guide.id}/", changed).status_code == 302
    assert client.get(f"/guides/{guide.id}/").status_code == 404
    new = IdentificationGuide.objects.get(withdrawn_at=None)
    assert new.pictures == guide.pictures
    assert client.post(f"/guides/{new.id}/withdraw/").status_code == 302
    assert not IdentificationGuide.objects.filter(withdrawn_at=None).exists()


def test_what_was_written_comes_back_with_the_refusal(notices: NoticeWorld, client_of: SignIn) -> None:
    page = client_of(notices.holder).post("/guides/new/", said(notices, design_id="30-9999", text="긴 설명"))
    assert page.status_code == 422
    assert "긴 설명" in page.content.decode()
    assert "not this holder" in page.content.decode()


def test_another_holder_and_the_importer_see_no_guide(
    notices: NoticeWorld, client_of: SignIn, stranger: Account
) -> None:
    client_of(notices.holder).post("/guides/new/", said(notices))
    guide = IdentificationGuide.objects.get()
    address = f"/guides/{guide.id}/pictures/{guide.pictures[0]}"
    assert client_of(stranger).get(f"/guides/{guide.id}/").status_code == 404
    assert client_of(stranger).post(f"/guides/{guide.id}/withdraw/").status_code == 404
    assert client_of(stranger).get(address).status_code == 404
    assert client_of(notices.importer).get(address).status_code == 404
    assert client_of(notices.world.officer).get(address).status_code == 200
    assert client_of(notices.holder).get(f"/guides/{guide.id}/pictures/{'0' * 64}").status_code == 404


def test_the_officer_sees_the_guide_with_its_pictures_on_the_case_page(notices: NoticeWorld, client_of: SignIn) -> None:
    client_of(notices.holder).post("/guides/new/", said(notices))
    guide = IdentificationGuide.objects.get()
    page = client_of(notices.world.officer).get(f"/cases/{notices.chosen().id}/").content.decode()
    assert "&lt;b&gt;병&lt;/b&gt;" in page
    assert f"/guides/{guide.id}/pictures/{guide.pictures[0]}?small" in page


def test_the_officer_sees_delivery_opening_and_answer_on_the_case_page(notices: NoticeWorld, client_of: SignIn) -> None:
    case = notices.notified(importer=False)
    officer = client_of(notices.world.officer)
    assert "Not opened yet" in officer.get(f"/cases/{case.id}/").content.decode()
    path = f"/notices/{case.notices.get().id}/"
    holder = client_of(notices.holder)
    holder.get(path)
    holder.post(f"{path}answer/", {"answer": "not_genuine", "reason": "각인이 다름", "nonce": "n"})
    page = officer.get(f"/cases/{case.id}/").content.decode()
    assert "Not opened yet" not in page
    assert "각인이 다름" in page
