"""`pandok xray machine …`: what is known of the site's machines, and measuring them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pandok.cli.terminal import console, print_json, progress, say, start_django
from pandok.core.errors import RequestError
from pandok.core.text import Text
from pandok.fields.xray.cli.shown import READING, decoding

if TYPE_CHECKING:
    from pandok.readers.xray.scan import Scan

app = typer.Typer(help="X-ray 장비의 채널과 스펙트럼 · Channels and spectra of machines.", no_args_is_help=True)
Name = Annotated[str, typer.Argument(help="장비 이름 · Name of the machine, as hall-2.")]
Reason = Annotated[str, typer.Option("--reason", help="사유 · Why, for the audit trail.")]
Json = Annotated[bool, typer.Option("--json", help="JSON으로 출력합니다 · Print JSON.")]


@app.callback()
def before() -> None:
    """X-ray 장비의 채널과 스펙트럼 · Channels and spectra of machines."""


@app.command("list")
def known(in_json: Json = False) -> None:
    """쓸 수 있는 장비를 보입니다 · Show the machines that are known."""
    from pandok.fields.xray.acts.machines import channels_known, spectra_known
    from pandok.settings import settings

    home = settings().home
    rows = [{"name": name, "channels": bool(channels_known(home, name))} for name in spectra_known(home)]
    if in_json:
        print_json(rows)
        return
    corrected = Text(ko="채널 보정 있음", en="channels measured")
    for row in rows:
        console().print(f"{row['name']}\t{say(corrected) if row['channels'] else ''}".rstrip(), soft_wrap=True)


@app.command("channels")
def channels(
    name: Name,
    dark: Annotated[list[Path], typer.Option("--dark", help="암전류 영상 · Image without X-rays; one an energy.")],
    air: Annotated[list[Path], typer.Option("--air", help="공기 영상 · Image of air; one an energy.")],
    reason: Reason = "",
    in_json: Json = False,
) -> None:
    """암전류와 공기에서 채널 보정을 잽니다 · Measure each channel from dark and air.

    그 뒤로는 이 장비의 계수 영상을 보정합니다. 행이 검출기 채널이어야 합니다 · Its counts are corrected from
    then on. Rows must be detector channels.
    """
    start_django()
    from datetime import UTC, datetime

    from pandok.fields.xray.acts.measuring_machines import check_machine, measure_detectors
    from pandok.settings import settings

    check_machine(name, reason)
    read = _scans(dark, air)
    found = measure_detectors(settings().home, name, *read, reason=reason, now=datetime.now(UTC))
    if in_json:
        print_json(
            {
                energy.value or "single": {
                    "channels": len(one.span),
                    "bad": [{"channel": bad.channel, "why": bad.why} for bad in one.bad],
                }
                for energy, one in found.items()
            }
        )
        return
    for energy, one in found.items():
        bad = ", ".join(f"{each.channel} ({each.why})" for each in one.bad) or "-"
        said = Text(
            ko=f"{energy.value}\t채널 {len(one.span)}개, 메울 채널: {bad}",
            en=f"{energy.value}\tchannels: {len(one.span)}, to be filled: {bad}",
        )
        console().print(say(said).lstrip(), soft_wrap=True, markup=False)


@app.command("spectra")
def spectra(
    name: Name,
    sources: Annotated[list[Path], typer.Argument(help="시편 영상 · Scan of the step wedge.")],
    wedge: Annotated[
        Path, typer.Option("--wedge", help="단의 표(of, g_per_cm2, left, top, right, bottom) · Table of the steps.")
    ],
    most_kev: Annotated[float | None, typer.Option("--kv", min=30, max=220, help="관전압 · Tube voltage.")] = None,
    air: Annotated[
        float | None,
        typer.Option("--air", min=1, help="파일에 없을 때 공기의 값 · Value of air where a file does not say it."),
    ] = None,
    reason: Reason = "",
    in_json: Json = False,
) -> None:
    """계단 시편에서 장비의 스펙트럼을 맞춥니다 · Fit a machine's spectra to a scan of a step wedge (up to 220 kV).

    폴리에틸렌, 알루미늄, 철을 포함해 아홉 단 이상 · Nine steps or more, of polyethylene, aluminium and steel.
    """
    start_django()
    from datetime import UTC, datetime

    from pandok.fields.xray.acts.measuring_machines import check_machine, measure_spectra
    from pandok.settings import settings

    check_machine(name, reason)
    table = _text(wedge)
    (scan,) = _scans(sources)
    made = measure_spectra(
        settings().home,
        name,
        scan,
        table,
        reason=reason,
        now=datetime.now(UTC),
        most_kev=most_kev,
        air_counts=air,
    )
    misfits = [[round(100 * float(one), 3) for one in row] for row in made.fitted.misfit]
    if in_json:
        rows = [
            {"of": step.of, "g_per_cm2": step.g_per_cm2, "low_percent": low, "high_percent": high}
            for step, (low, high) in zip(made.used, misfits, strict=True)
        ]
        print_json({"name": name, "median_misfit_percent": round(100 * made.median_misfit, 3), "steps": rows})
        return
    for step, (low, high) in zip(made.used, misfits, strict=True):
        console().print(f"{step.of}\t{step.g_per_cm2:g} g/cm²\t{low:+.2f} %\t{high:+.2f} %", soft_wrap=True)
    said = Text(
        ko=f"{name}: 어긋남 중앙값 {100 * made.median_misfit:.2f} %. 다음과 같이 쓰십시오: --spectrum {name}",
        en=f"{name}: misfit {100 * made.median_misfit:.2f} % in the median. Use it with --spectrum {name}.",
    )
    console().print(say(said), style="green", soft_wrap=True)


@app.command("blur")
def blur(
    machine: Annotated[str, typer.Argument(help="영상에 적힌 장비 이름 · The machine as its scans name it.")],
    pitch_mm: Annotated[
        tuple[float, float], typer.Option("--pitch-mm", min=0.001, help="행·열 화소 간격(mm) · Row and column pitch.")
    ],
    sigma_px: Annotated[float, typer.Option("--sigma-px", min=0, max=20, help="흐림 σ(화소) · Blur σ in pixels.")],
    error_px: Annotated[
        float, typer.Option("--error-px", min=0, max=20, help="그 값의 오차(화소) · By how much it may be off.")
    ],
    reason: Reason = "",
) -> None:
    """시험체로 잰 장비의 흐림을 등록합니다 · Keep how much a machine blurs, as measured with a test object.

    학습 영상에 물품을 합성하려면 필요합니다. 값은 `pandok xray convert --to standard --test-object`가 알려 줍니다 ·
    Articles are put into its scans only then. `pandok xray convert --to standard --test-object` tells the value.
    """
    start_django()
    from datetime import UTC, datetime

    from pandok.fields.xray.acts.machine_blur import MeasuredBlur, keep_blur
    from pandok.fields.xray.refusals import refusal
    from pandok.settings import settings

    name = " ".join(machine.split())
    if not name:
        raise refusal("blur_machine")
    kept = MeasuredBlur(machine=name[:120], pitch_mm=pitch_mm, sigma_px=sigma_px, error_px=error_px)
    keep_blur(settings().home, kept, reason=reason, now=datetime.now(UTC))
    said = Text(
        ko=f"{name}: 흐림 σ {sigma_px:g} ± {error_px:g} 화소({pitch_mm[0]:g} × {pitch_mm[1]:g} mm)로 등록했습니다.",
        en=f"{name}: blur σ {sigma_px:g} ± {error_px:g} px at {pitch_mm[0]:g} × {pitch_mm[1]:g} mm is kept.",
    )
    console().print(say(said), style="green", soft_wrap=True)


def _scans(*sources: list[Path]) -> list[Scan]:
    """One of each. Raises RequestError where some are several scans, ScanError where one cannot be read."""
    from pandok.fields.xray.acts.files.looking import look
    from pandok.fields.xray.refusals import refusal

    read = []
    with decoding() as pool, progress(READING) as moved:
        for files in sources:
            found = list(look(files, pool, moved))
            if len(found) != 1:
                raise refusal("one_scan")
            if found[0].refused is not None:
                raise found[0].refused
            read += [one.scan for one in found if one.scan is not None]
    return read


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise RequestError(
            Text(ko=f"시편 표를 읽을 수 없습니다: {path.name}", en=f"{path.name} cannot be read."),
            Text(ko="UTF-8 CSV 파일인지 확인하십시오.", en="See whether it is a CSV file in UTF-8."),
            code="xray.wedge_unreadable",
        ) from error
