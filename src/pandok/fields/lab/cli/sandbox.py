"""`pandok lab sandbox`: what holds a model on this machine, tried out and not hoped for."""

from __future__ import annotations

from typing import Annotated

import typer

from pandok.cli.terminal import console, language, print_json, say
from pandok.core.text import Text


def sandbox(
    as_json: Annotated[bool, typer.Option("--json", help="JSON으로 출력합니다 · Print JSON.")] = False,
) -> None:
    """이 서버의 격리 등급과 메모리 한도를 확인합니다 · The sandbox of this machine: its level and memory limit."""
    from pandok.engines.sandbox.layers import HIGHEST_LEVEL
    from pandok.engines.sandbox.memory_groups import NotUsable, memory_groups
    from pandok.engines.sandbox.sandbox import open_sandbox
    from pandok.fields.lab.acts.runs.limits_of_site import limits_of
    from pandok.settings import settings

    chosen = settings()
    opened, why = open_sandbox(), None
    limit = opened.memory_limit(limits_of(chosen)) if opened.level else "none"
    try:
        memory_groups(chosen.sandbox_cgroup)
    except NotUsable as error:
        why = error.why
    if why is None and limit != "cgroup":
        why = Text(
            ko="그룹은 쓸 수 있으나 프로세스를 옮기지 못했습니다. 서비스가 그 그룹 아래에서 돌아야 합니다.",
            en="The group can be used, but no process could be moved into it: the service must run below it.",
        )
    if as_json:
        told = {
            "level": opened.level,
            "layers": sorted(opened.tested.layers),
            "memory_limit": limit,
            "memory_mb": chosen.run_memory_mb,
            "why_no_cgroup": why.model_dump() if why is not None and limit != "cgroup" else None,
        }
        print_json(told)
        return
    screen = console()
    screen.print(
        say(
            Text(
                ko=f"격리 등급 {opened.level}/{HIGHEST_LEVEL}: {', '.join(sorted(opened.tested.layers)) or '없음'}",
                en=f"Sandbox level {opened.level}/{HIGHEST_LEVEL}: {', '.join(sorted(opened.tested.layers)) or 'none'}",
            )
        ),
        markup=False,
    )
    screen.print(say(_LIMITS[limit]).format(mb=chosen.run_memory_mb), markup=False)
    if why is not None and limit != "cgroup":
        screen.print(f"  {why.in_language(language())}", markup=False)


_LIMITS = {
    "cgroup": Text(
        ko="메모리 한도: 커널 그룹(cgroup v2)이 실제로 쓴 메모리 {mb} MB",
        en="Memory limit: {mb} MB really taken, by a group of the kernel (cgroup v2)",
    ),
    "address space": Text(
        ko="메모리 한도: 주소 공간 {mb} MB (rlimit)", en="Memory limit: {mb} MB of address space (rlimit)"
    ),
    "none": Text(ko="메모리 한도: 없음(격리 환경이 없습니다)", en="Memory limit: none (there is no sandbox here)"),
}
