"""Every open course runs from top to bottom as its learner would run it, on real data, and computes the answers that
its page knows; it ends with a submission that the lab's own gate lets through."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from pandok.core.errors import RequestError
from pandok.demo.cli.problems import build_pack
from pandok.fields.academy.open_courses.course_text import read_course
from pandok.fields.academy.open_courses.folder import NOTEBOOK, PUBLIC, write_folder
from pandok.fields.academy.open_courses.notebook import notebook_of
from pandok.fields.academy.open_courses.running import run_notebook
from pandok.fields.academy.open_courses.shelf import NAMES, answers, courses
from pandok.fields.lab.acts.packs.pack import Pack


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    """Its articles take twenty seconds to draw."""
    return build_pack(courses()["drawings"].problem, tmp_path_factory.mktemp("drawn") / "pack")


def test_a_course_runs_to_its_submission(drawn: Pack, tmp_path: Path) -> None:
    _runs("drawings", drawn, tmp_path)


def test_a_course_on_shared_data_runs_to_its_submission(shared: Path, tmp_path: Path) -> None:  # noqa: ARG001
    _runs("gas", build_pack(courses()["gas"].problem, tmp_path / "pack"), tmp_path)


def _runs(name: str, pack: Pack, tmp_path: Path) -> None:
    course = courses()[name]
    notebook = write_folder(tmp_path / "work", course, pack, "ko")
    moved: list[tuple[int, int]] = []
    found = run_notebook(notebook, course, lambda done, all_of_it: moved.append((done, all_of_it)))
    assert moved
    assert moved[-1][0] == moved[-1][1]
    known = answers()[name]
    assert {one.name for one in course.questions if one.accepts(found[one.name], known[one.name])} == known.keys()
    with zipfile.ZipFile(notebook.parent / "submission.zip") as made:
        assert {"model.onnx", "submission.json", "card.md", "sample_outputs.csv"} <= set(made.namelist())


@pytest.mark.parametrize("name", ["declarations", "floods"])
def test_the_answers_of_the_larger_courses(
    name: str,
    shared: Path,  # noqa: ARG001
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Their code in this process, without the commands: the gate of 32,817 cases takes half a minute."""
    course = courses()[name]
    write_folder(tmp_path / "work", course, build_pack(course.problem, tmp_path / "pack"), "ko")
    monkeypatch.chdir(tmp_path / "work")
    known: dict[str, object] = {}
    for source in json.loads(notebook_of(course, "ko"))["cells"]:
        code = "".join(source["source"])
        if source["cell_type"] == "code" and not code.startswith("!"):
            exec(code, known)
    for one in course.questions:
        assert one.accepts(float(known[one.name]), answers()[name][one.name])  # type: ignore[arg-type]  # a number
    assert Path("model.onnx").stat().st_size > 0


def test_only_the_public_part_gets_into_the_folder_and_own_work_stays(drawn: Pack, tmp_path: Path) -> None:
    course = courses()["drawings"]
    notebook = write_folder(tmp_path / "work", course, drawn, "en")
    with zipfile.ZipFile(tmp_path / "work" / PUBLIC) as public:
        cases = public.read("cases.csv").decode().splitlines()[1:]
        assert cases
        assert {one.split(",")[1] for one in cases} == {"public"}
        assert {name for name in public.namelist() if name.startswith("inputs/")} <= {
            one.split(",")[3] for one in cases
        }
    notebook.write_text("mine")
    assert write_folder(tmp_path / "work", course, drawn, "en").read_text() == "mine"
    with pytest.raises(RequestError, match=r"이 과정의 과제는|This course is about"):
        write_folder(tmp_path / "other", courses()["gas"], drawn, "en")


def test_a_cell_that_fails_is_said_and_shown(tmp_path: Path) -> None:
    course = read_course("x", ":::title\nko: 가\nen: a\n:::problem p\n:::minutes 1\n:::code\n1 / 0\n")
    notebook = tmp_path / NOTEBOOK
    notebook.write_bytes(notebook_of(course, "ko"))
    with pytest.raises(RequestError) as refused:
        run_notebook(notebook, course)
    assert refused.value.error_code == "academy.cell_failed"
    assert "ZeroDivisionError" in notebook.read_text()
    assert not list(tmp_path.glob("kernel-*"))


@pytest.mark.parametrize("name", NAMES)
def test_every_course_speaks_both_languages_and_asks_what_it_knows(name: str) -> None:
    course = courses()[name]
    assert {one.name for one in course.questions} == answers()[name].keys()
    korean, english = (json.loads(notebook_of(course, language)) for language in ("ko", "en"))
    code = [
        ["".join(one["source"]) for one in book["cells"] if one["cell_type"] == "code"] for book in (korean, english)
    ]
    assert code[0] == code[1]
    assert notebook_of(course, "ko") == notebook_of(course, "ko")


@pytest.mark.parametrize(
    "source",
    [
        ":::problem p\n:::minutes 1\n",
        ":::title\nko: 가\n:::problem p\n:::minutes 1\n",
        ":::title\nko: 가\nen: a\n:::problem p\n:::minutes 1\n:::sing\nla\n",
    ],
    ids=["no title", "one language", "no such block"],
)
def test_a_text_in_another_form_is_refused(source: str) -> None:
    with pytest.raises(ValueError, match=r"title|both languages|no block"):
        read_course("x", source)
