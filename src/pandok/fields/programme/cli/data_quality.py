"""`pandok programme data-quality`: a data set looked through where it lies on this server; nothing of it is copied."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from pandok.cli.terminal import console, language, print_json, say, start_django
from pandok.core.text import Text

MOST_HOURS = 24


def data_quality(
    folder: Annotated[Path, typer.Argument(help="폴더 · Its folder.", exists=True, file_okay=False)],
    plan: Annotated[Path, typer.Option("--plan", help="자료 계획(JSON) · Plan of the data (JSON).", exists=True)],
    table: Annotated[str, typer.Option("--table", help="폴더 안 표의 이름 · Name of the table in it.")] = "",
    keep: Annotated[str, typer.Option("--keep", help="보고서를 남길 데이터셋 · Keep it for this data set.")] = "",
    in_json: Annotated[bool, typer.Option("--json", help="JSON으로 출력합니다 · Print JSON.")] = False,
) -> None:
    """데이터셋 품질을 파일에서 계산 · The quality of a data set from its files; 1: a target is not met."""
    start_django()
    from django.db import transaction

    from pandok.common.decoding import parsing_pool
    from pandok.core.errors import RequestError
    from pandok.core.programme.data_judged import judged
    from pandok.core.programme.data_quality import DataQuality
    from pandok.engines.data_quality.in_child import of_folder
    from pandok.fields.programme.acts.data_sets.keeping import plan_from
    from pandok.fields.programme.acts.data_sets.reports import keep_report, plan_of
    from pandok.fields.programme.data_refusals import refusal
    from pandok.fields.programme.data_sections import quality_sections, verdict
    from pandok.fields.programme.data_states import DataSource
    from pandok.fields.programme.lists.data_sets import version_of
    from pandok.fields.programme.models import DataSet

    agreed = plan_from(plan.read_text(encoding="utf-8"))
    data_set = DataSet.objects.filter(number=keep.strip()).first() if keep else None
    if keep and data_set is None:
        raise refusal("not_there")
    version = version_of(data_set) if data_set else None
    if version is not None and plan_of(version) != agreed:
        raise refusal("other_plan")
    if not table:
        tables = sorted(one.name for one in folder.glob("*.csv"))
        if len(tables) != 1:
            raise refusal("no_table")
        table = tables[0]
    found = None
    options = {"folder": str(folder.resolve()), "table": table, "plan": json.loads(agreed.model_dump_json())}
    for piece in parsing_pool().ask_in_pieces(
        of_folder,
        what="data set",
        refusal=RequestError,
        too_costly=lambda: refusal("too_costly"),
        options=options,
        processor_s=MOST_HOURS * 3600.0,
    ):
        if "quality" in piece:
            found = DataQuality.model_validate(piece["quality"])
        elif sys.stderr.isatty():
            typer.echo(f"\r{piece['done']} / {piece['of']}", nl=False, err=True)
    assert found is not None  # the last piece is the report
    if version is not None:
        with transaction.atomic():
            keep_report(version, found, source=DataSource.FOLDER, table=table, actor=None, now=datetime.now(UTC))
    told = judged(agreed, found)
    if in_json:
        print_json(found.model_dump(mode="json"))
    else:
        console().print(say(verdict(agreed, found)), style="bold", markup=False)
        for section in quality_sections(agreed, found, inside=True):
            console().print(f"\n{say(section.title)}", style="bold", markup=False)
            for label, value in section.facts:
                console().print(f"  {say(label)}: {say(value)}", soft_wrap=True, markup=False)
            for one in section.tables:
                for row in one.rows:
                    line = " | ".join(cell.in_language(language()) for cell in row)
                    console().print(f"  - {line}", soft_wrap=True, markup=False)
        if data_set is not None:
            kept = Text(ko=f"{data_set.number}에 남겼습니다.", en=f"Kept for {data_set.number}.")
            console().print(say(kept), style="dim", markup=False)
    if any(one.met is False for one in told):
        raise typer.Exit(1)
