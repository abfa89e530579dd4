import unicodedata
from pathlib import Path

import pytest

from pandok.core.errors import ImportRefused
from pandok.fields.designs.evaluation.folder import load_folder

REGISTER_HEADER = "design_id,holder,article,locarno_class,status,view,path"
QUERY_HEADER = "query_id,path,design_id"


def write(folder: Path, register: str, queries: str, encoding: str = "utf-8", files=("r/a.png", "r/b.png", "q/1.png")):
    for name in files:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"pixels")
    (folder / "register.csv").write_bytes(f"{REGISTER_HEADER}\n{register}".encode(encoding))
    (folder / "queries.csv").write_bytes(f"{QUERY_HEADER}\n{queries}".encode(encoding))
    return folder


GOOD = "A,㈜한빛,의자,06-01,등록,정면도,r/a.png\nB,새벽 공방,등,26-05,소멸,사시도,r/b.png\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
def test_a_folder_in_every_encoding_of_korean_offices(tmp_path, encoding):
    chosen = load_folder(write(tmp_path, GOOD, "q1,q/1.png,A;B\n", encoding))
    assert chosen.problems == ()
    assert [(view.design.design_id, view.design.holder, view.view) for view in chosen.views] == [
        ("A", "㈜한빛", "정면도"),
        ("B", "새벽 공방", "사시도"),
    ]
    assert chosen.queries[0].design_ids == ("A", "B")
    assert chosen.read_bytes("q/1.png") == b"pixels"


def test_an_empty_design_id_means_not_in_the_register(tmp_path):
    chosen = load_folder(write(tmp_path, GOOD, "q1,q/1.png,\nq2,q/1.png, ; \n"))
    assert [query.design_ids for query in chosen.queries] == [(), ()]
    assert chosen.problems == ()
    assert chosen.queries[0].cluster != chosen.queries[1].cluster


def test_all_problems_are_told_with_file_and_line_and_the_good_rows_stay(tmp_path):
    register = (
        GOOD
        + ",x,,,,1,r/a.png\n"  # line 4: no id
        + "C,x,,,,1,r/none.png\n"  # 5: no file
        + "A,another holder,의자,06-01,등록,배면도,r/b.png\n"  # 6: other facts, kept
        + "A,㈜한빛,의자,06-01,등록,정면도,r/a.png\n"  # 7: twice
        + "D,x,,\n"  # 8: cells
        + "\n"
        + "D,x,,,,1,\n"  # 10: no path
    )
    queries = (
        "q1,q/1.png,A\n"
        "q1,q/1.png,B\n"  # 3: twice
        ",q/1.png,A\n"  # 4: no id
        "q4,q/1.png,Z\n"  # 5: unknown
        "q5,q/1.png,A;Z\n"  # 6: partly unknown, kept
        "q6,q/none.png,A\n"  # 7: no file
    )
    chosen = load_folder(write(tmp_path, register, queries))
    assert [(problem.file, problem.line) for problem in chosen.problems] == [
        *[("register.csv", line) for line in (4, 5, 6, 7, 8, 10)],
        *[("queries.csv", line) for line in (3, 4, 5, 6, 7)],
    ]
    assert [view.path for view in chosen.views] == ["r/a.png", "r/b.png", "r/b.png"]
    assert {view.design.holder for view in chosen.views if view.design.design_id == "A"} == {"㈜한빛"}
    assert [(query.query_id, query.design_ids) for query in chosen.queries] == [("q1", ("A",)), ("q5", ("A",))]
    assert chosen.rows_left_out == 9
    assert all(problem.what.ko and problem.what.en for problem in chosen.problems)


@pytest.mark.parametrize(
    "path", ["../secret.png", "r/../../secret.png", "/etc/hostname", "C:/secret.png", "..\\secret.png", "link.png"]
)
def test_paths_that_climb_out_are_left_out(tmp_path, path):
    (tmp_path / "secret.png").write_bytes(b"secret")
    folder = tmp_path / "folder"
    write(folder, GOOD, "q1,q/1.png,A\n")
    (folder / "link.png").symlink_to(tmp_path / "secret.png")
    chosen = load_folder(write(folder, GOOD + f"C,x,,,,1,{path}\n", f"q1,q/1.png,A\nq2,{path},A\n"))
    assert [(problem.file, problem.line) for problem in chosen.problems] == [("register.csv", 4), ("queries.csv", 3)]
    assert all("leads out of the folder" in problem.what.en for problem in chosen.problems)


def test_line_numbers_count_lines_of_the_file_not_rows(tmp_path):
    register = 'A,"two\nlines",,,,1,r/a.png\nC,x,,,,1,r/none.png\n'
    (problem,) = load_folder(write(tmp_path, register, "q1,q/1.png,A\n")).problems
    assert problem.line == 4


def test_a_damaged_table_keeps_what_stands_before_the_damage(tmp_path):
    register = GOOD + "C,x,,,,1," + "r" * 200_000 + "\n"  # longer than the csv module allows a field to be
    chosen = load_folder(write(tmp_path, register, "q1,q/1.png,A\n"))
    assert len(chosen.views) == 2
    assert [problem.line for problem in chosen.problems] == [4]


def test_a_very_long_path_is_a_problem_not_a_crash(tmp_path):
    chosen = load_folder(write(tmp_path, GOOD + f"C,x,,,,1,{'r' * 5000}.png\n", "q1,q/1.png,A\n"))
    assert [problem.line for problem in chosen.problems] == [4]


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("register.csv", None, "cannot be read"),
        ("queries.csv", None, "cannot be read"),
        ("register.csv", b"", "no column"),
        ("queries.csv", b"query_id,path\n", "no column design_id"),
        ("register.csv", b"\xff\xfe\x00\x81\x20", "encoding"),
    ],
)
def test_a_table_that_cannot_be_used_refuses_the_folder(tmp_path, file, content, said):
    write(tmp_path, GOOD, "q1,q/1.png,A\n")
    (tmp_path / file).unlink() if content is None else (tmp_path / file).write_bytes(content)
    with pytest.raises(ImportRefused) as told:
        load_folder(tmp_path)
    assert said in told.value.what.en
    assert told.value.fields["file"] == file
    assert told.value.next_step.ko


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp949", "utf-16"])
@pytest.mark.parametrize("separator", [";", "\t", ","])
def test_tables_as_spreadsheets_write_them(tmp_path, encoding, separator):
    """Separators, encodings and the spelling of file names are read as in the register's own import."""
    (tmp_path / unicodedata.normalize("NFD", "정면.png")).write_bytes(b"picture")
    (tmp_path / "IMG_1.JPG").write_bytes(b"picture")
    for file, rows in (
        ("register.csv", [REGISTER_HEADER.split(","), ("A", "", "컵", "", "", "1", "정면.png")]),
        ("queries.csv", [QUERY_HEADER.split(","), ("q1", "img_1.jpg", "A")]),
    ):
        text = "".join(separator.join(row) + "\r\n" for row in rows)
        (tmp_path / file).write_bytes(text.encode(encoding))
    found = load_folder(tmp_path)
    assert found.problems == ()
    assert [found.read_bytes(one.path) for one in (*found.views, *found.queries)] == [b"picture"] * 2
