"""`pandok lab problems fields`, `first-model` and `carry`: the packs of the regions' fields and their simple models."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from pandok.cli.terminal import console, language, print_json, say, start_django
from pandok.core.errors import RequestError
from pandok.core.text import Text

_ID = typer.Argument(metavar="ID", help="`pandok lab problems fields`의 이름 · Its name.")


def fields(as_json: Annotated[bool, typer.Option("--json", help="JSON으로 출력합니다 · Print JSON.")] = False) -> None:
    """권역 분야별 과제 · The problems of the regions' fields."""
    from rich.table import Table

    from pandok.demo.packs.region_fields import FIELD_PACKS
    from pandok.demo.packs.table import shipped_pack

    lang = language()
    rows = [
        {
            "field": one.topic.words.in_language(lang),
            "problem": one.pack_id,
            "title": problem.title.in_language(lang),
            "practice": problem.practice.what.in_language(lang),
            "licence": problem.licence,
            "lacks": one.lacks.in_language(lang),
        }
        for one in FIELD_PACKS
        for problem in (shipped_pack(one.pack_id).problem,)
    ]
    if as_json:
        print_json(rows)
        return
    table = Table("분야 field", "과제 problem", "제목 title", "현행 practice")
    for row in rows:
        table.add_row(row["field"], row["problem"], row["title"], row["practice"])
    console().print(table)


def first_model(
    pack_id: Annotated[str, _ID],
    pack: Annotated[Path, typer.Option("--pack", help="과제 묶음의 폴더나 public.zip · Folder, or its public.zip.")],
    target: Annotated[Path, typer.Option("--to", help="제출물 zip · The zip to hand in.")],
) -> None:
    """공개 사례로 단순한 모델을 만들어 제출물로 묶습니다 · Fit the simple model on public cases, ready to hand in."""
    from pandok.demo.field_examples import submission_of
    from pandok.demo.packs.region_fields import field_pack
    from pandok.fields.lab.cli.command_files import pack_at

    opened = pack_at(pack)
    field = field_pack(pack_id)
    if opened.problem.id != field.pack_id:
        raise RequestError(
            Text(ko=f"{pack}은(는) 다른 과제입니다: {opened.problem.id}", en=f"{pack} is {opened.problem.id}"),
            Text(ko=f"{pack_id}의 묶음을 주십시오.", en=f"Give the pack of {pack_id}."),
            code="pack.another_problem",
        )
    with tempfile.TemporaryDirectory(prefix="pandok-simple-") as place:
        target.write_bytes(submission_of(opened, field.fit(opened), Path(place)))
    console().print(str(target), style="green")


def carry(pack_id: Annotated[str, _ID]) -> None:
    """시연 계정으로 과제와 단순한 모델을 판정까지 옮깁니다 · Carry both to a verdict with demo accounts."""
    from pandok.demo.cli.problems import build_pack
    from pandok.demo.packs.region_fields import field_pack

    field = field_pack(pack_id)
    start_django()
    from datetime import UTC, datetime

    from pandok.common.people.accounts import DEMO_PREFIX, ensure_demo_accounts
    from pandok.demo.field_examples import WHY, carried, ensure_field_problem
    from pandok.demo.lab_people import open_way
    from pandok.fields.lab.models import ComparisonRecord
    from pandok.settings import settings

    ensure_demo_accounts(datetime.now(UTC))
    way = open_way(DEMO_PREFIX, site=settings().site_name, reason=WHY)
    with tempfile.TemporaryDirectory(prefix="pandok-field-") as place:
        run = carried(way, field, build_pack(pack_id, Path(place) / "pack"), Path(place))
    console().print(say(run.stands.words))
    found = ComparisonRecord.objects.filter(run=run).first()
    for sentence in found.comparison.said if found else ():
        console().print("  " + sentence.in_language(language()), markup=False)
    problem = ensure_field_problem(field, run, datetime.now(UTC))
    if problem is not None:
        console().print(f"{problem.number}  {problem.title}", markup=False)
