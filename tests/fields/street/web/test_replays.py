"""The table of a replay: another reader stands beside the one that runs."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from pandok.common.models import Account
from tests.fields.street.acts.test_replaying import AS_IT_RUNS, SOONER, asked, flood_on_record, street
from tests.roles import Role

pytestmark = pytest.mark.django_db


def test_a_replay_is_a_table_with_a_row_a_candidate(tmp_path: Path) -> None:
    account = Account.objects.create_user("room")
    account.groups.add(Group.objects.get(name=Role.CONTROL_ROOM.value))
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(account)
    assert "Nothing was replayed yet" in client.get("/street/replays/").content.decode()
    street(tmp_path)
    flood_on_record()
    asked(tmp_path, AS_IT_RUNS, SOONER)
    page = client.get("/street/replays/").content.decode()
    assert page.count('<th scope="row">Flood</th>') == 2
    assert "levels from 2, 6, 8, 20" in page
    assert "rises_at" not in page
    assert "0 / 1" in page
