"""`pandok xray convert`: any makers' files to one form."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pandok.cli.terminal import console, print_json, progress, say
from pandok.core.errors import RequestError
from pandok.core.text import Text, counted
from pandok.fields.xray.cli.shown import CONVERTING, decoding

if TYPE_CHECKING:
    from pandok.fields.xray.acts.files.converting import Converted
    from pandok.readers.xray.quality.object_report import ObjectPlaces


def convert(
    sources: Annotated[list[Path], typer.Argument(help="파일 또는 폴더 · Files or folders.")],
    target: Annotated[Path, typer.Option("--into", help="결과 폴더 · Folder for the results.")],
    form: Annotated[str, typer.Option("--to", help="dicos, tiff 또는 standard · dicos, tiff or standard.")] = "dicos",
    compressed: Annotated[
        bool, typer.Option("--compressed", help="DICOS를 무손실 압축합니다 · DICOS as JPEG Lossless.")
    ] = False,
    mask_key: Annotated[
        Path | None,
        typer.Option("--mask-key-file", help="이 키로 이름과 번호를 가립니다 · Mask names and numbers with this key."),
    ] = None,
    spectrum: Annotated[
        str, typer.Option("--spectrum", help="standard: 장비 스펙트럼 · For standard: the machine's spectra.")
    ] = "cabinet-160kv",
    air: Annotated[
        float | None,
        typer.Option("--air", min=1, help="standard: 파일에 없을 때 공기의 값 · For standard: value of air."),
    ] = None,
    pitch_mm: Annotated[
        float | None,
        typer.Option(
            "--pitch-mm",
            min=0.1,
            max=50,
            help="standard: 모든 장비를 한 화소 간격으로 · For standard: one pitch for all.",
        ),
    ] = None,
    test_object: Annotated[
        Path | None,
        typer.Option("--test-object", help="standard: 시험체의 위치(JSON) · For standard: places of a test object."),
    ] = None,
    in_json: Annotated[bool, typer.Option("--json", help="JSON으로 출력합니다 · Print JSON.")] = False,
) -> None:
    """X-ray 파일을 한 형식으로 바꿉니다 · Convert X-ray files to one form; again goes on where it stopped."""
    from dataclasses import replace
    from datetime import UTC, datetime

    from pandok.fields.xray.acts.files.converting import Wanted
    from pandok.fields.xray.acts.files.converting import convert as act
    from pandok.fields.xray.acts.machines import profile
    from pandok.readers.xray.formats.writing import WriteForm
    from pandok.settings import settings
    from pandok.version import __version__

    if form not in ("dicos", "tiff", "standard"):
        raise RequestError(
            Text(ko=f"--to {form}: 모르는 형식입니다.", en=f"--to {form}: not a known form."),
            Text(ko="dicos, tiff, standard 중 하나를 쓰십시오.", en="Use dicos, tiff or standard."),
            code="request.scan_form",
        )
    standard = replace(profile(settings().home, spectrum, air), pitch_mm=pitch_mm) if form == "standard" else None
    places = _test_object(test_object) if standard else None
    wanted = Wanted(WriteForm("tiff" if standard else form), compressed, _key(mask_key), standard, places)
    with decoding() as pool, progress(CONVERTING) as moved:
        now = datetime.now(UTC)
        done = list(act(sources, target, wanted, pool=pool, now=now, program=f"pandok {__version__}", progress=moved))
    _show(done, in_json=in_json)
    if any(one.refused for one in done):
        raise typer.Exit(1)


def _test_object(path: Path | None) -> ObjectPlaces | None:
    from pandok.readers.xray.quality.object_report import object_places

    if path is None:
        return None
    try:
        return object_places(path.read_bytes())
    except OSError:
        return object_places(b"")


def _show(done: list[Converted], *, in_json: bool) -> None:
    if in_json:
        print_json(
            [
                {
                    "name": one.together.name,
                    "files": list(one.files),
                    "again": one.again,
                    "refused": one.refused.as_dict() if one.refused is not None else None,
                }
                for one in done
            ]
        )
        return
    for one in done:
        if one.refused is not None:
            console().print(
                f"{one.together.name}\t{say(one.refused.what)} [{one.refused.error_code}]", style="red", soft_wrap=True
            )
    new = sum(1 for one in done if one.files and not one.again)
    again, refused = sum(1 for one in done if one.again), sum(1 for one in done if one.refused)
    said = Text(
        ko=f"{new}건을 바꾸었습니다. 이미 있던 것 {again}건, 바꾸지 못한 것 {refused}건.",
        en=f"{counted(new, 'scan')} converted; {again:,} stood there already, {refused:,} could not be converted.",
    )
    console().print(say(said), style="yellow" if refused else "green")


def _key(path: Path | None) -> bytes | None:
    from pandok.readers.xray.formats.masking import LEAST_KEY_BYTES

    if path is None:
        return None
    try:
        key = path.read_bytes().strip()
    except OSError:
        key = b""
    if len(key) < LEAST_KEY_BYTES:
        raise RequestError(
            Text(ko="키 파일을 읽을 수 없거나 너무 짧습니다.", en="The key file cannot be read or is too short."),
            Text(
                ko=f"{LEAST_KEY_BYTES}바이트 이상인 키 파일을 주십시오.",
                en=f"Give a file of {LEAST_KEY_BYTES} bytes or more.",
            ),
            code="request.mask_key",
        )
    return key
