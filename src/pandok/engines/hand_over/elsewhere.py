"""A package or an answer of another site, opened in a process with bounds: it may have been built to cost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pandok.core.programme.hand_over import HandOver, HandOverAnswer
from pandok.engines.decoding.pool import DecodingPool
from pandok.engines.hand_over.package import Package, PackageRefused, answer_in, refused, unpacked
from pandok.engines.proof_pack.keys import SiteKey

MOST_SECONDS = 60.0


def package_elsewhere(pool: DecodingPool, data: bytes, keys: Sequence[SiteKey]) -> Package:
    """As `unpacked`. Raises PackageRefused, also for what costs too much; StoreError `store.busy`."""
    said, [statement, proof, reader] = _asked(pool, package_there, data, keys)
    return Package(HandOver.model_validate_json(statement), proof, reader, said["signed_by"])


def answer_elsewhere(pool: DecodingPool, data: bytes, keys: Sequence[SiteKey]) -> HandOverAnswer:
    """As `answer_in`; raises as `package_elsewhere`."""
    _, [answer] = _asked(pool, answer_there, data, keys)
    return HandOverAnswer.model_validate_json(answer)


def package_there(data: bytes, *, keys: list[list[str]]) -> tuple[dict[str, Any], list[bytes]]:
    """The duty of a parsing process."""
    found = unpacked(data, _keys(keys))
    return {"signed_by": found.signed_by}, [found.statement.model_dump_json().encode(), found.proof, found.reader]


def answer_there(data: bytes, *, keys: list[list[str]]) -> tuple[dict[str, Any], list[bytes]]:
    """The duty of a parsing process."""
    return {}, [answer_in(data, _keys(keys)).model_dump_json().encode()]


def _asked(pool: DecodingPool, duty: Any, data: bytes, keys: Sequence[SiteKey]) -> tuple[dict[str, Any], list[bytes]]:
    return pool.ask(
        duty,
        data,
        what="proof",
        refusal=PackageRefused,
        too_costly=lambda: refused("form"),
        options={"keys": [[str(one), one.site] for one in keys]},
        seconds=MOST_SECONDS,
    )


def _keys(given: list[list[str]]) -> list[SiteKey]:
    return [SiteKey(public, site=site) for public, site in given]
