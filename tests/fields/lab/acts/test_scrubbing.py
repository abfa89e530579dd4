"""Every stored file is read again: what is damaged is found and set aside, and an interrupted look goes on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pandok.common.models import AuditEntry
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.lab.acts.scrubbing import SAVED_EVERY, STATE, scrub
from pandok.fields.lab.acts.vault.site_vault import site_vault
from pandok.fields.register.models import Design, View, ViewOrigin
from tests.cli.test_commands import pandok
from tests.fields.lab.acts.vault.conftest import NOW, Clock, Lab


@pytest.fixture
def lab(db: None, tmp_path: Path) -> Lab:  # noqa: ARG001
    clock = Clock()
    return Lab(site_vault(tmp_path, clock=clock), clock, tmp_path)


def look(lab: Lab, **changes: Any) -> Any:
    return scrub(home=lab.home, vault=lab.vault, actor="tester", clock=lab.clock, **changes)


def test_damaged_missing_and_swapped_files_are_found(lab: Lab) -> None:
    blobs, design = FolderBlobs(lab.home / "blobs"), Design.objects.create(design_id="30-1")
    names = [blobs.put(f"file {number}".encode()) for number in range(6)]
    for place, sha256 in enumerate(names):
        View.objects.create(design=design, name=str(place), sha256=sha256, width=1, height=1, added_at=NOW)
    deposit = lab.deposit()
    one, two, _ = (lab.vault.put(deposit, name, name.encode() * 99, "raw") for name in ("one", "two", "three"))
    assert look(lab).faults == []
    blobs.path(names[0]).write_bytes(b"")
    blobs.path(names[1]).write_bytes(blobs.path(names[2]).read_bytes())
    blobs.remove(names[3])
    sealed = lab.vault.files.at(one.sealed_path)
    sealed.write_bytes(sealed.read_bytes()[:-1] + b"?")
    lab.vault.files.at(two.sealed_path).unlink()
    index = lab.home / "index" / "reader"
    index.mkdir(parents=True)
    (index / "CURRENT").write_text('{"generation": 7}')
    found = {(fault.part, fault.file, fault.what) for fault in look(lab).faults}
    assert found == {
        ("blobs", names[0], "damaged"),
        ("blobs", names[1], "damaged"),
        ("named", names[0], "missing"),
        ("named", names[1], "missing"),
        ("named", names[3], "missing"),
        ("vault", one.sealed_path, "damaged"),
        ("vault", two.sealed_path, "missing"),
        ("index", "reader", "missing"),
    }
    assert {name for name, _, _ in blobs.in_quarantine()} == {names[0], names[1]}
    for number in (0, 1, 3):
        blobs.put(f"file {number}".encode())
    assert {fault.part for fault in look(lab).faults} == {"vault", "index"}, "sent again, they are whole"
    assert AuditEntry.objects.filter(action="scrub.done").count() == 3


def test_a_lost_confirmed_photograph_is_found_too(lab: Lab) -> None:
    blobs, design = FolderBlobs(lab.home / "blobs"), Design.objects.create(design_id="30-1")
    sha256 = blobs.put(b"the goods alone")
    facts = {"name": "2026-000001", "width": 1, "height": 1, "added_at": NOW, "origin": ViewOrigin.CONFIRMED}
    View.everything.create(design=design, sha256=sha256, **facts)
    blobs.remove(sha256)
    assert [(fault.part, fault.file, fault.what) for fault in look(lab).faults] == [("named", sha256, "missing")]


def test_an_interrupted_look_goes_on_and_keeps_what_it_found(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    blobs = FolderBlobs(lab.home / "blobs")
    with blobs.together() as many:
        names = sorted(many.put(f"file {number}".encode()) for number in range(SAVED_EVERY + 50))
    blobs.path(names[3]).write_bytes(b"")
    read: list[str] = []
    is_whole = FolderBlobs.is_whole

    def counted(self: FolderBlobs, sha256: str) -> bool:
        read.append(sha256)
        if len(read) == SAVED_EVERY + 20:
            raise KeyboardInterrupt
        return is_whole(self, sha256)

    monkeypatch.setattr(FolderBlobs, "is_whole", counted)
    with pytest.raises(KeyboardInterrupt):
        look(lab)
    assert (lab.home / STATE).is_file()
    before = len(read)
    found = look(lab)
    assert [fault.file for fault in found.faults] == [names[3]]
    assert read[before:] == names[SAVED_EVERY:]
    assert not (lab.home / STATE).exists()
    look(lab, restart=True)
    assert read[-1] == names[-1]


def test_the_command_tells_by_its_exit_code(tmp_path: Path) -> None:
    assert pandok(tmp_path, "scrub").returncode == 0
    blobs = FolderBlobs(tmp_path / "home" / "blobs")
    sha256 = blobs.put(b"photograph")
    blobs.path(sha256).write_bytes(b"another")
    broken = pandok(tmp_path, "scrub", "--json")
    assert (broken.returncode, sha256 in broken.stdout) == (1, True)
    assert pandok(tmp_path, "scrub").returncode == 0
