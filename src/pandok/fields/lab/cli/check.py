"""`pandok lab check`: the lab's own gate and feeding on the public cases, at the company's desk. Needs no database."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pandok.cli.terminal import console, error_console, language, print_json, progress, say
from pandok.core.text import Text, counted

if TYPE_CHECKING:
    from pandok.core.lab.submission import SubmissionSheet
    from pandok.fields.lab.acts.packs.local_check import LocalCheck
    from pandok.fields.lab.acts.packs.pack import Pack

_OWN = Text(
    ko="이 컴퓨터에는 격리 환경이 없어 직접 실행했습니다. 자기 모델에만 쓰십시오.",
    en="No sandbox on this machine: the model ran unprotected. Do so with your own models only.",
)


def check(
    model: Annotated[Path, typer.Argument(help="ONNX 모델 · The ONNX model.")],
    pack: Annotated[Path, typer.Option("--pack", help="과제 묶음의 폴더나 zip · Folder or zip of the pack.")],
    sheet: Annotated[
        Path | None, typer.Option("--sheet", help="submission.json (기본: 모델 옆 · default: beside the model).")
    ] = None,
    samples: Annotated[
        Path | None,
        typer.Option("--write-sample-outputs", help="sample_outputs.csv를 여기에 씁니다 · Write it to this file."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON으로 출력합니다 · Print JSON.")] = False,
) -> None:
    """실증랩과 같은 점검을 공개 사례로 미리 합니다 · The lab's own checks, on the public cases, before you submit."""
    from pandok.fields.lab.cli.command_files import pack_at, sample_outputs, sheet_at

    opened = pack_at(pack)
    described = sheet_at(sheet or model.with_name("submission.json"), opened.problem.id)
    found, level = run_check(model, opened, described)
    if found.accepted and samples is not None:
        samples.write_bytes(sample_outputs(found.answers, set(opened.practice)))
    if as_json:
        print_json(as_value(found, level))
    else:
        print_check(found, level, opened)
        if found.accepted and samples is not None:
            console().print(say(Text(ko=f"견본 출력: {samples}", en=f"Sample outputs: {samples}")))
    if not found.accepted:
        raise typer.Exit(1)


def run_check(model: Path, pack: Pack, sheet: SubmissionSheet) -> tuple[LocalCheck, int]:
    """The check, in a sandbox where this machine has one; and the sandbox's level."""
    import time

    from pandok.engines.onnx_gate.gate import check_model
    from pandok.engines.sandbox.sandbox import open_sandbox
    from pandok.engines.sandbox.unsandboxed import PlainSession
    from pandok.fields.lab.acts.packs.local_check import check_locally
    from pandok.fields.lab.cli.command_files import read_bytes

    data = read_bytes(model)
    sandbox = open_sandbox()
    inside = sandbox.level > 0
    with progress(Text(ko="공개 사례 실행", en="Running public cases")) as moved:
        found = check_locally(
            checked=sandbox.check(data) if inside else check_model(data),
            load=lambda: sandbox.load(data) if inside else PlainSession(data),
            sheet=sheet,
            pack=pack,
            clock=time.perf_counter,
            progress=moved,
        )
    return found, sandbox.level


def as_value(found: LocalCheck, level: int) -> dict[str, Any]:
    ms = sorted(found.ms)
    return {
        "accepted": found.accepted,
        "model_sha256": found.checked.sha256,
        "canonical_sha256": found.checked.canonical_sha256,
        "nodes": found.checked.nodes,
        "inputs": list(found.checked.inputs),
        "outputs": list(found.checked.outputs),
        "sandbox_level": level,
        "refusals": [
            {
                "code": one.code,
                "where": one.where,
                "what": one.what.model_dump(),
                "next_step": one.next_step.model_dump(),
            }
            for one in found.refusals
        ],
        "cases": len(found.answers),
        "same_twice": found.same_twice,
        "ms_median": ms[len(ms) // 2] if ms else None,
        "ms_longest": ms[-1] if ms else None,
        "public_score": found.comparison.model_dump(mode="json") if found.comparison else None,
    }


def print_check(found: LocalCheck, level: int, pack: Pack) -> None:
    screen, lang = console(), language()
    for one in found.refusals:
        screen.print(f"✗ {one.code}  {one.where}", style="red", markup=False)
        screen.print(f"  {one.what.in_language(lang)}", markup=False)
        screen.print(f"  → {one.next_step.in_language(lang)}", markup=False)
    if not found.accepted:
        screen.print(say(Text(ko="지금 제출하면 거절됩니다.", en="Submitted now, it would be refused.")), style="bold")
        return
    if level == 0:
        error_console().print(say(_OWN), style="yellow")
    ms = sorted(found.ms)
    screen.print(
        say(
            Text(
                ko=f"✓ 관문 통과 · 사례 {len(ms)}건 · 한 건 중앙값 {ms[len(ms) // 2]:.1f} ms, 최장 {ms[-1]:.1f} ms",
                en=f"✓ accepted · {counted(len(ms), 'case')} · median {ms[len(ms) // 2]:.1f} ms, most {ms[-1]:.1f} "
                "ms a case",
            )
        )
    )
    if not found.same_twice:
        told = Text(ko="두 번 실행한 답이 다릅니다. 제출하면 거절됩니다.", en="Two runs differ; it would be refused.")
        screen.print(say(told), style="red")
    comparison = found.comparison
    for result in comparison.endpoints if comparison else ():
        low, high = result.interval
        screen.print(
            say(
                Text(
                    ko=f"공개 부분 {result.cases}건의 {result.metric}: 모델 {result.model.value:.3f}, 현행 "
                    f"{result.practice.value:.3f}, 차이 {result.difference:+.3f} [{low:+.3f}, {high:+.3f}]",
                    en=f"{result.metric} on {counted(result.cases, 'public case')}: model {result.model.value:.3f}, "
                    "practice "
                    f"{result.practice.value:.3f}, difference {result.difference:+.3f} [{low:+.3f}, {high:+.3f}]",
                )
            ),
            markup=False,
        )
    told = Text(
        ko="공개 사례의 점수이며 아무것도 입증하지 않습니다.",
        en=f"Scored on public cases of {pack.problem.id}: this proves nothing.",
    )
    screen.print(say(told), style="dim")
