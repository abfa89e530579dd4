"""`pandok designs …`: import, index, read, evaluate."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pandok.cli.terminal import (
    console,
    error_console,
    language,
    print_json,
    progress,
    say,
    stage_progress,
    start_django,
)
from pandok.core.text import Text, counted
from pandok.fields.designs.cli.classes import check_classes
from pandok.fields.designs.cli.command_desk import open_desk

app = typer.Typer(help="등록디자인과 사진 · Registered designs and photographs.", no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="JSON으로 출력합니다 · Print JSON.")]


@app.command("import")
def import_designs(
    source: Annotated[Path, typer.Argument(help="CSV 폴더, XML 파일 또는 폴더 · Folder with CSV, XML file or folder.")],
    as_json: AsJson = False,
) -> None:
    """등록디자인을 가져옵니다. 중단되면 다시 실행하십시오 · Import designs; run it again after an interruption."""
    start_django()
    from pandok.fields.designs.cli.importing import import_with_progress, print_report, report_as_dict

    report = import_with_progress(source)
    if as_json:
        print_json(report_as_dict(report))
    else:
        print_report(report)
    if report.finding_count:
        raise typer.Exit(1)


@app.command("index")
def index_designs() -> None:
    """아직 색인되지 않은 도면을 색인합니다 · Encode the views that are not in the index yet; resumable."""
    start_django()
    desk = open_desk()
    with progress(Text(ko="도면 색인", en="Indexing views")) as moved:
        count = desk.index(moved)
    error_console().print(say(Text(ko=f"도면 {count}장을 색인했습니다.", en=f"{counted(count, 'view')} indexed.")))


@app.command("read")
def read_photographs(
    photographs: Annotated[list[Path], typer.Argument(help="한 물품의 사진들 · Photographs of one article.")],
    top: Annotated[int, typer.Option(min=1, max=1000, help="후보 수 · How many candidates.")] = 10,
    locarno_class: Annotated[
        list[str] | None, typer.Option("--class", help="로카르노 분류 · Class, e.g. 09-01.")
    ] = None,
    in_force: Annotated[
        bool, typer.Option("--in-force/--any-status", help="존속 중인 권리만 · Only rights in force, or any status.")
    ] = True,
    recorded: Annotated[
        bool, typer.Option("--recorded", help="세관 신고된 권리만 · Only rights recorded with customs.")
    ] = False,
    as_json: AsJson = False,
    evidence: Annotated[
        Path | None, typer.Option("--evidence", help="근거 그림(PNG)의 경로 · Write the picture of the evidence.")
    ] = None,
) -> None:
    """사진을 읽어 등록디자인 후보와 근거를 보입니다 · Read photographs: candidates with evidence."""
    from pandok.fields.designs.cli.photographs import read_files

    check_classes(locarno_class or [])
    files = read_files(photographs)
    start_django()
    from pandok.fields.designs.cli.filters import search_filters
    from pandok.fields.designs.cli.show_reading import print_reading
    from pandok.fields.designs.cli.write_evidence import write_evidence

    filters = search_filters(locarno_class or [], in_force=in_force, recorded=recorded)
    desk = open_desk()
    reading = desk.read(files, top=top, filters=filters)
    if as_json:
        print_json(reading.model_dump(mode="json"))
    else:
        print_reading(reading, console(), language())
    if evidence is not None:
        write_evidence(files, reading, evidence, language())


@app.command("marks")
def find_marks(
    texts: Annotated[list[str], typer.Argument(help="읽거나 들은 표장 · Marks as read or heard.")],
    as_json: AsJson = False,
) -> None:
    """호칭과 글자가 비슷한 문자상표를 찾습니다 · Word marks that sound or look alike; it ranks and judges nothing."""
    start_django()

    from pandok.fields.register.word_marks import find_word_marks

    found = find_word_marks(texts)
    if as_json:
        rows = [
            {
                "design_id": one.design.design_id,
                "word_mark": one.design.word_mark,
                "holder": one.design.holder.name if one.design.holder else "",
                "score": one.score,
                "sound": round(one.sound, 4),
                "letters": round(one.letters, 4),
                "why": one.why.model_dump(),
            }
            for one in found
        ]
        print_json(rows)
        return
    if not found:
        none = Text(
            ko="등록부에 호칭이나 글자가 비슷한 문자상표가 없습니다. 권리가 없다는 뜻은 아닙니다.",
            en="No word mark in the register sounds or looks alike. That does not mean that there is no right.",
        )
        typer.echo(none.in_language(language()))
    for one in found:
        holder = one.design.holder.name if one.design.holder else ""
        line = f"{one.score:.2f}  {one.design.word_mark}  {one.why.in_language(language())}  {holder}"
        console().print(line.rstrip())


@app.command("evaluate")
def evaluate_folder(
    folder: Annotated[Path, typer.Argument(help="register.csv와 queries.csv가 있는 폴더 · Folder with both tables.")],
    as_json: AsJson = False,
) -> None:
    """정답이 있는 폴더로 성능을 잽니다 · Measure the reader on a folder with known truth."""
    import time

    from pandok.fields.designs.evaluation.measuring import evaluate, load_folder

    folder_set = load_folder(folder)
    from pandok.fields.designs.open_desk import load_reader

    labels = {
        "enroll": Text(ko="등록 도면", en="Enrolling views"),
        "read": Text(ko="사진 읽기", en="Reading photographs"),
    }
    with stage_progress(labels) as stages:
        result = evaluate(folder_set, load_reader(), clock=time.perf_counter, progress=stages).as_json()
    if as_json:
        print_json(result)
        return
    from pandok.fields.designs.cli.show_evaluation import print_evaluation

    print_evaluation(result, console(), language())
