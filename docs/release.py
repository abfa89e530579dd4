"""`make release`: the next version by rule, its CHANGELOG from the fragments, its number in the package.

The steps of its database are pinned (tests/contracts/released.py).

Below 1.0 the second number rises with what was added, changed or removed, the third where faults alone were mended.
From 1.0 on the first rises with what was removed (https://semver.org). Nothing is committed: the command says what is
to be.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VERSION_FILE = ROOT / "src" / "pandok" / "version.py"


def next_version(now: str, kinds: set[str]) -> str:
    """By the kinds of the fragments.

    >>> next_version("0.1.0", {"added", "fixed"}), next_version("0.2.0", {"fixed"}), next_version("1.4.2", {"removed"})
    ('0.2.0', '0.2.1', '2.0.0')
    """
    major, minor, patch = (int(part) for part in now.split("."))
    if major and "removed" in kinds:
        return f"{major + 1}.0.0"
    return f"{major}.{minor}.{patch + 1}" if kinds == {"fixed"} else f"{major}.{minor + 1}.0"


def main() -> None:
    fragments = [path for path in (ROOT / "changelog.d").glob("*.md") if path.name != "README.md"]
    if not fragments:
        sys.exit("changelog.d holds no fragment: there is nothing to release")
    text = VERSION_FILE.read_text(encoding="utf-8")
    now = re.search(r'__version__ = "([0-9.]+)"', text)
    assert now is not None
    version = next_version(now[1], {path.name.split(".")[-2] for path in fragments})
    today = datetime.now(UTC).date().isoformat()
    gather = [sys.executable, "-m", "towncrier", "build", "--yes", "--version", version, "--date", today]
    subprocess.run(gather, cwd=ROOT, check=True)
    VERSION_FILE.write_text(text.replace(now[1], version), encoding="utf-8")
    surroundings = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.django_settings", "PYTHONPATH": "src:."}
    subprocess.run([sys.executable, "-m", "tests.contracts.released", version], cwd=ROOT, check=True, env=surroundings)
    print(f'{version}: run make docs and the tests, then git commit -am "Release {version}" && git tag v{version}')


if __name__ == "__main__":
    main()
