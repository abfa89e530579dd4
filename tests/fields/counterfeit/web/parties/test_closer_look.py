"""A party looks closely at what its notice shows, and at nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

from django.test import Client

from pandok.common.models import Account
from tests.fields.counterfeit.notices_fixtures import NoticeWorld
from tests.fields.counterfeit.web.test_closer_look import rooms, shown

SignIn = Callable[[Account], Client]


def test_a_party_looks_at_the_pictures_of_its_notice_and_at_no_others(notices: NoticeWorld, client_of: SignIn) -> None:
    notice = notices.notified().notices.get(template="holder_notice")
    client = client_of(notices.holder)
    page = unescape(shown(client, f"/notices/{notice.id}/"))
    address = re.findall(r'href="(/notices/[^"]+look&beside=[^"]+)"', page)[0]
    here = rooms(shown(client, address))
    assert len(here) == 2
    assert all(one.startswith(f"/notices/{notice.id}/") for one in here)
    assert all(client.get(one).status_code == 200 for one in here)
    assert client_of(notices.importer).get(address).status_code == 404
