"""`pandok xray import`: files of machines onto the reading desk."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pandok.cli.terminal import console, print_json, progress, say, start_django
from pandok.core.errors import RequestError
from pandok.core.text import Text, counted
from pandok.fields.xray.cli.shown import decoding, site_of_code

if TYPE_CHECKING:
    from pandok.fields.xray.acts.files.importing import Brought

IMPORTING = Text(ko="영상 가져오기", en="Importing scans")


def bring(
    sources: Annotated[list[Path], typer.Argument(help="파일 또는 폴더 · Files or folders.")],
    site: Annotated[str, typer.Option("--site", help="세관 부호 · Code of the customs office.")] = "",
    declarations: Annotated[
        Path | None,
        typer.Option("--declarations", help="신고 내용 CSV(name 열) · Declarations as CSV, with a column name."),
    ] = None,
    spectrum: Annotated[
        str, typer.Option("--spectrum", help="장비 스펙트럼 이름 · Name of the machine's spectra.")
    ] = "cabinet-160kv",
    air: Annotated[
        float | None,
        typer.Option("--air", min=1, help="파일에 없을 때 공기의 값 · Value of air where a file does not say it."),
    ] = None,
    in_json: Annotated[bool, typer.Option("--json", help="JSON으로 출력합니다 · Print JSON.")] = False,
) -> None:
    """X-ray 파일을 판독 대기로 가져옵니다 · Put X-ray files before the readers; again goes on where it stopped."""
    start_django()
    import random
    from datetime import UTC, datetime

    from pandok.common import house
    from pandok.fields.xray.acts.files.importing import AT_ONCE, declarations_of, import_folder
    from pandok.fields.xray.acts.machines import profile
    from pandok.fields.xray.acts.site_shares import shares_of_site
    from pandok.settings import settings

    text = _text(declarations) if declarations else "name\n"
    with decoding(AT_ONCE) as pool, progress(IMPORTING) as moved:
        done = list(
            import_folder(
                sources,
                declarations_of(text),
                profile=profile(settings().home, spectrum, air),
                site=site_of_code(site),
                actor=None,
                clock=lambda: datetime.now(UTC),
                shares=shares_of_site(),
                chance=random.SystemRandom().random,
                blobs=house.blobs(),
                pool=pool,
                progress=moved,
            )
        )
    _show(done, in_json=in_json)
    if any(one.refused for one in done):
        raise typer.Exit(1)


def _show(done: list[Brought], *, in_json: bool) -> None:
    if in_json:
        print_json(
            [
                {
                    "name": one.together.name,
                    "number": one.imported.inspection.number if one.imported else None,
                    "again": one.imported.again if one.imported else False,
                    "refused": one.refused.as_dict() if one.refused else None,
                }
                for one in done
            ]
        )
        return
    for one in done:
        if one.refused is not None:
            told = f"{one.together.name}\t{say(one.refused.what)} {say(one.refused.next_step)}"
            console().print(f"{told} [{one.refused.error_code}]", style="red", soft_wrap=True, markup=False)
    new = sum(1 for one in done if one.imported and not one.imported.again)
    again = sum(1 for one in done if one.imported and one.imported.again)
    refused = sum(1 for one in done if one.refused)
    said = Text(
        ko=f"{new}건을 가져왔습니다. 이미 있던 것 {again}건, 가져오지 못한 것 {refused}건.",
        en=f"{counted(new, 'scan')} imported; {again:,} stood there already, {refused:,} could not be imported.",
    )
    console().print(say(said), style="yellow" if refused else "green")


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise RequestError(
            Text(ko=f"신고 내용 파일을 읽을 수 없습니다: {path.name}", en=f"{path.name} cannot be read."),
            Text(ko="UTF-8 CSV 파일인지 확인하십시오.", en="See whether it is a CSV file in UTF-8."),
            code="xray.declarations_unreadable",
        ) from error
