"""`pandok academy courses`, `course`, `draw`: courses, a further one, a further test for certificates."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

import typer

from pandok.cli.terminal import console, print_json, say, start_django
from pandok.core.text import Text, counted

Json = Annotated[bool, typer.Option("--json", help="JSON으로 출력합니다 · Print JSON.")]


def courses(in_json: Json = False) -> None:
    """과정과 시험지 수 · Courses, and how many tests were drawn for each."""
    start_django()
    from pandok.fields.academy.lists.courses import open_courses

    rows = [
        {"id": str(one.pk), "title_ko": one.title_ko, "title_en": one.title_en, "tests": one.forms.count()}
        for one in open_courses()
    ]
    if in_json:
        print_json(rows)
        return
    for row in rows:
        title = Text(ko=str(row["title_ko"]), en=str(row["title_en"]))
        console().print(f"{row['id']}\t{say(title)}\t{row['tests']}", soft_wrap=True, markup=False)


def course(
    title_ko: Annotated[str, typer.Argument(help="한국어 이름 · Title in Korean.")],
    title_en: Annotated[str, typer.Argument(help="영어 이름 · Title in English.")],
    seconds: Annotated[int, typer.Option("--seconds", help="영상 한 장의 시간(초) · Seconds a picture stands.")] = 10,
    minutes: Annotated[int, typer.Option("--minutes", help="한 번의 시간(분) · Minutes of a sitting.")] = 20,
    test_pictures: Annotated[int, typer.Option("--pictures", help="시험 영상 수 · Pictures of a test.")] = 120,
    pass_d_a: Annotated[
        float | None,
        typer.Option("--pass", help="자격증에 필요한 d_a 구간의 아래 끝 · Lower bound of d_a for a certificate."),
    ] = None,
    in_json: Json = False,
) -> None:
    """과정을 만듭니다 · Make a course."""
    start_django()
    from pandok.fields.academy.acts.courses import CourseAsked, make_course

    asked = CourseAsked(
        title_ko, title_en, seconds=seconds, minutes=minutes, test_pictures=test_pictures, pass_d_a=pass_d_a
    )
    made = make_course(asked=asked, actor=None, now=datetime.now(UTC))
    if in_json:
        print_json({"id": str(made.pk)})
        return
    console().print(say(Text(ko=f"과정을 만들었습니다: {made.pk}", en=f"The course is made: {made.pk}")), style="green")


def draw(
    course_id: Annotated[UUID, typer.Argument(help="과정 · The course.")],
    seed: Annotated[int | None, typer.Option("--seed", min=0, help="추첨의 씨앗 · Seed of the draw.")] = None,
    in_json: Json = False,
) -> None:
    """봉인된 영상으로 시험지를 추첨합니다 · Draw a further test from sealed pictures."""
    start_django()
    from pandok.fields.academy.acts.certificates.drawing import draw_form

    chosen = secrets.randbits(62) if seed is None else seed
    form = draw_form(course_id=course_id, actor=None, seed=chosen, now=datetime.now(UTC))
    if in_json:
        print_json({"id": str(form.pk), "number": form.number, "pictures": len(form.pictures)})
        return
    told = Text(
        ko=f"시험지 {form.number}: 봉인된 영상 {len(form.pictures)}장.",
        en=f"Test {form.number}: {counted(len(form.pictures), 'sealed picture')}.",
    )
    console().print(say(told), style="green")
