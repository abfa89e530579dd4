"""`pandok xray container`: scans of containers against empty ones of their type."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pandok.cli.terminal import console, print_json, progress, say
from pandok.core.errors import RequestError
from pandok.core.text import Text
from pandok.fields.xray.cli.shown import READING, decoding

if TYPE_CHECKING:
    from pandok.fields.xray.acts.files.container_structure import OneCompared

AGAINST = {
    "bank": Text(ko="같은 형식의 빈 컨테이너와", en="against empty ones of its type"),
    "mirror": Text(ko="자신의 반대쪽과(어느 쪽인지는 모름)", en="against its own mirror half"),
    "same": Text(ko="비어 있던 같은 컨테이너와", en="against the same container when empty"),
}
_SAID = Text(
    ko="공표한 탐지율은 계산으로 만든 영상의 값입니다. 실제 장비에서는 귀 기관의 영상으로 다시 재십시오.",
    en="Published rates are of computed images. Measure them again on your own before relying on them.",
)


def container(
    sources: Annotated[list[Path], typer.Argument(help="컨테이너 영상 · Scans of containers.")],
    code: Annotated[str, typer.Option("--type", help="ISO 6346 형식 · Type after ISO 6346, as 22G1.")],
    empties: Annotated[
        list[Path], typer.Option("--empties", help="같은 형식의 빈 컨테이너 · Empty ones of this type.")
    ],
    empty: Annotated[
        Path | None, typer.Option("--same", help="비어 있던 같은 컨테이너 · The same container, empty.")
    ] = None,
    spectrum: Annotated[
        str, typer.Option("--spectrum", help="장비 스펙트럼 이름 · Name of the machine's spectra.")
    ] = "cargo-4mv-6mv",
    air: Annotated[
        float | None,
        typer.Option("--air", min=1, help="파일에 없을 때 공기의 값 · Value of air where a file does not say it."),
    ] = None,
    limit: Annotated[float, typer.Option("--limit", min=1, help="알릴 z 값 · z from which a place is named.")] = 6.0,
    pictures: Annotated[
        Path | None, typer.Option("--pictures", help="비교 그림을 둘 폴더 · Folder for pictures that compare.")
    ] = None,
    in_json: Annotated[bool, typer.Option("--json", help="JSON으로 출력합니다 · Print JSON.")] = False,
) -> None:
    """컨테이너 구조를 빈 것과 비교합니다 · Compare a container's structure with empty ones; 1 where one cannot be."""
    from pandok.fields.xray.acts.files.container_structure import bank_from, compared_with, comparison_picture
    from pandok.fields.xray.acts.machines import profile
    from pandok.settings import settings

    machine = profile(settings().home, spectrum, air)
    with decoding() as pool, progress(READING) as moved:
        bank = bank_from(empties, code, machine, pool, moved)
        done = compared_with(sources, bank, machine, pool, empty=empty, limit=limit)
    if pictures is not None:
        try:
            pictures.mkdir(parents=True, exist_ok=True)
            for number, one in enumerate(done, 1):
                if one.found is not None:
                    name = f"{number:03d}-{Path(one.name).name}.png"
                    (pictures / name).write_bytes(comparison_picture(one.found, bank))
        except OSError as error:
            raise RequestError(
                Text(ko=f"그림을 쓸 수 없습니다: {pictures}", en=f"Pictures cannot be written to {pictures}."),
                Text(ko="쓸 수 있는 폴더를 주십시오.", en="Name a folder that can be written to."),
                code="xray.pictures_unwritable",
            ) from error
    _show(done, in_json=in_json)
    if any(one.refused for one in done):
        raise typer.Exit(1)


def _show(done: list[OneCompared], *, in_json: bool) -> None:
    from pandok.readers.xray.containers.kinds import ZONE_WORDS

    if in_json:
        print_json([_values(one) for one in done])
        return
    for one in done:
        console().print(one.name, style="bold", markup=False)
        if one.refused is not None:
            told = f"  {say(one.refused.what)} {say(one.refused.next_step)} [{one.refused.error_code}]"
            console().print(told, style="red", soft_wrap=True, markup=False)
        if one.found is not None and not one.found.differences:
            console().print(f"  {say(Text(ko='다른 곳이 없습니다.', en='No place differs.'))}")
        for place in one.found.differences if one.found else ():
            left, top, right, bottom = (round(100 * share) for share in place.box)
            told = f"  {say(ZONE_WORDS[place.zone])}: z {place.z:.1f}, {say(AGAINST[place.against])}"
            where = f"x {left}–{right} %, y {top}–{bottom} %"
            console().print(f"{told} ({where})", soft_wrap=True, markup=False)
    console().print(say(_SAID), style="yellow", soft_wrap=True)


def _values(one: OneCompared) -> dict[str, Any]:
    return {
        "name": one.name,
        "refused": one.refused.as_dict() if one.refused else None,
        "score": round(one.found.score, 2) if one.found else None,
        "differences": [
            {
                "zone": str(place.zone),
                "box": [round(share, 4) for share in place.box],
                "z": place.z,
                "ln_t": place.ln_t,
                "against": place.against,
            }
            for place in (one.found.differences if one.found else ())
        ],
    }
