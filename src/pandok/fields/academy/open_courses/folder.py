"""A course as a folder to work in: the notebook and the public part of its problem. Sealed parts never get there."""

from __future__ import annotations

from pathlib import Path

from pandok.core.errors import RequestError
from pandok.core.text import Text
from pandok.fields.academy.open_courses.course_text import CourseText
from pandok.fields.academy.open_courses.notebook import notebook_of
from pandok.fields.lab.acts.packs.bundles import public_zip
from pandok.fields.lab.acts.packs.pack import Pack

NOTEBOOK, PUBLIC = "course.ipynb", "public.zip"


def write_folder(folder: Path, course: CourseText, pack: Pack, language: str) -> Path:
    """Make the folder; returns the notebook. What a learner wrote into a notebook that is there stays. Raises
    RequestError for a pack of another problem."""
    if pack.problem.id != course.problem:
        raise RequestError(
            Text(
                ko=f"이 과정의 과제는 {course.problem}인데 묶음은 {pack.problem.id}입니다.",
                en=f"This course is about {course.problem}; the pack is {pack.problem.id}.",
            ),
            Text(ko="과정에 맞는 묶음을 주십시오.", en="Give the pack of the course."),
            code="academy.other_problem",
        )
    folder.mkdir(parents=True, exist_ok=True)
    (folder / PUBLIC).write_bytes(public_zip(pack))
    notebook = folder / NOTEBOOK
    if not notebook.exists():
        notebook.write_bytes(notebook_of(course, language))
    return notebook
