"""What pages of the lab need of the machine: its sandboxes, and the public cases of a problem."""

from __future__ import annotations

from pandok.common import house
from pandok.engines.bulk.sandboxes import LimitedSandboxes
from pandok.engines.onnx_gate.gate import Checked
from pandok.engines.sandbox.sandbox import open_sandbox
from pandok.fields.lab.acts.packs.opened_cases import public_query_ids
from pandok.fields.lab.acts.runs.limits_of_site import limits_of
from pandok.fields.lab.models import ProblemPack
from pandok.settings import settings


def check(model: bytes) -> Checked:
    """The gate, with the foreign bytes parsed inside a sandbox."""
    return LimitedSandboxes(open_sandbox(), limits_of(settings())).check(model)


def public_ids(pack: ProblemPack) -> frozenset[str]:
    return frozenset(public_query_ids(pack, house.blobs()))
