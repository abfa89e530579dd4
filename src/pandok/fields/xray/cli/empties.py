"""`pandok xray empties`: empty containers onto the desk; `pandok xray recall`: what comparing with them finds."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from pandok.cli.terminal import console, print_json, progress, say, start_django
from pandok.core.text import Text, counted
from pandok.fields.xray.cli.shown import READING, decoding, site_of_code

MEASURING = Text(ko="탐지율 측정", en="Measuring what is found")
CARGO_SPECTRA = "cargo-4mv-6mv"


def empties(
    sources: Annotated[list[Path], typer.Argument(help="빈 컨테이너 영상 · Scans of empty containers.")],
    code: Annotated[str, typer.Option("--type", help="ISO 6346 형식 · Type after ISO 6346, as 22G1.")],
    site: Annotated[str, typer.Option("--site", help="세관 부호 · Code of the customs office.")] = "",
    spectrum: Annotated[
        str, typer.Option("--spectrum", help="장비 스펙트럼 이름 · Name of the machine's spectra.")
    ] = CARGO_SPECTRA,
    air: Annotated[
        float | None,
        typer.Option("--air", min=1, help="파일에 없을 때 공기의 값 · Value of air where a file does not say it."),
    ] = None,
    in_json: Annotated[bool, typer.Option("--json", help="JSON으로 출력합니다 · Print JSON.")] = False,
) -> None:
    """빈 컨테이너 영상을 구조 비교에 씁니다 · Import empty containers to compare with; 1 where one cannot be used."""
    start_django()
    from datetime import UTC, datetime

    from pandok.common import house
    from pandok.core.errors import PandokError
    from pandok.fields.xray.acts.files.looking import look
    from pandok.fields.xray.acts.keeping import digest_of
    from pandok.fields.xray.acts.machines import profile
    from pandok.fields.xray.acts.structure.container_types import kind_named
    from pandok.fields.xray.acts.structure.empties import keep_empty
    from pandok.settings import settings

    machine, kind, at = profile(settings().home, spectrum, air), kind_named(code), site_of_code(site)
    done: list[dict[str, Any]] = []
    with decoding() as pool, progress(READING) as moved:
        for one in look(sources, pool, moved):
            told: dict[str, Any] = {"name": one.together.name, "again": False, "refused": None}
            try:
                if one.refused is not None or one.scan is None:
                    told["refused"] = one.refused.as_dict() if one.refused else None
                else:
                    kept = keep_empty(
                        one.scan,
                        digest_of(one.together.read()),
                        container_type=kind.code,
                        profile=machine,
                        site=at,
                        actor=None,
                        now=datetime.now(UTC),
                        blobs=house.blobs(),
                    )
                    told["again"] = kept.again
            except PandokError as error:
                told["refused"] = error.as_dict()
            done.append(told)
    refused = [told for told in done if told["refused"]]
    if in_json:
        print_json(done)
    else:
        for told in refused:
            why = told["refused"]
            console().print(f"{told['name']}\t{say(Text(**why['what']))} [{why['code']}]", style="red", soft_wrap=True)
        new = sum(not told["again"] and not told["refused"] for told in done)
        said = Text(
            ko=f"빈 컨테이너 {new}대를 가져왔습니다. 가져오지 못한 것 {len(refused)}건.",
            en=f"{counted(new, 'empty container')} imported; {len(refused):,} could not be used.",
        )
        console().print(say(said), style="yellow" if refused else "green")
    if refused:
        raise typer.Exit(1)


def recall(
    code: Annotated[str, typer.Option("--type", help="ISO 6346 형식 · Type after ISO 6346, as 22G1.")],
    site: Annotated[str, typer.Option("--site", help="세관 부호 · Code of the customs office.")] = "",
    spectrum: Annotated[
        str, typer.Option("--spectrum", help="장비 스펙트럼 이름 · Name of the machine's spectra.")
    ] = CARGO_SPECTRA,
    seed: Annotated[int, typer.Option("--seed", min=0, max=2**31 - 1, help="난수 씨앗 · Seed.")] = 1,
    in_json: Annotated[bool, typer.Option("--json", help="JSON으로 출력합니다 · Print JSON.")] = False,
) -> None:
    """가져온 빈 컨테이너에 질량을 넣어 탐지율을 잽니다 · Put masses into imported empties, and count what is found."""
    start_django()
    from datetime import UTC, datetime

    from pandok.common import house
    from pandok.fields.xray.acts.structure.container_types import kind_named
    from pandok.fields.xray.acts.structure.measuring import measure_structure
    from pandok.fields.xray.lists.structure import BankKey, recall_interval
    from pandok.fields.xray.web.shown.structure import alarms_of, claim_of
    from pandok.settings import settings

    key = BankKey(site_of_code(site), kind_named(code).code, spectrum, from_generator=False)
    with progress(MEASURING) as moved:
        figure = measure_structure(
            key,
            seed=seed,
            actor=None,
            home=settings().home,
            blobs=house.blobs(),
            clock=lambda: datetime.now(UTC),
            progress=moved,
        )
    if in_json:
        print_json(
            {
                "container_type": figure.container_type,
                "empties": figure.empties,
                "found": figure.found,
                "recall_interval": list(recall_interval(figure)),
                "limit": figure.limit,
                "alarms": figure.alarms,
                "by_zone": figure.by_zone,
                "seed": figure.seed,
            }
        )
        return
    console().print(say(claim_of(figure)), soft_wrap=True)
    console().print(say(alarms_of(figure)), soft_wrap=True)
