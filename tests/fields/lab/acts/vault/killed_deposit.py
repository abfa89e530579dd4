"""Run as a program by test_kill: deposits marked files in children that kill themselves with SIGKILL at some step.

    python killed_deposit.py HOME STOP_AT,STOP_AT,…

A step is a flush, link or renaming of a file, or the sealing of a chunk. At the end everything is sent once more.
Prints the exit code of every child.
"""

from __future__ import annotations

import os
import signal
import sys

MARKER = b"PLAIN-MARKER-7f3a-"
FILES = 3


def main(home: str, stops: list[int]) -> None:
    os.environ |= {"PANDOK_HOME": home, "DJANGO_SETTINGS_MODULE": "pandok.web.django_settings"}
    import django

    django.setup()
    from datetime import UTC, datetime, timedelta
    from pathlib import Path

    from django.contrib.auth.models import Group
    from django.db import connections

    from pandok.common.models import Account
    from pandok.core.lab.deposit_terms import DepositTerms
    from pandok.engines.files import durable
    from pandok.engines.vault import envelope
    from pandok.fields.lab.acts.vault.depositing import deposit_files, make_deposit
    from pandok.fields.lab.acts.vault.site_vault import site_vault
    from pandok.fields.lab.acts.vault.uploads import named
    from pandok.web.database_tables import bring_up_to_date

    if not connections["default"].introspection.table_names():
        bring_up_to_date()
    steps, stop_at = 0, -1

    def step() -> None:
        nonlocal steps
        steps += 1
        if steps == stop_at:
            os.kill(os.getpid(), signal.SIGKILL)

    def before(module: object, name: str) -> None:
        original = getattr(module, name)

        def stepped(*arguments: object, **options: object) -> object:
            step()
            return original(*arguments, **options)

        setattr(module, name, stepped)

    now, vault = datetime.now(UTC), site_vault(Path(home))
    steward = Account.objects.create(username="steward")
    steward.groups.add(Group.objects.get(name="data-steward"))
    terms = DepositTerms(
        name="killed",
        owner="owner",
        legal_basis="law",
        purpose="to be killed",
        licence="none",
        expires_at=now + timedelta(days=30),
    )
    deposit = make_deposit(terms=terms, projects=[], actor=steward, now=now, vault=vault)

    def send(batch: int) -> None:
        files = [
            named(f"{batch}-{number}.bin", MARKER * (1 + 70_000 * (number == 1)) + bytes([0, batch, number]))
            for number in range(FILES)
        ]
        deposit_files(deposit=deposit, files=files, actor=steward, vault=vault)

    for name in ("fsync", "link", "replace"):
        before(os, name)
    before(envelope, "_bound")
    before(durable, "flush_folder")
    for batch, stop_at in enumerate(stops):  # noqa: B007
        connections.close_all()
        child = os.fork()
        if child == 0:
            send(batch)
            os._exit(0)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
    stop_at = -1
    for batch in range(len(stops)):
        send(batch)


if __name__ == "__main__":
    main(sys.argv[1], [int(one) for one in sys.argv[2].split(",")])
