"""`pandok lab submission …`: the sheet to begin with, and the zip that a company hands in."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Annotated, Any

import typer

from pandok.cli.terminal import console, error_console, print_json, say
from pandok.core.errors import RequestError
from pandok.core.text import Text

app = typer.Typer(help="제출물 만들기 · Make a submission.", no_args_is_help=True)
_PACK = typer.Option("--pack", help="과제 묶음의 폴더나 zip · Folder or zip of the pack.")


@app.command("sheet")
def sheet(pack: Annotated[Path, _PACK]) -> None:
    """과제에 맞는 submission.json의 첫 모양을 출력합니다 · Print a submission.json to begin with."""
    from pandok.fields.lab.cli.command_files import first_sheet, pack_at

    typer.echo(first_sheet(pack_at(pack).problem), nl=False)


@app.command("make")
def make(
    model: Annotated[Path, typer.Argument(help="ONNX 모델 · The ONNX model.")],
    pack: Annotated[Path, _PACK],
    card: Annotated[Path, typer.Option("--card", help="모델 설명 card.md · The model's card.")],
    sheet: Annotated[
        Path | None, typer.Option("--sheet", help="submission.json (기본: 모델 옆 · default: beside the model).")
    ] = None,
    target: Annotated[Path, typer.Option("--out", help="만들 zip · The zip to write.")] = Path("submission.zip"),
) -> None:
    """점검하고, 통과하면 제출할 zip을 만듭니다 · Check, and where all is well make the zip to hand in."""
    from pandok.fields.lab.cli.check import print_check, run_check
    from pandok.fields.lab.cli.command_files import pack_at, read_bytes, sample_outputs, sheet_at

    sheet = sheet or model.with_name("submission.json")
    opened = pack_at(pack)
    described = sheet_at(sheet, opened.problem.id)
    card_text = read_bytes(card)
    if target.exists():
        raise RequestError(
            Text(ko=f"이미 있는 파일입니다: {target}", en=f"The file exists already: {target}"),
            Text(ko="--out으로 다른 이름을 주십시오.", en="Give another name with --out."),
            code="request.file_exists",
        )
    found, level = run_check(model, opened, described)
    print_check(found, level, opened)
    if not (found.accepted and found.same_twice):
        raise typer.Exit(1)
    files = {
        "model.onnx": read_bytes(model),
        "submission.json": read_bytes(sheet),
        "card.md": card_text,
        "sample_outputs.csv": sample_outputs(found.answers, set(opened.practice)),
    }
    with zipfile.ZipFile(target, "x", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    console().print(str(target))
    told = Text(
        ko="실증랩 화면에서 올리거나 `pandok lab submission send`로 보내십시오.",
        en="Upload it on the lab's page, or with `pandok lab submission send`.",
    )
    error_console().print(say(told), style="green")


@app.command("send")
def send(
    zip_file: Annotated[Path, typer.Argument(help="제출할 zip · The zip to hand in.")],
    to: Annotated[str, typer.Option("--to", help="실증랩 주소 · Address of the lab, as https://lab.example.")],
    problem: Annotated[str, typer.Option("--problem", help="과제의 번호(UUID) · Id of the problem.")],
    token: Annotated[
        str,
        typer.Option("--token", envvar="PANDOK_TOKEN", help="토큰(환경 변수로) · Token, by variable."),
    ],
) -> None:
    """나누어 올려 제출합니다. 끊기면 다시 실행하십시오 · Hand in by pieces; run it again after a break: it goes on."""
    import json
    from uuid import uuid4

    from pandok.cli.terminal import progress
    from pandok.engines.files.upload_client import Lab

    if not zip_file.is_file():
        raise RequestError(
            Text(ko=f"파일이 없습니다: {zip_file}", en=f"There is no file {zip_file}."),
            Text(ko="경로를 확인하십시오.", en="Check the path."),
            code="request.no_file",
        )
    note, lab = zip_file.with_name(f"{zip_file.name}.sending"), Lab(to, token)
    facts: dict[str, Any] = {
        "to": to,
        "problem": problem,
        "bytes": zip_file.stat().st_size,
        "changed": zip_file.stat().st_mtime_ns,
    }
    begun = _begun(note, facts)
    if begun is None or not lab.knows(begun["upload"]):
        begun = facts | {"upload": lab.begin(zip_file), "upload_key": begun["upload_key"] if begun else str(uuid4())}
        note.write_text(json.dumps(begun), encoding="utf-8")
    with progress(Text(ko="올리기", en="Sending")) as moved:
        lab.send(zip_file, begun["upload"], moved)
    made = lab.hand_in(begun["upload"], problem=problem, upload_key=begun["upload_key"])
    note.unlink(missing_ok=True)
    print_json(made)
    if not made["accepted"]:
        raise typer.Exit(1)


def _begun(note: Path, facts: dict[str, Any]) -> dict[str, Any] | None:
    """What an earlier try of the same file at the same lab had begun."""
    import json

    try:
        found = json.loads(note.read_text(encoding="utf-8"))
        same = all(found[name] == value for name, value in facts.items())
        return {**facts, "upload": str(found["upload"]), "upload_key": str(found["upload_key"])} if same else None
    except (OSError, ValueError, KeyError, TypeError):
        return None
