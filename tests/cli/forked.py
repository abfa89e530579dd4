"""Commands in processes of their own, forked from one that has loaded the libraries already.

A command spends most of its time on loading Django, pydantic, numpy and the rooms that know no database, hundreds of
times in these tests. Here one process loads these and nothing else: no setting, no home, no model. Each command then
runs in a fork of it as in a process of its own: by the console script's entry, with its arguments, environment, folder,
output and exit code.
"""

from __future__ import annotations

import atexit
import importlib
import json
import os
import pkgutil
import select
import signal
import subprocess
import sys
import tempfile
import threading
import traceback
from functools import cache
from pathlib import Path
from typing import IO, Any

LOADED = (
    *("asyncio", "cv2", "numpy", "PIL.Image", "pydantic", "pydantic_settings", "rich.console", "rich.progress"),
    *("smtplib", "sqlparse", "typer", "cryptography.hazmat.primitives.asymmetric.ed25519", "cryptography.fernet"),
    *("django.core.management", "django.db.backends.sqlite3.base", "django.db.migrations.executor"),
    *("django.db.models", "django.forms", "django.template", "django.urls"),
    *("pandok.engines.documents.values", "pandok.engines.mail.smtp", "pandok.engines.near_copies.case_prints"),
    *("pandok.engines.backup", "pandok.engines.webhooks.sender", "pandok.readers.designs.photograph"),
)


def forked(
    arguments: tuple[str, ...], *, folder: Path, environment: dict[str, str], timeout: float
) -> subprocess.CompletedProcess[str]:
    """What `subprocess.run` of the console script gives, with its output as text. Raises TimeoutExpired."""
    with tempfile.TemporaryDirectory() as place:
        out, err = (str(Path(place) / name) for name in ("out", "err"))
        status = _ask(
            {"arguments": arguments, "folder": str(folder), "environment": environment}
            | {"out": out, "err": err, "timeout": timeout}
        )
        told = [Path(one).read_text(encoding="utf-8") for one in (out, err)]
    if status is None:
        raise subprocess.TimeoutExpired(arguments, timeout, *told)
    return subprocess.CompletedProcess(arguments, status, *told)


@cache
def _parent() -> tuple[IO[str], IO[str]]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PANDOK_", "DJANGO_"))}
    running = subprocess.Popen(
        [sys.executable, "-c", "from tests.cli.forked import answer; answer()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=kept | {"OMP_NUM_THREADS": "1"},
        cwd=Path(__file__).parents[2],
        text=True,
    )
    assert running.stdin is not None
    assert running.stdout is not None
    atexit.register(running.wait, 30)
    atexit.register(running.stdin.close)  # the last comes first
    return running.stdin, running.stdout


def _ask(asked: dict[str, Any]) -> int | None:
    """The exit code of a command, negative for a signal; None: it took too long and was ended."""
    to, of = _parent()
    to.write(json.dumps(asked) + "\n")
    to.flush()
    said = of.readline()
    assert said, "the process that commands are forked from has ended"
    status: int | None = json.loads(said)
    return status


def answer() -> None:
    """The parent: a line for a command, a line for its exit code."""
    _load()
    with os.fdopen(os.dup(1), "w") as told:
        for line in sys.stdin:
            asked = json.loads(line)
            child = os.fork()
            if not child:
                _run(asked)
            print(json.dumps(_waited(child, asked["timeout"])), file=told, flush=True)


def _load() -> None:
    import pandok.cli.main
    import pandok.core

    for name in LOADED:
        importlib.import_module(name)
    for one in pkgutil.walk_packages(pandok.core.__path__, "pandok.core."):
        importlib.import_module(one.name)
    from django.apps import apps
    from django.conf import settings

    from pandok import settings as place

    assert not settings.configured
    assert not apps.app_configs
    assert place._settings is None
    assert threading.active_count() == 1


def _waited(child: int, timeout: float) -> int | None:
    ended = os.pidfd_open(child)
    late = not select.select([ended], [], [], timeout)[0]
    os.close(ended)
    if late:
        os.kill(child, signal.SIGKILL)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return None if late else code


def _run(asked: dict[str, Any]) -> None:
    """In the child; never returns."""
    code = 1
    try:
        os.environ.clear()
        os.environ.update(asked["environment"])
        os.chdir(asked["folder"])
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        for number, name in ((1, "out"), (2, "err")):
            os.dup2(os.open(asked[name], os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
        sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
        sys.stderr = open(2, "w", encoding="utf-8", errors="backslashreplace", closefd=False)  # noqa: SIM115
        sys.argv = ["-c", *asked["arguments"]]
        code = _exit_code()
        threading._shutdown()  # as at the end of every process
        atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code)


def _exit_code() -> int:
    from pandok.cli.main import main

    try:
        main()
    except SystemExit as end:
        if end.code is None or isinstance(end.code, int):
            return end.code or 0
        print(end.code, file=sys.stderr)
        return 1
    except BaseException:
        traceback.print_exc()
        return 1
    return 0
