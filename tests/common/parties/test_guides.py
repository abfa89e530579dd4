"""Guides: of one's own rights only, never changed but followed, seen by officers and not by the importer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pandok.common.models import AuditEntry, Party
from pandok.core.errors import InputError, RequestError
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.counterfeit.acts.guides import guides_for, may_see_guide, own_guides, withdraw_guide, write_guide
from pandok.fields.counterfeit.models import IdentificationGuide
from pandok.fields.register.models import Design, Holder
from tests.fields.counterfeit.cases_fixtures import World, build_world
from tests.fields.designs.fakes import NOON, photograph
from tests.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return build_world()


def written(world: World, folder: Path, **changes: Any) -> IdentificationGuide:
    said: dict[str, Any] = {
        "party": world.holder,
        "design_id": "30-0001",
        "title": "병 감별",
        "text": "바닥의 각인을 보십시오.",
        "pictures": [("a.jpg", photograph())],
        "actor": world.account(Role.HOLDER, party=world.holder),
        "now": NOON,
        "blobs": FolderBlobs(folder),
    }
    return write_guide(**(said | changes))


def test_officers_see_the_guides_of_the_design_and_of_all_rights(world: World, tmp_path: Path) -> None:
    other = Design.objects.create(design_id="30-0002", holder=world.design.holder)
    foreign = Design.objects.create(design_id="30-0003", holder=Holder.objects.create(name="다른 회사"))
    own, general = written(world, tmp_path), written(world, tmp_path, design_id="", title="모든 제품")
    assert set(guides_for(world.design)) == {own, general}
    assert set(guides_for(other)) == {general}
    assert not guides_for(foreign).exists()
    assert may_see_guide(world.officer, own)
    assert not may_see_guide(world.account(Role.IMPORTER, party=world.importer), own)


def test_a_new_text_follows_the_old_one(world: World, tmp_path: Path) -> None:
    old = written(world, tmp_path)
    new = written(world, tmp_path, text="새 설명", pictures=[], replaces=old, keep_pictures=[*old.pictures, "f" * 64])
    old.refresh_from_db()
    assert old.withdrawn_at == NOON
    assert new.pictures == old.pictures
    assert list(guides_for(world.design)) == [new]
    with pytest.raises(RequestError, match="already"):
        written(world, tmp_path, replaces=old)
    assert list(
        AuditEntry.objects.filter(action__startswith="guide.").order_by("sequence").values_list("action", flat=True)
    ) == [
        "guide.written",
        "guide.withdrawn",
        "guide.written",
    ]


def test_a_withdrawn_guide_is_gone_for_officers_and_stays_a_row(world: World, tmp_path: Path) -> None:
    guide = written(world, tmp_path)
    holder = world.account(Role.HOLDER)
    withdraw_guide(guide=guide, actor=holder, reason="", now=NOON)
    assert not guides_for(world.design).exists()
    assert not own_guides(holder).exists()
    guide.refresh_from_db()
    assert not may_see_guide(world.officer, guide)


@pytest.mark.parametrize(
    "changes",
    [
        {"title": " "},
        {"text": ""},
        {"title": "x" * 201},
        {"design_id": "30-9999"},
        {"pictures": [("a.jpg", b"MZ no picture")]},
        {"pictures": [("a.jpg", b"x")] * 9},
    ],
)
def test_what_is_no_guide_is_refused(world: World, tmp_path: Path, changes: dict[str, Any]) -> None:
    with pytest.raises(InputError):
        written(world, tmp_path, **changes)
    assert not IdentificationGuide.objects.exists()


def test_nobody_writes_or_withdraws_for_another(world: World, tmp_path: Path) -> None:
    other = Party.objects.create(kind=Party.HOLDER, name="다른 권리자", added_at=NOON)
    stranger = world.account(Role.HOLDER, "stranger", other)
    with pytest.raises(RequestError, match="another"):
        written(world, tmp_path, actor=stranger)
    with pytest.raises(RequestError, match="not this holder"):
        written(world, tmp_path, actor=stranger, party=other)
    guide = written(world, tmp_path)
    with pytest.raises(RequestError, match="another"):
        withdraw_guide(guide=guide, actor=stranger, reason="", now=NOON)
    assert not may_see_guide(stranger, guide)
