"""Every command makes Django ready before it imports what needs it: asked in a process where nobody else has."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ASK = """
import ast, inspect, textwrap
import typer
from pandok.cli.main import app

def commands(group, words):
    for one in group.registered_commands:
        yield (*words, one.name or one.callback.__name__), one.callback
    for one in group.registered_groups:
        yield from commands(one.typer_instance, (*words, one.name or ""))

asked = 0
for words, callback in commands(app, ("pandok",)):
    asked += 1
    function = ast.parse(textwrap.dedent(inspect.getsource(callback))).body[0]
    for line in function.body:
        said = ast.unparse(line)
        if "start_django" in said and "import" not in said:
            break
        if isinstance(line, (ast.Import, ast.ImportFrom)):
            try:
                exec(said, {})
            except Exception as error:
                print(" ".join(words), "|", said, "|", type(error).__name__)
                break
print("asked", asked)
"""


def test_no_command_imports_records_before_django_is_ready(tmp_path: Path) -> None:
    alone = {name: value for name, value in os.environ.items() if not name.startswith("DJANGO_")}
    done = subprocess.run(
        [sys.executable, "-c", ASK],
        env=alone | {"PANDOK_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    *broken, asked = done.stdout.splitlines()
    assert broken == []
    assert int(asked.removeprefix("asked ")) > 40
