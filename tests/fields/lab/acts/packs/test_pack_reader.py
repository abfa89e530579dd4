"""Packs are read whole or refused with every fault at its place."""

from __future__ import annotations

import io
import os
import unicodedata
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pandok.core.lab.case import CaseRole
from pandok.core.lab.problem import Part
from pandok.fields.lab.acts.packs.manifest import manifest
from pandok.fields.lab.acts.packs.pack_faults import PackRefused
from pandok.fields.lab.acts.packs.pack_files import is_safe
from pandok.fields.lab.acts.packs.pack_reader import read_pack
from tests.fields.lab.acts.packs.folders import append, picture, picture_folder, replace, table_folder

KEY = b"k" * 32


def faults_of(folder: Path) -> list[str]:
    with pytest.raises(PackRefused) as caught:
        read_pack(folder)
    assert caught.value.count >= len(caught.value.faults) > 0
    return [fault.said("en") for fault in caught.value.faults]


def test_a_table_is_read(tmp_path: Path) -> None:
    pack = read_pack(table_folder(tmp_path / "pack"))
    assert len(pack.cases) == 12
    assert [len(list(pack.queries(part))) for part in Part] == [4, 4, 4]
    case = pack.cases["t001"]
    assert case.inputs == ("", "KR")
    assert pack.input_bytes(case) == b'{"mass":"","origin":"KR"}'
    assert pack.truth["t003"] == ("1",)
    assert pack.practice["t003"] == "0.3"


def test_a_retrieval_is_read_with_its_register(tmp_path: Path) -> None:
    pack = read_pack(picture_folder(tmp_path / "pack"))
    assert [one.case_id for one in pack.register] == ["r-red", "r-blue"]
    assert pack.truth["r-red"] == ("red",)
    assert all(one.role is CaseRole.QUERY for one in pack.queries(Part.CONFIRM))
    assert pack.input_bytes(pack.cases["r-red"]) == picture((200, 0, 0))


def test_a_register_picture_without_a_truth_stands_for_itself(tmp_path: Path) -> None:
    folder = picture_folder(tmp_path / "pack")
    (folder / "inputs/green.png").write_bytes(picture((0, 200, 0)))
    append(folder, "cases.csv", "green,public,register,inputs/green.png,,")
    replace(folder, "practice.csv", "q000,red", "q000,green")
    assert read_pack(folder).truth["green"] == ("green",)


def test_all_faults_come_at_once_with_file_and_line(tmp_path: Path) -> None:
    folder = table_folder(tmp_path / "pack")
    append(
        folder, "cases.csv", "t000,public,query,,c,A,1,KR", "bad id,public,query,,c,A,1,KR", "x1,secret,query,,,,1,K"
    )
    append(folder, "cases.csv", "x2,public", "x3,public,register,,c,A,1,KR")
    append(folder, "truth.csv", "nobody,1")
    replace(folder, "truth.csv", "t002,0", "t002,2")
    replace(folder, "practice.csv", "t004,0.4", "t004,high")
    found = faults_of(folder)
    for expected in (
        "cases.csv:14: The case_id stands twice: t000.",
        "cases.csv:15: Not a case_id: 'bad id'.",
        "cases.csv:16: part is public",
        "cases.csv:17: 2 cells, where the header has 8.",
        "cases.csv:18: Only embedding tasks have a register.",
        "truth.csv:14: No such case: 'nobody'.",
        "truth.csv:4: The truth is 0 or 1.",
        "practice.csv:6: Not a number: 'high'.",
    ):
        assert any(one.startswith(expected) for one in found), (expected, found)


def test_problem_values_are_named_with_their_line(tmp_path: Path) -> None:
    folder = table_folder(tmp_path / "pack")
    replace(folder, "problem.toml", 'task = "score"', 'task = "guess"')
    replace(folder, "problem.toml", "planned_n = 10", "planned_n = 1")
    replace(folder, "problem.toml", 'licence = "MIT"', 'licence = "MIT"\nmargin = 0.1')
    lines = (folder / "problem.toml").read_text(encoding="utf-8").splitlines()
    found = faults_of(folder)
    for text, start in (("planned_n = 1", "planned_n"), ('task = "guess"', "output.task"), ("margin = 0.1", "margin")):
        assert any(one.startswith(f"problem.toml:{lines.index(text) + 1}: {start}") for one in found), found


def test_broken_toml_names_its_line(tmp_path: Path) -> None:
    folder = table_folder(tmp_path / "pack")
    (folder / "problem.toml").write_text('id = "x"\ntitle = ', encoding="utf-8")
    assert faults_of(folder)[0].startswith("problem.toml:2: This is no TOML")


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("cases.csv", b"case_id,part\n\x00", "cases.csv:1: Columns are missing"),
        ("truth.csv", b"case_id,truth\nt000,\x00\n", "truth.csv:2: There is a NUL character."),
        ("truth.csv", b"case_id,truth\nt000,\xff\n", "truth.csv:2: Not UTF-8"),
        ("truth.csv", b"case_id,truth\nt000," + b"1" * 2_000_000, "truth.csv:2: The line is longer than 1 MB."),
        ("truth.csv", b'case_id,truth\nt000,"' + b"1" * 200_000, "truth.csv:2: This is no CSV"),
        ("truth.csv", b"case_id,truth,truth\n", "truth.csv:1: Columns stand twice"),
        ("practice.csv", b"case_id,output,extra\n", "practice.csv:1: Unknown columns: 'extra'."),
        ("problem.toml", b"\xff", "problem.toml: Not UTF-8"),
        ("problem.toml", b"x" * 1_100_000, "problem.toml: The file is larger than 1 MB."),
        ("notes.txt", b"x", "notes.txt: This file does not belong in a pack."),
    ],
)
def test_hostile_files_are_refused(tmp_path: Path, name: str, content: bytes, expected: str) -> None:
    folder = table_folder(tmp_path / "pack")
    (folder / name).write_bytes(content)
    assert any(one.startswith(expected) for one in faults_of(folder)), faults_of(folder)


@pytest.mark.parametrize("name", ["problem.toml", "cases.csv", "truth.csv", "practice.csv"])
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    folder = table_folder(tmp_path / "pack")
    (folder / name).unlink()
    assert f"{name}: The file is missing." in faults_of(folder)


def test_links_and_pipes_are_refused_before_anything_is_opened(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret", encoding="utf-8")
    folder = picture_folder(tmp_path / "pack")
    (folder / "inputs/link.png").symlink_to(secret)
    (folder / "inputs/q000.png").unlink()
    os.mkfifo(folder / "inputs/q000.png")
    (folder / "truth.csv").unlink()
    (folder / "truth.csv").symlink_to(secret)
    found = faults_of(folder)
    assert "inputs/link.png: Links are not accepted." in found
    assert "truth.csv: Links are not accepted." in found
    assert "inputs/q000.png: This is no ordinary file." in found


def test_a_folder_that_is_a_link_or_a_file_is_refused(tmp_path: Path) -> None:
    table_folder(tmp_path / "pack")
    (tmp_path / "link").symlink_to(tmp_path / "pack")
    assert faults_of(tmp_path / "link") == [".: This is no folder with a pack."]
    assert faults_of(tmp_path / "pack" / "cases.csv") == [".: This is no folder with a pack."]
    assert faults_of(tmp_path / "absent") == [".: This is no folder with a pack."]


@pytest.mark.parametrize(
    "path", ["inputs/../../secret", "/etc/passwd", "inputs\\q.png", "inputs//q000.png", "../x", ""]
)
def test_paths_that_climb_are_refused(tmp_path: Path, path: str) -> None:
    folder = picture_folder(tmp_path / "pack")
    replace(folder, "cases.csv", "inputs/q000.png", path)
    assert any("There is no such file" in one for one in faults_of(folder))
    assert not is_safe(path)


def test_a_sealed_input_may_not_be_public_too(tmp_path: Path) -> None:
    folder = picture_folder(tmp_path / "pack")
    (folder / "inputs/q001.png").write_bytes((folder / "inputs/q000.png").read_bytes())
    assert any(
        "The same input stands in two parts: q000 (public), q001 (feedback)." in one for one in faults_of(folder)
    )


def test_files_that_no_case_names_and_groups_without_column_are_refused(tmp_path: Path) -> None:
    folder = picture_folder(tmp_path / "pack")
    (folder / "inputs/more.png").write_bytes(picture((1, 2, 3)))
    assert "inputs/more.png: No line of cases.csv names this file." in faults_of(folder)
    group = '\n[[groups]]\ncolumn = "season"\ntitle = { ko = "철", en = "Season" }\nmargin = 0.1\n'
    grouped = table_folder(tmp_path / "grouped", groups=group)
    assert any("Columns are missing: 'season'." in one for one in faults_of(grouped))


def test_every_part_needs_cases(tmp_path: Path) -> None:
    folder = table_folder(tmp_path / "pack")
    text = (folder / "cases.csv").read_text(encoding="utf-8").replace("confirm", "feedback")
    (folder / "cases.csv").write_text(text, encoding="utf-8")
    assert faults_of(folder) == ["cases.csv: The part confirm has no case."]


def test_the_manifest_changes_with_every_part_of_the_data_and_needs_the_key(tmp_path: Path) -> None:
    folder = picture_folder(tmp_path / "pack")
    first = manifest(read_pack(folder), KEY)
    assert first.cases == {"public": 3, "feedback": 3, "confirm": 3}
    assert manifest(read_pack(folder), KEY) == first
    roots = {first.root, manifest(read_pack(folder), b"o" * 32).root}
    (folder / "inputs/q004.png").write_bytes(picture((9, 9, 9)))
    roots.add(manifest(read_pack(folder), KEY).root)
    replace(folder, "truth.csv", "q002,blue", "q002,red")
    roots.add(manifest(read_pack(folder), KEY).root)
    replace(folder, "practice.csv", "q003,red", "q003,blue")
    roots.add(manifest(read_pack(folder), KEY).root)
    replace(folder, "cases.csv", "inputs/q003.png,red", "inputs/q003.png,other")
    roots.add(manifest(read_pack(folder), KEY).root)
    assert len(roots) == 6
    with pytest.raises(ValueError, match="32 bytes"):
        manifest(read_pack(folder), b"short")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.sampled_from(["problem.toml", "cases.csv", "truth.csv", "practice.csv"]), content=st.binary(max_size=400)
)
def test_any_bytes_give_a_pack_or_a_refusal(tmp_path: Path, name: str, content: bytes) -> None:
    folder = tmp_path / "pack"
    if not folder.exists():
        table_folder(folder)
    kept = (folder / name).read_bytes()
    try:
        (folder / name).write_bytes(content)
        faults_of(folder)
        (folder / name).write_bytes(kept + content)
        with suppress(PackRefused):
            read_pack(folder)
    finally:
        (folder / name).write_bytes(kept)


def test_a_pack_that_a_mac_packed_is_read_as_it_was_meant(tmp_path: Path) -> None:
    folder = picture_folder(tmp_path / "pack")
    before = manifest(read_pack(folder), KEY)
    (folder / ".DS_Store").write_bytes(b"Bud1")
    (folder / "inputs" / "Thumbs.db").write_bytes(b"x")
    (folder / "__MACOSX" / "inputs").mkdir(parents=True)
    (folder / "__MACOSX" / "inputs" / "._a.png").write_bytes(b"x")
    found = read_pack(folder)
    assert (manifest(found, KEY), found.files.left_out) == (before, 3)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for path in sorted(one for one in folder.rglob("*") if one.is_file()):
            archive.write(path, path.relative_to(folder).as_posix())
    packed = read_pack(target.getvalue())
    assert (manifest(packed, KEY), packed.files.left_out) == (before, 3)


def test_names_decomposed_by_a_mac_are_found_by_the_table(tmp_path: Path) -> None:
    folder = picture_folder(tmp_path / "pack")
    one = next((folder / "inputs").glob("*.png"))
    replace(folder, "cases.csv", f"inputs/{one.name}", "inputs/상표.png")
    one.rename(one.with_name(unicodedata.normalize("NFD", "상표.png")))
    assert any(case.inputs == "inputs/상표.png" for case in read_pack(folder).cases.values())
