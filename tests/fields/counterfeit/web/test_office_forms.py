"""Forms of the office: nothing is chosen beforehand, what was entered stays, and what is wrong stands where it is."""

from __future__ import annotations

import re

from pandok.common.models import Party, Site
from tests.fields.counterfeit.web.conftest import Customs
from tests.roles import Role


def test_a_party_is_of_no_kind_until_somebody_chooses(customs: Customs) -> None:
    client = customs.client(customs.world.account(Role.ADMINISTRATOR), language="ko")
    page = client.get("/parties/new/").content.decode()
    kinds = page[page.index('name="kind"') : page.index("</select>")]
    assert re.findall(r'<option value="([^"]*)"( selected)?', kinds)[0] == ("", " selected")
    sent = {"kind": "", "name": "가나상사", "language": "ko", "reason": "새 수입자 등록"}
    refused = client.post("/parties/new/", sent)
    assert refused.status_code == 422
    assert 'value="가나상사"' in refused.content.decode()
    assert 'value="새 수입자 등록"' in refused.content.decode()
    wrong = client.post("/parties/new/", sent | {"kind": "nobody", "name": "나" * 301})
    assert wrong.status_code == 422
    assert wrong.content.decode().count("field-error") == 2
    assert not Party.objects.filter(name__startswith="나").exists()
    assert client.post("/parties/new/", sent | {"kind": "importer"}).status_code == 302
    assert Party.objects.get(name="가나상사").kind == "importer"


def test_names_of_a_site_stay_as_they_were_entered(customs: Customs) -> None:
    client = customs.client(customs.world.account(Role.ADMINISTRATOR), language="ko")
    site = Site.objects.get(code="ICN")
    sent = {"change": "names", "name_ko": "인천공항세관", "name_en": "Incheon", "phone": "032-000-0000", "reason": ""}
    refused = client.post(f"/sites/{site.pk}/", sent)
    assert refused.status_code == 422
    assert 'value="032-000-0000"' in refused.content.decode()
    assert client.post(f"/sites/{site.pk}/", sent | {"reason": "이름이 바뀜"}).status_code == 302
    site.refresh_from_db()
    assert (site.name_ko, site.phone) == ("인천공항세관", "032-000-0000")
