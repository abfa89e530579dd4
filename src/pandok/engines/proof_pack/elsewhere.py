"""The proof of another site, opened and checked in a process with bounds: whoever sent it may have built it to cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pandok.core.lab.proof_pack import Statement
from pandok.core.lab.registration import Registration
from pandok.engines.decoding.pool import DecodingPool
from pandok.engines.proof_pack.check_names import CheckName
from pandok.engines.proof_pack.keys import SiteKey
from pandok.engines.proof_pack.pack_bytes import PackRefused, refused, unzipped
from pandok.engines.proof_pack.verification import Check, InForce, check_pack, in_force

MOST_SECONDS = 60.0


@dataclass(frozen=True)
class CheckedElsewhere:
    statement: Statement
    registration: Registration
    checks: tuple[Check, ...]

    @property
    def holds(self) -> bool:
        return all(one.held for one in self.checks)

    def in_force(self, now: datetime) -> InForce:
        return in_force(self.statement, now)


def check_elsewhere(pool: DecodingPool, data: bytes, keys: Sequence[SiteKey]) -> CheckedElsewhere:
    """As unzipped and check_pack. Raises PackRefused, also for what costs too much; StoreError `store.busy`."""
    found, [statement, registration] = pool.ask(
        check_there,
        data,
        what="proof",
        refusal=PackRefused,
        too_costly=lambda: refused("costly"),
        options={"keys": [[str(one), one.site] for one in keys]},
        seconds=MOST_SECONDS,
    )
    checks = tuple(Check(CheckName(name), held, said) for name, held, said in found["checks"])
    return CheckedElsewhere(
        Statement.model_validate_json(statement), Registration.model_validate_json(registration), checks
    )


def check_there(data: bytes, *, keys: list[list[str]]) -> tuple[dict[str, Any], list[bytes]]:
    """The duty of a parsing process."""
    checked = check_pack(unzipped(data), [SiteKey(public, site=site) for public, site in keys])
    said = [[one.name.value, one.held, one.found] for one in checked.checks]
    values = checked.values
    return {"checks": said}, [one.model_dump_json().encode() for one in (values.statement, values.registration)]
