"""Join sandbox, vault, packs, bulk and scorers for the runs of this worker."""

from __future__ import annotations

import os
import secrets
import socket

from pandok.common.jobs.work import Work
from pandok.engines.bulk.open_bulk import open_bulk
from pandok.engines.bulk.sandboxes import LimitedSandboxes
from pandok.engines.sandbox.sandbox import open_sandbox
from pandok.fields.lab.acts.runs.hooks import score
from pandok.fields.lab.acts.runs.limits_of_site import limits_of
from pandok.fields.lab.acts.runs.pack_inputs import PackInputs
from pandok.fields.lab.acts.runs.run_tools import RunTools
from pandok.fields.lab.acts.vault.site_vault import site_vault
from pandok.settings import settings


def open_run_tools(work: Work) -> RunTools:
    """Raises Unavailable where the setting names a bulk that is not installed."""
    chosen = settings()
    sandbox = open_sandbox()
    vault = site_vault(clock=work.clock)
    return RunTools(
        sandboxes=LimitedSandboxes(sandbox, limits_of(chosen)),
        inputs=PackInputs(work.blobs, vault),
        bulk=open_bulk(chosen.bulk, lanes=chosen.run_lanes),
        model=work.blobs.get,
        score=lambda run, now: score(run=run, vault=vault, now=now),
        environment=sandbox.environment(),
        worker=f"{socket.gethostname()[:60]}-{os.getpid()}-{secrets.token_hex(4)}",
        lease_s=chosen.worker_lease_s,
        run_seconds=60 * chosen.run_minutes,
    )
