"""What is agreed besides the KPI sheet, and the program that computes it, as what a lock holds."""

from __future__ import annotations

import functools
import hashlib
from importlib.resources import files

from pandok.core.canonical import digest
from pandok.fields.programme.models import Agreement

TERMS = (
    "title", "lead", "members", "field_owner_post", "protocol", "operation_payer", "fate", "remeasurement_post",
)  # fmt: skip
_COMPUTES = (
    *("kpi/columns.py", "kpi/formula.py", "kpi/grammar.py", "kpi/masks.py", "kpi/value_of.py", "kpi/verdicts.py"),
    *("bootstrap.py", "shares.py"),
)
"""Modules of pandok.proof that a value and its interval come from."""


def terms_of(agreement: Agreement) -> dict[str, str]:
    owner = agreement.field_owner.get_username() if agreement.field_owner else ""
    return {name: getattr(agreement, name) for name in TERMS} | {"field_owner": owner}


def terms_sha256(agreement: Agreement) -> str:
    return digest(terms_of(agreement))


@functools.cache
def code_sha256() -> str:
    """Of the program that computes: another one is a change after the lock, and is shown as one."""
    room = files("pandok.proof")
    whole = hashlib.sha256()
    for name in _COMPUTES:
        whole.update(hashlib.sha256(room.joinpath(name).read_bytes()).digest())
    return whole.hexdigest()
