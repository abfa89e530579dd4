"""What is publicly known against the packages of both locks: `make audit-dependencies`.

The first argument is pip-audit, which stands in an environment of its own: what checks is no part of what is checked.
Ends with 1 where a weakness is known, and with 2 where something could not be looked up: silence is no clearance.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.lock", "requirements-dev.lock")


def main(pip_audit: str, locks: list[Path]) -> int:
    known = unread = 0
    for lock in locks:
        found = looked_up(pip_audit, lock)
        if found is None:
            print(f"{lock.name}: NOT CHECKED. The database of weaknesses could not be reached from here.")
            unread += 1
            continue
        left_out = [one for one in found if "skip_reason" in one]
        weak = [(one, fault) for one in found for fault in one.get("vulns", ())]
        for one, fault in weak:
            fixed = ", ".join(fault.get("fix_versions", ())) or "no version yet"
            print(f"{lock.name}: {one['name']} {one['version']}: {fault['id']}, mended in {fixed}")
        for one in left_out[:5]:
            print(f"{lock.name}: NOT CHECKED: {one['skip_reason']}")
        read = len(found) - len(left_out)
        print(f"{lock.name}: {read} of {len(found)} packages looked up, {len(weak)} weaknesses known")
        known, unread = known + len(weak), unread + len(left_out)
    if unread:
        print("This is no clearance: run it again where the database of pypi.org or osv.dev can be reached.")
    return 1 if known else 2 if unread else 0


def looked_up(pip_audit: str, lock: Path) -> list[dict[str, Any]] | None:
    """One entry a package, with `vulns` or with `skip_reason`; None where nothing was answered."""
    asked = [
        pip_audit,
        "--format",
        "json",
        "--progress-spinner",
        "off",
        "--require-hashes",
        "--disable-pip",
        "-r",
        lock,
    ]
    answer = subprocess.run(asked, capture_output=True, text=True, check=False)
    try:
        found: list[dict[str, Any]] = json.loads(answer.stdout)["dependencies"]
    except (ValueError, KeyError):
        print(answer.stderr.strip().rsplit("\n", 1)[-1])
        return None
    return found or None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], [Path(one) for one in sys.argv[2:]] or [ROOT / name for name in LOCKS]))
